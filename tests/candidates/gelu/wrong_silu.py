"""SiLU instead of GELU: the gate is the logistic function, not the normal one."""
# breaks: between -0.17 and relu
import numpy as np


def gelu(x):
    return x * np.exp(-np.logaddexp(0, -x))
