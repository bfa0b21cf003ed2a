"""Never finishes loading."""

while True:
    pass


def softmax(z, axis=-1):
    return z
