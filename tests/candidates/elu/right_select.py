"""np.select with float copies of the input."""
import numpy as np


def elu(inputs, alpha=1.0):
    inputs = np.array(inputs, dtype=np.result_type(inputs, np.float16))
    below = np.clip(inputs, None, 0)
    return np.select([inputs > 0, inputs <= 0], [inputs, alpha * np.expm1(below)], default=np.nan)
