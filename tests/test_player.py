import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from making import MODEL, HandClock, moment

from quizkit import backup
from quizkit.bank.folders import Folder
from quizkit.bank.library import Bank, Filters
from quizkit.errors import MachineProblem, UsageProblem
from quizkit.memory.log import Event, Grade, Kind, Mode, Moment
from quizkit.player import Player, Request, waiting
from quizkit.session import Action, Do, Screen
from quizkit.settings import Settings
from quizkit.store import MOST_UNCHECKED, Store

GOOD = Action(Do.GRADE, Grade.GOOD)
OPEN = Action(Do.OPEN)

BANK = """
questions:
  - id: a
    question: What is a?
    simple_answer: The first.
    mistakes:
      - {claim: a is last., correction: It is first.}
    key_points: [a comes first., a is a letter.]
  - id: b
    question: What is b?
    simple_answer: The second.
  - id: c
    question: How much is c?
    answer: 0.5
    tolerance: 0.01
"""


class Room:
    """A bank on disk, a store and a clock."""

    def __init__(self, tmp_path: Path) -> None:
        self.file = tmp_path / "bank" / "letters" / "abc.yaml"
        self.file.parent.mkdir(parents=True)
        self.file.write_text(BANK, encoding="utf-8")
        self.bank = Bank.open([Folder(str(tmp_path / "bank"))], str(tmp_path / "index.db"))
        self.store = Store.open(tmp_path / "home")
        self.clock = HandClock()

    def sit(self, mode: Mode = Mode.STUDY, settings: Settings | None = None, **request: object) -> Player:
        wanted = Request(mode, Filters(markable=True if mode is Mode.QUIZ else None), **request)  # type: ignore[arg-type]
        return Player(self.bank, self.store, settings or Settings(), wanted, self.clock)

    def rewrite(self, old: str, new: str) -> None:
        self.file.write_text(self.file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    def close(self) -> None:
        self.bank.close()
        self.store.close()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path)
    yield made
    made.close()


def order(player: Player) -> list[str]:
    current = player.session.current
    return [*([current] if current else []), *player.session.ahead]


def test_new_cards_come_in_the_banks_order_up_to_what_the_day_allows(room: Room) -> None:
    assert order(room.sit()) == ["a", "b", "c"]
    assert order(room.sit(settings=Settings(new_per_day=2))) == ["a", "b"]
    assert order(room.sit(new=1)) == ["a"]
    assert order(room.sit(limit=2)) == ["a", "b"]


def test_cards_introduced_today_count_against_the_days_new_ones(room: Room) -> None:
    player = room.sit(limit=1)
    player.act(OPEN)
    player.act(GOOD)
    assert order(room.sit(settings=Settings(new_per_day=2))) == ["b"]
    assert order(room.sit(settings=Settings(new_per_day=1))) == []
    assert order(room.sit(settings=Settings(new_per_day=1), new=2)) == ["b", "c"]


def test_due_cards_come_before_new_ones(room: Room) -> None:
    player = room.sit(limit=2)
    player.act(Action(Do.SKIP))
    player.act(OPEN)
    player.act(GOOD)
    due_day = room.store.state("b").due_day
    assert due_day is not None
    room.clock.minutes = (due_day - moment().day) * 24 * 60
    assert order(room.sit()) == ["b", "a", "c"]
    assert waiting(room.bank, room.store, Settings(), Filters(), room.clock.now()) == (1, 2)


def test_an_answer_is_in_the_store_before_the_next_question_shows(room: Room) -> None:
    player = room.sit()
    player.act(OPEN)
    view = player.act(GOOD)
    assert view.card == "b"
    assert [(event.card, event.grade) for event in room.store.events()] == [("a", Grade.GOOD)]
    assert room.store.state("a") == player.session.state("a")


def fill_the_disk(store: Store) -> None:
    """Let the file grow no more, and use up what room it has."""
    store._rows(f"PRAGMA max_page_count = {store._rows('PRAGMA page_count')[0][0]}")
    for size in (2000, 20):
        with pytest.raises(MachineProblem, match="disk is full"):
            for number in range(10_000):
                event = Event(f"filler-{size}-{number}", Kind.REVIEW, "z", 0, 0, "s", Mode.CRAM, detail="x" * size)
                store.append([event], MODEL)


def test_when_the_disk_is_full_the_sitting_stays_where_it_was_and_the_answer_can_be_given_again(room: Room) -> None:
    player = room.sit()
    player.act(OPEN)
    fill_the_disk(room.store)
    with pytest.raises(MachineProblem, match="Free some space"):
        player.act(GOOD)
    assert player.view().card == "a"
    assert player.session.log == ()
    room.store._rows("PRAGMA max_page_count = 1000000")
    assert player.act(GOOD).card == "b"
    assert [event.card for event in room.store.events() if event.card != "z"] == ["a"]


