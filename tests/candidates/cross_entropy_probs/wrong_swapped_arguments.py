"""Takes the targets for the predictions: the logarithm is of y."""
# breaks: mixed targets cost the mixture

import numpy as np


def cross_entropy_probs(y_true, y_pred, eps=1e-12):
    y_pred = np.clip(y_pred, eps, 1)
    return float(-(y_true * np.log(y_pred)).sum(axis=1).mean())
