"""Returns percent."""
# breaks: agrees with the reference
import numpy as np


def accuracy(a2, y):
    """Accuracy in %."""
    correct = (a2.flatten() > 0.5) == y.flatten()
    return 100.0 * np.mean(correct)
