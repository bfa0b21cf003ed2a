"""Changes its own priority."""

import os


def softmax(z, axis=-1):
    os.nice(5)
    return "escaped"
