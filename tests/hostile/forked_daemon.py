"""Leaves a daemon in a session of its own that writes a file later."""

import os
import time
from pathlib import Path

PLAYGROUND = "@playground@"


def softmax(z, axis=-1):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(1)
            Path(PLAYGROUND, "daemon").write_text("here")
            time.sleep(60)
        os._exit(0)
    return z
