"""Returns an integer of ten million bits."""


def softmax(z, axis=-1):
    return 1 << 10_000_000