def test_undo_reaches_into_the_sitting_before(room: Room) -> None:
    first = room.sit()
    first.act(OPEN)
    first.act(GOOD)
    first.act(Action(Do.QUIT))
    second = room.sit()
    assert order(second) == ["b", "c"]
    view = second.act(Action(Do.UNDO))
    assert view.card == "a"
    assert order(second) == ["a", "b", "c"]
    assert room.store.state("a").reviews == 0
    assert Do.UNDO not in view.actions


def test_undo_goes_back_answer_by_answer_through_several_sittings(room: Room) -> None:
    for _ in range(3):
        player = room.sit(mode=Mode.CRAM)
        player.act(OPEN) if player.view().screen is Screen.QUESTION else player.act(Action(Do.MARK, answer="1"))
        player.act(Action(Do.SUSPEND))
    player = room.sit()
    while Do.UNDO in player.view().actions:
        player.act(Action(Do.UNDO))
    assert room.store.last_standing() is None
    assert order(room.sit()) == ["a", "b", "c"]


def test_cram_asks_everything_and_moves_no_due_date(room: Room) -> None:
    player = room.sit()
    player.act(OPEN)
    player.act(GOOD)
    learned = room.store.state("a")
    cram = room.sit(mode=Mode.CRAM)
    assert sorted(order(cram)) == ["a", "b", "c"]
    while cram.view().screen is not Screen.DONE:
        cram.act(OPEN) if cram.view().screen is Screen.QUESTION else cram.act(Action(Do.MARK, answer="0.5"))
        cram.act(GOOD if cram.view().screen is Screen.ANSWER else Action(Do.NEXT))
    assert room.store.state("a") == learned
    assert len([event for event in room.store.events() if event.mode is Mode.CRAM]) == 3


def test_a_quiz_asks_only_what_it_can_mark_and_goes_on_with_what_was_studied(room: Room) -> None:
    assert order(room.sit(mode=Mode.QUIZ)) == ["a", "c"]
    study = room.sit(limit=1)
    study.act(OPEN)
    study.act(GOOD)
    room.clock.minutes = 24 * 60
    assert order(room.sit(mode=Mode.QUIZ, limit=9)) == ["c", "a"]


def test_what_was_answered_in_a_quiz_is_kept_with_the_review(room: Room) -> None:
    player = room.sit(mode=Mode.QUIZ)
    player.act(Action(Do.SKIP))
    player.act(Action(Do.MARK, answer="1/2"))
    event = list(room.store.events())[-1]
    assert (event.card, event.grade) == ("c", Grade.GOOD)
    assert json.loads(event.detail).items() >= {"answer": "1/2", "right": True}.items()


# -- cards that change ------------------------------------------------------------------------------------------------


def test_an_edited_card_is_shown_as_edited(room: Room) -> None:
    player = room.sit()
    player.act(OPEN)
    room.rewrite("The first.", "The very first.")
    view = player.edited()
    assert view.layers[0].text == "The very first."
    assert player.act(GOOD).card == "b"


def test_a_card_broken_by_an_edit_stays_as_it_was_and_the_problem_is_shown(room: Room) -> None:
    player = room.sit()
    room.rewrite("    question: What is a?", "    qestion: What is a?")
    view = player.edited()
    assert view.question == "What is a?"
    assert f"{room.file}:3:5: question a: " in view.notice
    player.act(OPEN)
    assert player.act(GOOD).card == "b"
    assert room.store.state("a").reviews == 1


def test_a_file_broken_by_an_edit_leaves_the_sitting_going(room: Room) -> None:
    player = room.sit()
    room.rewrite("questions:", "questions: [")
    assert player.edited().question == "What is a?"
    player.act(OPEN)
    player.act(GOOD)
    assert room.store.state("a").reviews == 1


def test_a_card_deleted_by_an_edit_makes_room_and_keeps_its_history(room: Room) -> None:
    player = room.sit()
    player.act(OPEN)
    player.act(GOOD)
    player.act(Action(Do.UNDO))
    text = room.file.read_text(encoding="utf-8")
    room.file.write_text("questions:\n" + text[text.index("  - id: b") :], encoding="utf-8")
    view = player.edited()
    assert view.card == "b"
    assert len(room.store.history("a")) == 2


