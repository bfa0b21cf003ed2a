"""What is shown of an interview: values that every face draws in its own way."""

from __future__ import annotations

from collections.abc import Sequence

from quizkit.bank.model import FollowUp, Mistake, Question
from quizkit.frozen import frozen
from quizkit.interview.engine import (
    Do,
    Interview,
    Screen,
    allowed,
    left_ms,
    needs_verdict,
    points,
    result,
    screen,
    whole_left_ms,
)
from quizkit.interview.marks import Result, score
from quizkit.interview.record import Answer, Stage
from quizkit.interview.scorecard import Earlier, Scorecard, scorecard
from quizkit.memory.log import Grade, Moment
from quizkit.view import CodeView, Layer, all_layers

MODEL_LAYERS = ("simple", "technical")


@frozen
class Clock:
    """What the clocks show, in seconds; negative is overtime."""

    left_s: float
    whole_left_s: float
    allotted_s: float

    @property
    def share(self) -> float:
        """How much of the question's time is used, 0 to 1."""
        return min(1.0, max(0.0, 1 - self.left_s / self.allotted_s))


@frozen
class Line:
    """Something to tick in the debrief."""

    number: int
    # from 1
    text: str
    ticked: bool
    suggested: bool = False
    correction: str = ""
    # of a mistake


@frozen
class Reply:
    """A question or a follow-up, what was typed to it, and the model answer."""

    question: str
    said: str
    answer: str = ""


@frozen
class Debrief:
    """One question, talked over."""

    said: str
    code: str
    # as it was left
    layers: tuple[Layer, ...]
    # the model answer; a coding task's is the view's `coding.solution`
    points: tuple[Line, ...]
    mistakes: tuple[Line, ...]
    follow_ups: tuple[Reply, ...]
    # those that were asked
    result: Result
    score: float
    used_s: float
    allotted_s: float
    waits_for_judge: bool = False
    gone: bool = False
    # from the bank, meanwhile


@frozen
class InterviewView:
    """Everything that a face shows at one instant."""

    screen: Screen
    stage: Stage
    title: str
    number: int
    # of the question, from 1
    total: int
    turn: int
    # another number is another question or follow-up
    clock: Clock
    strict: bool
    card: str = ""
    question: str = ""
    facts: str = ""
    follow_up: str = ""
    # what is asked after it
    said: tuple[str, ...] = ()
    # to this part
    coding: CodeView | None = None
    trials: int = 0
    gap_s: float = 0.0
    debrief: Debrief | None = None
    scorecard: Scorecard | None = None
    actions: tuple[Do, ...] = ()
    notice: str = ""


def clock(interview: Interview, now: Moment) -> Clock:
    """Return what the clocks show."""
    return Clock(left_ms(interview, now) / 1000, whole_left_ms(interview, now) / 1000, interview.slot.minutes * 60)


def view(
    interview: Interview,
    now: Moment,
    path: str = "",
    suggested: frozenset[int] = frozenset(),
    before: Sequence[Earlier] = (),
) -> InterviewView:
    """Return what is shown of `interview` at `now`.

    Args:
        interview: as it stands.
        now: the instant.
        path: of the file in which a coding task is written.
        suggested: positions of the key points that the typed words may have covered.
        before: the interviews before this one, newest first.
    """
    shown, possible = screen(interview), allowed(interview)
    record, answer = interview.record, interview.record.answer
    common = {
        "screen": shown,
        "stage": record.stage,
        "title": interview.plan.title,
        "number": record.at + 1,
        "total": len(interview.plan.slots),
        "turn": 100 * record.at + answer.part,
        "clock": clock(interview, now),
        "strict": interview.plan.strict,
        "actions": tuple(do for do in Do if do in possible),
        "notice": interview.notice,
    }
    if shown is Screen.SCORECARD:
        return InterviewView(**common, scorecard=scorecard(record, before))  # type: ignore[arg-type]
    if shown is Screen.PAUSED:
        return InterviewView(**common)  # type: ignore[arg-type]
    # a pause shows nothing to think about
    return InterviewView(
        **common,  # type: ignore[arg-type]
        card=interview.slot.card,
        question=_text(interview),
        facts=facts(interview),
        follow_up=_follow_up(interview.question, answer.part) if shown is not Screen.DEBRIEF else "",
        said=answer.said.get(answer.part, ()) if shown is not Screen.DEBRIEF else (),
        coding=_coding(interview, shown, path),
        trials=answer.trials,
        gap_s=interview.watch.gap_ms / 1000,
        debrief=_debrief(interview, suggested) if shown is Screen.DEBRIEF else None,
    )


