"""The definition, with the overflow expected and silenced."""
import numpy as np


def sigmoid(x):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(np.negative(x, dtype=np.result_type(x, np.float16))))
