"""The steps of an interview: whatever is done, the log tells all of it, and time adds up."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import moment, question

from quizkit.attempts import Attempt, Uncounted, attempts, worth
from quizkit.coding import Judged
from quizkit.faces.interview_words import before_text, used_text
from quizkit.interview import engine, marks, plan, record
from quizkit.interview.engine import Action, Do, IllegalMove, Interview, Screen
from quizkit.interview.marks import Result
from quizkit.interview.plan import Plan, Slot
from quizkit.interview.record import Stage
from quizkit.interview.scorecard import Row, earlier, next_steps, scorecard
from quizkit.interview.suggest import ENOUGH, covered
from quizkit.interview.view import view
from quizkit.interview.watch import STALL_MS
from quizkit.judge.verdict import Finding, Outcome, Status, Verdict
from quizkit.memory.log import Event, Grade, Kind, Mode, Moment

TASK = "challenge:relu"
CARDS = {"relu": question("relu"), "gelu": question("gelu", key_points=()), TASK: question(TASK, mistakes=())}
SLOTS = (
    Slot("relu", "activations", "What is relu?", "easy", 2.0),
    Slot(TASK, "activations", "ReLU", "easy", 3.0, is_code=True),
    Slot("gelu", "activations", "What is gelu?", "medium", 1.0),
)


def verdict(outcome: Outcome = Outcome.ACCEPTED) -> Verdict:
    status = Status.HELD if outcome is Outcome.ACCEPTED else Status.BROKEN
    finding = Finding("agrees", "required", status, counterexample={"x": "1.0"}, line=3)
    return Verdict("relu", outcome, (finding,), None, 10, 0.1, "full")


def interview(minutes: float = 10.0, **plan: object) -> Interview:
    return engine.begin(Plan("s", 1, "activations", minutes, SLOTS, **plan), CARDS, moment())  # type: ignore[arg-type]


def do(interview: Interview, what: Do, minutes: float, **more: object) -> Interview:
    return engine.step(interview, Action(what, **more), moment(minutes))  # type: ignore[arg-type]


def debriefing(**plan: object) -> Interview:
    first = do(interview(**plan), Do.MOVE_ON, 1)
    coded = do(first, Do.MOVE_ON, 3, code="def relu(x): ...")
    return do(coded, Do.MOVE_ON, 3.5)


ACTIONS = st.sampled_from(list(Do)).flatmap(
    lambda what: st.builds(
        Action,
        st.just(what),
        text=st.text(max_size=20),
        number=st.integers(0, 6),
        suggested=st.frozensets(st.integers(0, 6)),
        grade=st.none() | st.sampled_from(Grade),
        code=st.sampled_from(["", "def relu(x): ..."]),
        judged=st.builds(Judged, st.builds(verdict, st.sampled_from(Outcome)), st.just("f"), st.just("d")),
    )
)


@given(st.lists(st.tuples(ACTIONS, st.integers(0, 200_000), st.integers(0, 100_000)), max_size=40), st.booleans())
def test_any_order_of_actions_keeps_the_log_consistent(script: list[tuple[Action, int, int]], strict: bool) -> None:
    now, going = moment(), interview(strict=strict)
    for action, waited_ms, slept_ms in script:
        now = Moment(now.at_ms + waited_ms + slept_ms, 0, now.steady_ms + waited_ms)
        going = engine.tick(going, now)
        if engine.expired(going, now):
            going = engine.expire(going, "", now)
        before = going
        try:
            going = engine.step(going, action, now)
        except Exception as refusal:
            assert isinstance(refusal, engine.UsageProblem)
            assert going is before
        assert record.replay(going.log) == going.record
        _times_add_up(going, now)
    assert len({event.uid for event in going.log}) == len(going.log)


@given(st.lists(ACTIONS, max_size=25), st.data())
def test_whatever_part_of_the_log_a_crash_leaves_the_interview_goes_on_from_it(
    script: list[Action], data: st.DataObject
) -> None:
    going = interview()
    for number, action in enumerate(script, 1):
        if action.do in engine.allowed(going):
            going = _tried(going, action, moment(number / 5))
    kept = going.log[: data.draw(st.integers(1, len(going.log)))]
    again = engine.resume(kept, CARDS, 0, moment(1000))
    assert record.replay(again.log) == again.record
    assert again.record.answers[0].asked
    assert engine.screen(again) is not Screen.QUESTION or not again.record.answer.left
    finished = again.record.stage is Stage.FINISHED
    assert finished == all(answer.result for answer in again.record.answers if answer.left or answer.asked)
    assert engine.allowed(again)


def _tried(going: Interview, action: Action, now: Moment) -> Interview:
    try:
        return engine.step(going, action, now)
    except engine.UsageProblem:
        return going


def _times_add_up(going: Interview, now: Moment) -> None:
    kept = going.record
    left = [event for event in going.log if event.kind is Kind.LEFT]
    assert (
        sum(event.taken_ms or 0 for event in left)
        == kept.spent_ms
        <= now.steady_ms + sum(record.told(event).get("counted_ms", 0) for event in going.log)
    )
    if kept.plan.strict:
        assert all(a.used_ms <= s.minutes * 60_000 for a, s in zip(kept.answers, kept.plan.slots, strict=True))


@given(st.sampled_from(list(Do)))
def test_a_refused_action_changes_nothing(what: Do) -> None:
    paused = do(interview(), Do.PAUSE, 1)
    if what in engine.allowed(paused):
        return
    with pytest.raises(IllegalMove):
        do(paused, what, 2)


def test_follow_ups_come_while_the_questions_time_lasts() -> None:
    asked = do(interview(), Do.DONE, 1)
    assert (asked.record.at, asked.record.answer.part) == (0, 1)
    assert do(asked, Do.DONE, 1.5).record.at == 1
    assert do(interview(), Do.DONE, 2).record.at == 1


def test_code_is_kept_as_it_stood_when_a_follow_up_came() -> None:
    asked = do(do(interview(), Do.MOVE_ON, 1), Do.DONE, 2, code="def relu(x): ...")
    assert (asked.record.answer.part, asked.record.answer.code) == (1, "def relu(x): ...")
    assert asked.record.answer.trials == 0
    assert do(asked, Do.MOVE_ON, 3).record.answers[1].code == "def relu(x): ..."


def test_what_is_said_belongs_to_the_follow_up_that_is_asked() -> None:
    going = do(interview(), Do.SAY, 0.5, text="a kink")
    going = do(do(going, Do.DONE, 1), Do.SAY, 1.2, text="because")
    assert going.record.answer.text(0) == "a kink"
    assert going.record.answer.text(1) == "because"


def test_overtime_is_kept_and_a_strict_interview_has_none() -> None:
    late = do(interview(), Do.MOVE_ON, 5)
    assert late.record.answers[0].used_ms == 300_000
    strict = interview(strict=True)
    assert engine.expired(strict, moment(2))
    closed = engine.expire(strict, "", moment(2.5))
    assert closed.record.answers[0].used_ms == 120_000
    assert closed.record.at == 1
    assert "Time was over for question 1" in closed.notice


def test_a_strict_interview_has_no_pause() -> None:
    with pytest.raises(IllegalMove, match="no pause in a strict"):
        do(interview(strict=True), Do.PAUSE, 1)


def test_a_pause_takes_no_time_and_is_kept() -> None:
    going = do(do(interview(), Do.PAUSE, 1), Do.CONTINUE, 30)
    assert engine.left_ms(going, moment(30.5)) == 30_000
    assert going.record.pauses == 1


def test_every_pause_and_all_time_left_out_is_counted() -> None:
    going = interview()
    for minutes in (0.1, 0.3):
        going = do(do(going, Do.PAUSE, minutes), Do.CONTINUE, minutes + 0.1)
    assert going.record.pauses == 2
    for minutes in (10, 20):
        going = do(engine.tick(going, moment(minutes)), Do.LEAVE_OUT, minutes)
    assert going.record.doubtful_ms == (10 - 0.4 + 10) * 60_000
    assert engine.left_ms(going, moment(20)) == 1.8 * 60_000


def test_no_question_is_begun_after_the_whole_time() -> None:
    over = do(interview(minutes=4.0), Do.MOVE_ON, 4)
    assert engine.screen(over) is Screen.DEBRIEF
    assert not over.record.answers[1].asked


def test_an_interrupted_interview_goes_on_where_its_clock_stood() -> None:
    going = do(interview(), Do.SAY, 0.5, text="a kink")
    again = engine.resume(going.log, CARDS, 45_000, moment(500))
    assert engine.left_ms(again, moment(500)) == 75_000
    assert again.record.answer.text(0) == "a kink"
    assert again.record.interruptions == 1
    assert record.told(again.log[-1]) == {"interrupted": True, "away_s": 499 * 60 + 30}
    assert record.replay(again.log) == again.record


def test_a_log_that_ends_between_two_questions_goes_on_with_the_next() -> None:
    left = do(interview(), Do.MOVE_ON, 1)
    assert left.log[-1].kind is Kind.ASKED
    again = engine.resume(left.log[:-1], CARDS, 0, moment(500))
    assert (again.record.at, again.record.answer.asked) == (1, True)
    assert engine.left_ms(again, moment(500)) == 3 * 60_000


def test_an_interview_resumes_at_the_later_of_what_the_log_and_the_last_beat_say() -> None:
    going = do(interview(), Do.SAY, 0.5, text="a kink")
    again = engine.resume(going.log, CARDS, 0, moment(500))
    assert engine.left_ms(again, moment(501)) == 30_000
    assert engine.whole_left_ms(again, moment(501)) == 8.5 * 60_000


def test_what_is_offered_fits_the_question() -> None:
    assert Do.TRY not in engine.allowed(interview())
    assert Do.TRY in engine.allowed(do(interview(), Do.MOVE_ON, 1))
    talk = debriefing()
    assert engine.allowed(talk) >= {Do.TICK, Do.GRADE}
    assert Do.JUDGE not in engine.allowed(talk)
    code = do(talk, Do.NEXT, 4)
    assert Do.JUDGE in engine.allowed(code)
    assert Do.TICK not in engine.allowed(code)


def test_saying_nothing_is_not_kept() -> None:
    going = interview()
    assert do(going, Do.SAY, 1, text=" \n ").log == going.log


def test_code_that_nobody_wrote_waits_for_no_verdict() -> None:
    going = do(do(do(interview(), Do.MOVE_ON, 1), Do.FINISH, 2), Do.NEXT, 3)
    assert not engine.needs_verdict(going)
    assert engine.result(going) == Result(0, 0, 0, 60_000, engine.NOT_WRITTEN, 0, Grade.AGAIN)


def test_the_clock_stands_still_once_the_questions_are_over() -> None:
    over = debriefing()
    assert engine.whole_left_ms(over, moment(100)) == 6.5 * 60_000
    assert engine.tick(over, moment(100)) is over


def test_points_and_mistakes_are_ticked_apart_and_a_second_tick_takes_the_first_back() -> None:
    going = do(do(debriefing(), Do.TICK, 4, number=1), Do.TICK, 4, number=4)
    assert (engine.result(going).covered, engine.result(going).mistakes) == (1, 1)
    assert engine.result(do(going, Do.TICK, 4, number=4)).mistakes == 0
    assert do(going, Do.TICK, 4, number=5).record.answer.ticks == {0, 3, 4}
    for beyond in (-1, 6):
        with pytest.raises(engine.UsageProblem, match="from 1 to 5"):
            do(going, Do.TICK, 4, number=beyond)


def test_taking_the_suggestions_keeps_what_was_ticked_and_a_corrected_grade_stands() -> None:
    going = do(do(debriefing(), Do.TICK, 4, number=3), Do.GRADE, 4, grade=Grade.GOOD)
    going = do(going, Do.TICK, 4, suggested=frozenset({0, 99}))
    assert going.record.answer.ticks == {0, 2}
    assert engine.result(going).grade is Grade.GOOD
    derived = do(do(going, Do.TICK, 4, number=2), Do.GRADE, 4)
    assert derived.record.answer.ticks == {0, 1, 2}
    assert engine.result(derived).grade is Grade.EASY


def test_a_question_that_left_the_bank_is_settled_without_a_review() -> None:
    going = engine.resume(debriefing().log, {}, 0, moment(10))
    settled = do(going, Do.NEXT, 11)
    assert settled.log[-1].kind is Kind.TICKED
    assert settled.record.at == 1


def test_every_settled_question_becomes_a_review_with_what_was_covered() -> None:
    going = debriefing()
    for number in (1, 2, 3):
        going = do(going, Do.TICK, 4, number=number)
    settled = do(going, Do.NEXT, 5)
    review = settled.log[-1]
    assert (review.kind, review.card, review.grade) == (Kind.REVIEW, "relu", Grade.EASY)
    assert review.taken_ms == 60_000
    corrected = do(do(going, Do.GRADE, 4, grade=Grade.HARD), Do.NEXT, 5)
    assert corrected.log[-1].grade is Grade.HARD


def test_code_is_graded_by_its_verdict_and_waits_for_it() -> None:
    going = do(debriefing(), Do.NEXT, 4)
    assert engine.needs_verdict(going)
    unjudged = do(going, Do.NEXT, 5)
    assert unjudged.log[-1].kind is Kind.TICKED
    judged = do(going, Do.JUDGE, 5, judged=Judged(verdict(), "f", "d"))
    assert record.replay(judged.log).answers[1].verdict == verdict()
    review = do(judged, Do.NEXT, 6).log[-1]
    assert (review.card, review.grade) == (TASK, Grade.GOOD)


def test_an_interview_is_finished_once_all_that_was_asked_is_settled() -> None:
    going = do(do(interview(), Do.FINISH, 1), Do.NEXT, 2)
    assert going.record.stage is Stage.FINISHED
    card = scorecard(going.record)
    assert [row.result is None for row in card.rows] == [False, True, True]
    assert card.mark == 0


def test_trial_runs_say_no_more_than_an_interviewer_would() -> None:
    going = do(interview(), Do.MOVE_ON, 1)
    wrong = Judged(verdict(Outcome.REJECTED), "f", "d")
    tried = do(going, Do.TRY, 2, judged=wrong, code="x")
    assert (tried.record.answer.remark, tried.record.answer.tried) == ("It runs.", None)
    assert do(tried, Do.TRY, 3, judged=wrong, code="x").record.answer.trials == 2
    shown = do(do(interview(open_judge=True), Do.MOVE_ON, 1), Do.TRY, 2, judged=wrong, code="x")
    assert shown.record.answer.tried == wrong.verdict


# -- marks ------------------------------------------------------------------------------------------------------------

TALK = SLOTS[0]
CODE = SLOTS[1]


@pytest.mark.parametrize(
    ("covered_points", "mistakes", "minutes", "grade", "score"),
    [
        (5, 0, 2.0, Grade.EASY, 1.0),
        (5, 0, 2.5, Grade.GOOD, 0.9),
        (4, 0, 1.0, Grade.GOOD, 0.8),
        (5, 0, 3.0, Grade.GOOD, 0.9),
        (5, 0, 3.5, Grade.HARD, 0.9),
        (2, 0, 1.0, Grade.HARD, 0.4),
        (5, 1, 1.0, Grade.HARD, 0.85),
        (3, 0, 1.0, Grade.HARD, 0.6),
        (5, 2, 1.0, Grade.AGAIN, 0.7),
        (1, 0, 1.0, Grade.AGAIN, 0.2),
        (0, 3, 1.0, Grade.AGAIN, 0.0),
    ],
)
def test_a_spoken_answer_is_graded_by_the_documented_table(
    covered_points: int, mistakes: int, minutes: float, grade: Grade, score: float
) -> None:
    result = Result(covered_points, 5, mistakes, round(minutes * 60_000))
    assert marks.grade(TALK, result) is grade
    assert marks.score(TALK, result) == pytest.approx(score)


@pytest.mark.parametrize(
    ("outcome", "judged", "minutes", "score"),
    [
        ("accepted", 100, 1.0, 1.0),
        ("accepted", 90, 3.0, 0.9),
        ("accepted", 100, 3.1, 0.9),
        ("rejected", 80, 1.0, 0.45),
        ("rejected", 20, 1.0, 0.2),
        ("rejected", 20, 3.1, 0.1),
        (engine.NOT_WRITTEN, 0, 1.0, 0.0),
        ("", None, 1.0, 0.0),
    ],
)
def test_code_scores_by_the_documented_table(outcome: str, judged: int | None, minutes: float, score: float) -> None:
    result = Result(0, 0, 0, round(minutes * 60_000), outcome, judged)
    assert marks.score(CODE, result) == pytest.approx(score)


def accepted(kind: Kind, minutes: float, file: str = "other") -> Event:
    at_ms, grade = moment(minutes).at_ms, Grade.GOOD if kind is Kind.REVIEW else None
    detail = json.dumps({"verdict": "accepted", "file": file})
    return Event("e", kind, TASK, at_ms, 0, "t", Mode.CHALLENGE, grade, detail=detail)


DAY = 24 * 60.0
# minutes


@pytest.mark.parametrize(
    ("history", "outcome", "taken", "counts"),
    [
        ([], Outcome.ACCEPTED, 1.5, Grade.EASY),
        ([], Outcome.ACCEPTED, 3.0, Grade.GOOD),
        ([], Outcome.ACCEPTED, 3.1, Grade.HARD),
        ([], Outcome.REJECTED, 1.0, Grade.AGAIN),
        ([], Outcome.TIMEOUT, 1.0, Grade.AGAIN),
        ([accepted(Kind.REVIEW, -DAY)], Outcome.ACCEPTED, 1.0, Grade.EASY),
        ([accepted(Kind.REVIEW, -DAY, "d")], Outcome.ACCEPTED, 1.0, Uncounted.KNOWN),
        ([accepted(Kind.ATTEMPT, -DAY, "d")], Outcome.ACCEPTED, 1.0, Uncounted.KNOWN),
        ([accepted(Kind.REVIEW, -60)], Outcome.ACCEPTED, 1.0, Uncounted.TODAY),
        ([accepted(Kind.REVIEW, -DAY, "d")], Outcome.REJECTED, 1.0, Grade.AGAIN),
    ],
)
def test_code_is_graded_by_the_rule_of_challenges_and_the_clock_of_the_interview(
    history: list[Event], outcome: Outcome, taken: float, counts: Grade | Uncounted
) -> None:
    first = do(interview(), Do.MOVE_ON, 1)
    going = do(do(first, Do.FINISH, 1 + taken, code="def relu(x): ..."), Do.NEXT, 6)
    judged = do(going, Do.JUDGE, 7, judged=Judged(verdict(outcome), "f", "d"), history=tuple(history))
    assert record.replay(judged.log).answers[1].counts == counts
    settled = do(judged, Do.NEXT, 8)
    event = next(event for event in reversed(settled.log) if event.kind is not Kind.CLOSED)
    result = settled.record.answers[1].result
    assert result is not None
    assert attempts([*history, event]) == len(history) + 1
    if isinstance(counts, Uncounted):
        assert (event.kind, event.grade, result.practice) == (Kind.TICKED, None, counts)
    else:
        assert (event.kind, event.grade, result.practice) == (Kind.REVIEW, counts, "")
    if outcome is Outcome.ACCEPTED:
        assert worth([event], Attempt(accepted=True, file="d"), 3, moment(3 * DAY)) is Uncounted.KNOWN


def test_practice_becomes_a_review_where_the_candidate_says_how_it_went() -> None:
    going = do(do(do(interview(), Do.MOVE_ON, 1), Do.FINISH, 2, code="def relu(x): ..."), Do.NEXT, 3)
    known = (accepted(Kind.REVIEW, -DAY, "d"),)
    judged = do(going, Do.JUDGE, 4, judged=Judged(verdict(), "f", "d"), history=known)
    settled = do(do(judged, Do.GRADE, 5, grade=Grade.HARD), Do.NEXT, 6)
    assert settled.record.answers[1].result == Result(0, 0, 0, 60_000, "accepted", 100, Grade.HARD)


def test_the_mark_weighs_questions_by_their_minutes_and_counts_what_was_not_reached() -> None:
    whole = Result(5, 5, 0, 60_000)
    assert marks.overall([(TALK, whole), (CODE, None)]) == pytest.approx(0.4)
    assert [marks.word(mark) for mark in (1, 0.85, 0.7, 0.5, 0.3, 0)] == [
        "strong yes",
        "strong yes",
        "yes",
        "borderline",
        "no",
        "strong no",
    ]


def test_what_to_study_next_names_the_weakest_first_and_is_always_three_commands() -> None:
    going = do(do(interview(), Do.FINISH, 1), Do.NEXT, 2)
    steps = next_steps(scorecard(going.record).rows, 10)
    assert steps == (
        "quizkit show relu",
        "quizkit study activations --minutes 15",
        "quizkit interview activations --minutes 10",
    )


def test_the_weakest_of_what_was_shaky_comes_first_and_a_task_is_written_again() -> None:
    going = debriefing()
    for number in (1, 2):
        going = do(going, Do.TICK, 4, number=number)
    going = do(do(going, Do.NEXT, 4), Do.JUDGE, 5, judged=Judged(verdict(Outcome.REJECTED), "f", "d"))
    going = do(do(going, Do.NEXT, 6), Do.TICK, 6, number=1)
    card = scorecard(do(going, Do.NEXT, 7).record)
    assert [round(row.score, 2) for row in card.rows] == [0.67, 0.0, 1.0]
    assert card.next_steps[:2] == ("quizkit challenge relu --start", "quizkit show relu")
    (topic,) = card.topics
    assert (topic.questions, topic.covered, topic.points, topic.used_ms, topic.minutes) == (3, 3, 4, 210_000, 6.0)
    assert topic.score == pytest.approx(card.mark)


def test_what_to_study_next_is_two_shaky_questions_and_the_weakest_topic() -> None:
    slots = [Slot(name, topic, name, "easy", 2.0) for name, topic in zip("abcd", ["u", "v", "v", "v"], strict=True)]
    shares = (0.7, 0.5, 0.1, 0.3)
    rows = [
        Row(number, slot, Result(0, 0, 0, 0), share)
        for number, (slot, share) in enumerate(zip(slots, shares, strict=True), 1)
    ]
    assert next_steps(rows, 30) == ("quizkit show c", "quizkit show d", "quizkit study v --minutes 15")
    assert next_steps(rows[:1], 30)[0] == "quizkit study u --minutes 15"


def test_a_mark_is_compared_with_finished_interviews_only() -> None:
    finished = do(do(interview(), Do.FINISH, 1), Do.NEXT, 2).record
    open_one, over = earlier(interview().record), earlier(finished)
    assert (open_one.mark, over.mark) == (None, 0)
    assert scorecard(finished, (open_one, over)).before == (over,)


@pytest.mark.parametrize(("mark", "said"), [(0.5, "10 points more"), (0.3, "10 points less"), (0.4, "as the last one")])
def test_a_mark_is_told_beside_the_last_one(mark: float, said: str) -> None:
    finished = do(do(interview(), Do.FINISH, 1), Do.NEXT, 2).record
    card = replace(scorecard(finished, (replace(earlier(finished), mark=0.4),)), mark=mark)
    assert before_text(card).startswith(said)
    assert before_text(card).endswith("before: 40 %")


def test_the_debrief_tells_how_far_a_question_went_over_its_time() -> None:
    late = do(do(interview(), Do.FINISH, 2.5), Do.TICK, 3, number=1)
    debrief = view(late, moment(3)).debrief
    assert debrief is not None
    assert used_text(debrief) == "2:30 of 2:00 · 0:30 over"


def test_typed_words_suggest_the_points_they_cover_and_no_others() -> None:
    points = ("A silent unit passes no gradient.", "Leaky ReLU keeps a small slope.")
    assert covered(points, "silent units do not pass any gradients") == {0}
    assert covered(points, "leaky relu has kept a small slpoe below zero") == {1}
    assert covered(("A gradient.",), "radiant") == frozenset()
    assert covered(points, "") == covered(points, "it is the and of") == frozenset()


def test_the_documented_figures_are_those_in_use() -> None:
    text = (Path(__file__).parent.parent / "docs" / "interview.md").read_text("utf-8")
    assert all(f"| {name} | {round(100 * least)} % |" in text for least, name in marks.SCALE)
    assert f"− {marks.MISTAKE_COSTS} for each mistake, − {marks.OVERTIME_COSTS} in overtime" in text
    assert f"at most {marks.REJECTED_AT_MOST} unless accepted" in text
    shares = [f"{round(100 * share)} % {difficulty}" for difficulty, share in plan.TALK_SHARES.items()]
    assert all(share in text for share in shares)
    assert f"{plan.NEVER_ASKED}\n   more for what was never asked, and up to {plan.CHANCE} by the seed" in text
    assert f"one from {plan.CODING_FROM:g} minutes on, of at most {round(100 * plan.LONGEST_CODING_SHARE)} %" in text
    assert f"at least {round(100 * ENOUGH)} %" in text
    assert f"more than {STALL_MS // 1000} seconds" in text
