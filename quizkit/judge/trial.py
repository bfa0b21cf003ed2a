"""Tries checks on cases and remembers what failed: one candidate, one challenge, from the first call to the last."""

from __future__ import annotations

import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from quizkit.challenges.vocabulary import Broken, Case, Challenge, Tier
from quizkit.frozen import frozen
from quizkit.judge.checks import Check
from quizkit.judge.inquiry import Asked, CandidateRaised, Gone, Inquiry, Question, Waiting
from quizkit.judge.process import Ended, How, Worker
from quizkit.judge.verdict import Status
from quizkit.judge.wire import Call, Noted, Raised, Reply

PART = 50
# pairs of check and case that ask together: enough for a frame, few enough that the candidate has something to do soon
Pair = tuple[Check, Case]
NOTHING: Any = object()
# stands for "no value to show"; None is a value that candidates return


@frozen
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
    ended: bool = False
    # the process did not survive it

    @property
    def kind(self) -> str:
        """What stays the same while a counterexample gets smaller: that it breaks (""), or what it raises."""
        return "" if self.status is Status.BROKEN else self.message.split(":")[0]


class Stopped(Exception):
    """The candidate's process came to an end while a check looked at a case."""

    def __init__(self, ended: Ended, check: Check, case: Case, call: Call) -> None:
        super().__init__(ended.text)
        self.how, self.text, self.check, self.case, self.call = ended.how, ended.text, check, case, call

    def failure(self) -> Failure:
        """Return the end as what is wrong with the check."""
        return Failure(self.case, ENDINGS.get(self.how, Status.CRASHED), self.text, call=self.call, ended=True)


ENDINGS = {How.TIMEOUT: Status.TIMEOUT, How.MEMORY: Status.MEMORY}


@dataclass
class Portion:
    """Pairs of check and case that are tried together, and what they ask first.

    That is the same for every candidate: noted when a portion is tried, it is sent ahead when it is tried again, and a
    check that finds its answers there runs once instead of twice.
    """

    pairs: Sequence[Pair]
    _first: dict[int, list[list[Question]]] = field(default_factory=dict)
    # of each part, the questions for each process

    def add(self, part: int, inquiries: Sequence[Inquiry]) -> None:
        """Let the questions of a part wait to be sent."""
        for inquiry, questions in zip(inquiries, self._first.get(part, ()), strict=False):
            inquiry.add(questions)

    def note(self, part: int, inquiries: Sequence[Inquiry]) -> None:
        """Keep what waits after the first look at a part."""
        if part not in self._first:
            self._first[part] = [list(inquiry.waiting) for inquiry in inquiries]


