"""The scale multiplies only positive inputs."""
# breaks: agrees with the reference
import numpy as np


def selu(x):
    scale, alpha = 1.0507009873554804934193349852946, 1.6732632423543772848170429916717
    return np.where(x > 0, scale * x, alpha * np.expm1(np.minimum(x, 0)))
