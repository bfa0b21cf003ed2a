"""Is a generator."""


def softmax(z, axis=-1):
    yield z
