"""Returns the log-likelihood and not its negative."""
# breaks: never negative

import numpy as np


def log_sigmoid(t):
    return -np.logaddexp(0, -t)


def bce_with_logits(t, y):
    return np.mean(y * log_sigmoid(t) + (1 - y) * log_sigmoid(-t))
