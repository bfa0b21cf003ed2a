"""A missing bracket: the scale multiplies only negative inputs."""
# breaks: mean 0 and variance 1 stay
import numpy as np


def selu(x):
    alpha = 1.6732632423543772848170429916717
    scale = 1.0507009873554804934193349852946
    return np.where(x > 0, x, scale * alpha * (np.exp(np.minimum(x, 0)) - 1))
