"""The figures of one's progress, by hand-made logs, and how they are shown."""

import io
import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import MODEL, NOON, moment
from textual.widgets import Static

from quizkit.bank.filters import EVERYTHING, Filters
from quizkit.faces.page import Look
from quizkit.faces.plain import Plain
from quizkit.faces.progress import lines, spark
from quizkit.faces.tui.app import Sitting
from quizkit.faces.tui.progress import Progress
from quizkit.memory.log import Event, Grade, Kind, Mode
from quizkit.memory.optimise import FEWEST_REVIEWS, refusal
from quizkit.memory.state import CardState, Phase
from quizkit.opening import Desk, opened
from quizkit.overview import coding
from quizkit.player import Player, Request
from quizkit.progress.figures import (
    FEWEST,
    Coding,
    Figures,
    Known,
    Topic,
    figures,
    percentage,
    ready,
)
from quizkit.progress.tally import AFRESH, MATURE_DAYS, Recall, Tally, tallied
from quizkit.settings import Settings
from quizkit.store import Store

TODAY = moment().day
DAY_MS = 86_400_000
NO_CODE = Coding(0, 0, None)


def answer(card: str, day: int, grade: int = 3, taken_ms: int = 1000, mode: str = "study") -> tuple:  # type: ignore[type-arg]
    return card, day, grade, taken_ms, mode


def shown(tally: Tally = Tally(), states: dict[str, CardState] | None = None, *cards: str) -> Figures:  # noqa: B008
    known = Known(states or {}, MODEL, TODAY, 8)
    return figures(tally, known, 0.9, [Topic("activations", cards or ("relu", "gelu"))], NO_CODE)


# -- recall -----------------------------------------------------------------------------------------------------------


def test_the_first_review_ever_says_nothing_of_retention() -> None:
    tally = tallied([answer("a", 1, 1), answer("a", 1, 3)])
    assert tally.cards["a"].young == Recall(0, 0)


def test_only_the_first_review_of_a_day_counts_and_the_gap_makes_it_young_or_mature() -> None:
    later = 3 + MATURE_DAYS
    answers = [answer("a", 1), answer("a", 3, 1), answer("a", 3, 3), answer("a", later, 4), answer("a", later, 1)]
    card = tallied(answers).cards["a"]
    assert card.young == Recall(0, 1)
    assert card.mature == Recall(1, 1)


def test_cramming_takes_time_and_counts_for_nothing_else() -> None:
    tally = tallied([answer("a", 1), answer("a", 5, 1, mode="cram")])
    assert tally.days[5].reviews == 1
    assert tally.cards["a"].young.reviews == 0


def test_a_card_begun_afresh_is_seen_for_the_first_time_again() -> None:
    tally = tallied([answer("a", 1), answer("a", 9, AFRESH, 0), answer("a", 9, 1), answer("a", 12, 3)])
    assert tally.cards["a"].young == Recall(1, 1)
    assert tally.days[9].reviews == 1


