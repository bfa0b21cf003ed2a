"""Takes the probabilities for logits: after a second sigmoid all lie above 0.5 or on it."""
# breaks: agrees with the reference
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def accuracy(a2, y):
    predictions = (sigmoid(a2) > 0.5).astype(int)
    return np.mean(predictions.reshape(-1) == y.reshape(-1))
