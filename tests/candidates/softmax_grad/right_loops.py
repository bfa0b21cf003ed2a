import numpy as np


def softmax_grad(p):
    p = np.asarray(p, dtype=float)
    n = p.shape[-1]
    out = np.empty((*p.shape, n))
    for batch in np.ndindex(p.shape[:-1]):
        row = p[batch]
        for i in range(n):
            for j in range(n):
                out[batch][i, j] = row[i] * (1 - row[i]) if i == j else -row[i] * row[j]
    return out
