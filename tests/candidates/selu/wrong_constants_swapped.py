"""The two constants have changed places."""
# breaks: two slopes at 0
import numpy as np

ALPHA = 1.0507009873554805
SCALE = 1.6732632423543772


def selu(x):
    """Scaled exponential linear unit."""
    positive = np.maximum(0, x)
    negative = ALPHA * np.expm1(np.minimum(0, x))
    return SCALE * (positive + negative)
