"""Runs a command by the shell."""

import os

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    os.system(f"touch {PLAYGROUND}/shell")
    return z
