"""Hangs inside one long computation that no Python code can interrupt."""


def softmax(z, axis=-1):
    return 7**10**9
