"""What an attempt counts as: the table of docs/judging.md, case by case."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from making import NOON, moment

from quizkit.attempts import Attempt, Uncounted, attempts, clock_started_ms, hints_taken, model_for, worth
from quizkit.memory.fsrs6 import Fsrs6
from quizkit.memory.log import Event, Grade, Kind, Mode
from quizkit.memory.state import NEW, Phase

CARD = "challenge:softmax"
MINUTES = 8
DAY = 24 * 60
# minutes


def event(kind: Kind, minutes: float, verdict: str = "", file: str = "old", grade: Grade | None = None) -> Event:
    detail = json.dumps({"verdict": verdict, "file": file}) if verdict else ""
    at_ms = NOON + round(minutes * 60_000)
    return Event(f"{kind}-{minutes}", kind, CARD, at_ms, 0, "s", Mode.CHALLENGE, grade, detail=detail)


def opened(minutes: float) -> Event:
    return event(Kind.OPENED, minutes)


def hinted(minutes: float) -> Event:
    return event(Kind.HINTED, minutes)


def failed(minutes: float) -> Event:
    return event(Kind.ATTEMPT, minutes, "rejected")


def practised(minutes: float, file: str = "practice") -> Event:
    return event(Kind.ATTEMPT, minutes, "accepted", file)


def accepted(minutes: float, file: str = "old") -> Event:
    return event(Kind.REVIEW, minutes, "accepted", file, Grade.GOOD)


def given_up(minutes: float) -> Event:
    return event(Kind.REVIEW, minutes, "given up", grade=Grade.AGAIN)


def undone(what: Event) -> Event:
    return replace(what, uid=f"undo-{what.uid}", kind=Kind.UNDO, grade=None, undoes=what.uid, detail="")


@pytest.mark.parametrize(
    ("history", "at", "counts_as"),
    [
        # without a known start
        ([], 0, Grade.GOOD),
        ([opened(-DAY)], 0, Grade.GOOD),
        # by time since the prompt was first seen today
        ([opened(0)], 4, Grade.EASY),
        ([opened(0)], 4.1, Grade.GOOD),
        ([opened(0)], 8, Grade.GOOD),
        ([opened(0)], 8.1, Grade.HARD),
        ([opened(0), opened(7)], 8.1, Grade.HARD),
        ([opened(-DAY), opened(0)], 3, Grade.EASY),
        # with help
        ([opened(0), failed(1)], 2, Grade.HARD),
        ([opened(0), hinted(1)], 2, Grade.HARD),
        ([failed(-DAY), opened(0)], 2, Grade.HARD),
        ([given_up(0)], 5, Grade.HARD),
        # a review closes what was before it, and what was tried out on its own day
        ([failed(-2 * DAY), accepted(-DAY), opened(0)], 2, Grade.EASY),
        ([accepted(-DAY), failed(5 - DAY), hinted(6 - DAY), opened(0)], 2, Grade.EASY),
        ([accepted(-2 * DAY), failed(-DAY), opened(0)], 2, Grade.HARD),
        ([given_up(-DAY), opened(0)], 2, Grade.EASY),
        # what proves nothing
        ([accepted(-DAY, "mine")], 0, Uncounted.KNOWN),
        ([practised(-DAY, "mine")], 0, Uncounted.KNOWN),
        ([accepted(-5)], 0, Uncounted.TODAY),
        # an undone review does not stand, whatever was its file
        ([accepted(-5, "mine"), undone(accepted(-5, "mine"))], 0, Grade.GOOD),
    ],
)
def test_an_accepted_file_counts_as(history: list[Event], at: float, counts_as: Grade | Uncounted) -> None:
    assert worth(history, Attempt(accepted=True, file="mine"), MINUTES, moment(at)) == counts_as


@pytest.mark.parametrize("history", [[], [opened(0)], [accepted(-DAY)], [accepted(-DAY, "mine")]])
def test_what_is_not_accepted_is_never_a_review(history: list[Event]) -> None:
    assert worth(history, Attempt(accepted=False, file="mine"), MINUTES, moment(1)) is Uncounted.FAILED


def test_the_clock_starts_anew_after_a_review() -> None:
    assert clock_started_ms([opened(0), given_up(5), opened(6)], moment(10)) == moment(6).at_ms


def test_hints_are_counted_from_the_last_review_on() -> None:
    assert hints_taken([hinted(-DAY), hinted(1 - DAY)]) == 2
    assert hints_taken([hinted(-DAY), accepted(2 - DAY), hinted(0)]) == 1


def test_every_judgement_is_an_attempt_and_giving_up_is_none() -> None:
    assert attempts([opened(0), failed(1), practised(2), accepted(3), given_up(4)]) == 3


@pytest.mark.parametrize("grade", list(Grade))
def test_a_challenge_never_comes_back_on_the_same_day(grade: Grade) -> None:
    model = model_for(CARD, Fsrs6(learning_steps=(1, 10), relearning_steps=(10,)))
    state = model.review(CARD, NEW, grade, 100, 0)
    assert state.phase is Phase.REVIEW
    assert state.due_ms is None
    assert state.due_day is not None and state.due_day > 100


def test_the_steps_of_questions_stay_as_they_are() -> None:
    model = Fsrs6(learning_steps=(1, 10))
    assert model_for("relu", model) is model


def test_the_document_names_every_outcome() -> None:
    text = (Path(__file__).parent.parent / "docs" / "judging.md").read_text(encoding="utf-8")
    table = text.split("## What an attempt counts as", 1)[1].split("\n## ", 1)[0]
    for word in (*(grade.name.lower() for grade in Grade), "practice"):
        assert f"| {word}" in table
