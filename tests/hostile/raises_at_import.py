"""Raises while it is loaded."""

raise ValueError("not today")


def softmax(z, axis=-1):
    return z
