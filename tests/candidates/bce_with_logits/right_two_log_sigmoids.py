"""Weighs two stable log-sigmoids by the target."""

import numpy as np


def _log_sigmoid(t):
    return np.where(t < 0, t - np.log1p(np.exp(-abs(t))), -np.log1p(np.exp(-abs(t))))


def bce_with_logits(logits, targets):
    return -np.average(targets * _log_sigmoid(logits) + (1 - targets) * _log_sigmoid(-logits))
