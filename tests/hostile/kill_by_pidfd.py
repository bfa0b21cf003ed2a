"""Kills a process of the same user by a descriptor for it."""

import os
import signal

VICTIM = int("@victim@")


def softmax(z, axis=-1):
    signal.pidfd_send_signal(os.pidfd_open(VICTIM), signal.SIGKILL)
    return z
