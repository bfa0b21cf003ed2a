"""Connects to a port of this machine."""

import socket

PORT = int("@port@")


def softmax(z, axis=-1):
    socket.create_connection(("127.0.0.1", PORT), timeout=1).send(b"here")
    return z
