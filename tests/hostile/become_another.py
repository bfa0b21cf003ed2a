"""Becomes another program."""

import os

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    os.execv("/usr/bin/touch", ["touch", PLAYGROUND + "/became"])
