"""Returns the bytes of a pickle that runs a command."""

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    return f"cos\nsystem\n(S'touch {PLAYGROUND}/unpickled'\ntR.".encode()
