"""Connects to a Unix socket."""

import socket

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    socket.socket(socket.AF_UNIX).connect(PLAYGROUND + "/door")
    return z
