"""Neither shifted nor summed along an axis: a batch shares one distribution."""
# breaks: agrees with the reference
import numpy as np


def softmax_with_temperature(z, T=1.0, axis=-1):
    """Softmax with temperature."""
    if T <= 0:
        raise ValueError("T must be > 0")
    exp_z = np.exp(z / T)
    return exp_z / np.sum(exp_z)
