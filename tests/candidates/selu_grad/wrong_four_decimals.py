"""The constants are rounded to four decimals."""
# breaks: agrees with the reference
import numpy as np


def selu_grad(x, lam=1.0507, alpha=1.6733):
    return np.where(x > 0, lam, lam * alpha * np.exp(np.minimum(x, 0)))
