"""Makes a folder."""

import os

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    os.mkdir(PLAYGROUND + "/folder")
    return z
