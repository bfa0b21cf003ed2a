"""Sets a limit of another process."""

import resource

VICTIM = int("@victim@")


def softmax(z, axis=-1):
    resource.prlimit(VICTIM, resource.RLIMIT_CORE, (0, 0))
    return "escaped"
