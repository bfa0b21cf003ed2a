"""The rules of a mock interview: what may be done now, and what it adds to the log.

Pure, as `quizkit.session` is: `step` returns the next interview, whose new events are stored before it is shown. What
must survive is folded from those events alone (`record`), so an interview that is resumed is the one that was left.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from quizkit import attempts, coding
from quizkit.attempts import Attempt, Uncounted
from quizkit.bank.model import Question
from quizkit.coding import Judged
from quizkit.errors import UsageProblem
from quizkit.frozen import frozen, replace
from quizkit.interview import marks, record, watch
from quizkit.interview.marks import Result
from quizkit.interview.plan import Plan, Slot
from quizkit.interview.record import Answer, Record, Stage
from quizkit.interview.watch import Watch
from quizkit.judge.verdict import Outcome, Status, Verdict
from quizkit.memory.code import INTERVIEW
from quizkit.memory.log import Event, Grade, Kind, Mode, Moment

NOT_WRITTEN = "nothing written"
NO_POINTS = ("The heart of the answer.",)
# what is ticked on a card without key points


class Screen(StrEnum):
    """What is in front of the candidate."""

    QUESTION = "question"
    PAUSED = "paused"
    SLEPT = "slept"
    # time went by of which nobody knows whether it counts
    DEBRIEF = "debrief"
    SCORECARD = "scorecard"


class Do(StrEnum):
    """What can be done."""

    SAY = "say"
    TRY = "try"
    DONE = "done"
    # with this part: a follow-up comes while time lasts
    MOVE_ON = "move_on"
    # on to the next question
    PAUSE = "pause"
    CONTINUE = "continue"
    COUNT = "count"
    LEAVE_OUT = "leave_out"
    FINISH = "finish"
    # straight to the debrief
    JUDGE = "judge"
    TICK = "tick"
    GRADE = "grade"
    NEXT = "next"
    QUIT = "quit"


_LEAVING = {Do.DONE, Do.MOVE_ON, Do.FINISH}
ALLOWED: Mapping[Screen, frozenset[Do]] = MappingProxyType(
    {
        Screen.QUESTION: frozenset({Do.SAY, Do.TRY, Do.PAUSE, Do.QUIT, *_LEAVING}),
        Screen.PAUSED: frozenset({Do.SAY, Do.CONTINUE, Do.QUIT}),
        Screen.SLEPT: frozenset({Do.SAY, Do.COUNT, Do.LEAVE_OUT, Do.QUIT}),
        Screen.DEBRIEF: frozenset({Do.JUDGE, Do.TICK, Do.GRADE, Do.NEXT, Do.QUIT}),
        Screen.SCORECARD: frozenset({Do.QUIT}),
    }
)


class IllegalMove(UsageProblem):
    """An action that the present screen does not offer; nothing changed."""


@frozen
class Action:
    """Something done."""

    do: Do
    text: str = ""
    # with SAY
    number: int = 0
    # with TICK, from 1: the key points, then the mistakes; 0 takes the suggestions
    suggested: frozenset[int] = frozenset()
    # positions, with TICK 0
    grade: Grade | None = None
    # with GRADE; None: the derived one again
    code: str = ""
    # what stands in the file, where a coding task is tried or left
    judged: Judged | None = None
    # with TRY and JUDGE
    history: tuple[Event, ...] = ()
    # all that the log says of the challenge, with JUDGE


@frozen
class Interview:
    """An interview at one instant."""

    record: Record
    questions: Mapping[str, Question]
    # the cards of the plan; those that left the bank are missing
    watch: Watch = field(default_factory=Watch)
    # of the present question
    log: tuple[Event, ...] = ()
    notice: str = ""

    @property
    def plan(self) -> Plan:
        """What does not change."""
        return self.record.plan

    @property
    def slot(self) -> Slot:
        """The question it stands at."""
        return self.plan.slots[self.record.at]

    @property
    def question(self) -> Question | None:
        """Its card, None where that left the bank meanwhile."""
        return self.questions.get(self.slot.card)


# -- beginning and going on -------------------------------------------------------------------------------------------


def begin(plan: Plan, questions: Mapping[str, Question], now: Moment) -> Interview:
    """Ask the first question."""
    first = Event(
        f"{plan.sitting}-0", Kind.BEGUN, INTERVIEW + plan.sitting, now.at_ms, now.offset_min, plan.sitting,
        Mode.INTERVIEW, detail=_json(plan.as_json()),
    )  # fmt: skip
    return _next_question(Interview(record.begun(first), questions, log=(first,)), now)


def resume(events: tuple[Event, ...], questions: Mapping[str, Question], used_ms: int, now: Moment) -> Interview:
    """Go on with an interview that was interrupted, at `used_ms` of its present question or later.

    Time between the two is not counted, but that it was interrupted is kept.
    """
    kept = record.replay(events)
    interview = Interview(kept, questions, Watch(max(used_ms, kept.used_ms)), events)
    if kept.stage is Stage.ASKING and (kept.answer.left or not kept.answer.asked):
        interview = _next_question(interview, now)
    if kept.stage is Stage.DEBRIEF:
        return _closed_if_over(interview, now)
    if kept.stage not in (Stage.ASKING, Stage.PAUSED):
        return interview
    away_s = max(0, now.at_ms - kept.last_ms) // 1000
    reading = interview.watch.used_ms
    interview = _kept(interview, Kind.CONTINUED, now, taken_ms=reading, interrupted=True, away_s=away_s)
    return replace(interview, watch=watch.start(now, reading), notice="Resumed. The clock goes on from where it stood.")


def abandoned(interview: Interview, now: Moment) -> Interview:
    """Close an interview that nobody goes on with; what was said in it is kept."""
    return _kept(interview, Kind.CLOSED, now, card=_whole(interview), how=Stage.ABANDONED)


# -- what is so now ---------------------------------------------------------------------------------------------------


def screen(interview: Interview) -> Screen:
    """Return what is in front of the candidate."""
    stage = interview.record.stage
    if interview.watch.gap_ms:
        return Screen.SLEPT
    return {Stage.ASKING: Screen.QUESTION, Stage.PAUSED: Screen.PAUSED, Stage.DEBRIEF: Screen.DEBRIEF}.get(
        stage, Screen.SCORECARD
    )


def allowed(interview: Interview) -> frozenset[Do]:
    """Return what may be done now."""
    now_shown = screen(interview)
    moves = ALLOWED[now_shown]
    if now_shown is Screen.QUESTION:
        closed = set() if interview.slot.is_code else {Do.TRY}
        return moves - closed - ({Do.PAUSE} if interview.plan.strict else set())
    if now_shown is Screen.DEBRIEF:
        return moves - ({Do.TICK} if interview.slot.is_code else {Do.JUDGE})
    return moves


def left_ms(interview: Interview, now: Moment) -> int:
    """Return the time left for the present question; negative in overtime."""
    return round(interview.slot.minutes * 60_000) - interview.watch.read_ms(now)


def whole_left_ms(interview: Interview, now: Moment) -> int:
    """Return the time left for the interview; negative when it is over."""
    return round(interview.plan.minutes * 60_000) - interview.record.spent_ms - interview.watch.read_ms(now)


def expired(interview: Interview, now: Moment) -> bool:
    """Whether the present question has to be closed now."""
    running = screen(interview) is Screen.QUESTION
    return running and interview.plan.strict and left_ms(interview, now) <= 0


def needs_verdict(interview: Interview) -> bool:
    """Whether the debrief waits for the judge."""
    answer = interview.record.answer
    in_debrief = screen(interview) is Screen.DEBRIEF
    return in_debrief and interview.slot.is_code and bool(answer.code) and answer.verdict is None


def items(question: Question | None) -> tuple[str, ...]:
    """Return what can be ticked in the debrief: the key points, then the claims of the mistakes."""
    if question is None:
        return ()
    return (*points(question), *(mistake.claim for mistake in question.mistakes))


def points(question: Question) -> tuple[str, ...]:
    """Return the key points that an answer should cover."""
    return question.key_points or NO_POINTS


def result(interview: Interview) -> Result:
    """Return what the present question of the debrief comes to as it is ticked now."""
    answer, question = interview.record.answer, interview.question
    if question is None:
        return replace(_code_result(answer), grade=None) if interview.slot.is_code else Result(0, 0, 0, answer.used_ms)
    found = _code_result(answer) if interview.slot.is_code else _talk_result(interview.slot, question, answer)
    return replace(found, grade=answer.corrected, practice="") if answer.corrected else found


def _talk_result(slot: Slot, question: Question, answer: Answer) -> Result:
    count = len(points(question))
    covered = sum(position < count for position in answer.ticks)
    found = Result(covered, count, len(answer.ticks) - covered, answer.used_ms)
    return replace(found, grade=marks.grade(slot, found))


def _code_result(answer: Answer) -> Result:
    verdict, counts = answer.verdict, answer.counts
    if not answer.code or (verdict and coding.is_unwritten(verdict)):
        return Result(0, 0, 0, answer.used_ms, NOT_WRITTEN, 0, Grade.AGAIN)
    if verdict is None:
        return Result(0, 0, 0, answer.used_ms)
    found = Result(0, 0, 0, answer.used_ms, str(verdict.outcome), verdict.score)
    return replace(found, practice=counts) if isinstance(counts, Uncounted) else replace(found, grade=counts)


# -- steps ------------------------------------------------------------------------------------------------------------


def tick(interview: Interview, now: Moment, *, expected: bool = False) -> Interview:
    """Let time pass; where a machine slept, the clock stops and it is asked about."""
    if interview.record.stage is not Stage.ASKING:
        return interview
    return replace(interview, watch=watch.look(interview.watch, now, expected=expected))


def expire(interview: Interview, code: str, now: Moment) -> Interview:
    """Close a question whose time is over; what was said stands, and no more than the allotted time is taken."""
    allotted_ms = round(interview.slot.minutes * 60_000)
    closed = _leave(interview, code, now, allotted_ms)
    return replace(closed, notice=f"Time was over for question {interview.record.at + 1}; what you had is kept.")


def step(interview: Interview, action: Action, now: Moment) -> Interview:
    """Return the interview after `action`; events it caused are appended to its log.

    Raises:
        IllegalMove: the present screen does not offer the action.
    """
    if action.do not in allowed(interview):
        raise IllegalMove(_refusal(interview, action))
    return _STEPS[action.do](replace(interview, notice=""), action, now)


def _refusal(interview: Interview, action: Action) -> str:
    if action.do is Do.PAUSE and interview.plan.strict:
        return "There is no pause in a strict interview."
    return f"'{action.do}' is not possible now; possible: {', '.join(sorted(allowed(interview)))}."


def _say(interview: Interview, action: Action, now: Moment) -> Interview:
    if not action.text.strip():
        return interview
    return _kept(interview, Kind.SAID, now, text=action.text.strip())


def _try(interview: Interview, action: Action, now: Moment) -> Interview:
    if action.judged is None:
        raise IllegalMove("A trial run is missing.")
    verdict = action.judged.verdict
    told: dict[str, Any] = {"trial": trial_text(verdict), "code": action.code}
    if interview.plan.open_judge:
        told["judged"] = record.verdict_json(verdict)
    return _kept(interview, Kind.TRIED, now, **told)


def trial_text(verdict: Verdict) -> str:
    """Return what an interviewer says of a trial run: that it runs, or how it crashes."""
    if coding.is_unwritten(verdict):
        return "Nothing is written yet."
    if verdict.outcome is Outcome.UNUSABLE:
        return f"It does not load: {verdict.message}" + _line(verdict.line)
    if verdict.outcome in (Outcome.TIMEOUT, Outcome.MEMORY, Outcome.CRASHED):
        return f"It {verdict.message or verdict.outcome}."
    crash = next((fault for fault in verdict.faults if fault.status is Status.CRASHED), None)
    return f"It crashes: {crash.message}{_line(crash.line)}" if crash else "It runs."


def _line(number: int | None) -> str:
    return f" (line {number})" if number else ""


def _done(interview: Interview, action: Action, now: Moment) -> Interview:
    question, part = interview.question, interview.record.answer.part
    follow_ups = question.follow_ups if question else ()
    if part >= len(follow_ups) or left_ms(interview, now) <= 0:
        return _leave(interview, action.code, now)
    return _kept(
        interview, Kind.ASKED, now, slot=interview.record.at, part=part + 1, **_written(interview, action.code)
    )


def _written(interview: Interview, code: str) -> dict[str, Any]:
    """Return what the log keeps of a file when its question, or a part of it, is left."""
    return {"code": code} if interview.slot.is_code and code else {}


def _move_on(interview: Interview, action: Action, now: Moment) -> Interview:
    return _leave(interview, action.code, now)


def _finish(interview: Interview, action: Action, now: Moment) -> Interview:
    return _leave(interview, action.code, now, finish=True)


def _leave(
    interview: Interview, code: str, now: Moment, used_ms: int | None = None, *, finish: bool = False
) -> Interview:
    """Close the present question and ask the next, or begin the debrief where none is left or the time is over."""
    reading = interview.watch.read_ms(now) if used_ms is None else used_ms
    over = interview.record.spent_ms + reading >= round(interview.plan.minutes * 60_000)
    last = finish or over or interview.record.at + 1 == len(interview.plan.slots)
    left = _kept(interview, Kind.LEFT, now, taken_ms=reading, last=last, **_written(interview, code))
    return replace(left, watch=Watch()) if last else _next_question(left, now)


def _next_question(interview: Interview, now: Moment) -> Interview:
    following = interview.record.at + interview.record.answer.asked
    card = interview.plan.slots[following].card
    asked = _kept(interview, Kind.ASKED, now, card=card, taken_ms=0, slot=following, part=0)
    return replace(asked, watch=watch.start(now))


def _pause(interview: Interview, _action: Action, now: Moment) -> Interview:
    return replace(_kept(interview, Kind.PAUSED, now), watch=watch.stop(interview.watch, now))


def _continue(interview: Interview, _action: Action, now: Moment) -> Interview:
    return replace(_kept(interview, Kind.CONTINUED, now), watch=watch.start(now, interview.watch.used_ms))


def _count(interview: Interview, _action: Action, now: Moment) -> Interview:
    return _settled_gap(interview, now, counted=True)


def _leave_out(interview: Interview, _action: Action, now: Moment) -> Interview:
    return _settled_gap(interview, now, counted=False)


def _settled_gap(interview: Interview, now: Moment, *, counted: bool) -> Interview:
    gap_ms = interview.watch.gap_ms
    running = replace(interview, watch=watch.settle(interview.watch, now, counted=counted))
    told: dict[str, Any] = {"counted_ms" if counted else "left_out_ms": gap_ms}
    return _kept(running, Kind.CONTINUED, now, **told)


# -- the debrief ------------------------------------------------------------------------------------------------------


def _judge(interview: Interview, action: Action, now: Moment) -> Interview:
    what, used_ms = action.judged, interview.record.answer.used_ms
    if what is None:
        raise IllegalMove("A verdict is missing.")
    attempt = Attempt(what.verdict.accepted, what.digest, used_ms)
    counts = attempts.worth(action.history, attempt, interview.slot.minutes, now)
    if counts is Uncounted.FAILED:
        counts = Grade.AGAIN
        # there is no second try in an interview
    verdict = record.verdict_json(what.verdict)
    return _kept(interview, Kind.JUDGED, now, judged=verdict, file=what.digest, counts=counts)


def _tick(interview: Interview, action: Action, now: Moment) -> Interview:
    answer, count = interview.record.answer, len(items(interview.question))
    if not 0 <= action.number <= count:
        raise UsageProblem(f"There are {count} lines to tick here, from 1 to {count}.")
    if action.number:
        ticks = answer.ticks ^ {action.number - 1}
    else:
        ticks = answer.ticks | {position for position in action.suggested if 0 <= position < count}
    return _ticked(interview, now, ticks, answer.corrected)


def _grade(interview: Interview, action: Action, now: Moment) -> Interview:
    return _ticked(interview, now, interview.record.answer.ticks, action.grade)


def _ticked(interview: Interview, now: Moment, ticks: frozenset[int], corrected: Grade | None) -> Interview:
    return _kept(interview, Kind.TICKED, now, ticks=sorted(ticks), corrected=corrected)


def _next(interview: Interview, _action: Action, now: Moment) -> Interview:
    """Settle the present question: a review where there is something to schedule by, else a note."""
    answer, found = interview.record.answer, result(interview)
    told: dict[str, Any] = {"result": asdict(found), **_attempt(answer)}
    if found.grade is None:
        settled = _kept(interview, Kind.TICKED, now, ticks=sorted(answer.ticks), corrected=None, **told)
    else:
        settled = _kept(interview, Kind.REVIEW, now, grade=found.grade, taken_ms=answer.used_ms, **told)
    return _closed_if_over(settled, now)


def _attempt(answer: Answer) -> dict[str, Any]:
    """Return what later attempts at the same challenge look for in the log."""
    if answer.verdict is None or coding.is_unwritten(answer.verdict):
        return {}
    return {"verdict": str(answer.verdict.outcome), "score": answer.verdict.score, "file": answer.file}


def _closed_if_over(interview: Interview, now: Moment) -> Interview:
    kept = interview.record
    if any(answer.left and answer.result is None for answer in kept.answers):
        return interview
    return _kept(interview, Kind.CLOSED, now, card=_whole(interview), how=Stage.FINISHED)


def _quit(interview: Interview, _action: Action, _now: Moment) -> Interview:
    return interview


_STEPS = MappingProxyType(
    {
        Do.SAY: _say,
        Do.TRY: _try,
        Do.DONE: _done,
        Do.MOVE_ON: _move_on,
        Do.PAUSE: _pause,
        Do.CONTINUE: _continue,
        Do.COUNT: _count,
        Do.LEAVE_OUT: _leave_out,
        Do.FINISH: _finish,
        Do.JUDGE: _judge,
        Do.TICK: _tick,
        Do.GRADE: _grade,
        Do.NEXT: _next,
        Do.QUIT: _quit,
    }
)


# -- the log ----------------------------------------------------------------------------------------------------------


def _whole(interview: Interview) -> str:
    return INTERVIEW + interview.plan.sitting


def _kept(
    interview: Interview,
    kind: Kind,
    now: Moment,
    *,
    card: str = "",
    grade: Grade | None = None,
    taken_ms: int | None = None,
    **told: Any,
) -> Interview:
    """Append an event, and fold it into what is known; while a question is asked, it tells the clock's reading."""
    if taken_ms is None and interview.record.stage in (Stage.ASKING, Stage.PAUSED):
        taken_ms = interview.watch.read_ms(now)
    plan = interview.plan
    event = Event(
        f"{plan.sitting}-{len(interview.log)}", kind, card or interview.slot.card, now.at_ms, now.offset_min,
        plan.sitting, Mode.INTERVIEW, grade, taken_ms, detail=_json(told),
    )  # fmt: skip
    return replace(interview, record=record.after(interview.record, event), log=(*interview.log, event))


def _json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False) if told else ""