@pytest.mark.parametrize(("reviews", "said"), [(FEWEST - 1, None), (FEWEST, 50.0)])
def test_there_is_no_percentage_where_there_are_too_few_reviews(reviews: int, said: float | None) -> None:
    assert percentage(Recall(reviews // 2, reviews)) == said


# -- readiness --------------------------------------------------------------------------------------------------------


def test_unseen_cards_count_as_unknown() -> None:
    assert ready([], 10) == (0.0, 0.0)
    assert ready([1.0] * 5, 10) == (0.5, 0.5)


@given(seen=st.lists(st.floats(0, 1), max_size=30), unseen=st.integers(0, 30))
def test_the_range_holds_the_mean_and_never_more_than_was_seen(seen: list[float], unseen: int) -> None:
    cards = len(seen) + unseen
    low, high = ready(seen, cards)
    assert 0 <= low <= high <= (len(seen) / cards if cards else 0)
    if cards:
        assert low - 1e-9 <= fmean([*seen, *[0.0] * unseen]) <= high + 1e-9


# -- days -------------------------------------------------------------------------------------------------------------


def test_a_streak_may_still_go_on_today_and_ends_with_a_day_without() -> None:
    days = [TODAY - 10, TODAY - 9, TODAY - 8, TODAY - 2, TODAY - 1]
    figured = shown(tallied(answer("relu", day) for day in days))
    assert (figured.streak, figured.longest_streak) == (2, 3)
    assert shown(tallied([answer("relu", TODAY - 2)])).streak == 0


def test_what_comes_due_is_counted_by_day_and_what_is_overdue_today() -> None:
    def due(day: int, **changes: object) -> CardState:
        return replace(CardState(Phase.REVIEW, due_day=day, stability=5.0, difficulty=5.0, reviews=1), **changes)

    states = {"late": due(TODAY - 9), "soon": due(TODAY + 2), "far": due(TODAY + 90), "away": due(0, suspended=True)}
    coming = shown(Tally(), states, *states, "new").coming
    assert (coming[0], coming[2], sum(coming)) == (1, 1, 2)


def test_the_worst_leech_comes_first_and_is_what_to_do_next() -> None:
    states = {"relu": CardState(lapses=8, reviews=9), "gelu": CardState(lapses=12, reviews=13)}
    figured = shown(Tally(), states)
    assert [leech.card for leech in figured.leeches] == ["gelu", "relu"]
    assert "show gelu" in figured.advice


# -- code -------------------------------------------------------------------------------------------------------------


def attempt(kind: Kind, minutes: float, **detail: str) -> Event:
    grade = Grade.GOOD if kind is Kind.REVIEW else None
    told = json.dumps(detail) if detail else ""
    at_ms = NOON + round(minutes * 60_000)
    return Event(f"{kind}-{minutes}", kind, "challenge:softmax", at_ms, 0, "s", Mode.CHALLENGE, grade, detail=told)


def test_a_challenge_takes_from_its_prompt_to_the_first_accepted_file() -> None:
    opened, failed = attempt(Kind.OPENED, 0), attempt(Kind.ATTEMPT, 5, verdict="rejected")
    accepted, again = attempt(Kind.REVIEW, 12, verdict="accepted"), attempt(Kind.ATTEMPT, 40, verdict="accepted")
    found = coding([opened, failed, accepted, again])
    assert (found.solved, found.minutes) == (1, 12.0)
    assert coding([opened, failed]).solved == 0
    assert coding([accepted]).minutes is None


# -- shown ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("values", "drawn"), [((0, 1, 7), "▁▂█"), ((0, 0), "▁▁"), ((), ""), ((100, 1), "█▂")])
def test_a_bar_is_as_high_as_its_share_and_nothing_that_happened_is_flat(values: tuple[int, ...], drawn: str) -> None:
    assert spark(values) == drawn


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_everything_fits_the_width_and_today_is_the_last_column(width: int) -> None:
    drawn = lines(shown(tallied([answer("relu", TODAY)])), width)
    assert max(map(len, drawn)) <= width
    weekday = datetime.fromtimestamp(TODAY * 86_400, UTC).weekday()
    assert drawn[1 + weekday].endswith("█")
    assert sum(row.count("█") for row in drawn[1:8]) == 1


def test_without_unicode_everything_is_ascii() -> None:
    assert "".join(lines(shown(tallied([answer("relu", TODAY)])), 80, unicode=False)).isascii()


def quizkit(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "quizkit", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)


def review(uid: str, card: str, day: int, grade: Grade = Grade.GOOD) -> Event:
    return Event(uid, Kind.REVIEW, card, NOON + day * DAY_MS, 0, "s", Mode.STUDY, grade, 60_000)


def test_stats_count_what_stands_under_the_present_ids(environment: dict[str, str], home: Path) -> None:
    with Store.open(home) as store:
        store.derive_all(MODEL, {"old": "new"})
        store.append([review("a", "old", 0), review("b", "new", 4), review("c", "new", 9, Grade.AGAIN)], MODEL)
        undone = review("c", "new", 9)
        store.append([replace(undone, uid="d", kind=Kind.UNDO, grade=None, undoes="c")], MODEL)
        tally = tallied(store.answers())
    assert tally.cards.keys() == {"new"}
    assert tally.cards["new"].young == Recall(1, 1)


def test_stats_run_on_an_empty_log_and_say_where_to_begin(environment: dict[str, str]) -> None:
    printed = quizkit(environment, "stats", "activations")
    assert printed.returncode == 0
    assert "quizkit study activations" in printed.stdout
    data = json.loads(quizkit(environment, "stats", "--json").stdout)
    assert data["reviews"] == 0
    assert data["calendar"] == {}


def test_stats_of_an_unknown_topic_or_a_wrong_ending_are_refused(environment: dict[str, str]) -> None:
    assert "Did you mean activations?" in quizkit(environment, "stats", "activatons").stderr
    assert quizkit(environment, "stats", "--svg", "picture.png").returncode == 2


def test_a_picture_is_drawn_or_what_is_missing_is_said(environment: dict[str, str], tmp_path: Path) -> None:
    drawn = quizkit(environment, "stats", "--svg", str(tmp_path / "a.svg"), "--png", str(tmp_path / "a.png"))
    if drawn.returncode:
        assert "pip install 'quizkit[pictures]'" in drawn.stderr
        return
    assert (tmp_path / "a.svg").read_text("utf-8").startswith("<?xml")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_nothing_is_fitted_and_the_reason_is_given(environment: dict[str, str]) -> None:
    said = quizkit(environment, "optimize")
    assert (said.returncode, "0 reviews" in said.stderr) == (1, True)
    assert "no optimiser" in refusal(FEWEST_REVIEWS)


def sitting_at_its_end(desk: Desk) -> Player:
    filters = Filters(search="no such words anywhere at all")
    return Player(desk.bank, desk.store, desk.settings, Request(Mode.STUDY, filters), desk.clock)


async def test_the_full_screen_shows_progress_over_its_summary_and_goes_back() -> None:
    with opened() as desk:
        app = Sitting(sitting_at_its_end(desk), Settings())
        async with app.run_test(size=(80, 30)) as pilot:
            await pilot.press("p")
            await pilot.pause()
            assert isinstance(app.screen, Progress)
            assert "0 of" in str(app.screen.query(Static).first().render())
            assert app.screen.query_one("#progress").max_scroll_x == 0
            await pilot.press("p")
            await pilot.pause()
            assert not isinstance(app.screen, Progress)


def test_the_plain_face_tells_it_when_asked() -> None:
    with opened() as desk:
        out = io.StringIO()
        player = Player(desk.bank, desk.store, desk.settings, Request(Mode.STUDY, EVERYTHING, limit=1), desk.clock)
        Plain(player, out, Look(80), lambda *_: None).play(iter(["all\n", "3\n", "progress\n", "\n"]))
    assert "1 review" in out.getvalue()
    assert "Recalled when due" in out.getvalue()
