"""Uses the mask of negative entries where their values belong."""
# breaks: agrees with the reference
import numpy as np


def prelu_grad_alpha(x, upstream, axis=-1, shared=False):
    local = upstream * (x < 0)
    if shared:
        return local.sum()
    others = tuple(i for i in range(x.ndim) if i != axis % x.ndim)
    return local.sum(axis=others)
