"""By way of the output, y + scale * alpha: cancels far to the left."""
# remarks: far tails
import numpy as np

SCALE = 1.0507009873554805
FLOOR = 1.7580993408473766


def selu_grad(x):
    y = np.where(x > 0, SCALE * x, FLOOR * np.expm1(np.minimum(x, 0)))
    return np.where(y > 0, SCALE, y + FLOOR)
