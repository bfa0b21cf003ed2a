"""What can go wrong, as messages for a person."""

INTERRUPTED = 130
# the exit code when a person stopped the command, as shells know it
STOPPED = "stopped; every answer given is kept."


class QuizkitError(Exception):
    """A failure that ends a command: one message that says what, where and what to try.

    `exit_code` is 1 for a "no", 2 for usage or input, 3 when the machine failed (disk, permissions, damaged file).
    """

    exit_code = 2

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class No(QuizkitError):
    """The answer is no: an invalid bank, a check that failed."""

    exit_code = 1


class UsageProblem(QuizkitError):
    """What was typed or given as input cannot be used."""

    exit_code = 2


class MachineProblem(QuizkitError):
    """The machine failed: disk full, folder read-only, file damaged."""

    exit_code = 3


def nearest(word: str, known: "list[str] | tuple[str, ...]", most: int = 3) -> str:
    """Return " Did you mean a, b or c?" for the known words nearest to `word`, or "" when none is near."""
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=most, cutoff=0.6) or [k for k in known if word and word in k][:most]
    if not close:
        return ""
    return " Did you mean " + (", ".join(close[:-1]) + " or " if close[1:] else "") + close[-1] + "?"
