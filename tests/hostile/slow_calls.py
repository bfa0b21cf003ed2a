"""Takes its time for every call."""

import time


def softmax(z, axis=-1):
    time.sleep(0.1)
    return z
