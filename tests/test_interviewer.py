"""An interview with a real bank, store and files, and a clock set by hand: nothing that was said is lost."""

import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from making import HandClock, question

from quizkit import interviews, planning
from quizkit.bank.filters import Filters
from quizkit.bank.folders import Folder
from quizkit.bank.library import Bank
from quizkit.challenges.library import find
from quizkit.coding import Coding, judged
from quizkit.errors import MachineProblem, UsageProblem
from quizkit.faces.interview_words import worth_text
from quizkit.home import LOG_FILE
from quizkit.interview.engine import Action, Do, Screen
from quizkit.interview.plan import Plan, Slot
from quizkit.interview.record import Stage, replay
from quizkit.interviewer import Interviewer
from quizkit.interviews import Room
from quizkit.memory.code import challenge_of
from quizkit.memory.fsrs6 import Fsrs6
from quizkit.memory.log import Event, Grade, Kind, Mode
from quizkit.memory.state import replay as remember
from quizkit.planning import Wish
from quizkit.settings import Settings
from quizkit.starter import solution
from quizkit.store import Store
from quizkit.workshop import Workshop

BANK = """
questions:
  - id: a
    question: What is a?
    difficulty: easy
    minutes: 2
    simple_answer: The first.
    technical_answer: It comes first.
    mistakes:
      - {claim: a is last., correction: It is first.}
    key_points: [a comes first., a is a letter.]
    see_also: [c]
  - id: b
    question: What is b?
    difficulty: medium
    minutes: 3
    simple_answer: The second.
    follow_ups:
      - {question: And after b?, answer: c.}
  - id: c
    question: Pick c.
    choices: [c, d]
    answer: c
  - id: d
    question: How many are a and b?
    answer: 2
    tolerance: 0
"""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    file = tmp_path / "bank" / "letters" / "abc.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(BANK, encoding="utf-8")
    home = tmp_path / "home"
    bank = Bank.open([Folder(str(tmp_path / "bank"))], str(tmp_path / "index.db"))
    with Store.open(home) as store, bank, Workshop(home) as workshop:
        yield Room(home, bank, store, Settings(), HandClock(), workshop)


def begun(room: Room, coding: int = 0, minutes: float = 30.0, **wish: object) -> Interviewer:
    filters = Filters() if coding else Filters(topics=("letters",))
    return Interviewer.begun(room, planning.planned(room, Wish(filters, minutes, coding, 1, **wish)))  # type: ignore[arg-type]


def wait(room: Room, minutes: float) -> None:
    room.clock.minutes += minutes  # type: ignore[attr-defined]


def to_code(interviewer: Interviewer) -> Path:
    while not interviewer.view().coding:
        interviewer.act(Action(Do.MOVE_ON))
    return Path(interviewer.path())


def test_an_interview_ends_in_reviews_that_the_memory_knows(room: Room) -> None:
    interviewer = begun(room)
    assert interviewer.view().question == "What is a?"
    interviewer.act(Action(Do.SAY, "a comes first, and is a letter"))
    wait(room, 1)
    interviewer.act(Action(Do.DONE))
    wait(room, 1)
    assert interviewer.act(Action(Do.DONE)).follow_up == "And after b?"
    wait(room, 1)
    view = interviewer.act(Action(Do.DONE))
    assert view.debrief is not None
    assert [line.suggested for line in view.debrief.points] == [True, True]
    interviewer.act(Action(Do.TICK))
    interviewer.act(Action(Do.NEXT))
    interviewer.act(Action(Do.TICK, number=1))
    view = interviewer.act(Action(Do.NEXT))
    assert view.scorecard is not None
    assert (view.scorecard.mark, view.scorecard.word) == (1.0, "strong yes")
    reviews = [event for event in room.store.events() if event.kind is Kind.REVIEW]
    assert [(e.card, e.grade, e.mode, e.taken_ms) for e in reviews] == [
        ("a", Grade.EASY, Mode.INTERVIEW, 60_000),
        ("b", Grade.EASY, Mode.INTERVIEW, 120_000),
    ]
    for review in reviews:
        state = room.store.state(review.card)
        assert state.due_day is not None
        assert state == remember(room.settings.model(), review.card, room.store.history(review.card))


