"""What the tests of the judge's processes share."""

import contextlib
import ctypes
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quizkit.judge.jail import Tier, examine
from quizkit.judge.process import Loaded, Worker
from quizkit.judge.wire import Call, Reply

PATIENCE = 60
# seconds: a limit for what has to come; never reached where all is well

HONEST = b"""
import numpy as np

def softmax(z, axis=-1):
    shifted = np.exp(z - z.max(axis=axis, keepdims=True))
    return shifted / shifted.sum(axis=axis, keepdims=True)
"""

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")
needs_full = pytest.mark.skipif(examine().tier is not Tier.FULL, reason="this machine gives no full jail")

_PR_SET_CHILD_SUBREAPER = 36


def loaded(worker: Worker, source: bytes) -> Worker:
    """Hand a file over that is known to be good."""
    outcome = worker.load(source, "mine.py", PATIENCE)
    assert isinstance(outcome, Loaded), outcome
    return worker


def reply(worker: Worker, *args: object, **kwargs: object) -> Reply:
    """Make one call: the function's name, then its arguments."""
    name, *values = args
    [only] = worker.calls([Call(str(name), tuple(values), kwargs)], PATIENCE)  # type: ignore[arg-type]
    return only  # type: ignore[return-value]


def wait_until(holds: Callable[[], object], what: str) -> None:
    """Wait for what has to come; a test that waits in vain fails and says so."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"never: {what}"
        time.sleep(0.01)


@contextlib.contextmanager
def orphans_stay_ours() -> Iterator[None]:
    """Have every descendant whose parent ends become a child of the test, where `descendants` sees it."""
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    yield
    libc.prctl(_PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def descendants() -> set[int]:
    """Return every living process that descends from the test."""
    parents = dict(filter(None, map(_parent, Path("/proc").glob("[0-9]*"))))
    found, more = set[int](), {os.getpid()}
    while more:
        more = {child for child, parent in parents.items() if parent in more}
        found |= more
    return found


def _parent(process: Path) -> tuple[int, int] | None:
    try:
        state, parent = (process / "stat").read_bytes().rpartition(b")")[2].split()[:2]
    except OSError:
        return None
    return None if state == b"Z" else (int(process.name), int(parent))
