"""Calls itself without end, and without the interpreter's limit."""

import sys


def softmax(z, axis=-1):
    sys.setrecursionlimit(1 << 30)
    return softmax([z], axis)
