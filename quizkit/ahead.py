"""Forks a copy of this process that makes itself ready to judge while this one goes on (Linux only).

Imports next to nothing, so that the copy can be made before all else. What it does then stands in `remote`.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import NoReturn

    from quizkit.judge.engine import Settings
    from quizkit.remote import Fork
    from quizkit.workshop import Workshop

_unused: list[Fork] = []


def fork(names: Sequence[str]) -> Fork:
    """Make a copy; it imports what judging needs, and the challenges among `names` that are built in.

    Raises:
        OSError: the system has no room for another process.
    """
    theirs, questions = os.pipe()
    answers, there = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        os.close(questions)
        os.close(answers)
        _be_the_copy(parent, names, theirs, there)
    os.close(theirs)
    os.close(there)
    return child, questions, answers


def _be_the_copy(parent: int, names: Sequence[str], questions: int, answers: int) -> NoReturn:
    try:
        from quizkit.judge.spawn import NotStartedError, Root, needs

        try:
            root = Root(needs())
        except NotStartedError:
            # which is told when it is wanted
            root = None
        from quizkit.remote import serve

        serve(parent, names, root, questions, answers)
    finally:
        os._exit(0)


def begin(names: Sequence[str]) -> None:
    """Make a copy for `workshop`, where the system allows it."""
    if sys.platform == "linux":
        try:
            _unused.append(fork(names))
        except OSError:
            return


def workshop(home: Path, judging: Settings | None = None) -> Workshop:
    """Return a workshop, which works in the copy that was begun, if there is one."""
    from quizkit.workshop import Workshop

    if not _unused:
        return Workshop(home, judging)
    from quizkit.remote import Process, RemoteWorkshop

    return RemoteWorkshop(Process(_unused.pop()), home, judging)


def end_unused() -> None:
    """End a copy that was begun in vain."""
    while _unused:
        from quizkit.remote import Process

        Process(_unused.pop()).end(at_work=True)
