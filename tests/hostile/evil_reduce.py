"""Returns an object that runs a command when it is unpickled."""

import os

PLAYGROUND = "@playground@"


class Bomb:
    def __reduce__(self):
        return os.system, (f"touch {PLAYGROUND}/unpickled",)


def softmax(z, axis=-1):
    return Bomb()
