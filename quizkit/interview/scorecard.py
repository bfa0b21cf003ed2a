"""What an interview came to: a row a question, the topics, one mark, and what to study next."""

from __future__ import annotations

from collections.abc import Sequence

from quizkit.frozen import frozen
from quizkit.interview import marks
from quizkit.interview.marks import Result
from quizkit.interview.plan import Slot
from quizkit.interview.record import Record, Stage
from quizkit.memory.code import challenge_of

NEXT_STEPS = 3
SHAKY = 0.7
# a question below this is one to study again
STUDY_MINUTES = 15


@frozen
class Row:
    """One question of the plan; `result` is None where it was not reached."""

    number: int
    slot: Slot
    result: Result | None
    score: float
    follow_ups: int = 0
    # that were asked

    @property
    def late_ms(self) -> int:
        """The time it took beyond what was allotted."""
        return max(0, self.result.used_ms - round(self.slot.minutes * 60_000)) if self.result else 0


@frozen
class TopicRow:
    """One topic of an interview."""

    topic: str
    questions: int
    covered: int
    points: int
    mistakes: int
    used_ms: int
    minutes: float
    # allotted, to what was not reached, too
    score: float


@frozen
class Earlier:
    """An interview of before."""

    sitting: str
    begun_ms: int
    offset_min: int
    title: str
    minutes: float
    stage: Stage
    mark: float | None
    # None while its debrief is not over


@frozen
class Scorecard:
    """The outcome of an interview."""

    sitting: str
    title: str
    begun_ms: int
    offset_min: int
    minutes: float
    strict: bool
    used_ms: int
    pauses: int
    interruptions: int
    left_out_ms: int
    rows: tuple[Row, ...]
    topics: tuple[TopicRow, ...]
    mark: float
    word: str
    formula: str
    before: tuple[Earlier, ...]
    # finished ones, newest first
    next_steps: tuple[str, ...]
    # commands


def scorecard(record: Record, before: Sequence[Earlier] = ()) -> Scorecard:
    """Return the scorecard of an interview, beside the marks of those `before` it, newest first."""
    rows = _rows(record)
    mark = marks.overall((row.slot, row.result) for row in rows)
    plan = record.plan
    return Scorecard(
        sitting=plan.sitting,
        title=plan.title,
        begun_ms=record.begun_ms,
        offset_min=record.offset_min,
        minutes=plan.minutes,
        strict=plan.strict,
        used_ms=record.spent_ms,
        pauses=record.pauses,
        interruptions=record.interruptions,
        left_out_ms=record.doubtful_ms,
        rows=rows,
        topics=_topics(rows),
        mark=mark,
        word=marks.word(mark),
        formula=marks.FORMULA,
        before=tuple(earlier for earlier in before if earlier.mark is not None),
        next_steps=next_steps(rows, plan.minutes),
    )


def earlier(record: Record) -> Earlier:
    """Return an interview as one line of the history."""
    plan, finished = record.plan, record.stage is Stage.FINISHED
    mark = marks.overall((row.slot, row.result) for row in _rows(record)) if finished else None
    return Earlier(
        plan.sitting, record.begun_ms, record.offset_min, plan.title, plan.minutes, record.stage, mark
    )  # fmt: skip


def _rows(record: Record) -> tuple[Row, ...]:
    return tuple(
        Row(
            number,
            slot,
            answer.result,
            marks.score(slot, answer.result) if answer.result else 0.0,
            answer.part,
        )
        for number, (slot, answer) in enumerate(zip(record.plan.slots, record.answers, strict=True), 1)
    )


def _topics(rows: Sequence[Row]) -> tuple[TopicRow, ...]:
    return tuple(_topic(topic, [row for row in rows if row.slot.topic == topic]) for topic in _names(rows))


def _names(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(row.slot.topic for row in rows))


def _topic(topic: str, rows: Sequence[Row]) -> TopicRow:
    results = [row.result for row in rows if row.result]
    minutes = sum(row.slot.minutes for row in rows)
    return TopicRow(
        topic,
        len(rows),
        sum(result.covered for result in results),
        sum(result.points for result in results),
        sum(result.mistakes for result in results),
        sum(result.used_ms for result in results),
        minutes,
        sum(row.score * row.slot.minutes for row in rows) / minutes,
    )


def next_steps(rows: Sequence[Row], minutes: float) -> tuple[str, ...]:
    """Return the three things to do next, the weakest first, as commands."""
    reached = sorted((row for row in rows if row.result), key=lambda row: (row.score, row.number))
    shaky = [_again(row.slot) for row in reached if row.score < SHAKY]
    weakest = min(_topics(rows), key=lambda topic: (topic.score, topic.topic)).topic
    rest = [f"quizkit study {weakest} --minutes {STUDY_MINUTES}", f"quizkit interview {weakest} --minutes {minutes:g}"]
    steps = list(dict.fromkeys([*shaky[: NEXT_STEPS - 1], *rest, f"quizkit quiz {weakest}"]))
    return tuple(steps[:NEXT_STEPS])


def _again(slot: Slot) -> str:
    challenge = challenge_of(slot.card)
    return f"quizkit challenge {challenge} --start" if challenge else f"quizkit show {slot.card}"
