"""Columns instead of rows: axis 0, whatever is asked for."""
# breaks: agrees with the reference
import numpy as np


def softmax(logits, axis=-1):
    logits = np.asarray(logits, dtype=float)
    exps = np.exp(logits - logits.max(axis=0))
    return exps / exps.sum(axis=0)
