"""erf(x) instead of erf(x / sqrt(2)): the distribution of a normal variable with variance 1/2."""
# breaks: agrees with the reference
import math

import numpy as np

erf = np.vectorize(math.erf, otypes=[float])


def gelu(x: np.ndarray) -> np.ndarray:
    """Gaussian error linear unit."""
    return 0.5 * x * (1.0 + erf(x))
