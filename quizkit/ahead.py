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

    from quizkit.judge.settings import Settings
    from quizkit.judge.spawn import Root
    from quizkit.remote import Fork
    from quizkit.workshop import Workshop

_unused: list[Fork] = []


def fork(names: Sequence[str]) -> Fork:
    """Make a copy; it imports what judging needs, and the challenges among `names` that are built in.

    The process for candidates boots while this one imports what both need, before the copy is made.

    Raises:
        OSError: the system has no room for another process.
    """
    root = _booting()
    from quizkit import remote

    theirs, questions = os.pipe()
    answers, there = os.pipe()
    parent = os.getpid()
    import signal

    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    # Ctrl-C comes to both; what becomes of it is this process's to decide, so that the copy first learns to ignore it
    try:
        child = os.fork()
    except OSError:
        if root is not None:
            root.close()
        raise
    finally:
        if os.getpid() == parent:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    if child == 0:
        try:
            os.close(questions)
            os.close(answers)
            remote.serve(parent, names, root, theirs, there)
        finally:
            os._exit(0)
    os.close(theirs)
    os.close(there)
    if root is not None:
        root.let_go()
    return child, None if root is None else root.id, questions, answers


def _booting() -> Root | None:
    from quizkit.judge.spawn import NotStartedError, Root, needs

    try:
        return Root(needs())
    except NotStartedError:
        # which is told when a judgement wants it
        return None


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
    if not _unused:
        return
    from signal import SIGKILL

    for child, root, questions, answers in _unused:
        os.close(questions)
        os.close(answers)
        for process in filter(None, (child, root)):
            os.kill(process, SIGKILL)
            os.waitpid(process, 0)
    _unused.clear()
