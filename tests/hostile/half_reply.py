"""Writes the head of a long frame, and sleeps."""

import contextlib
import os
import struct
import time


def softmax(z, axis=-1):
    for descriptor in range(3, 64):
        with contextlib.suppress(OSError):
            os.write(descriptor, struct.pack("<4sIII", b"qkw1", 2, 100, 1 << 20))
    time.sleep(60)
