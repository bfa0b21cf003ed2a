"""A challenge in a sitting: what may be done, what it adds to the log, what is shown."""

import json
from dataclasses import replace

import pytest
from coding_cases import (
    ACCEPTED,
    BROKEN_FILE,
    DUE,
    REJECTED,
    STARTER,
    TASK,
    UNSTABLE,
    coding_session,
    judged,
    verdict,
)
from making import MODEL, moment

from quizkit.attempts import model_for
from quizkit.faces import findings
from quizkit.faces.code import code_news, verdict_text
from quizkit.faces.jsonl import as_json
from quizkit.faces.page import Look
from quizkit.judge.verdict import Outcome, Status
from quizkit.memory.log import NOTES, Grade, Kind, Mode, acts
from quizkit.memory.state import NEW, CardState, replay
from quizkit.session import ALLOWED, Action, Do, IllegalMove, Screen, Session, allowed, step
from quizkit.view import view

CARD = "challenge:softmax"
JUDGE_GOOD = Action(Do.JUDGE, judged=judged(ACCEPTED))
JUDGE_BAD = Action(Do.JUDGE, judged=judged(REJECTED, "wrong"))


def play(session: Session, *actions: Action, minutes: float = 1) -> Session:
    for action in actions:
        session = step(session, action, moment(minutes))
    return session


def kinds(session: Session) -> list[str]:
    return [str(event.kind) for event in session.log]


# -- what it adds to the log ------------------------------------------------------------------------------------------


def test_a_due_challenge_starts_its_clock_when_it_shows() -> None:
    session = coding_session()
    assert session.screen is Screen.CODING
    assert kinds(session) == ["opened"]
    assert session.state(CARD).due_day == moment().day


@pytest.mark.parametrize(
    ("minutes", "before", "grade"),
    [
        (1, (), Grade.EASY),
        (6, (), Grade.GOOD),
        (9, (), Grade.HARD),
        (1, (JUDGE_BAD,), Grade.HARD),
        (1, (Action(Do.HINT),), Grade.HARD),
    ],
)
def test_an_accepted_file_is_a_review(minutes: float, before: tuple[Action, ...], grade: Grade) -> None:
    session = play(coding_session(), *before, JUDGE_GOOD, minutes=minutes)
    review = session.log[-1]
    assert (review.kind, review.grade) == (Kind.REVIEW, grade)
    assert json.loads(review.detail) == {"verdict": "accepted", "score": 80, "held": 1.0, "file": "mine", "seed": None}
    assert session.screen is Screen.CODED
    reviewed = model_for(CARD, MODEL).review(CARD, DUE, grade, moment().day, review.at_ms)
    # and it is counted for the true retention
    assert session.state(CARD) == replace(reviewed, young_reviews=1, young_recalled=1)


def test_a_rejected_file_is_an_attempt_and_moves_nothing() -> None:
    before = coding_session()
    after = play(before, JUDGE_BAD)
    assert kinds(after) == ["opened", "attempt"]
    assert json.loads(after.log[-1].detail)["held"] == pytest.approx(1 / 3, abs=1e-3)
    assert after.state(CARD) == before.state(CARD)
    assert after.screen is Screen.CODING
    assert not after.can_undo


@pytest.mark.parametrize(
    "action",
    [
        Action(Do.JUDGE, judged=judged(BROKEN_FILE)),
        Action(Do.JUDGE, judged=judged(STARTER)),
        Action(Do.JUDGE, judged=judged(ACCEPTED, partial=True)),
        Action(Do.JUDGE, judged=judged(REJECTED, partial=True)),
    ],
)
def test_what_says_nothing_about_the_person_is_not_logged(action: Action) -> None:
    after = play(coding_session(), action)
    assert kinds(after) == ["opened"]
    assert after.screen is Screen.CODING


def test_giving_up_counts_as_again_and_shows_the_solution() -> None:
    after = play(coding_session(), Action(Do.GIVE_UP))
    assert after.log[-1].grade is Grade.AGAIN
    assert after.screen is Screen.CODED
    assert view(after, moment(1)).coding.solution == TASK.solution  # type: ignore[union-attr]


def test_a_challenge_that_was_given_up_does_not_return_in_the_same_sitting() -> None:
    after = play(coding_session(), Action(Do.GIVE_UP), Action(Do.NEXT), minutes=15)
    assert after.screen is Screen.DONE


def test_an_undo_takes_the_grade_back_and_leaves_the_attempts() -> None:
    session = play(coding_session(), JUDGE_BAD, JUDGE_GOOD, Action(Do.UNDO))
    assert kinds(session) == ["opened", "attempt", "review", "undo"]
    assert session.screen is Screen.CODING
    assert session.state(CARD) == coding_session().state(CARD)
    assert session.coding is not None and session.coding.judged == JUDGE_BAD.judged
    again = play(session, JUDGE_GOOD)
    assert again.log[-1].grade is Grade.HARD  # the failed attempt still stands
    assert not session.can_undo


