"""-log(sigmoid(-beta x)), with the logarithm taken by sign."""
import numpy as np


def log_sigmoid(x):
    return np.where(x < 0, x, 0) - np.log1p(np.exp(-np.abs(x)))


def softplus(x, beta=1.0):
    return -log_sigmoid(-beta * np.asarray(x, dtype=np.float64)) / beta
