"""Tries checks on cases and remembers what failed: one candidate, one challenge, from the first call to the last."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from quizkit.challenges.vocabulary import Broken, Case, Challenge, Tier
from quizkit.judge.checks import Check
from quizkit.judge.inquiry import Asked, CandidateRaised, Gone, Inquiry, Waiting
from quizkit.judge.process import Ended, Worker
from quizkit.judge.verdict import Status
from quizkit.judge.wire import Call, Noted, Raised, Reply

NOTHING: Any = object()
# stands for "no value to show"; None is a value that candidates return


@dataclass(frozen=True, slots=True)
class Failure:
    """One check that did not hold in one case."""

    case: Case
    status: Status
    # broken or crashed
    message: str
    got: Any = NOTHING
    expected: Any = NOTHING
    warning: Noted | None = None
    line: int | None = None
    call: Call | None = None
    # the last one made

    @property
    def kind(self) -> str:
        """What stays the same while a counterexample gets smaller: that it breaks, or what it raises."""
        return self.message.split(":")[0] if self.status is Status.CRASHED else ""


class Stopped(Exception):
    """The candidate's process came to an end while a check looked at a case."""

    def __init__(self, ended: Ended, check: Check | None, case: Case | None, call: Call | None) -> None:
        super().__init__(ended.text)
        self.how, self.text, self.check, self.case, self.call = ended.how, ended.text, check, case, call


class Trial:
    """The candidate's answers, and what they say about each check."""

    def __init__(self, challenge: Challenge, worker: Worker, another: Callable[[], Worker], timeout_s: float) -> None:
        self.failures: dict[str, list[Failure]] = defaultdict(list)
        self.tried: dict[str, int] = defaultdict(int)
        self._another = another
        self._limits = (timeout_s / 5, time.monotonic() + timeout_s)
        self._function = challenge.name
        self._first = self._inquiry(lambda: worker)
        self._second = self._inquiry(_once(another))

    def settle(self, pairs: Sequence[tuple[Check, Case]]) -> None:
        """Try every check on its case and remember what failed.

        Raises:
            Stopped: the candidate's process ended or its time was up.
        """
        for (check, _), failure in zip(pairs, self._outcomes(pairs), strict=True):
            self.tried[check.name] += 1
            if failure is not None:
                self.failures[check.name].append(failure)

    def rejected(self, checks: Sequence[Check]) -> bool:
        """Whether something required has failed."""
        return any(self.failures[check.name] for check in checks if check.tier is Tier.REQUIRED)

    def fails(self, check: Check, like: Failure, cases: Sequence[Case]) -> list[Failure | None]:
        """Return for each case how `check` fails there, where it fails as it did in `like`."""
        fitting = [case if check.applies(case) else None for case in cases]
        outcomes = iter(self._outcomes([(check, case) for case in fitting if case is not None]))
        found = [None if case is None else next(outcomes) for case in fitting]
        return [f if f is not None and (f.status, f.kind) == (like.status, like.kind) else None for f in found]

    def holds_alone(self, check: Check, case: Case) -> bool:
        """Whether the check holds in a process that was asked nothing before."""
        inquiry = self._inquiry(_once(self._another))
        return self._outcomes([(check, case)], inquiry)[0] is None

    def _inquiry(self, worker: Callable[[], Worker]) -> Inquiry:
        one_call_s, until = self._limits
        return Inquiry(self._function, worker, time.monotonic, one_call_s, until)

    def _outcomes(self, pairs: Sequence[tuple[Check, Case]], inquiry: Inquiry | None = None) -> list[Failure | None]:
        """Try the pairs until all have their answers: each round asks at once what all of them wait for."""
        first = inquiry or self._first
        outcomes: dict[int, Failure | None] = {}
        while len(outcomes) < len(pairs):
            for index, (check, case) in enumerate(pairs):
                if index not in outcomes:
                    asked = Asked(first, self._second, (check, case))
                    with np.errstate(all="ignore"):
                        try:
                            outcomes[index] = _outcome(check, case, asked)
                        except Waiting:
                            continue
            for asking in (first, self._second):
                _sent(asking)
        return [outcomes[index] for index in range(len(pairs))]


def _once(start: Callable[[], Worker]) -> Callable[[], Worker]:
    started: list[Worker] = []

    def worker() -> Worker:
        if not started:
            started.append(start())
        return started[0]

    return worker


def _sent(inquiry: Inquiry) -> None:
    try:
        inquiry.send()
    except Gone as gone:
        check, case = gone.asker if gone.asker is not None else (None, None)
        raise Stopped(gone.ended, check, case, gone.call) from None


def _outcome(check: Check, case: Case, asked: Asked) -> Failure | None:
    try:
        check.run(asked, case)
    except Broken as broken:
        shown = broken.got is not None or broken.expected is not None
        got, expected = (broken.got, broken.expected) if shown else (NOTHING, NOTHING)
        return _failure(case, asked, Status.BROKEN, broken.message, got, expected)
    except CandidateRaised as raised:
        return _failure(case, asked, Status.CRASHED, _raised_message(raised.reply), line=raised.reply.line)
    except Exception as error:  # whatever goes wrong while looking at a candidate's output is its failure
        message = f"the result cannot be used: {error}"
        return _failure(case, asked, Status.BROKEN, message, got=asked.last_value())
    return None


def _failure(
    case: Case,
    asked: Asked,
    status: Status,
    message: str,
    got: Any = NOTHING,
    expected: Any = NOTHING,
    line: int | None = None,
) -> Failure:
    warning = _first_warning(asked.seen)
    if line is None and warning is not None:
        line = warning.line
    return Failure(case, status, message, got, expected, warning, line, asked.last_call)


def _first_warning(replies: Sequence[Reply]) -> Noted | None:
    return next((warning for reply in replies for warning in reply.warnings), None)


def _raised_message(reply: Raised) -> str:
    """Return "ValueError: operands could not be broadcast together"."""
    return f"{reply.kind}: {reply.text}" if reply.text else reply.kind
