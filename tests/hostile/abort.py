"""Aborts the interpreter."""

import os


def softmax(z, axis=-1):
    os.abort()
