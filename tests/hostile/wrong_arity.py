"""Takes no argument."""


def softmax():
    return 1.0
