"""Raises SystemExit while it is loaded."""

import sys

sys.exit(0)


def softmax(z, axis=-1):
    return z
