"""Sorted first and put back, so that the sum starts with the smallest terms."""
import numpy as np


def softmax(z, axis=-1):
    z = np.asarray(z, dtype=float)
    order = np.argsort(z, axis=axis, kind="stable")
    ascending = np.take_along_axis(z, order, axis=axis)
    top = np.take(ascending, [-1], axis=axis)
    e = np.exp(ascending - top)
    p = e / np.cumsum(e, axis=axis).take([-1], axis=axis)
    out = np.empty_like(p)
    np.put_along_axis(out, order, p, axis=axis)
    return out
