"""Returns a tuple of an array and an open file."""

import sys


def softmax(z, axis=-1):
    return z, sys.stdout
