"""Makes a named pipe."""

import os

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    os.mkfifo(PLAYGROUND + "/fifo")
    return z
