"""Makes a symbolic link."""

import os

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    os.symlink("/etc/passwd", PLAYGROUND + "/link")
    return z
