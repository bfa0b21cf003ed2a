"""Returns a text of fifty million characters."""


def softmax(z, axis=-1):
    return "a" * 50_000_000
