"""Raises an exception whose message would clear the screen."""


def softmax(z, axis=-1):
    raise ValueError("\x1b[2J\x1b]0;title\x07" + "x" * 1_000_000)
