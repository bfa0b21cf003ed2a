"""Sets an extended attribute of a file."""

import os

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    os.setxattr(PLAYGROUND + "/treasure", "user.mark", b"here")
    return z
