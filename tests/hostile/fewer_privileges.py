"""Changes the user it runs as."""

import os


def softmax(z, axis=-1):
    os.setuid(65534)
    return "escaped"
