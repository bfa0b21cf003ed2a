"""Lists ten thousand million integers."""


def softmax(z, axis=-1):
    return list(range(10**10))