def test_an_undo_after_the_next_challenge_goes_back_to_the_first() -> None:
    session = play(coding_session("softmax", "relu"), JUDGE_GOOD, Action(Do.NEXT))
    assert session.current == "challenge:relu"
    back = play(session, Action(Do.UNDO))
    assert (back.current, back.screen) == (CARD, Screen.CODING)
    assert kinds(back) == ["opened", "review", "opened", "undo"]
    assert back.acted_on == frozenset()


def test_a_skipped_challenge_can_be_brought_back_by_an_undo() -> None:
    session = play(coding_session(), Action(Do.SKIP))
    assert session.screen is Screen.DONE
    assert play(session, Action(Do.UNDO)).current == CARD


def test_a_sitting_with_one_challenge_goes_on_after_it_was_accepted() -> None:
    session = coding_session(mode=Mode.CHALLENGE, state=NEW)
    assert kinds(session) == []  # its file may have been begun long ago
    done = play(session, JUDGE_GOOD)
    assert done.log[-1].grade is Grade.GOOD
    assert done.log[-1].taken_ms is None
    assert done.screen is Screen.CODING
    polished = play(done, Action(Do.JUDGE, judged=judged(ACCEPTED, "polished")))
    assert kinds(polished) == ["review", "attempt"]
    assert "today already" in view(polished, moment(2)).coding.remark  # type: ignore[union-attr]


# -- what may be done -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [Mode.STUDY, Mode.CHALLENGE])
@pytest.mark.parametrize("settled", [False, True])
def test_a_refused_move_changes_nothing(mode: Mode, settled: bool) -> None:
    session = coding_session(mode=mode)
    session = play(session, JUDGE_GOOD) if settled else session
    for do in set(Do) - allowed(session):
        with pytest.raises(IllegalMove):
            step(session, Action(do), moment(1))


@pytest.mark.parametrize(
    ("mode", "state", "open_moves"),
    [
        (Mode.STUDY, DUE, {Do.JUDGE, Do.HINT, Do.GIVE_UP, Do.SKIP, Do.SUSPEND, Do.QUIT}),
        (Mode.CHALLENGE, DUE, {Do.JUDGE, Do.HINT, Do.GIVE_UP, Do.QUIT}),
        (Mode.CHALLENGE, NEW, {Do.JUDGE, Do.HINT, Do.GIVE_UP, Do.QUIT}),
        (
            Mode.CHALLENGE,
            replace(DUE, due_day=moment().day + 3),
            {Do.JUDGE, Do.HINT, Do.SOLUTION, Do.QUIT},
        ),
    ],
)
def test_the_solution_is_closed_while_a_challenge_is_new_or_due(
    mode: Mode, state: CardState, open_moves: set[Do]
) -> None:
    assert allowed(coding_session(mode=mode, state=state)) == open_moves


def test_hints_come_one_by_one_until_there_are_none() -> None:
    session = coding_session()
    for number, hint in enumerate(TASK.hints, 1):
        session = play(session, Action(Do.HINT))
        shown = view(session, moment(1)).coding
        assert shown is not None
        assert (shown.hints[-1], shown.hints_left) == (hint, len(TASK.hints) - number)
    with pytest.raises(IllegalMove, match="no more hints"):
        play(session, Action(Do.HINT))


def test_every_screen_of_a_challenge_is_in_the_table() -> None:
    assert {Screen.CODING, Screen.CODED} <= set(ALLOWED)


# -- what stands in the log -------------------------------------------------------------------------------------------


def test_notes_are_no_acts() -> None:
    session = play(coding_session(), Action(Do.HINT), JUDGE_BAD, JUDGE_GOOD)
    assert [event.kind in NOTES for event in session.log] == [True, True, True, False]
    assert [event.kind for event in acts(session.log)] == [Kind.REVIEW]


def test_notes_alone_leave_a_card_as_new_as_it_was() -> None:
    session = play(coding_session(), Action(Do.HINT), JUDGE_BAD)
    assert replay(MODEL, CARD, session.log) == NEW


# -- what is said -----------------------------------------------------------------------------------------------------


def shown(session: Session, before: Session | None = None) -> str:
    old = view(before, moment(1)).coding if before else None
    return code_news(old, view(session, moment(1)), Look(80))


