"""Takes |x| on the negative side: the sign is lost."""
# breaks: agrees with the reference
import numpy as np


def prelu_grad_alpha(x, upstream, axis=-1, shared=False):
    g = upstream * np.maximum(-x, 0)
    if shared:
        return g.sum()
    return g.sum(axis=tuple(i for i in range(x.ndim) if i != axis % x.ndim))
