"""Mean of both slopes times x plus half their difference times |x|: inf - inf at -inf."""
# remarks: infinities and NaN
import numpy as np


def leaky_relu(x, alpha=0.01):
    return 0.5 * (1 + alpha) * x + 0.5 * (1 - alpha) * np.abs(x)
