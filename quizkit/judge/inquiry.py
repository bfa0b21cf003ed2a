"""Asks the candidate in batches: a check runs until it needs an answer, and all that wait are asked in one frame.

A check is plain code that calls the candidate. The first time it calls, the answer is not there: the check is put aside
(`Waiting`), the calls of many checks and cases travel together, and the check runs again from its start with the
answers at hand. Asking twice for the same thing costs nothing, so checks that look at the same case share its calls.
While the candidate computes, the judge goes on with other checks; one frame is on its way at a time, so that neither
side ever waits for the other to listen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from quizkit.challenges.vocabulary import Seed
from quizkit.frozen import frozen
from quizkit.judge.process import Ended, How, Worker
from quizkit.judge.wire import Call, Layout, Raised, Reply, Returned, Rng, TooBigError

FRAME = 256
# calls in one frame: enough to make the frame's own cost vanish, few enough to show progress
MOST_KEPT = 256_000_000
# bytes of answers: all of them are kept, and a candidate may return 64 MB at every call

Key = tuple[Any, ...]


class Waiting(BaseException):
    """An answer is not there yet. No `Exception`: a check that handles those must not swallow it."""


class CandidateRaised(Exception):
    """A call ended in an exception of the candidate's."""

    def __init__(self, reply: Raised) -> None:
        super().__init__(reply.text)
        self.reply = reply


class Gone(Exception):
    """The candidate's process cannot answer any more."""

    def __init__(self, ended: Ended, asker: Any, call: Call) -> None:
        super().__init__(ended.text)
        self.ended = ended
        self.asker = asker
        # who had asked what was not answered, as `ask` was told
        self.call = call


@frozen
class Question:
    """Some calls that are made one after the other, and who wants to know."""

    key: Key
    calls: Sequence[Call]
    asker: Any


@dataclass
class Inquiry:
    """What one process of the candidate was asked and what it answered."""

    function: str
    worker: Callable[[], Worker]
    # called at the first question, so that a second process is started only for those who ask
    clock: Callable[[], float]
    one_call_s: float
    # for each answer
    until: float
    # by `clock`: when the candidate's time is up
    answers: dict[Key, list[Reply] | Exception] = field(default_factory=dict)
    # an exception: the arguments cannot travel
    _asked: set[Key] = field(default_factory=set)
    waiting: list[Question] = field(default_factory=list)
    # what the next `send` sends
    _sent: list[Question] = field(default_factory=list)
    # what the frame on its way asks
    _unsent: list[list[Question]] = field(default_factory=list)
    # frames that are to follow it
    _replies: Iterator[Reply | Ended] = field(default_factory=lambda: iter(()))
    _kept: int = 0
    # bytes of all answers

    def ask(self, calls: Sequence[Call], asker: Any = None) -> list[Reply]:
        """Return the answers to `calls`, made one after the other in one frame.

        Raises:
            Waiting: they are not there yet; `send` and `receive` bring them.
            TypeError, TooBigError: an argument made of an earlier answer cannot travel.
        """
        key = tuple([_frozen_call(call) for call in calls])
        answers = self.answers.get(key)
        if isinstance(answers, Exception):
            raise answers
        if answers is not None:
            return answers
        self.add([Question(key, calls, asker)])
        raise Waiting

    def add(self, questions: Iterable[Question]) -> None:
        """Let questions wait to be sent, unless they were before."""
        for question in questions:
            if question.key not in self._asked:
                self._asked.add(question.key)
                self.waiting.append(question)

    def send(self) -> None:
        """Have everything that waits asked, once what was sent before is received."""
        self.receive()
        self._unsent = list(_batches(self.waiting))
        self.waiting = []
        self._send_next()

    def receive(self) -> None:
        """Wait for the answers to all that was sent.

        Raises:
            Gone: the process ended, or its time was up.
        """
        while self._sent:
            for question in self._sent:
                self.answers[question.key] = [self._answer(question, call) for call in question.calls]
            self._send_next()

    def _send_next(self) -> None:
        """Send the next frame; questions that cannot travel are answered with the reason."""
        self._sent = []
        while self._unsent and not self._sent:
            batch = self._unsent.pop(0)
            try:
                self._replies = self.worker().calls([call for one in batch for call in one.calls], self.one_call_s)
                self._sent = batch
            except (TypeError, TooBigError) as error:
                # nothing was sent
                if len(batch) == 1:
                    self.answers[batch[0].key] = error
                else:
                    self._unsent[:0] = [[question] for question in batch]

    def _answer(self, question: Question, call: Call) -> Reply:
        reply = next(self._replies)
        if type(reply) is Returned:
            self._kept += _bytes(reply.value)
        if not isinstance(reply, Ended):
            if self.clock() > self.until:
                reply = Ended(How.TIMEOUT, "the time for all calls together is up")
            elif self._kept > MOST_KEPT:
                reply = Ended(How.MEMORY, f"returned more than {MOST_KEPT // 1_000_000} MB in all")
            else:
                return reply
        raise Gone(reply, question.asker, call)


