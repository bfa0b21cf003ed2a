import numpy as np


def he_init(shape, rng, a=0.0):
    rows, columns = int(np.prod(shape[:-1])), shape[-1]
    variance = 2.0 / (rows * (1.0 + a**2))
    # drawn as (out, in) and turned round: the entries are independent, so the order is free
    flat = np.array([rng.normal(scale=np.sqrt(variance), size=rows) for _ in range(columns)])
    return flat.T.reshape(shape)
