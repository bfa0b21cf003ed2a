"""Gives back a Python list of the rectified entries."""
# breaks: shape


def relu(x):
    return [max(0.0, v) for v in x.ravel()]
