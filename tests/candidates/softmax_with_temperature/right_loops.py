import math

import numpy as np


def softmax_with_temperature(z, T=1.0, axis=-1):
    if T <= 0.0:
        raise ValueError
    z = np.asarray(z, dtype=float)
    out = np.zeros(z.shape)
    lanes = np.moveaxis(z, axis, -1)
    target = np.moveaxis(out, axis, -1)
    for index in np.ndindex(lanes.shape[:-1]):
        lane = lanes[index]
        best = max(lane)
        weights = [math.exp((value - best) / T) for value in lane]
        target[index] = np.array(weights) / sum(weights)
    return out
