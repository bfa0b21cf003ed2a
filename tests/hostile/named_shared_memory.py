"""Leaves a named segment of shared memory."""

import os

PORT = int("@port@")


def softmax(z, axis=-1):
    os.close(os.open(f"/dev/shm/quizkit-test-{PORT}", os.O_CREAT | os.O_RDWR))
    return z
