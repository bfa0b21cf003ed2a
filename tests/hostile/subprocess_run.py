"""Runs a program."""

import subprocess

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    subprocess.run(["touch", PLAYGROUND + "/program"], check=True)
    return z
