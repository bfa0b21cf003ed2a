from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import MODEL, NOON, choice_question, moment, number_question, question, session

from quizkit.errors import UsageProblem
from quizkit.memory.log import Event, Grade, Kind, Mode, standing
from quizkit.memory.state import NEW, Phase, replay
from quizkit.session import ALLOWED, Action, Do, IllegalMove, Screen, Session, allowed, step
from quizkit.view import view

OPEN = Action(Do.OPEN)
OPEN_ALL = Action(Do.OPEN_ALL)
UNDO = Action(Do.UNDO)
AGAIN, HARD, GOOD, EASY = (Action(Do.GRADE, grade) for grade in Grade)

ACTIONS = st.one_of(
    st.sampled_from([Action(do) for do in Do if do not in (Do.GRADE, Do.MARK, Do.QUIT)]),
    st.sampled_from([AGAIN, HARD, GOOD, EASY]),
    st.sampled_from([Action(Do.MARK, answer=text) for text in ("1", "2", "0.119", "nonsense", "", "1 2")]),
)
SCRIPTS = st.lists(st.tuples(ACTIONS, st.floats(0, 30)), max_size=40)
MODES = st.sampled_from(Mode)


def sitting(mode: Mode = Mode.STUDY) -> Session:
    cards = (question("a"), choice_question("b"), number_question("c"), question("d"), question("e"))
    return session(*cards, mode=mode)


def play(start: Session, script: list[tuple[Action, float]]) -> list[Session]:
    """Play what is possible of a script; returns every session on the way."""
    path, minutes = [start], 0.0
    for action, wait in script:
        minutes += wait
        try:
            path.append(step(path[-1], action, moment(minutes)))
        except UsageProblem:
            pass
    return path


def acts(start: Session, *actions: Action) -> Session:
    for action in actions:
        start = step(start, action, moment(1))
    return start


def seen(current: Session) -> object:
    """What a person sees, without what an undo cannot bring back: time, and the count of questions shown."""
    shown = view(current, moment(0))
    return replace(shown, elapsed_s=0, turn=0, notice="", summary=None)


# -- properties -------------------------------------------------------------------------------------------------------


@given(MODES, SCRIPTS)
def test_no_sequence_of_actions_reaches_an_illegal_state(mode: Mode, script: list[tuple[Action, float]]) -> None:
    for current in play(sitting(mode), script):
        assert (current.current is None) == (current.screen is Screen.DONE)
        assert (current.item is not None) == (current.screen in (Screen.ASKED, Screen.MARKED))
        assert (current.marking is not None) == (current.screen is Screen.MARKED)
        assert (current.opened > 0) == (current.screen is Screen.ANSWER)
        to_come = [*current.ahead, *(card for _, card in current.waiting)]
        if current.screen is not Screen.MARKED:
            to_come += [current.current] if current.current else []
        assert len(to_come) == len(set(to_come))
        assert allowed(current) <= ALLOWED[current.screen]
        shown = view(current, moment(1000))
        assert 0 <= shown.done <= shown.total <= 5
        assert set(shown.actions) == allowed(current)


@given(MODES, SCRIPTS)
def test_what_is_offered_can_be_done_and_what_is_not_is_refused(mode: Mode, script: list[tuple[Action, float]]) -> None:
    current = play(sitting(mode), script)[-1]
    answers = {Do.GRADE: GOOD, Do.MARK: Action(Do.MARK, answer="1")}
    for do in Do:
        action = answers.get(do, Action(do))
        if do in allowed(current):
            step(current, action, moment(2000))
        else:
            with pytest.raises(IllegalMove):
                step(current, action, moment(2000))


@given(MODES, SCRIPTS)
def test_undoing_everything_gives_the_start(mode: Mode, script: list[tuple[Action, float]]) -> None:
    start = sitting(mode)
    current = play(start, script)[-1]
    for _ in standing(current.log):
        current = step(current, UNDO, moment(3000))
    assert standing(current.log) == []
    assert Do.UNDO not in allowed(current)
    assert all(current.state(card) == start.state(card) for card in start.cards)
    acted = current.current
    assert acted is None or (acted == start.current and current.ahead == start.ahead and current.waiting == ())


@given(MODES, SCRIPTS)
def test_an_undo_shows_what_was_there_before_the_answer(mode: Mode, script: list[tuple[Action, float]]) -> None:
    path = play(sitting(mode), script)
    for before, after in pairwise(path):
        added = after.log[len(before.log) :]
        if added and added[0].kind is not Kind.UNDO:
            undone = step(after, UNDO, moment(4000))
            assert replace(seen(undone), actions=()) == replace(seen(before), actions=())  # type: ignore[type-var]


@given(MODES, SCRIPTS)
def test_the_log_only_grows_and_holds_one_event_for_each_answer(mode: Mode, script: list[tuple[Action, float]]) -> None:
    path = play(sitting(mode), script)
    for before, after in pairwise(path):
        assert after.log[: len(before.log)] == before.log
        assert len(after.log) - len(before.log) in (0, 1)
    uids = [event.uid for event in path[-1].log]
    assert len(uids) == len(set(uids))


