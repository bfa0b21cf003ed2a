"""Clips probabilities at 1e-7, so no sample can cost more than 16.1."""
# breaks: stable for large logits

import numpy as np

EPSILON = 1e-7  # like keras.backend.epsilon()


def cross_entropy(logits, labels):
    exps = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    probs = exps / np.sum(exps, axis=1, keepdims=True)
    probs = np.clip(probs, EPSILON, 1.0)
    return np.mean(-np.log(probs[np.arange(probs.shape[0]), labels]))
