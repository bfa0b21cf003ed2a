"""Sends a packet to a port of this machine."""

import socket

PORT = int("@port@")


def softmax(z, axis=-1):
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"here", ("127.0.0.1", PORT))
    return z
