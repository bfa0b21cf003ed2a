"""Writes where temporary files go."""

import tempfile


def softmax(z, axis=-1):
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"here")
    return "escaped"