@given(MODES, SCRIPTS)
def test_the_states_are_the_replay_of_the_log(mode: Mode, script: list[tuple[Action, float]]) -> None:
    current = play(sitting(mode), script)[-1]
    for card in current.cards:
        events = [event for event in current.log if event.card == card]
        assert current.state(card) == replay(MODEL, card, events)


@given(SCRIPTS)
def test_cramming_never_moves_a_due_date(script: list[tuple[Action, float]]) -> None:
    current = play(sitting(Mode.CRAM), script)[-1]
    assert all(replace(current.state(card), suspended=False) == NEW for card in current.cards)


# -- single rules -----------------------------------------------------------------------------------------------------


def test_an_answer_opens_layer_by_layer_or_all_at_once() -> None:
    start = session(question())
    names = []
    current = start
    while Do.OPEN in allowed(current):
        current = acts(current, OPEN)
        names.append(view(current, moment()).layers[-1].name)
    assert names == ["simple", "technical", "mistakes", "key_points", "follow_ups"]
    assert view(acts(start, OPEN_ALL), moment()).layers == view(current, moment()).layers
    assert Do.OPEN_ALL not in allowed(current)


def test_a_question_cannot_be_graded_before_it_was_opened() -> None:
    start = session(question())
    with pytest.raises(IllegalMove, match="Open the answer"):
        step(start, GOOD, moment())


def test_an_answer_that_is_all_open_says_so() -> None:
    opened = acts(session(question()), OPEN_ALL)
    for again in (OPEN, OPEN_ALL):
        with pytest.raises(IllegalMove, match="The whole answer is open"):
            step(opened, again, moment())


def test_a_refused_move_changes_nothing() -> None:
    start = session(question())
    with pytest.raises(IllegalMove):
        step(start, Action(Do.NEXT), moment(5))
    assert start == session(question())


def test_an_again_comes_back_in_the_same_sitting_after_the_others() -> None:
    current = acts(session(question("a"), question("b")), OPEN, AGAIN)
    assert current.current == "b"
    current = acts(current, OPEN, GOOD)
    assert current.current == "a"
    assert current.state("a").phase is Phase.LEARNING
    assert acts(current, OPEN, GOOD).screen is Screen.DONE


def test_an_again_comes_back_before_the_others_once_its_step_is_over() -> None:
    current = acts(session(question("a"), question("b"), question("c")), OPEN, AGAIN, OPEN)
    assert step(current, GOOD, moment(30)).current == "a"


@pytest.mark.parametrize("mode", [Mode.STUDY, Mode.CRAM])
def test_an_again_comes_back_even_without_learning_steps(mode: Mode) -> None:
    start = session(question("a"), question("b"), mode=mode)
    start = replace(start, model=replace(MODEL, learning_steps=(), relearning_steps=()))
    assert acts(start, OPEN, AGAIN, OPEN, GOOD).current == "a"


def test_good_on_a_new_card_does_not_come_back_today() -> None:
    assert acts(session(question()), OPEN, GOOD).screen is Screen.DONE


def test_a_step_that_ends_soon_is_shown_in_the_same_sitting_and_a_long_one_is_not() -> None:
    start = session(question("a"), question("b"))
    assert acts(start, OPEN, HARD, OPEN, GOOD).current == "a"  # 15 minutes
    start = replace(start, model=replace(MODEL, learning_steps=(60,)))
    assert acts(start, OPEN, HARD, OPEN, GOOD).screen is Screen.DONE


def test_the_new_cards_still_to_come_are_counted_and_an_undo_counts_them_again() -> None:
    start = session(question("a"), question("b"), question("c"), states={"c": replace(NEW, reviews=1)})
    graded = acts(start, OPEN, AGAIN)
    shown = [view(current, moment()).new for current in (start, graded, acts(graded, UNDO))]
    assert shown == [2, 1, 2]
    assert view(acts(graded, OPEN, GOOD, OPEN, GOOD), moment()).new == 0


def test_the_card_on_the_screen_when_one_quits_is_left_for_another_sitting() -> None:
    summary = view(acts(session(question("a"), question("b")), Action(Do.QUIT)), moment()).summary
    assert summary is not None
    assert summary.left == 2


def test_the_facts_of_a_marked_card_stay_as_they_were_when_it_was_asked() -> None:
    start = session(choice_question())
    marked = acts(start, Action(Do.MARK, answer="1"))
    assert view(marked, moment()).facts == view(start, moment()).facts


def test_a_skipped_card_is_gone_until_tomorrow_and_a_suspended_one_until_it_is_brought_back() -> None:
    current = acts(session(question("a"), question("b")), Action(Do.SKIP), Action(Do.SUSPEND))
    today = moment().day
    due = replace(current.state("a"), due_day=today)
    assert not due.is_due(today, NOON)
    assert due.is_due(today + 1, NOON)
    assert current.state("b").suspended
    assert current.screen is Screen.DONE