def _batches(questions: Iterable[Question]) -> Iterator[list[Question]]:
    batch: list[Question] = []
    size = 0
    for question in questions:
        batch.append(question)
        size += sum(1 + _bytes(call.args) // 10_000 for call in question.calls)
        if size >= FRAME:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


@dataclass
class Asked:
    """The candidate's function as one check sees it in one case; remembers what was asked, for the report."""

    inquiry: Inquiry
    second: Inquiry
    # the same file in another process
    asker: Any = None
    seen: list[Reply] = field(default_factory=list)
    last_call: Call | None = None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Return what the candidate returns for these arguments."""
        return self.many([args], **kwargs)[0]

    def many(self, calls: Sequence[tuple[Any, ...]], **kwargs: Any) -> list[Any]:
        """Return what the candidate returns for each tuple of positional arguments."""
        missing = False
        values = []
        for args in calls:
            try:
                values.append(value_of(self.ask([self.call(*args, **kwargs)])[0]))
            except Waiting:
                missing = True
        if missing:
            raise Waiting
        return values

    def call(self, *args: Any, layout: Layout = Layout.PLAIN, echo: bool = False, **kwargs: Any) -> Call:
        """Return the call of the candidate's function with these arguments."""
        return Call(
            self.inquiry.function,
            tuple(map(_sendable, args)),
            {name: _sendable(value) for name, value in kwargs.items()},
            layout=layout,
            echo=echo,
        )

    def ask(self, calls: Sequence[Call], *, in_second_process: bool = False) -> list[Reply]:
        """Return the replies to calls made one after the other."""
        replies = (self.second if in_second_process else self.inquiry).ask(calls, self.asker)
        self.seen.extend(replies)
        self.last_call = calls[-1]
        return replies

    def last_value(self) -> Any:
        """Return what the candidate returned last, None where it returned nothing."""
        return next((reply.value for reply in reversed(self.seen) if isinstance(reply, Returned)), None)


def value_of(reply: Reply) -> Any:
    """Return the value of a reply.

    Raises:
        CandidateRaised: the candidate raised instead of returning.
    """
    if isinstance(reply, Returned):
        return reply.value
    raise CandidateRaised(reply)


def _sendable(value: Any) -> Any:
    kind = type(value)
    # called thousands of times a judgement, as `_frozen` is: arrays first, and no `isinstance`
    if kind is np.ndarray:
        if value.dtype.hasobject:
            # its bytes are addresses: never the same question twice
            raise TypeError("an array of objects cannot be passed on")
        return value
    if kind is Seed:
        return Rng(value.seed)
    if kind is tuple:
        return tuple(map(_sendable, value))
    return {name: _sendable(entry) for name, entry in value.items()} if kind is dict else value


def _frozen_call(call: Call) -> Key:
    return (_frozen(call.args), _frozen(call.kwargs), call.layout, call.echo)


def _frozen(value: Any) -> Any:
    """Return a hashable stand-in that differs whenever the value would arrive differently."""
    kind = type(value)
    if kind is np.ndarray:
        return (value.dtype.str, value.shape, value.tobytes())
    if kind is tuple or kind is list:
        return (kind, *map(_frozen, value))
    if kind is dict:
        return tuple([(name, _frozen(entry)) for name, entry in value.items()])
    return (kind, repr(value))


def _bytes(value: Any) -> int:
    if type(value) is np.ndarray:
        return value.nbytes
    if isinstance(value, dict):
        return sum(map(_bytes, value.values()))
    return sum(map(_bytes, value)) if isinstance(value, tuple) else 0
