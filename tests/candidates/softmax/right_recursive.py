"""Splits the classes into two halves, each with its own softmax, joined by a two-class one."""
import numpy as np


def _with_normaliser(rows):
    if rows.shape[-1] == 1:
        return np.ones_like(rows), rows
    half = rows.shape[-1] // 2
    left, a = _with_normaliser(rows[..., :half])
    right, b = _with_normaliser(rows[..., half:])
    both = np.logaddexp(a, b)
    return np.concatenate([left * np.exp(a - both), right * np.exp(b - both)], axis=-1), both


def softmax(z, axis=-1):
    rows = np.moveaxis(np.asarray(z, dtype=float), axis, -1)
    p, _ = _with_normaliser(rows)
    return np.moveaxis(p, -1, axis)
