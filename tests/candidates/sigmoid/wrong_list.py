"""Returns a list."""
# breaks: shape
import math


def sigmoid(x):
    return [1 / (1 + math.exp(-min(max(float(v), -700), 700))) for v in x.ravel()]
