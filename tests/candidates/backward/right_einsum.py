"""Every sum as an einsum."""

import numpy as np


def backward(params, cache, a2, y, alpha=0.0):
    n = a2.shape[0]
    out = (a2[:, 0] - np.asarray(y, dtype=float).reshape(n)) / n
    hid = np.einsum("n,h,nh->nh", out, params["W2"][:, 0], np.where(cache["z1"] > 0, 1, alpha))
    return {
        "W1": np.einsum("nd,nh->dh", cache["X"], hid),
        "b1": np.einsum("nh->h", hid),
        "W2": np.einsum("nh,n->h", cache["a1"], out)[:, None],
        "b2": np.array([out.sum()]),
    }
