"""A weighted count for each channel; a 0-d array when shared."""
import numpy as np


def prelu_grad_alpha(x, upstream, axis=-1, shared=False):
    weights = (np.minimum(x, 0) * upstream).ravel()
    if shared:
        return np.array(weights.sum())
    return np.bincount(np.indices(x.shape)[axis].ravel(), weights=weights, minlength=x.shape[axis])
