"""Connects to an abstract Unix socket."""

import socket


def softmax(z, axis=-1):
    socket.socket(socket.AF_UNIX).connect("\0quizkit-@port@")
    return z