def test_states_derived_anew_from_the_log_are_the_same(room: Room) -> None:
    test_an_interview_ends_in_reviews_that_the_memory_knows(room)
    before = room.store.states()
    room.store.derive_all(Settings(retention=0.8).model(), {})
    room.store.derive_all(room.settings.model(), {})
    after = room.store.states()
    assert {card: state for card, state in after.items() if state.reviews} == {
        card: state for card, state in before.items() if state.reviews
    }
    assert not any(card.startswith("interview:") for card in after)


def test_time_adds_up_over_half_an_hour_of_uneven_seconds(room: Room) -> None:
    interviewer = begun(room, minutes=31)
    start = room.clock.now().steady_ms
    for number in range(1750):
        wait(room, (0.9 + number % 7 / 20) / 60)
        interviewer.tick()
        if number % 300 == 299:
            with interviewer.away():
                wait(room, 0.5)
            interviewer.act(Action(Do.PAUSE))
            wait(room, 0.25)
            interviewer.tick()
            interviewer.act(Action(Do.CONTINUE))
    paused_s, passed_s = 5 * 15, (room.clock.now().steady_ms - start) / 1000
    assert passed_s > 30 * 60
    assert interviewer.clock().whole_left_s == pytest.approx(31 * 60 - passed_s + paused_s, abs=0.001)
    interviewer.act(Action(Do.FINISH))
    assert interviewer.record.spent_ms / 1000 == pytest.approx(passed_s - paused_s, abs=0.001)


def test_an_interview_that_was_left_can_be_resumed_at_once_and_a_finished_one_leaves_no_beat(room: Room) -> None:
    interviewer = begun(room)
    sitting = interviewer.record.plan.sitting
    interviewer.act(Action(Do.QUIT))

    def never(seconds: float) -> None:
        raise AssertionError(seconds)

    assert not interviews.is_played(room, sitting, never)
    interviewer.act(Action(Do.FINISH))
    interviewer.act(Action(Do.NEXT))
    assert room.store.pulse(sitting) is None


def left_over(room: Room, *cards: str) -> None:
    """Begin an interview about `cards`, ask the first, and abandon it."""
    slots = tuple(Slot(card, "letters", card, "easy", 1.0) for card in cards)
    plan = Plan(f"s-{room.clock.now().at_ms}", 1, "letters", 5, slots)
    interviews.abandon(room, Interviewer.begun(room, plan).record)
    wait(room, 1)


def asked_in_three_minutes(room: Room) -> set[str]:
    return {planning.planned(room, Wish(Filters(("letters",)), 3, 0, seed)).slots[0].card for seed in range(8)}


def test_only_what_the_last_three_interviews_really_asked_is_avoided(room: Room) -> None:
    assert asked_in_three_minutes(room) == {"a", "b"}
    left_over(room, "a", "b")
    assert asked_in_three_minutes(room) == {"b"}
    for _ in range(3):
        left_over(room, "b")
    assert asked_in_three_minutes(room) == {"a"}


def test_what_was_put_away_is_not_asked(room: Room) -> None:
    task = next(s for s in planning.planned(room, Wish(Filters(), 30, 1, 1)).slots if s.is_code)
    now = room.clock.now()
    for card in ("a", task.card):
        room.store.append([Event(f"away-{card}", Kind.SUSPEND, card, now.at_ms, 0, "t", Mode.STUDY)], Fsrs6())
    slots = planning.planned(room, Wish(Filters(), 30, 1, 1)).slots
    assert not {slot.card for slot in slots} & {"a", task.card}
    assert any(slot.is_code for slot in slots)


def test_filters_hold_for_coding_tasks_too(room: Room) -> None:
    hard = planning.planned(room, Wish(Filters(difficulty="hard"), 60, 3, 1)).slots
    assert hard
    assert all(slot.difficulty == "hard" for slot in hard)
    found = planning.planned(room, Wish(Filters(search="softmax"), 60, 3, 1)).slots
    assert found
    assert all("softmax" in room.workshop.task(challenge_of(slot.card)).prompt.casefold() + slot.card for slot in found)


