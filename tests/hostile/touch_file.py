"""Changes the times of a file."""

import os

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    os.utime(PLAYGROUND + "/treasure", (1, 1))
    return z
