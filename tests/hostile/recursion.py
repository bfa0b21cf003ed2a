"""Calls itself without end."""


def softmax(z, axis=-1):
    return softmax(z, axis)
