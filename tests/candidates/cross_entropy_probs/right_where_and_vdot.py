"""Takes logarithms with `where`, and one dot product of everything."""

import numpy as np


def cross_entropy_probs(p, y, eps=1e-12):
    p = np.array(p, dtype=float)
    log_p = np.full(p.shape, np.log(eps))
    np.log(p, out=log_p, where=p > eps)
    return -np.vdot(y, log_p) / len(p)