def test_what_was_recalled_worse_is_weaker(room: Room) -> None:
    interviewer = begun(room)
    for _ in range(3):
        interviewer.act(Action(Do.DONE))
    interviewer.act(Action(Do.TICK, number=1))
    interviewer.act(Action(Do.TICK, number=2))
    interviewer.act(Action(Do.NEXT))
    interviewer.act(Action(Do.NEXT))
    wait(room, 3 * 24 * 60)
    weakness = {each.card: each.weakness for each in planning._candidates(room, Filters(("letters",)))}
    assert 0 < weakness["a"] < weakness["b"] < 1


def test_neighbours_prerequisites_and_the_challenge_of_a_card_give_it_away() -> None:
    card = question("a", see_also=("b",), after=("c",), challenge="relu")
    assert planning._gives_away(card) == {"b", "c", "challenge:relu"}


def test_cards_that_mark_themselves_are_not_asked(room: Room) -> None:
    assert {slot.card for slot in planning.planned(room, Wish(Filters(("letters",)), coding=0)).slots} == {"a", "b"}


def test_everything_said_and_every_second_survives_a_crash(room: Room) -> None:
    interviewer = begun(room)
    interviewer.act(Action(Do.SAY, "first thought"))
    interviewer.draft = "half a sen"
    wait(room, 0.2)
    interviewer.tick()
    wait(room, 60)
    again = Interviewer.resumed(room, interviewer.record.plan.sitting)
    view = again.view()
    assert view.said == ("first thought",)
    assert again.draft == "half a sen"
    assert view.clock.left_s == 108
    assert view.notice.startswith("Resumed")
    assert replay(room.store.interview_events()) == again.record


def test_an_interview_is_played_where_its_clock_beats(room: Room) -> None:
    interviewer = begun(room)
    sitting = interviewer.record.plan.sitting

    def beats(seconds: float) -> None:
        wait(room, seconds / 60)
        interviewer.tick()

    assert interviews.is_played(room, sitting, beats)
    assert not interviews.is_played(room, sitting, lambda seconds: wait(room, seconds / 60))
    wait(room, 1)
    assert not interviews.is_played(room, sitting, beats)


def test_of_two_windows_with_one_interview_the_later_says_so_and_keeps_nothing(room: Room) -> None:
    first = begun(room)
    sitting = first.record.plan.sitting
    wait(room, 1)
    second = Interviewer.resumed(room, sitting)
    second.act(Action(Do.SAY, "from the second"))
    before = first.record
    with pytest.raises(UsageProblem, match="another window"):
        first.act(Action(Do.SAY, "from the first"))
    assert first.record == before
    assert replay(room.store.interview_events(sitting)) == second.record


def test_of_two_debriefs_of_one_interview_only_the_first_review_counts(room: Room) -> None:
    first = begun(room)
    first.act(Action(Do.FINISH))
    second = Interviewer.resumed(room, first.record.plan.sitting)
    first.act(Action(Do.TICK, number=1))
    first.act(Action(Do.NEXT))
    state = room.store.state("a")
    with pytest.raises(UsageProblem, match="another window"):
        second.act(Action(Do.NEXT))
    assert room.store.state("a") == state
    assert [event.kind for event in room.store.events()].count(Kind.REVIEW) == 1


def test_what_comes_after_a_strict_deadline_is_refused_and_what_was_typed_before_is_kept(room: Room) -> None:
    interviewer = begun(room, strict=True)
    interviewer.draft = "typed in time"
    wait(room, 2.1)
    with pytest.raises(UsageProblem, match=r"Time was over for question 1.*too late"):
        interviewer.act(Action(Do.SAY, "too late"))
    assert interviewer.record.answers[0].text() == "typed in time"
    assert interviewer.record.answers[0].used_ms == 120_000
    assert interviewer.view().number == 2


def test_time_alone_ends_a_strict_question(room: Room) -> None:
    interviewer = begun(room, strict=True)
    for _ in range(12):
        wait(room, 10 / 60)
        changed = interviewer.tick()
    assert changed
    assert interviewer.view().number == 2


