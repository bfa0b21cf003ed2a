"""Flattens each channel and takes a dot product."""
import numpy as np


def prelu_grad_alpha(x, upstream, axis=-1, shared=False):
    negative_part = np.asarray(x, dtype=float).clip(max=0)
    if shared:
        return float(np.dot(negative_part.ravel(), np.ravel(upstream)))
    return np.array(
        [
            np.dot(np.take(negative_part, k, axis).ravel(), np.take(upstream, k, axis).ravel())
            for k in range(x.shape[axis])
        ]
    )
