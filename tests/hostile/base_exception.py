"""Raises what `except Exception` does not catch."""


def softmax(z, axis=-1):
    raise BaseException("past you")