def test_time_in_the_editor_counts_and_is_not_asked_about(room: Room) -> None:
    interviewer = begun(room)
    with interviewer.away():
        wait(room, 1)
    assert interviewer.view().screen is Screen.QUESTION
    assert interviewer.view().clock.left_s == 60


def test_a_machine_that_slept_is_asked_about(room: Room) -> None:
    interviewer = begun(room)
    room.clock.set_back_ms = -600_000  # type: ignore[attr-defined]
    wait(room, 0.1)
    assert interviewer.tick()
    assert interviewer.view().screen is Screen.SLEPT
    interviewer.act(Action(Do.LEAVE_OUT))
    assert interviewer.view().clock.left_s == 114
    assert interviewer.record.doubtful_ms == 600_000


def test_the_code_is_judged_as_it_was_left(room: Room) -> None:
    interviewer = begun(room, coding=1)
    path = to_code(interviewer)
    assert "raise NotImplementedError" in path.read_text("utf-8")
    assert interviewer.judge().coding.remark == "Nothing is written yet."  # type: ignore[union-attr]
    path.write_text(solution(find(path.stem)), "utf-8")
    assert interviewer.judge().coding.remark == "It runs."  # type: ignore[union-attr]
    while interviewer.view().screen is Screen.QUESTION:
        interviewer.act(Action(Do.MOVE_ON))
    path.unlink()
    while not interviewer.view().coding:
        interviewer.act(Action(Do.NEXT))
    view = interviewer.judge()
    assert view.coding is not None
    assert view.coding.verdict is not None
    assert view.coding.verdict.accepted
    interviewer.act(Action(Do.NEXT))
    assert room.store.state(view.card).reviews == 1


def test_code_that_was_accepted_before_is_practice_in_an_interview_as_in_a_challenge(room: Room) -> None:
    plan = planning.planned(room, Wish(Filters(), 20, 1, 1))
    for counts in ("counts as easy", "counts as practice"):
        interviewer = Interviewer.begun(room, replace(plan, sitting=counts))
        path = to_code(interviewer)
        path.write_text(solution(find(path.stem)), "utf-8")
        interviewer.act(Action(Do.FINISH))
        while not interviewer.view().coding:
            interviewer.act(Action(Do.NEXT))
        view = interviewer.judge()
        assert view.debrief is not None
        assert counts in worth_text(view.debrief)
        interviewer.act(Action(Do.NEXT))
        assert room.store.state(view.card).reviews == 1
        wait(room, 3 * 24 * 60)
    task, history = room.workshop.task(path.stem), tuple(room.store.history(view.card))
    _, entry = judged(Coding(task, str(path), history), room.workshop.judge(path.stem, str(path)), room.clock.now())
    assert entry is not None
    assert entry.kind is Kind.ATTEMPT


def test_an_open_judge_shows_the_verdict_at_once_and_never_the_solution(room: Room) -> None:
    interviewer = begun(room, coding=1, open_judge=True)
    path = to_code(interviewer)
    path.write_text(solution(find(path.stem)), "utf-8")
    code = interviewer.judge().coding
    assert code is not None
    assert code.verdict is not None
    assert (code.verdict.accepted, code.remark, code.solution) == (True, "It runs.", "")
    code = interviewer.act(Action(Do.FINISH)).coding
    while code is None:
        code = interviewer.act(Action(Do.NEXT)).coding
    assert (code.verdict, code.remark) == (None, "")
    assert code.solution


def test_a_pause_hides_the_question(room: Room) -> None:
    interviewer = begun(room)
    assert interviewer.act(Action(Do.PAUSE)).question == ""
    assert interviewer.act(Action(Do.CONTINUE)).question == "What is a?"


def test_code_whose_file_is_gone_when_a_strict_question_ends_counts_as_it_was_last_tried(room: Room) -> None:
    interviewer = begun(room, coding=1, strict=True)
    path = to_code(interviewer)
    path.write_text("def f(): ...", "utf-8")
    interviewer.judge()
    path.unlink()
    number = interviewer.view().number
    wait(room, 30)
    with interviewer.away():
        pass
    assert interviewer.record.answers[number - 1].code == "def f(): ..."


