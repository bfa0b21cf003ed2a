"""Leaves threads that go on after it returned, and change what it returned."""

import threading


def softmax(z, axis=-1):
    def scribble():
        while True:
            z.fill(7)

    for _ in range(4):
        threading.Thread(target=scribble).start()
    return z
