"""Crashes the interpreter by reading address 0."""

import ctypes


def softmax(z, axis=-1):
    return ctypes.string_at(0)
