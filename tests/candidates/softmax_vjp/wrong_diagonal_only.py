"""Only the diagonal of the Jacobian is used."""
# breaks: sums to zero
import numpy as np


def softmax_vjp(p, g, axis=-1):
    return p * (1.0 - p) * g
