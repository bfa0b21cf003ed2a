"""Boolean indexing on a flat copy; the precision that came in goes out."""
import numpy as np


def sigmoid(t):
    return np.exp(np.minimum(t, 0)) / (1 + np.exp(-np.abs(t)))


def silu_grad(x, beta=1.0):
    x = np.asarray(x)
    kind = x.dtype if x.dtype.kind == "f" else np.dtype(float)
    t = (np.asarray(beta, dtype=kind) * x.astype(kind)).reshape(-1)
    slope = (t > 0).astype(kind)
    inside = np.abs(t) < 800
    s = sigmoid(t[inside])
    slope[inside] = s + t[inside] * s * sigmoid(-t[inside])
    return slope.reshape(x.shape)
