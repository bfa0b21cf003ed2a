"""Does not compile."""


def softmax(z, axis=-1:
    return z
