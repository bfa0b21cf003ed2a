"""Three cases, spelled out."""
import numpy as np


def relu_grad(z):
    z = np.asarray(z)
    return np.select([z > 0, z < 0], [1.0, 0.0], default=0.0)
