"""Has a signal come in the middle of the worker."""

import signal


def softmax(z, axis=-1):
    def fail(number, frame):
        raise RuntimeError("alarm")

    signal.signal(signal.SIGALRM, fail)
    signal.setitimer(signal.ITIMER_REAL, 0.0001, 0.0001)
    return z