def test_the_time_limit_ends_the_sitting_at_the_next_question() -> None:
    current = session(question("a"), question("b"), minutes=5.0)
    current = step(step(current, OPEN, moment(1)), GOOD, moment(6))
    assert current.screen is Screen.DONE
    assert len(current.log) == 1


def test_time_taken_runs_from_the_question_to_the_grade_on_the_steady_clock() -> None:
    current = step(session(question()), OPEN, moment(1))
    late = replace(moment(2.5), at_ms=NOON - 99_000)  # somebody set the wall clock back
    assert step(current, GOOD, late).log[0].taken_ms == 150_000


def test_a_marked_answer_is_a_review_good_when_right_again_when_wrong() -> None:
    start = session(choice_question())
    assert start.item is not None
    right = next(str(n) for n, option in enumerate(start.item.options, 1) if option.right)
    wrong = next(str(n) for n, option in enumerate(start.item.options, 1) if not option.right)
    assert acts(start, Action(Do.MARK, answer=right)).log[0].grade is Grade.GOOD
    failed = acts(start, Action(Do.MARK, answer=wrong))
    assert failed.log[0].grade is Grade.AGAIN
    assert failed.screen is Screen.MARKED
    assert acts(failed, Action(Do.NEXT)).current == start.current


def test_an_answer_that_cannot_be_read_is_not_marked_wrong() -> None:
    start = session(number_question())
    with pytest.raises(UsageProblem, match="not a number"):
        step(start, Action(Do.MARK, answer="about a tenth"), moment())


def test_only_a_quiz_makes_statements_of_a_card() -> None:
    assert session(question()).screen is Screen.QUESTION
    assert session(question(), mode=Mode.QUIZ).screen is Screen.ASKED


def test_undo_reaches_the_last_answer_of_an_earlier_sitting() -> None:
    old = Event("old-0", Kind.REVIEW, "z", NOON - 10, 0, "old", Mode.STUDY, Grade.EASY, 1000)
    start = session(question("a"), question("b"))
    start = replace(
        start, cards={**start.cards, "z": question("z")}, states={"z": replay(MODEL, "z", [old])}, earlier=(old,)
    )
    current = acts(start, UNDO)
    assert current.current == "z"
    assert current.state("z") == NEW
    assert current.log[0].undoes == "old-0"
    assert current.notice == "Undone: z, graded easy."
    current = acts(current, OPEN, HARD)
    assert current.current == "a"


def test_a_card_that_left_the_bank_is_passed_over() -> None:
    start = session(question("a"), question("b"), question("c"))
    start = replace(start, cards={name: card for name, card in start.cards.items() if name != "b"})
    assert acts(start, OPEN, GOOD).current == "c"


def test_an_edited_card_is_shown_anew_with_as_many_layers_open() -> None:
    current = acts(session(question("a"), question("b")), OPEN, OPEN)
    current = replace(current, cards={**current.cards, "a": question("a", question="Better?")})
    shown = view(acts(current, Action(Do.RELOAD)), moment())
    assert shown.question == "Better?"
    assert len(shown.layers) == 2


def test_a_card_deleted_while_it_is_shown_makes_room_for_the_next() -> None:
    current = session(question("a"), question("b"))
    gone = replace(current, cards={"b": question("b")})
    after = acts(gone, Action(Do.RELOAD))
    assert after.current == "b"
    assert "no longer in the bank" in after.notice


def test_an_empty_sitting_is_over_at_once() -> None:
    empty = session()
    assert empty.screen is Screen.DONE
    assert allowed(empty) == {Do.QUIT}


# -- what is shown ----------------------------------------------------------------------------------------------------


def test_the_facts_say_how_often_and_when_a_card_was_seen() -> None:
    shown = view(session(question(companies=("Google",))), moment())
    assert shown.facts == "easy · 3 min · Google · new"
    current = acts(session(question("a"), question("b")), OPEN, AGAIN, OPEN, GOOD)
    assert view(current, moment()).facts == "easy · 3 min · second time, last seen today"


def test_each_grade_shows_when_the_card_would_come_back_and_then_it_does() -> None:
    opened = acts(session(question()), OPEN)
    shown = {option.grade: option.interval for option in view(opened, moment(1)).grades}
    assert shown[Grade.AGAIN] == "10 min"
    for grade in (Grade.GOOD, Grade.EASY):
        state = step(opened, Action(Do.GRADE, grade), moment(1)).state("relu")
        assert state.due_day is not None
        assert shown[grade] == f"{state.due_day - moment(1).day} d"


def test_a_view_hides_the_answer_until_it_is_opened() -> None:
    shown = view(session(question()), moment())
    assert (shown.layers, shown.grades, shown.see_also) == ((), (), ())
    asked = view(session(choice_question()), moment()).asked
    assert asked is not None
    assert all(option.right is None and not option.correction for option in asked.options)


def test_the_summary_counts_first_answers_only() -> None:
    done = acts(session(question("a"), question("b")), OPEN, AGAIN, OPEN, GOOD, OPEN, GOOD)
    summary = view(done, moment(7)).summary
    assert summary is not None
    assert (summary.cards, summary.answers, summary.recalled, summary.left) == (2, 3, 1, 0)
