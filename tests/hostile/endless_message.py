"""Raises an exception whose message never ends."""


class Long(Exception):
    def __str__(self):
        while True:
            pass


def softmax(z, axis=-1):
    raise Long