def test_a_file_that_is_gone_comes_back_as_it_was_last_tried(room: Room) -> None:
    interviewer = begun(room, coding=1)
    path = to_code(interviewer)
    path.write_text("def f(: broken", "utf-8")
    assert interviewer.judge().coding.remark.startswith("It does not load")  # type: ignore[union-attr]
    path.unlink()
    with pytest.raises(UsageProblem, match="was gone"):
        interviewer.act(Action(Do.DONE))
    assert path.read_text("utf-8") == "def f(: broken"


def test_a_judge_that_does_not_start_leaves_the_question_unscheduled(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    interviewer = begun(room, coding=1)
    card = interviewer.view().card if to_code(interviewer) else ""
    Path(interviewer.path()).write_text("def f(): return 1", "utf-8")
    interviewer.act(Action(Do.FINISH))
    while not interviewer.view().coding:
        interviewer.act(Action(Do.NEXT))

    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    with pytest.raises(MachineProblem, match="did not start"):
        interviewer.judge()
    view = interviewer.view()
    assert view.debrief is not None
    assert "not judged" in worth_text(view.debrief)
    interviewer.act(Action(Do.NEXT))
    assert interviewer.record.stage is Stage.FINISHED
    assert room.store.state(card).reviews == 0


def test_a_card_that_was_deleted_meanwhile_is_said_to_be_gone(room: Room, tmp_path: Path) -> None:
    interviewer = begun(room)
    interviewer.act(Action(Do.SAY, "a is first"))
    interviewer.act(Action(Do.FINISH))
    (tmp_path / "bank" / "letters" / "abc.yaml").write_text("questions: []\n", encoding="utf-8")
    room.bank.refresh()
    wait(room, 10)
    again = Interviewer.resumed(room, interviewer.record.plan.sitting)
    debrief = again.view().debrief
    assert debrief is not None
    assert (debrief.gone, debrief.said) == (True, "a is first")
    assert again.act(Action(Do.NEXT)).screen is Screen.SCORECARD
    assert room.store.state("a").reviews == 0


def test_a_full_disk_leaves_the_interview_where_it_was(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    interviewer = begun(room)
    before = interviewer.record
    connection = sqlite3.connect(room.home / LOG_FILE)
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.close()
    room.store._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(MachineProblem, match="disk is full"):
        interviewer.act(Action(Do.SAY, "x" * 100_000))
    assert interviewer.record == before
    room.store._connection.execute("PRAGMA max_page_count = 1000000")
    interviewer.act(Action(Do.SAY, "said after all"))
    assert interviewer.record.answer.text() == "said after all"


def test_too_little_material_makes_a_shorter_plan_and_none_is_refused(room: Room) -> None:
    plan = planning.planned(room, Wish(Filters(("letters",)), 30, 0, 1))
    assert plan.planned == 5
    with pytest.raises(UsageProblem, match="Nothing that passes"):
        planning.planned(room, Wish(Filters(("letters",)), 1, 0, 1))


def test_an_interview_avoids_what_the_last_ones_asked_and_again_asks_the_same(room: Room) -> None:
    first = begun(room, minutes=3)
    asked = [slot.card for slot in first.record.plan.slots]
    interviews.abandon(room, first.record)
    other = planning.planned(room, Wish(Filters(("letters",)), 3, 0, 1))
    assert not set(asked) & {slot.card for slot in other.slots}
    found = interviews.found(room.store, first.record.plan.sitting[:6])
    again = planning.again(room, found)
    assert again.slots == first.record.plan.slots
    assert Interviewer.begun(room, again).record.plan.sitting != first.record.plan.sitting


def test_the_history_tells_abandoned_and_unfinished_interviews_from_finished_ones(room: Room) -> None:
    interviews.abandon(room, begun(room).record)
    wait(room, 1)
    assert interviews.unfinished(room.store) is None
    begun(room)
    listed = interviews.history(room.store)
    assert [(each.stage, each.mark) for each in listed] == [(Stage.ASKING, None), (Stage.ABANDONED, None)]
    assert interviews.unfinished(room.store) is not None
