"""Kills itself, as the system does when memory runs out."""

import os
import signal


def softmax(z, axis=-1):
    os.kill(os.getpid(), signal.SIGKILL)
    return z
