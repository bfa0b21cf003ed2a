"""Closes every descriptor, and stays."""

import os
import time


def softmax(z, axis=-1):
    os.closerange(0, 1000)
    time.sleep(60)
