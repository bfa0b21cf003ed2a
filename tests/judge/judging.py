"""What the tests of the judge share: one keeper and one folder of kept draws a test process, and small files."""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import Any

from quizkit.challenges.vocabulary import Case, Challenge, Tolerance
from quizkit.judge.checks import Check, checks_of
from quizkit.judge.engine import judge
from quizkit.judge.process import Keeper, Worker
from quizkit.judge.report import Report
from quizkit.judge.settings import Settings
from quizkit.judge.trial import Portion, Trial
from quizkit.judge.verdict import Finding, Verdict

SOFTMAX = """
import numpy as np

def softmax(z, axis=-1):
    '''Return probabilities.'''
    z = np.asarray(z)
    z = z if z.dtype.kind == "f" else z.astype(float)
    e = np.exp(z - z.max(axis=axis, keepdims=True, initial=-np.inf))
    return e / e.sum(axis=axis, keepdims=True)
"""
NAIVE = """
import numpy as np

def softmax(z, axis=-1):
    e = np.exp(z)
    return e / e.sum(axis=axis, keepdims=True)
"""
RELU = """
import numpy as np

def relu(x):
    return np.maximum(x, 0)
"""


@cache
def keeper() -> Keeper:
    """Return the process from which all candidates of this test process come."""
    started = Keeper.start()
    atexit.register(started.close)
    return started


@cache
def scratch() -> Path:
    """Return a folder for files and kept draws, there until this test process ends."""
    folder = Path(tempfile.mkdtemp(prefix="quizkit-judge-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def file(source: str | bytes, name: str = "mine.py") -> Path:
    """Return the path of a file with this content."""
    path = Path(tempfile.mkdtemp(dir=scratch())) / name
    path.write_bytes(source if isinstance(source, bytes) else dedent(source).encode())
    return path


def verdict_on(source: str | bytes, name: str = "softmax", **settings: Any) -> Verdict:
    """Judge a file called mine.py with this content."""
    return judge(name, file(source), Settings(**{"cache": scratch() / "draws", **settings}), keeper=keeper())


def finding(verdict: Verdict, name: str) -> Finding:
    """Return what a verdict says of one property."""
    return next(finding for finding in verdict.findings if finding.name == name)


def challenge_about(reference: Callable[..., Any], hard: Sequence[Case], **more: Any) -> Challenge:
    """Declare a challenge that has nothing but a reference and cases."""
    declared: dict[str, Any] = {
        "title": "A test",
        "difficulty": "easy",
        "minutes": 1,
        "draws": lambda: None,
        "properties": (),
        "hints": (),
        "follow_ups": (),
        "tolerance": Tolerance(),
    }
    return Challenge(reference=reference, hard=hard, **(declared | more))


def worker_with(source: str) -> Worker:
    """Return a process that has loaded a file; it ends with the test."""
    worker = keeper().worker()
    _workers.append(worker)
    worker.load(dedent(source).encode(), "mine.py", 60)
    return worker


_workers: list[Worker] = []


def end_workers() -> None:
    """End the processes that `worker_with` returned: each holds three descriptors."""
    while _workers:
        _workers.pop().close()


def trial_of(challenge: Challenge, source: str, timeout_s: float = 60.0) -> Trial:
    """Return a trial in which nothing was asked yet."""
    return Trial(challenge, worker_with(source), lambda: worker_with(source), timeout_s)


def examined(challenge: Challenge, source: str, only: Sequence[str] = ()) -> dict[str, Finding]:
    """Return what is found on the hard cases of a challenge that is declared in a test, by the property's name."""
    checks = [check for check in checks_of(challenge) if not only or check.name in only]
    trial = trial_of(challenge, source)
    trial.settle(Portion([(check, case) for check in checks for case in cases_for(check, challenge)]))
    report = Report(challenge, "mine.py", checks, trial)
    report.make_small()
    return {finding.name: finding for finding in report.findings()}


def cases_for(check: Check, challenge: Challenge) -> list[Case]:
    """Return the hard cases that a check can look at."""
    return list(check.cases) if check.cases is not None else [case for case in challenge.hard if check.applies(case)]
