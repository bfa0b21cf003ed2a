"""What a person is shown of a session: values that every face draws in its own way."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from quizkit.bank.model import FollowUp, Mistake, Question
from quizkit.frozen import frozen
from quizkit.marking import Ask
from quizkit.memory.code import challenge_of
from quizkit.memory.log import Grade, Kind, Mode, Moment, standing
from quizkit.memory.state import CardState, MemoryModel
from quizkit.session import Do, Screen, Session, allowed, changed_parts, layer_names

if TYPE_CHECKING:
    from quizkit.judge.verdict import Verdict

HEADINGS = {
    "simple": "In short",
    "technical": "As you would say it",
    "mistakes": "Traps",
    "key_points": "Did you say",
    "follow_ups": "Then they ask",
}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@frozen
class Layer:
    """One part of an answer; only the fields that its name speaks of are filled."""

    name: str
    heading: str
    text: str = ""
    # Markdown
    diagram: str = ""
    # Mermaid
    analogy: str = ""
    mistakes: tuple[Mistake, ...] = ()
    key_points: tuple[str, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()


@frozen
class GradeOption:
    """A grade and when the card would come back."""

    grade: Grade
    interval: str
    # as in "9 d"; empty while cramming


@frozen
class OptionView:
    """A line to choose. What it is, and its correction, show only once it was marked."""

    text: str
    chosen: bool = False
    right: bool | None = None
    correction: str = ""


@frozen
class Asked:
    """A question that the program marks."""

    ask: Ask
    options: tuple[OptionView, ...]
    answer: str = ""
    # what was answered, once marked
    right: bool | None = None
    expected: str = ""
    # a number's right value, once marked


@frozen
class CodeView:
    """A coding challenge in front of the person."""

    challenge: str
    prompt: str
    # plain text
    path: str
    # of the file that is judged
    hints: tuple[str, ...] = ()
    # those that were taken
    hints_left: int = 0
    verdict: Verdict | None = None
    remark: str = ""
    # what the verdict counts as
    solution: str = ""
    # Python source, where it was asked for


@frozen
class Summary:
    """What a sitting came to."""

    cards: int
    answers: int
    recalled: int
    # cards whose first answer in this sitting was not Again
    elapsed_s: float
    left: int
    # cards of the sitting that were not answered
    leeches: tuple[str, ...] = ()
    due_tomorrow: int | None = None


@frozen
class View:
    """Everything that a face shows at one instant."""

    screen: Screen
    title: str
    mode: Mode
    done: int
    total: int
    new: int
    # new cards still to come
    elapsed_s: float
    turn: int
    # another number is another question, even about the same card
    card: str = ""
    question: str = ""
    facts: str = ""
    layers: tuple[Layer, ...] = ()
    # those that are open
    closed: tuple[str, ...] = ()
    # headings of those that are not
    grades: tuple[GradeOption, ...] = ()
    asked: Asked | None = None
    coding: CodeView | None = None
    changed: tuple[str, ...] = ()
    # what of the card says something else than when it was learned: question, answer
    see_also: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    challenge: str = ""
    # the coding challenge that belongs to the card
    lab: tuple[str, ...] = ()
    # experiments that show what the card says
    file: str = ""
    line: int = 0
    actions: tuple[Do, ...] = ()
    notice: str = ""
    summary: Summary | None = None


def view(session: Session, now: Moment) -> View:
    """Return what is shown of `session` at `now`."""
    common = _common(session, now)
    question = session.question
    if question is None:
        return View(**common, summary=summary(session, now))  # type: ignore[arg-type]
    seen_as = session.before if session.screen in (Screen.MARKED, Screen.CODED) and session.before else session
    # the facts of a marked card stay as they were when it was asked
    state = seen_as.state(question.id)
    layers, closed = _layers(session, question)
    return View(
        **common,  # type: ignore[arg-type]
        card=question.id,
        question=session.item.prompt if session.item else question.question,
        facts=facts(question, state, now.day, session.plan.leech_lapses),
        layers=layers,
        closed=closed,
        grades=_grades(session, question.id, now) if session.screen is Screen.ANSWER else (),
        asked=_asked(session),
        coding=_coding(session, now),
        changed=changed_parts(session, question) if session.screen is Screen.CHANGED else (),
        see_also=question.see_also if layers and not closed else (),
        references=question.references if layers and not closed else (),
        challenge=question.challenge if layers and not closed else "",
        lab=question.lab if layers and not closed else (),
        file=question.file,
        line=question.line,
    )


def _common(session: Session, now: Moment) -> dict[str, object]:
    coming_back = {card for _, card in session.waiting} | ({session.current} if session.current else set())
    done = len(session.acted_on) - sum(card in session.acted_on for card in coming_back)
    possible = allowed(session)
    end = now.steady_ms if session.ended_ms is None else session.ended_ms
    return {
        "screen": session.screen,
        "title": session.plan.title,
        "mode": session.plan.mode,
        "done": done,
        "total": done + len(coming_back) + len(session.order) - session.position,
        "new": session.fresh_left,
        "elapsed_s": max(0, end - session.started_ms) / 1000,
        "turn": session.turn,
        "actions": tuple(do for do in Do if do in possible),
        "notice": session.notice,
    }


# -- the card ---------------------------------------------------------------------------------------------------------


def facts(question: Question, state: CardState, day: int, leech_lapses: int) -> str:
    """Return the line under a question, as in "medium · 5 min · Google · third time, last seen 12 days ago"."""
    minutes = f"{question.minutes:g} min" if question.minutes else ""
    leech = f"leech: forgotten {state.lapses} times" if state.is_leech(leech_lapses) else ""
    parts = (question.difficulty, minutes, ", ".join(question.companies), _history(state, day), leech)
    return " · ".join(part for part in parts if part)


def _history(state: CardState, day: int) -> str:
    if state.last_day is None:
        return "new"
    seen = _ago(day - state.last_day)
    if state.reviews < len(_ORDINALS):
        return f"{_ORDINALS[state.reviews]} time, last seen {seen}"
    return f"seen {state.reviews} times, last {seen}"


def _ago(days: int) -> str:
    if days <= 0:
        return "today"
    return "yesterday" if days == 1 else f"{days} days ago"


def all_layers(question: Question) -> tuple[Layer, ...]:
    """Return every layer of a question's answer."""
    content = {
        "simple": {"text": question.simple_answer, "analogy": question.analogy},
        "technical": {"text": question.technical_answer, "diagram": question.diagram},
        "mistakes": {"mistakes": question.mistakes},
        "key_points": {"key_points": question.key_points},
        "follow_ups": {"follow_ups": question.follow_ups},
    }
    return tuple(Layer(name, HEADINGS[name], **content[name]) for name in layer_names(question))  # type: ignore[arg-type]


