"""Prints without end."""


def softmax(z, axis=-1):
    while True:
        print("x" * 100_000)
