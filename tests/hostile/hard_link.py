"""Makes a second name for a file."""

import os

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    os.link(PLAYGROUND + "/treasure", PLAYGROUND + "/second")
    return z