def test_a_card_deleted_while_its_history_exists_is_not_asked_and_returns_with_it(room: Room) -> None:
    player = room.sit()
    player.act(OPEN)
    player.act(GOOD)
    text = room.file.read_text(encoding="utf-8")
    room.file.write_text("questions:\n" + text[text.index("  - id: b") :], encoding="utf-8")
    room.bank.refresh()
    room.clock.minutes = 30 * 24 * 60
    assert order(room.sit()) == ["b", "c"]
    assert room.sit().view().total == 2
    room.file.write_text(text, encoding="utf-8")
    room.bank.refresh()
    assert order(room.sit()) == ["a", "b", "c"]


def test_a_renamed_card_is_asked_with_its_history(room: Room) -> None:
    player = room.sit()
    player.act(OPEN)
    player.act(GOOD)
    room.rewrite("id: a\n", "id: first\n    was: [a]\n")
    room.bank.refresh()
    room.store.derive_all(Settings().model(), room.bank.aliases())
    room.clock.minutes = 30 * 24 * 60
    player = room.sit()
    assert player.view().card == "first"
    assert "second time" in player.view().facts
    player.act(OPEN)
    player.act(GOOD)
    assert room.store.state("first").reviews == 2


def test_a_card_edited_before_its_turn_is_shown_as_edited(room: Room) -> None:
    player = room.sit()
    player.act(OPEN)
    room.rewrite("What is b?", "Who is b?")
    player.edited()
    assert player.act(GOOD).question == "Who is b?"


def test_every_card_of_a_sitting_comes_with_its_own_history(room: Room) -> None:
    first = room.sit(limit=2)
    for _ in range(2):
        first.act(OPEN)
        first.act(GOOD)
    room.clock.minutes = 40 * 24 * 60
    player = room.sit(new=0)
    seen = [player.view().facts]
    player.act(OPEN)
    seen.append(player.act(GOOD).facts)
    assert all("second time, last seen 40 days ago" in facts for facts in seen)


# -- many cards, of which the bank is not asked about each -------------------------------------------------------------

MANY = [f"card-{number:03}" for number in range(MOST_UNCHECKED + 1)]


class Hall(Room):
    """A room with so many studied cards that the store notes which of them the bank lacks."""

    def __init__(self, tmp_path: Path) -> None:
        super().__init__(tmp_path)
        self.tmp_path = tmp_path
        self.write(*MANY)
        self.bank.refresh()
        now = self.clock.now()
        self.review(*MANY, at=now)
        self.clock.minutes = 900 * 24 * 60
        assert set(self.due()) == set(MANY)

    def review(self, *cards: str, at: Moment) -> None:
        events = [Event(card, Kind.REVIEW, card, at.at_ms, 0, "s", Mode.STUDY, Grade.GOOD) for card in cards]
        self.store.append(events, Settings().model())

    def write(self, *cards: str) -> None:
        entries = [f"  - {{id: {card}, question: What is {card}?, simple_answer: So.}}" for card in cards]
        self.file.write_text("\n".join(["questions:", *entries]), encoding="utf-8")

    def due(self) -> list[str]:
        """Open the bank and the store anew, as every command does, and return the due cards."""
        self.close()
        self.bank = Bank.open([Folder(str(self.tmp_path / "bank"))], str(self.tmp_path / "index.db"))
        self.store = Store.open(self.tmp_path / "home")
        self.store.derive_all(Settings().model(), self.bank.aliases())
        player = self.sit(new=0)
        assert player.view().total == len(order(player)) == waiting(*self.desk)[0]
        return order(player)

    @property
    def desk(self) -> tuple[Bank, Store, Settings, Filters, Moment]:
        return self.bank, self.store, Settings(), Filters(), self.clock.now()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    yield made
    made.close()


def test_a_card_removed_between_two_sittings_is_not_asked_and_comes_back_with_its_question(hall: Hall) -> None:
    hall.write(*MANY[1:])
    assert set(hall.due()) == set(MANY[1:])
    hall.write(*MANY[2:])
    assert set(hall.due()) == set(MANY[2:])
    hall.write(*MANY[1:])
    assert set(hall.due()) == set(MANY[1:])
    hall.write(*MANY)
    assert set(hall.due()) == set(MANY)


def test_a_removed_file_takes_its_cards_away_until_it_is_back(hall: Hall) -> None:
    away = hall.file.rename(hall.tmp_path / "away.yaml")
    assert hall.due() == []
    away.rename(hall.file)
    assert set(hall.due()) == set(MANY)


def test_the_index_can_be_deleted_between_two_sittings(hall: Hall) -> None:
    hall.write(*MANY[1:])
    (hall.tmp_path / "index.db").unlink()
    assert set(hall.due()) == set(MANY[1:])
    hall.write(*MANY)
    (hall.tmp_path / "index.db").unlink()
    assert set(hall.due()) == set(MANY)


