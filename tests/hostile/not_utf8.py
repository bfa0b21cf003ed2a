"""Says nothing of its encoding, which is not UTF-8."""

name = "é"


def softmax(z, axis=-1):
    return z
