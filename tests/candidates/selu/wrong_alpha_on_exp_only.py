"""alpha * exp(x) - 1 instead of alpha * (exp(x) - 1)."""
# breaks: a floor at -1.7581
import numpy as np


def selu(x):
    scale = 1.0507009873554804934193349852946
    alpha = 1.6732632423543772848170429916717
    return scale * np.where(x > 0, x, alpha * np.exp(np.minimum(x, 0)) - 1)
