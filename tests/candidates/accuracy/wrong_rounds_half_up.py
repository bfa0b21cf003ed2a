"""Rounds, so that a probability of exactly 0.5 becomes class 1."""
# breaks: agrees with the reference
import numpy as np


def accuracy(a2, y):
    predicted = np.floor(a2.ravel() + 0.5)
    return float((predicted == y.ravel()).mean())
