"""relu(x) - |x| * P(N > |x|): symmetrical, so that nothing cancels."""
import math

import numpy as np


def gelu(x):
    magnitude = np.abs(np.asarray(x, float))
    tail = np.array([math.erfc(m * math.sqrt(0.5)) / 2 for m in magnitude.ravel().tolist()]).reshape(magnitude.shape)
    return np.maximum(x, 0) - magnitude * tail
