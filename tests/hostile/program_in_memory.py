"""Runs a program from a file that has no name."""

import os

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    descriptor = os.memfd_create("program")
    os.write(descriptor, b"#!/bin/sh\ntouch " + PLAYGROUND.encode() + b"/nameless\n")
    os.set_inheritable(descriptor, True)
    os.execve(descriptor, ["program"], {})
