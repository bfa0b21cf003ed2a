"""Runs a program without a fork of its own."""

import os

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    process = os.posix_spawn("/usr/bin/touch", ["touch", PLAYGROUND + "/spawned"], {})
    os.waitpid(process, 0)
    return z
