"""One-hot integers and whole gradients give whole numbers of integer type."""
# breaks: integers
import numpy as np


def softmax_vjp(p, g, axis=-1):
    return p * (g - (p * g).sum(axis=axis, keepdims=True))
