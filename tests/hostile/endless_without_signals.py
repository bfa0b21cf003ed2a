"""Never returns, and ignores every signal it can."""

import signal


def softmax(z, axis=-1):
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    while True:
        pass
