"""Forks, and lets both processes answer."""

import os


def softmax(z, axis=-1):
    os.fork()
    return z