def test_a_fault_is_told_with_its_counterexample_and_all_it_breaks() -> None:
    before = coding_session()
    told = shown(play(before, JUDGE_BAD), before)
    for part in (
        "softmax · mine.py: rejected",
        "✗ stable for large logits",
        "z         np.array([1000.0])",
        "yours     np.array([np.nan])",
        "expected  np.array([1.0])",
        "RuntimeWarning: overflow encountered in exp, mine.py:5",
        "hint: A constant may be added",
        "The same fault also breaks: sums to one",
        "again: quizkit challenge softmax --file mine.py --only 'stable for large logits'",
        "✓ shape",
        "1 of 3 required · 13 cases · jail: full",
    ):
        assert part in told
    assert "✗ sums to one" not in told


def test_what_is_shown_already_is_not_said_again() -> None:
    before = play(coding_session(), JUDGE_BAD)
    told = shown(play(before, Action(Do.HINT)), before)
    assert "Hint 1: Think of one row." in told
    assert "rejected" not in told
    assert TASK.prompt.splitlines()[0] not in told


def test_the_starter_is_told_kindly_that_nothing_is_written_yet() -> None:
    told = shown(play(coding_session(), Action(Do.JUDGE, judged=judged(STARTER))))
    assert "Nothing is written yet" in told
    assert "✗" not in told


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"outcome": Outcome.UNUSABLE, "findings": ()}, "mine.py:3:24: because"),
        ({"outcome": Outcome.TIMEOUT}, "because, when it was asked this:"),
        ({"outcome": Outcome.MEMORY}, "because, when it was asked this:"),
        ({"outcome": Outcome.CRASHED}, "because, when it was asked this:"),
    ],
)
def test_a_file_that_ends_is_told_why(changes: dict[str, object], said: str) -> None:
    ended = replace(REJECTED, message="because", line=3, column=24, **changes)  # type: ignore[arg-type]
    told = shown(play(coding_session(), Action(Do.JUDGE, judged=judged(ended))))
    assert said in told
    assert ("np.array([1000.0])" in told) is bool(ended.findings)


def test_what_a_file_printed_is_shown_as_it_is_and_cut() -> None:
    printed = "".join(f"[bold]{number}[/bold] a[i]\n" for number in range(50))
    told = shown(play(coding_session(), Action(Do.JUDGE, judged=judged(replace(REJECTED, printed=printed)))))
    assert "[bold]0[/bold] a[i]" in told
    assert "… 42 more lines" in told


def test_remarks_are_explained_once_the_file_is_accepted() -> None:
    accepted = shown(play(coding_session(), JUDGE_GOOD))
    assert "An interviewer would also ask" in accepted
    assert "Which constant?" in accepted
    assert "Counts as easy: it comes back in" in accepted


def test_a_message_names_the_line_that_raised() -> None:
    crashed = replace(UNSTABLE, status=Status.CRASHED, message="IndexError: 9", line=7)
    assert findings.message(crashed, "/far/away/mine.py") == "IndexError: 9, mine.py:7"


def test_a_prompt_is_wrapped_anew_but_what_is_laid_out_stays() -> None:
    text = "One\nsentence.\n\n    code = 1\n    more = 2\n\n- a\n- b"
    assert findings.paragraphs(text) == ["One sentence.", "    code = 1\n    more = 2", "- a\n- b"]


def test_nothing_is_wider_than_the_page_but_a_command_to_copy() -> None:
    code = view(play(coding_session(), JUDGE_BAD), moment(1)).coding
    assert code is not None
    lines = verdict_text(code, Look(40)).splitlines()
    assert max(len(line) for line in lines if "again:" not in line) <= 40
    assert any(line.strip().startswith("again:") and len(line) > 40 for line in lines)


def test_an_ascii_page_holds_ascii_alone() -> None:
    code = view(play(coding_session(), JUDGE_GOOD), moment(1)).coding
    assert code is not None
    assert verdict_text(code, Look(80, ascii=True)).isascii()


def test_json_holds_the_verdict_as_a_program_reads_it() -> None:
    told = as_json(view(play(coding_session(), JUDGE_BAD), moment(1)))
    assert told["coding"]["verdict"] == REJECTED.as_json()
    assert json.loads(json.dumps(told)) == told


def test_a_fault_that_breaks_everything_names_a_few() -> None:
    others = tuple(replace(UNSTABLE, name=f"law {number}", because_of=UNSTABLE.name) for number in range(20))
    named = findings.also(verdict(Outcome.REJECTED, UNSTABLE, *others), UNSTABLE)
    assert named.endswith("law 6 · … and 13 more")


def test_the_command_to_look_again_repeats_the_seed() -> None:
    seeded = verdict(Outcome.REJECTED, UNSTABLE, seed=7)
    assert findings.again(seeded, UNSTABLE, "a b.py").endswith(
        "--file 'a b.py' --seed 7 --only 'stable for large logits'"
    )
