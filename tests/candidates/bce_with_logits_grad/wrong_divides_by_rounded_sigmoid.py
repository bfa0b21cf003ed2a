"""Multiplies the chain rule out factor by factor, and divides 0 by 0 where the sigmoid rounds to 1."""
# breaks: stable for large logits

import numpy as np


def bce_with_logits_grad(t, y):
    s = 0.5 * (1 + np.tanh(0.5 * t))
    dl_ds = -(y / s - (1 - y) / (1 - s))
    ds_dt = s * (1 - s)
    return dl_ds * ds_dt / t.size
