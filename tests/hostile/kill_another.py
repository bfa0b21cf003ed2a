"""Kills a process of the same user."""

import os
import signal

VICTIM = int("@victim@")


def softmax(z, axis=-1):
    os.kill(VICTIM, signal.SIGKILL)
    return z
