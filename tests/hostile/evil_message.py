"""Raises an exception that cannot be shown."""


class Mute(Exception):
    def __str__(self):
        raise RuntimeError("no message")

    __repr__ = __str__


def softmax(z, axis=-1):
    raise Mute
