"""Raises StopIteration."""


def softmax(z, axis=-1):
    raise StopIteration
