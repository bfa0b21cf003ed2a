"""Reads a file by importing it."""

import sys

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    import_path = PLAYGROUND + "/package"
    sys.path.insert(0, import_path)
    sys.meta_path[:] = [finder for finder in sys.meta_path if "Guard" not in type(finder).__name__]
    import loot

    return loot.CONTENT
