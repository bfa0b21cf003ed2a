"""Raises GeneratorExit."""


def softmax(z, axis=-1):
    raise GeneratorExit