def _layers(session: Session, question: Question) -> tuple[tuple[Layer, ...], tuple[str, ...]]:
    layers = all_layers(question)
    if session.coding is not None:
        return (layers if session.coding.solution_open else ()), ()
    if session.screen is Screen.MARKED:
        return tuple(layer for layer in layers if layer.name in ("simple", "technical")), ()
    if session.screen is Screen.ASKED:
        return (), ()
    return layers[: session.opened], tuple(layer.heading for layer in layers[session.opened :])


def _asked(session: Session) -> Asked | None:
    item, marking = session.item, session.marking
    if item is None:
        return None
    if marking is None:
        return Asked(item.ask, tuple(OptionView(option.text) for option in item.options))
    options = tuple(
        OptionView(option.text, index in marking.chosen, option.right, option.correction)
        for index, option in enumerate(item.options)
    )
    return Asked(item.ask, options, marking.answer, marking.right, item.expected)


def _coding(session: Session, now: Moment) -> CodeView | None:
    coding = session.coding
    if coding is None:
        return None
    return CodeView(
        challenge=coding.task.name,
        prompt=coding.task.prompt,
        path=coding.path,
        hints=coding.hints,
        hints_left=coding.hints_left,
        verdict=coding.judged.verdict if coding.judged else None,
        remark=_counted(session, now) or coding.remark,
        solution=coding.task.solution if coding.solution_open else "",
    )


def _counted(session: Session, now: Moment) -> str:
    """Return what the last step counted as, where it was a review."""
    event = session.log[-1] if session.log else None
    if event is None or event.card != session.current or event.grade is None:
        return ""
    interval = interval_text(session.state(event.card), now.day, now.at_ms)
    return f"Counts as {event.grade.name.lower()}: it comes back in {interval}."


# -- grades -----------------------------------------------------------------------------------------------------------


def _grades(session: Session, card: str, now: Moment) -> tuple[GradeOption, ...]:
    if session.plan.mode is Mode.CRAM:
        return tuple(GradeOption(grade, "") for grade in Grade)
    return _options(session.model, card, session.state(card), now.day)


@lru_cache(maxsize=256)
def _options(model: MemoryModel, card: str, state: CardState, day: int) -> tuple[GradeOption, ...]:
    """Return the grades with their intervals; kept, because it is asked for again whenever a layer opens."""
    return tuple(GradeOption(grade, interval_text(model.review(card, state, grade, day, 0), day, 0)) for grade in Grade)


def preview(session: Session, cards: Sequence[str], now: Moment) -> None:
    """Work out, and remember, what each grade would make of cards that come soon."""
    for card in cards:
        if not challenge_of(card):
            _grades(session, card, now)


def interval_text(state: CardState, day: int, at_ms: int) -> str:
    """Return how long after an instant of study day `day` a card comes due, as in "10 min", "3 d", "2.5 months"."""
    if state.due_ms is not None:
        minutes = max(1, round((state.due_ms - at_ms) / 60_000))
        return f"{minutes} min" if minutes < 100 else f"{minutes / 60:.3g} h"
    days = max(0, (state.due_day or day) - day)
    if days < 60:
        return f"{days} d"
    return f"{days / 30.44:.2g} months" if days < 365 else f"{days / 365.25:.2g} years"


# -- the end ----------------------------------------------------------------------------------------------------------


def summary(session: Session, now: Moment) -> Summary:
    """Return what the sitting came to; `due_tomorrow` is for whoever knows the whole store."""
    reviews = [event for event in standing(session.log) if event.kind is Kind.REVIEW]
    first: dict[str, Grade | None] = {}
    for event in reviews:
        first.setdefault(event.card, event.grade)
    end = now.steady_ms if session.ended_ms is None else session.ended_ms
    cards = [card for card in first if not challenge_of(card)]
    leeches = tuple(card for card in cards if session.state(card).is_leech(session.plan.leech_lapses))
    return Summary(
        cards=len(first),
        answers=len(reviews),
        recalled=sum(1 for grade in first.values() if grade is not Grade.AGAIN),
        elapsed_s=max(0, end - session.started_ms) / 1000,
        left=len({*session.ahead, *(card for _, card in session.waiting)} - set(first)),
        leeches=leeches,
    )
