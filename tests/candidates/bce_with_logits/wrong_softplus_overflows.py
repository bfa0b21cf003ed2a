"""Computes log(1 + exp(t)), which overflows from t = 710 on."""
# breaks: stable for large logits

import numpy as np


def bce_with_logits(t, y):
    return np.mean(np.log(1 + np.exp(t)) - y * t)
