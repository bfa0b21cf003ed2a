"""Warns ten thousand times, with long texts."""

import warnings


def softmax(z, axis=-1):
    for number in range(10_000):
        warnings.warn(f"{number} " + "x" * 10_000, stacklevel=1)
    return z
