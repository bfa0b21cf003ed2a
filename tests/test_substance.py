"""A card whose text changed in substance since it was learned: the next sitting asks once, keep or afresh."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import MODEL, HandClock, choice_question, moment, number_question, question, session

from quizkit.bank.folders import Folder
from quizkit.bank.library import Bank, Filters
from quizkit.bank.model import Number
from quizkit.memory.log import Event, Grade, Kind, Mode, standing
from quizkit.memory.state import NEW, CardState, Phase, after
from quizkit.player import Player, Request
from quizkit.session import Action, Do, Screen, allowed, begin, step
from quizkit.settings import Settings
from quizkit.store import Store
from quizkit.substance import changes, learned, substance

ANSWER = "It is max(0, z): positive values pass through unchanged, negative ones become zero."
OTHER = "Dropout switches units off at random during training."
BANK = f"""\
questions:
  - id: own-relu
    question: What is the rectified linear unit?
    simple_answer: '{ANSWER}'
"""
DAY = 24 * 60


# -- what counts as a change ------------------------------------------------------------------------------------------


def card(answer: str = ANSWER, **changes: object):  # type: ignore[no-untyped-def]
    return question(simple_answer=answer, technical_answer="", **changes)


def told(before, after) -> tuple[str, ...]:  # type: ignore[no-untyped-def]
    return changes(substance(before), substance(after))


@pytest.mark.parametrize(
    "answer",
    [
        ANSWER.upper(),
        ANSWER.replace(":", " **:**"),
        ANSWER.replace("unchanged", "unchangd"),
        ANSWER + " Cheap, too.",
        "\n\n".join(ANSWER.split()),
        " ".join(reversed(ANSWER.split())),
    ],
    ids=["case", "Markdown", "a typing mistake", "one more sentence", "line breaks", "another order"],
)
def test_wording_is_not_substance(answer: str) -> None:
    assert told(card(), card(answer)) == ()


def test_another_answer_or_question_is_a_change_of_substance() -> None:
    assert told(card(), card(OTHER)) == ("answer",)
    assert told(card(), card(question="Why does dropout help?")) == ("question",)
    assert told(card(), card(OTHER, question="Why does dropout help?")) == ("question", "answer")


def test_what_surrounds_question_and_answer_is_not_substance() -> None:
    bare = card(mistakes=(), key_points=(), follow_ups=(), analogy="", tags=(), minutes=None, difficulty="hard")
    assert told(card(), bare) == ()


def test_other_choices_beside_the_same_right_one_are_another_answer() -> None:
    before = replace(choice_question(), simple_answer="", technical_answer="")
    wrong = tuple(replace(one, text=f"far off {number}") for number, one in enumerate(before.choices[1:]))
    assert told(before, replace(before, choices=(before.choices[0], *wrong))) == ("answer",)


@pytest.mark.parametrize(("shared", "expected"), [(14, ()), (12, ("answer",))])
def test_more_than_three_words_of_ten_have_to_differ(shared: int, expected: tuple[str, ...]) -> None:
    before = " ".join(f"word{number}" for number in range(shared))
    after = f"{before} {' '.join(f'fresh{number}' for number in range(6))}"
    assert told(card(before), card(after)) == expected


def test_a_right_answer_that_is_another_one_always_counts() -> None:
    assert told(number_question(), replace(number_question(), number=Number(0.191, 0.001))) == ("answer",)
    assert told(choice_question(), replace(choice_question(), answer="odd")) == ("answer",)
    assert told(number_question(), replace(number_question(), number=Number(0.119, 0.01))) == ()


@given(st.text(), st.text())
def test_every_text_can_be_compared_and_none_differs_from_itself(one: str, other: str) -> None:
    assert told(card(one), card(one)) == ()
    assert told(card(one), card(other)) == told(card(other), card(one))


def test_a_long_card_takes_little_room_in_the_log() -> None:
    long = " ".join(f"word{number}" for number in range(300))
    assert len(substance(card(long))) < 900


# -- sittings ---------------------------------------------------------------------------------------------------------


class Room:
    """A bank on disk with one card, a store and a clock."""

    def __init__(self, tmp_path: Path) -> None:
        self.file = tmp_path / "bank" / "units" / "relu.yaml"
        self.file.parent.mkdir(parents=True)
        self.file.write_text(BANK, encoding="utf-8")
        self.bank = Bank.open([Folder(str(tmp_path / "bank"))], str(tmp_path / "index.db"))
        self.store = Store.open(tmp_path / "home")
        self.clock = HandClock()

    def sit(self, mode: Mode = Mode.STUDY) -> Player:
        self.bank.refresh()
        self.store.derive_all(Settings().model(), self.bank.aliases())
        return Player(self.bank, self.store, Settings(), Request(mode, Filters()), self.clock)

    def learn(self) -> None:
        """Answer the card, then let it come due again."""
        player = self.sit()
        player.act(Action(Do.OPEN_ALL))
        player.act(Action(Do.GRADE, Grade.EASY))
        self.clock.minutes += 30 * DAY

    def rewrite(self, old: str, new: str) -> None:
        self.file.write_text(self.file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    def history(self) -> list[Event]:
        return self.store.history("own-relu")

    def answer(self, player: Player) -> None:
        player.act(Action(Do.OPEN_ALL))
        player.act(Action(Do.GRADE, Grade.GOOD))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path)
    made.learn()
    yield made
    made.bank.close()
    made.store.close()


def test_the_first_review_tells_what_the_card_said_and_later_ones_do_not(room: Room) -> None:
    room.answer(room.sit())
    first, second = room.history()
    assert learned([first])
    assert second.detail == ""


def test_a_card_that_comes_back_in_a_sitting_does_not_tell_it_twice(tmp_path: Path) -> None:
    room = Room(tmp_path / "fresh")
    player = room.sit()
    player.act(Action(Do.OPEN_ALL))
    player.act(Action(Do.GRADE, Grade.AGAIN))
    room.answer(player)
    assert [bool(event.detail) for event in room.history()] == [True, False]


def test_an_unchanged_or_reworded_card_is_simply_asked(room: Room) -> None:
    room.rewrite("positive values pass", "Positive values pass")
    assert room.sit().view().screen is Screen.QUESTION


def test_a_changed_card_is_asked_about_before_it_is_asked(room: Room) -> None:
    room.rewrite(ANSWER, OTHER)
    view = room.sit().view()
    assert view.screen is Screen.CHANGED
    assert view.changed == ("answer",)
    assert (view.layers, view.grades, view.asked) == ((), (), None)
    assert {Do.KEEP, Do.AFRESH} <= set(view.actions)
    assert Do.OPEN not in view.actions


def test_keeping_moves_no_schedule_and_asks_never_again(room: Room) -> None:
    room.rewrite(ANSWER, OTHER)
    before = room.store.state("own-relu")
    player = room.sit()
    assert player.act(Action(Do.KEEP)).screen is Screen.QUESTION
    assert room.store.state("own-relu") == before
    assert room.history()[-1].kind is Kind.KEPT
    assert room.sit().view().screen is Screen.QUESTION


def test_starting_afresh_makes_the_card_new_and_keeps_its_history(room: Room) -> None:
    room.rewrite(ANSWER, OTHER)
    player = room.sit()
    view = player.act(Action(Do.AFRESH))
    assert view.screen is Screen.QUESTION
    assert room.store.state("own-relu") == NEW
    room.answer(player)
    state = room.store.state("own-relu")
    assert (state.reviews, state.first_day) == (1, room.clock.now().day)
    assert [event.kind for event in room.history()] == [Kind.REVIEW, Kind.AFRESH, Kind.REVIEW]
    room.clock.minutes += 30 * DAY
    assert room.sit().view().screen is Screen.QUESTION


def test_a_card_that_was_started_afresh_and_not_answered_is_new_in_the_next_sitting(room: Room) -> None:
    room.rewrite(ANSWER, OTHER)
    player = room.sit()
    player.act(Action(Do.AFRESH))
    player.act(Action(Do.QUIT))
    view = room.sit().view()
    assert (view.card, view.screen, view.new) == ("own-relu", Screen.QUESTION, 1)


@given(
    st.lists(st.sampled_from([Do.KEEP, Do.AFRESH, Do.UNDO, Do.OPEN_ALL, Do.GRADE, Do.SKIP, Do.SUSPEND]), max_size=12)
)
def test_whatever_is_done_the_log_alone_gives_the_state(doings: list[Do]) -> None:
    known = CardState(Phase.REVIEW, stability=9.0, difficulty=5.0, due_day=moment().day, last_day=1, reviews=3)
    sitting = replace(session(card(name="a"), card(name="b")), order=("a", "b"), states={"a": known, "b": known})
    sitting = begin(replace(sitting, position=0, learned=dict.fromkeys("ab", substance(card(OTHER)))), moment())
    for number, do in enumerate(doings):
        if do in allowed(sitting):
            grade = Grade.GOOD if do is Do.GRADE else None
            sitting = step(sitting, Action(do, grade), moment(number))
    for name in "ab":
        state = known
        for event in standing(event for event in sitting.log if event.card == name):
            state = after(MODEL, name, state, event)
        assert sitting.state(name) == state


def test_a_replay_of_the_log_gives_the_same_state(room: Room) -> None:
    room.rewrite(ANSWER, OTHER)
    player = room.sit()
    player.act(Action(Do.AFRESH))
    room.answer(player)
    state = room.store.state("own-relu")
    room.store.derive_all(Settings(retention=0.8).model(), {})
    room.store.derive_all(Settings().model(), {})
    assert room.store.state("own-relu") == state


@pytest.mark.parametrize("do", [Do.KEEP, Do.AFRESH])
def test_the_decision_can_be_taken_back(room: Room, do: Do) -> None:
    room.rewrite(ANSWER, OTHER)
    before = room.store.state("own-relu")
    player = room.sit()
    player.act(Action(do))
    assert player.act(Action(Do.UNDO)).screen is Screen.CHANGED
    assert room.store.state("own-relu") == before
    assert room.sit().view().screen is Screen.CHANGED


def test_a_card_that_is_edited_in_a_sitting_is_asked_about_in_the_next_one(room: Room) -> None:
    player = room.sit()
    room.rewrite(ANSWER, OTHER)
    assert player.edited().screen is Screen.QUESTION
    room.answer(player)
    room.clock.minutes += 400 * DAY
    assert room.sit().view().screen is Screen.CHANGED


def test_a_change_that_is_mended_before_deciding_is_asked_about_no_more(room: Room) -> None:
    room.rewrite(ANSWER, OTHER)
    player = room.sit()
    room.rewrite(OTHER, ANSWER)
    assert player.edited().screen is Screen.QUESTION


def test_a_change_that_is_edited_but_not_mended_is_still_asked_about(room: Room) -> None:
    room.rewrite(ANSWER, OTHER)
    player = room.sit()
    room.rewrite(OTHER, "A third text about quite another thing: momentum.")
    assert player.edited().screen is Screen.CHANGED


def test_a_renamed_card_keeps_history_and_schedule_and_is_not_asked_about(room: Room) -> None:
    state = room.store.state("own-relu")
    room.rewrite("id: own-relu", "id: own-rectifier\n    was: [own-relu]")
    view = room.sit().view()
    assert (view.card, view.screen) == ("own-rectifier", Screen.QUESTION)
    renamed = room.store.state("own-rectifier")
    assert (renamed.stability, renamed.reviews, renamed.last_day) == (state.stability, 1, state.last_day)


def test_a_renamed_card_that_says_something_else_is_asked_about(room: Room) -> None:
    room.rewrite("id: own-relu", "id: own-dropout\n    was: [own-relu]")
    room.rewrite(ANSWER, OTHER)
    assert room.sit().view().screen is Screen.CHANGED


def test_cramming_asks_nothing(room: Room) -> None:
    room.rewrite(ANSWER, OTHER)
    assert room.sit(Mode.CRAM).view().screen is Screen.QUESTION


def test_a_history_that_tells_nothing_asks_nothing(tmp_path: Path) -> None:
    old = Room(tmp_path / "old")
    old.store.append(
        [Event("u", Kind.REVIEW, "own-relu", 1_600_000_000_000, 0, "s", Mode.STUDY, Grade.GOOD)], Settings().model()
    )
    player = old.sit()
    assert player.view().screen is Screen.QUESTION
    old.answer(player)
    assert learned(old.history())


# -- faces ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def changed_home(home: Path, environment: dict[str, str]) -> Path:
    """A home in which a card was forgotten just now, and then rewritten."""
    file = home / "questions" / "units" / "relu.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(BANK, encoding="utf-8")
    played(environment, '{"do": "open"}\n{"do": "grade", "grade": "again"}\n{"do": "quit"}\n', "--jsonl")
    file.write_text(BANK.replace(ANSWER, OTHER), encoding="utf-8")
    return home


def played(environment: dict[str, str], typed: str, *face: str) -> str:
    command = [sys.executable, "-m", "quizkit", "study", "units", *face]
    return subprocess.run(
        command, input=typed, env=environment, capture_output=True, encoding="utf-8", check=True
    ).stdout


def kinds(home: Path) -> list[Kind]:
    with Store.open(home) as store:
        return [event.kind for event in store.events()]


def test_plain_lines_ask_and_take_a_letter_or_the_word(changed_home: Path, environment: dict[str, str]) -> None:
    shown = played(environment, "\ny\nq\n", "--plain")
    assert "The answer of this card changed since you learned it." in shown
    assert shown.count("Keep its schedule (y), or start afresh (n)?") == 3
    assert kinds(changed_home) == [Kind.REVIEW, Kind.KEPT]


def test_json_lines_say_what_changed(changed_home: Path, environment: dict[str, str]) -> None:
    shown = played(environment, '{"do": "afresh"}\n{"do": "quit"}\n', "--jsonl").splitlines()
    first = json.loads(shown[0])["view"]
    assert (first["screen"], first["changed"]) == ("changed", ["answer"])
    assert json.loads(shown[1])["view"]["facts"].endswith("new")
    assert kinds(changed_home) == [Kind.REVIEW, Kind.AFRESH]


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_the_full_screen_asks_with_two_keys(changed_home: Path, environment: dict[str, str]) -> None:
    from terminal import Terminal

    with Terminal(environment, "study", "units") as terminal:
        terminal.wait_for("n afresh")
        shown = terminal.text()
        assert "The answer of this card changed" in shown
        assert "y keep" in shown
        terminal.press("n")
        terminal.wait_for("Say it aloud first.")
        terminal.press("q")
        terminal.wait_for("left for another sitting")
        terminal.press("q")
        assert terminal.ended() == 0
    assert kinds(changed_home) == [Kind.REVIEW, Kind.AFRESH]
