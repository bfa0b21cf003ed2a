"""What the log says of an interview: the whole of what has to survive, folded event by event."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, field, fields
from enum import StrEnum
from typing import Any

from quizkit.attempts import Uncounted
from quizkit.frozen import frozen, replace
from quizkit.interview.marks import Result
from quizkit.interview.plan import Plan, from_json
from quizkit.judge.verdict import Finding, Outcome, Status, Verdict
from quizkit.memory.log import Event, Grade, Kind


class Stage(StrEnum):
    """How far an interview is."""

    ASKING = "asking"
    PAUSED = "paused"
    DEBRIEF = "debrief"
    FINISHED = "finished"
    ABANDONED = "abandoned"


@frozen
class Answer:
    """What became of one question of the plan."""

    asked: bool = False
    left: bool = False
    used_ms: int = 0
    # once it was left
    part: int = 0
    # 0: the question, k: its kth follow-up
    said: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    # what was typed, by part
    trials: int = 0
    remark: str = ""
    # what the last trial came to
    tried: Verdict | None = None
    # its verdict, where the judge is open
    code: str = ""
    # as it was last tried or left
    verdict: Verdict | None = None
    # of the code as it was left
    file: str = ""
    # a hash of that code
    counts: Grade | Uncounted | None = None
    # what the verdict is worth to the memory
    ticks: frozenset[int] = frozenset()
    # positions among the key points, followed by the mistakes
    corrected: Grade | None = None
    # the grade that the candidate gave instead
    result: Result | None = None
    # once the debrief of this question is over

    def text(self, part: int | None = None) -> str:
        """Return what was typed to one part, or to all of them."""
        parts = self.said.values() if part is None else [self.said.get(part, ())]
        return "\n".join(line for lines in parts for line in lines)


@frozen
class Record:
    """An interview as the log has it."""

    plan: Plan
    answers: tuple[Answer, ...]
    begun_ms: int
    # wall clock
    offset_min: int
    stage: Stage = Stage.ASKING
    at: int = 0
    # the slot that is asked, or talked over
    used_ms: int = 0
    # on it, when the last event was kept
    pauses: int = 0
    interruptions: int = 0
    # times that the program ended before the interview did
    doubtful_ms: int = 0
    # time that a sleeping machine took and that was left out
    last_ms: int = 0
    # wall clock of the last event

    @property
    def answer(self) -> Answer:
        """The answer to the question that it stands at."""
        return self.answers[self.at]

    @property
    def spent_ms(self) -> int:
        """The time used on questions that were left."""
        return sum(answer.used_ms for answer in self.answers)


def told(event: Event) -> dict[str, Any]:
    """Return what an event's detail says."""
    return json.loads(event.detail) if event.detail else {}


def begun(event: Event) -> Record:
    """Return the record that begins with the event in which the plan stands."""
    plan = from_json(told(event))
    return Record(plan, (Answer(),) * len(plan.slots), event.at_ms, event.offset_min, last_ms=event.at_ms)


def replay(events: Iterable[Event]) -> Record:
    """Return the record of one interview's events, oldest first; the first one has the plan."""
    first, *rest = events
    record = begun(first)
    for event in rest:
        record = after(record, event)
    return record


def after(record: Record, event: Event) -> Record:
    """Return the record with one more event."""
    folded = _FOLDS[event.kind](record, event, told(event))
    return replace(folded, used_ms=event.taken_ms or 0, last_ms=event.at_ms)


def _asked(record: Record, _event: Event, what: dict[str, Any]) -> Record:
    moved = replace(record, at=what["slot"], stage=Stage.ASKING)
    return _with(moved, asked=True, part=what["part"], code=what.get("code", moved.answer.code))


def _said(record: Record, _event: Event, what: dict[str, Any]) -> Record:
    answer = record.answer
    lines = (*answer.said.get(answer.part, ()), what["text"])
    return _with(record, said={**answer.said, answer.part: lines})


def _tried(record: Record, _event: Event, what: dict[str, Any]) -> Record:
    tried = verdict_from(what["judged"]) if what.get("judged") else None
    return _with(record, trials=record.answer.trials + 1, remark=what["trial"], code=what["code"], tried=tried)


def _left(record: Record, event: Event, what: dict[str, Any]) -> Record:
    left = _with(record, left=True, used_ms=event.taken_ms or 0, code=what.get("code", record.answer.code))
    return replace(left, at=0, stage=Stage.DEBRIEF) if what["last"] else left


def _paused(record: Record, _event: Event, _what: dict[str, Any]) -> Record:
    return replace(record, stage=Stage.PAUSED, pauses=record.pauses + 1)


def _continued(record: Record, _event: Event, what: dict[str, Any]) -> Record:
    return replace(
        record,
        stage=Stage.ASKING,
        interruptions=record.interruptions + bool(what.get("interrupted")),
        doubtful_ms=record.doubtful_ms + what.get("left_out_ms", 0),
    )


def _judged(record: Record, _event: Event, what: dict[str, Any]) -> Record:
    worth = what["counts"]
    counts = Uncounted(worth) if isinstance(worth, str) else Grade(worth)
    return _with(record, verdict=verdict_from(what["judged"]), file=what["file"], counts=counts)


def _ticked(record: Record, _event: Event, what: dict[str, Any]) -> Record:
    ticked = _with(record, ticks=frozenset(what["ticks"]), corrected=_grade(what.get("corrected")))
    return _settled(ticked, what) if what.get("result") else ticked


def _reviewed(record: Record, _event: Event, what: dict[str, Any]) -> Record:
    return _settled(record, what)


def _settled(record: Record, what: dict[str, Any]) -> Record:
    result = what["result"]
    settled = _with(record, result=Result(**{**result, "grade": _grade(result["grade"])}))
    return replace(settled, at=min(record.at + 1, len(record.answers) - 1))


def _closed(record: Record, _event: Event, what: dict[str, Any]) -> Record:
    return replace(record, stage=Stage(what["how"]))


_FOLDS = {
    Kind.ASKED: _asked,
    Kind.SAID: _said,
    Kind.TRIED: _tried,
    Kind.LEFT: _left,
    Kind.PAUSED: _paused,
    Kind.CONTINUED: _continued,
    Kind.JUDGED: _judged,
    Kind.TICKED: _ticked,
    Kind.REVIEW: _reviewed,
    Kind.CLOSED: _closed,
}


def _with(record: Record, **changes: Any) -> Record:
    answers = list(record.answers)
    answers[record.at] = replace(record.answer, **changes)
    return replace(record, answers=tuple(answers))


def _grade(number: int | None) -> Grade | None:
    return None if number is None else Grade(number)


# -- verdicts ---------------------------------------------------------------------------------------------------------


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """Return all of a verdict as JSON types, to be shown again as it was."""
    findings = [{**asdict(finding), "counterexample": _pairs(finding)} for finding in verdict.findings]
    plain = {item.name: getattr(verdict, item.name) for item in fields(verdict) if item.name != "findings"}
    return {**plain, "findings": findings}


def _pairs(finding: Finding) -> dict[str, str] | None:
    return None if finding.counterexample is None else dict(finding.counterexample)


def verdict_from(what: Mapping[str, Any]) -> Verdict:
    """Return the verdict that `verdict_json` told."""
    findings = tuple(Finding(**{**each, "status": Status(each["status"])}) for each in what["findings"])
    return Verdict(**{**what, "outcome": Outcome(what["outcome"]), "findings": findings})
