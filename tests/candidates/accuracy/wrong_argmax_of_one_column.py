"""Takes the argmax over the only column, which is always 0."""
# breaks: agrees with the reference
import numpy as np


def accuracy(a2, y):
    labels = np.argmax(a2, axis=1)
    return np.mean(labels == y.ravel())
