"""A coding challenge in front of a person: the prompt, the hints taken, the verdict, and what that counts as.

Pure: each step returns the next state and what it adds to the log, if anything. Whoever plays it judges files, keeps
the log and shows the rest.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from quizkit import attempts
from quizkit.attempts import Attempt, Uncounted
from quizkit.bank.model import FollowUp, Question
from quizkit.frozen import frozen, replace
from quizkit.memory.code import card_of
from quizkit.memory.log import Event, Grade, Kind, Moment

if TYPE_CHECKING:
    from quizkit.judge.verdict import Finding, Verdict

UNUSABLE, CRASHED = "unusable", "crashed"
# an outcome and a status of the judge's, whose module a sitting without challenges does not need


@frozen
class Task:
    """A challenge as a person meets it."""

    name: str
    title: str
    prompt: str
    # plain text
    topic: str
    difficulty: str
    minutes: float
    hints: tuple[str, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    solution: str = ""
    # Python source

    def question(self) -> Question:
        """Return the challenge as the card that a sitting shows."""
        return Question(
            card_of(self.name), self.topic, self.title, self.difficulty, self.minutes, follow_ups=self.follow_ups
        )


@frozen
class Judged:
    """A file that was judged."""

    verdict: Verdict
    path: str
    digest: str
    # of what stood in it
    partial: bool = False
    # only some properties were looked at

    @property
    def is_attempt(self) -> bool:
        """Whether it says something about the person: a file that does not load yet says nothing."""
        return not (self.partial or self.verdict.outcome == UNUSABLE or is_unwritten(self.verdict))


@frozen
class Entry:
    """What a step adds to the log."""

    kind: Kind
    grade: Grade | None = None
    detail: str = ""


@frozen
class Coding:
    """One challenge at one instant."""

    task: Task
    path: str
    # of the file to judge
    history: tuple[Event, ...] = ()
    # all that the log says of the challenge
    settled: bool = False
    # answered, and not due again yet: the solution may be seen
    judged: Judged | None = None
    remark: str = ""
    # what the last step came to, in a sentence
    solution_open: bool = False

    @property
    def hints(self) -> tuple[str, ...]:
        """The hints taken since the last review."""
        return self.task.hints[: attempts.hints_taken(self.history)]

    @property
    def hints_left(self) -> int:
        """How many hints were not taken."""
        return len(self.task.hints) - len(self.hints)


def opened(coding: Coding, now: Moment) -> Entry | None:
    """Return what is logged when the prompt is seen: only the first time on a day starts the clock."""
    return Entry(Kind.OPENED) if attempts.clock_started_ms(coding.history, now) is None else None


def hinted(coding: Coding) -> Entry:
    """Return what is logged when a hint is taken."""
    return Entry(Kind.HINTED, detail=json.dumps({"hint": len(coding.hints) + 1}))


def given_up(coding: Coding) -> tuple[Coding, str]:
    """Return the state after giving up, and the detail of the review that it is."""
    return replace(coding, remark="", solution_open=True), json.dumps({"verdict": attempts.GIVEN_UP})


def judged(coding: Coding, what: Judged, now: Moment) -> tuple[Coding, Entry | None]:
    """Return the state after a judgement, and what it adds to the log."""
    after = replace(coding, judged=what, path=what.path, remark="")
    if not what.is_attempt:
        return replace(after, remark=_no_attempt(what)), None
    value = attempts.worth(coding.history, _attempt(what), coding.task.minutes, now)
    if isinstance(value, Grade):
        return after, Entry(Kind.REVIEW, value, _detail(what))
    return replace(after, remark=practice_text(value)), Entry(Kind.ATTEMPT, detail=_detail(what))


_UNCOUNTED = {
    Uncounted.FAILED: "",
    Uncounted.KNOWN: "This very file was accepted before, so it counts as practice.",
    Uncounted.TODAY: "Accepted once today already, so this one counts as practice.",
}


def practice_text(value: Uncounted) -> str:
    """Return why an attempt is no review, "" where the verdict says it."""
    return _UNCOUNTED[value]


def _attempt(what: Judged) -> Attempt:
    return Attempt(what.verdict.accepted, what.digest)


def _detail(what: Judged) -> str:
    held, total = what.verdict.count("required")
    told = {
        "verdict": str(what.verdict.outcome),
        "score": what.verdict.score,
        "held": round(held / max(total, 1), 3),
        "file": what.digest,
        "seed": what.verdict.seed,
    }
    return json.dumps(told)


def _no_attempt(what: Judged) -> str:
    if is_unwritten(what.verdict):
        return "Nothing is written yet: put your code in the place of `raise NotImplementedError`."
    return "Only some of the properties were looked at, so this counts as practice." if what.partial else ""


# -- what a verdict shows ---------------------------------------------------------------------------------------------


def is_unwritten(verdict: Verdict) -> bool:
    """Whether the file is still the starter: all there is to say is that it raises NotImplementedError."""
    faults = verdict.faults
    return bool(faults) and all(_is_placeholder(fault) for fault in faults)


def _is_placeholder(finding: Finding) -> bool:
    return finding.status == CRASHED and finding.message.startswith("NotImplementedError")


def also_broken(verdict: Verdict, fault: Finding) -> tuple[str, ...]:
    """Return the names of the properties that the same fault breaks."""
    return tuple(finding.name for finding in verdict.findings if finding.because_of == fault.name)


def remarks(verdict: Verdict) -> tuple[Finding, ...]:
    """Return what an interviewer would also ask about, where that is a fault of its own."""
    return tuple(finding for finding in verdict.remarks if finding.is_root)
