"""Traces and profiles whatever runs after it, and fails there."""

import sys


def softmax(z, axis=-1):
    def fail(frame, event, argument):
        raise RuntimeError("traced")

    sys.settrace(fail)
    sys.setprofile(fail)
    return z