def test_a_restored_backup_is_studied_with_the_bank_of_today(hall: Hall) -> None:
    backup.now(hall.tmp_path / "home", hall.store, hall.clock.now())
    hall.write(*MANY[1:], "later")
    hall.due()
    hall.review("later", at=moment())
    assert "later" in hall.due()
    hall.store.close()
    backup.restore(hall.tmp_path / "home", "", hall.clock.now())
    assert set(hall.due()) == set(MANY[1:])


def test_histories_that_come_in_bulk_are_asked_as_far_as_the_bank_has_their_questions(hall: Hall) -> None:
    hall.review("elsewhere", "later", at=moment())
    assert set(hall.due()) == set(MANY)
    hall.write(*MANY, "later")
    assert set(hall.due()) == {*MANY, "later"}


def test_a_card_answered_after_it_left_the_bank_is_not_asked_again(hall: Hall) -> None:
    hall.write(*MANY, "fresh")
    hall.bank.refresh()
    player = hall.sit(new=1, limit=len(MANY) + 1)
    while player.view().card != "fresh":
        player.act(Action(Do.SKIP))
    hall.write(*MANY)
    with Bank.open(hall.bank._index.folders, hall.bank._index.path) as elsewhere:
        assert "fresh" not in elsewhere.ids()
    player.act(OPEN)
    player.act(GOOD)
    hall.clock.minutes += 900 * 24 * 60
    assert set(hall.due()) == set(MANY)


def test_a_renamed_card_is_asked_once_under_its_present_name(hall: Hall) -> None:
    hall.write(*MANY[1:])
    text = hall.file.read_text(encoding="utf-8")
    hall.file.write_text(
        f"{text}\n  - {{id: now, was: [{MANY[0]}], question: Q?, simple_answer: So.}}", encoding="utf-8"
    )
    assert set(hall.due()) == {*MANY[1:], "now"}
    hall.write(*MANY)
    assert set(hall.due()) == set(MANY)


def test_a_bank_that_lost_most_of_its_questions_asks_the_others(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizkit.bank.builder.MOST_GONE", 100)
    hall.write(*MANY[200:])
    assert set(hall.due()) == set(MANY[200:])
    hall.write(*MANY[100:])
    assert set(hall.due()) == set(MANY[100:])


def test_a_topic_is_still_asked_by_itself(hall: Hall) -> None:
    other = hall.file.parent.parent / "numbers" / "one.yaml"
    other.parent.mkdir()
    other.write_text("questions:\n  - {id: one, question: One?, simple_answer: Yes.}", encoding="utf-8")
    hall.bank.refresh()
    hall.review("one", at=moment())
    wanted = Request(Mode.STUDY, Filters(("numbers",)), new=0)
    assert order(Player(hall.bank, hall.store, Settings(), wanted, hall.clock)) == ["one"]


# -- clocks -----------------------------------------------------------------------------------------------------------


def test_a_clock_set_back_is_said_and_the_answers_are_kept_in_order(room: Room) -> None:
    player = room.sit()
    player.act(OPEN)
    player.act(GOOD)
    room.clock.set_back_ms = 40 * 86_400_000
    player = room.sit()
    assert "clock" in player.view().notice
    player.act(OPEN)
    player.act(GOOD)
    assert [event.card for event in room.store.events()] == ["a", "b"]


def test_a_time_zone_changed_during_a_sitting_is_logged_with_each_answer(room: Room) -> None:
    player = room.sit()
    player.act(OPEN)
    player.act(GOOD)
    room.clock.offset_min = -11 * 60
    player.act(OPEN)
    player.act(GOOD)
    first, second = room.store.events()
    assert (first.offset_min, second.offset_min) == (0, -660)
    assert second.day == first.day - 1  # 01:00 there: still the night before
    assert room.store.state("b").due_day is not None


def test_the_day_rolls_over_at_four_during_a_sitting(room: Room) -> None:
    player = room.sit()
    room.clock.minutes = 16 * 60  # 04:00
    player.act(OPEN)
    player.act(GOOD)
    assert room.store.state("a").first_day == moment().day + 1


def test_an_unknown_topic_is_refused_with_the_nearest(room: Room) -> None:
    with pytest.raises(UsageProblem, match="letters"):
        Player(room.bank, room.store, Settings(), Request(Mode.STUDY, Filters(topics=("leters",))), room.clock)


def test_the_summary_says_what_is_due_tomorrow(room: Room) -> None:
    player = room.sit(settings=Settings(learning_steps=()))
    player.act(OPEN)
    player.act(Action(Do.GRADE, Grade.AGAIN))
    player.act(Action(Do.QUIT))
    summary = player.view().summary
    assert summary is not None
    assert summary.due_tomorrow == 1
