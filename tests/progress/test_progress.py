"""The figures of one's progress, by hand-made logs, and how they are shown."""

import io
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean

import pytest
from commands import quizkit
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
from quizkit.memory.state import CardState, replay
from quizkit.opening import Desk, opened
from quizkit.overview import coding
from quizkit.player import Player, Request
from quizkit.progress.figures import (
    FEWEST,
    Figures,
    Known,
    Leech,
    Recall,
    Standing,
    figures,
    levels,
    percentage,
    ready,
)
from quizkit.settings import Settings

TODAY = moment().day
DAY_MS = 86_400_000


def shown(*standings: Standing, days: Iterable[int] = (), leeches: tuple[Leech, ...] = ()) -> Figures:
    known = Known(standings, dict.fromkeys(days, (1, 60_000)), TODAY, MODEL, 0.9, leeches)
    return figures(known, {"activations": ["relu", "gelu"]})


# -- recall -----------------------------------------------------------------------------------------------------------


def answered(*answers: tuple[int, int] | Kind, mode: Mode = Mode.STUDY) -> CardState:
    """Return the state of a card after answers: (day, grade), or that it was begun afresh."""
    events, day = [], 0
    for number, given_ in enumerate(answers):
        kind, grade = (given_, None) if isinstance(given_, Kind) else (Kind.REVIEW, Grade(given_[1]))
        day = day if isinstance(given_, Kind) else given_[0]
        events.append(Event(f"e{number}", kind, "a", NOON + day * DAY_MS, 0, "s", mode, grade, 1000))
    return replay(MODEL, "a", events)


def recalls(state: CardState) -> tuple[int, int, int, int]:
    return state.young_recalled, state.young_reviews, state.mature_recalled, state.mature_reviews


def test_the_first_day_of_a_card_says_nothing_of_retention() -> None:
    assert recalls(answered((1, 1), (1, 3))) == (0, 0, 0, 0)


def test_only_the_first_review_of_a_day_counts_and_the_gap_makes_it_young_or_mature() -> None:
    assert recalls(answered((1, 3), (3, 1), (3, 3), (24, 4), (24, 1))) == (0, 1, 1, 1)
    assert recalls(answered((1, 3), (21, 3))) == (1, 1, 0, 0)


def test_cramming_says_nothing_of_retention() -> None:
    assert recalls(answered((1, 3), (5, 1), mode=Mode.CRAM)) == (0, 0, 0, 0)


def test_a_card_begun_afresh_keeps_what_was_counted_and_is_seen_for_the_first_time_again() -> None:
    assert recalls(answered((1, 3), (5, 3), Kind.AFRESH)) == (1, 1, 0, 0)
    assert recalls(answered((1, 3), (5, 3), Kind.AFRESH, (9, 1), (12, 3))) == (2, 2, 0, 0)


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
    figured = shown(days=[TODAY - 10, TODAY - 9, TODAY - 8, TODAY - 2, TODAY - 1])
    assert (figured.streak, figured.longest_streak) == (2, 3)
    assert shown(days=[TODAY - 2]).streak == 0


def test_what_comes_due_is_counted_by_day_and_what_is_put_away_or_far_is_not() -> None:
    due = [("relu", 0), ("gelu", 2), ("elsewhere", 0)]
    standings: list[Standing] = [(card, due_in, 3, 9.0, 0, 0, 0, 0) for card, due_in in due]
    figured = shown(*standings)
    assert (figured.coming[0], figured.coming[2], sum(figured.coming)) == (1, 1, 2)
    assert sum(shown(("relu", None, 3, 9.0, 0, 0, 0, 0), ("gelu", 90, 3, 9.0, 0, 0, 0, 0)).coming) == 0


def test_the_worst_leech_is_what_to_do_next() -> None:
    assert "show gelu" in shown(leeches=(Leech("gelu", 12), Leech("relu", 8))).advice


def test_a_days_shade_is_its_quarter_of_the_days_studied_so_that_one_long_day_dims_no_other() -> None:
    assert levels([0, 5, 6, 0, 7, 900]) == [0, 1, 2, 0, 3, 4]
    assert levels([0, 0]) == [0, 0]
    assert levels([3]) == [4]


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
    drawn = lines(shown(days=[TODAY]), width)
    assert max(map(len, drawn)) <= width
    weekday = datetime.fromtimestamp(TODAY * 86_400, UTC).weekday()
    assert drawn[1 + weekday].endswith("█")
    assert sum(row.count("█") for row in drawn[1:8]) == 1


def test_without_unicode_everything_is_ascii() -> None:
    assert "".join(lines(shown(days=[TODAY]), 80, unicode=False)).isascii()


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
    assert "Reviews   1\n" in out.getvalue()
    assert "Recalled when due" in out.getvalue()