def facts(interview: Interview) -> str:
    """Return the line under a question, as in "medium · 5 min · code"."""
    slot = interview.slot
    parts = (slot.difficulty, f"{slot.minutes:g} min", "code" if slot.is_code else "")
    return " · ".join(part for part in parts if part)


def _text(interview: Interview) -> str:
    return interview.question.question if interview.question else interview.slot.title


def _follow_up(question: Question | None, part: int) -> str:
    return question.follow_ups[part - 1].question if question and 0 < part <= len(question.follow_ups) else ""


def _coding(interview: Interview, shown: Screen, path: str) -> CodeView | None:
    slot, answer = interview.slot, interview.record.answer
    if not slot.is_code:
        return None
    name = slot.card.partition(":")[2]
    verdict = answer.verdict if shown is Screen.DEBRIEF else answer.tried
    prompt = interview.question.technical_answer if interview.question else ""
    remark = "" if shown is Screen.DEBRIEF else answer.remark
    return CodeView(name, prompt, path, verdict=verdict, remark=remark, solution=_solution(interview, shown))


def _solution(interview: Interview, shown: Screen) -> str:
    return interview.question.simple_answer if shown is Screen.DEBRIEF and interview.question else ""


# -- the debrief ------------------------------------------------------------------------------------------------------


def _debrief(interview: Interview, suggested: frozenset[int]) -> Debrief:
    question, answer, slot = interview.question, interview.record.answer, interview.slot
    found = result(interview)
    return Debrief(
        said=answer.text(0),
        code=answer.code,
        layers=model_answer(question) if question and not slot.is_code else (),
        points=_points(question, answer, suggested) if question and not slot.is_code else (),
        mistakes=_mistakes(question, answer) if question and not slot.is_code else (),
        follow_ups=replies(question, answer),
        result=found,
        score=score(slot, found),
        used_s=answer.used_ms / 1000,
        allotted_s=slot.minutes * 60,
        waits_for_judge=needs_verdict(interview),
        gone=question is None,
    )


def model_answer(question: Question) -> tuple[Layer, ...]:
    """Return the layers to lay beside the own answer."""
    return tuple(layer for layer in all_layers(question) if layer.name in MODEL_LAYERS)


def _points(question: Question, answer: Answer, suggested: frozenset[int]) -> tuple[Line, ...]:
    return tuple(
        Line(position + 1, text, position in answer.ticks, position in suggested)
        for position, text in enumerate(points(question))
    )


def _mistakes(question: Question, answer: Answer) -> tuple[Line, ...]:
    first = len(points(question))
    return tuple(_mistake(first + place, mistake, answer) for place, mistake in enumerate(question.mistakes))


def _mistake(position: int, mistake: Mistake, answer: Answer) -> Line:
    return Line(position + 1, mistake.claim, position in answer.ticks, correction=mistake.correction)


def replies(question: Question | None, answer: Answer) -> tuple[Reply, ...]:
    """Return the follow-ups that were asked, with what was typed and the model answers."""
    asked: tuple[FollowUp, ...] = question.follow_ups[: answer.part] if question else ()
    return tuple(
        Reply(follow_up.question, answer.text(part), follow_up.answer) for part, follow_up in enumerate(asked, 1)
    )


def grade_word(grade: Grade | None) -> str:
    """Return a grade as a word, "" without one."""
    return grade.name.lower() if grade else ""
