"""Lists a folder."""

import os

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    return "escaped" if os.listdir(PLAYGROUND) else z
