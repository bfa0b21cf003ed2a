"""Changes its argument, and returns it."""


def softmax(z, axis=-1):
    z[...] = 0
    return z