class Trial:
    """The candidate's answers, and what they say about each check."""

    def __init__(
        self,
        challenge: Challenge,
        worker: Worker,
        another: Callable[[], Worker],
        timeout_s: float,
    ) -> None:
        """Begin to ask.

        Args:
            challenge: what is asked about.
            worker: the candidate's process.
            another: starts the same file in a process of its own.
            timeout_s: for all calls; one may take a fifth of it.
        """
        self.failures: dict[str, list[Failure]] = defaultdict(list)
        self.tried: dict[str, int] = defaultdict(int)
        self._another = another
        self._limits = (timeout_s / 5, time.monotonic() + timeout_s)
        self._challenge = challenge
        self._first = self._inquiry(lambda: worker)
        self._second = self._inquiry(_once(another))

    def settle(self, portion: Portion) -> None:
        """Try every check on its case and remember what failed.

        Raises:
            Stopped: the candidate's process ended or its time was up.
        """
        for (check, _), failure in zip(portion.pairs, self._outcomes(portion), strict=True):
            self.tried[check.name] += 1
            if failure is not None:
                self.failures[check.name].append(failure)

    def polish(self, portion: Portion) -> None:
        """Settle what never rejects: a check that ends the process fails, and the others go on in a new one."""
        while (stopped := self._stop_in(portion)) is not None and time.monotonic() <= self._limits[1]:
            ender = stopped.check
            self.failures[ender.name].append(stopped.failure())
            self._first, self._second = self._inquiry(_once(self._another)), self._inquiry(_once(self._another))
            # whichever of them ended
            portion = Portion([(check, case) for check, case in portion.pairs if check is not ender])

    def rejected(self, checks: Sequence[Check]) -> bool:
        """Whether something required has failed."""
        return any(self.failures[check.name] for check in checks if check.tier is Tier.REQUIRED)

    def fails(self, check: Check, like: Failure, cases: Sequence[Case]) -> list[Failure | None]:
        """Return for each case how `check` fails there, where it fails as it did in `like`."""
        fitting = [case if check.applies(case) and self._is_fair(check, case) else None for case in cases]
        outcomes = iter(self._outcomes(Portion([(check, case) for case in fitting if case is not None])))
        found = [None if case is None else next(outcomes) for case in fitting]
        return [f if f is not None and (f.status, f.kind) == (like.status, like.kind) else None for f in found]

    def holds_alone(self, check: Check, case: Case) -> bool:
        """Whether the check holds in a process that was asked nothing before."""
        inquiry = self._inquiry(_once(self._another))
        return self._outcomes(Portion([(check, case)]), inquiry)[0] is None

    def _is_fair(self, check: Check, case: Case) -> bool:
        """Whether the reference keeps a declared property here: an order of three classes says nothing about two."""
        if not check.fields:
            return True
        itself: Any = _Itself(self._challenge)
        with _quiet():
            try:
                check.run(itself, case)
            except Exception:  # whatever the property's own code raises where it makes no sense
                return False
        return True

    def _stop_in(self, portion: Portion) -> Stopped | None:
        try:
            self.settle(portion)
        except Stopped as stopped:
            return stopped
        return None

    def _inquiry(self, worker: Callable[[], Worker]) -> Inquiry:
        one_call_s, until = self._limits
        return Inquiry(self._challenge.name, worker, time.monotonic, one_call_s, until)

    def _outcomes(self, portion: Portion, inquiry: Inquiry | None = None) -> list[Failure | None]:
        """Try the pairs until all have their answers: each round asks at once what all of a part wait for.

        The candidate computes for one part while the judge looks at the next.
        """
        inquiries = (inquiry or self._first, self._second)
        outcomes: dict[int, Failure | None] = {}
        pairs = portion.pairs
        parts = [range(len(pairs))[start : start + PART] for start in range(0, len(pairs), PART)]
        portion.add(0, inquiries)
        _exchange(inquiries)
        while len(outcomes) < len(pairs):
            for number, part in enumerate(parts):
                portion.add(number + 1, inquiries)
                _exchange(inquiries)
                with _quiet():
                    for index in part:
                        if index not in outcomes:
                            try:
                                outcomes[index] = _outcome(pairs[index], inquiries)
                            except Waiting:
                                continue
                portion.note(number, inquiries)
        return [outcomes[index] for index in range(len(pairs))]


@contextmanager
def _quiet() -> Iterator[None]:
    """Let properties compute with infinities, empty arrays and the like, of which NumPy would warn the learner."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@frozen
class _Itself:
    """The reference in the place of a candidate."""

    challenge: Challenge

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.challenge.expected(*args, **kwargs)

    def many(self, calls: Sequence[tuple[Any, ...]], **kwargs: Any) -> list[Any]:
        return [self(*args, **kwargs) for args in calls]


def _once(start: Callable[[], Worker]) -> Callable[[], Worker]:
    started: list[Worker] = []

    def worker() -> Worker:
        if not started:
            started.append(start())
        return started[0]

    return worker


def _exchange(inquiries: Sequence[Inquiry]) -> None:
    """Receive the answers to what was sent before, and send what waits now."""
    try:
        for inquiry in inquiries:
            inquiry.send()
    except Gone as gone:
        check, case = gone.asker
        raise Stopped(gone.ended, check, case, gone.call) from None


def _outcome(pair: Pair, inquiries: tuple[Inquiry, Inquiry]) -> Failure | None:
    check, case = pair
    asked = Asked(*inquiries, pair)
    try:
        check.run(asked, case)
    except Broken as broken:
        expected = NOTHING if broken.expected is None else broken.expected
        got = NOTHING if broken.got is None and expected is NOTHING else broken.got
        # None is a value that candidates return, never one that is asked for
        return _failure(case, asked, Status.BROKEN, broken.message, got, expected)
    except CandidateRaised as raised:
        status = Status.MEMORY if "MemoryError" in raised.reply.bases else Status.CRASHED
        return _failure(case, asked, status, _raised_message(raised.reply), line=raised.reply.line)
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
