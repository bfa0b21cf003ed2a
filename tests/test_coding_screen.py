"""A challenge on the full screen, driven through Textual's own pilot, with the real judge."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from quizkit.bank.filters import EVERYTHING
from quizkit.faces.tui.app import Sitting
from quizkit.faces.tui.bars import KeyBar, Notice, ProgressLine, Searching
from quizkit.faces.tui.code import FaultView, Hints, Prompt, Solution, VerdictView
from quizkit.faces.tui.help import Help
from quizkit.memory.log import Mode
from quizkit.opening import Desk, opened
from quizkit.player import Player, Request
from quizkit.settings import Settings
from quizkit.workshop import Workshop, write_starter

NAIVE = """import numpy as np


def softmax(z, axis=-1):
    print("[bold]z[/bold]", z[0])
    e = np.exp(z)
    return e / e.sum(axis=axis, keepdims=True)
"""
STABLE = NAIVE.replace("np.exp(z)", "np.exp(z - np.max(z, axis=axis, keepdims=True))")


@pytest.fixture
def desk() -> Iterator[Desk]:
    with opened() as open_desk:
        yield open_desk


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.py"
    path.write_text(NAIVE, encoding="utf-8")
    return path


@pytest.fixture
def sitting(desk: Desk, file: Path) -> Iterator[Sitting]:
    with Workshop(desk.home) as workshop:
        request = Request(Mode.CHALLENGE, EVERYTHING, challenge="softmax", path=str(file))
        yield Sitting(Player(desk.bank, desk.store, desk.settings, request, desk.clock, workshop), Settings())


async def judged(app: Sitting, pilot: Pilot[int]) -> None:
    """Wait until the judge rests."""
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.parametrize("columns", [60, 80, 120])
async def test_a_verdict_fits_the_width(sitting: Sitting, columns: int) -> None:
    async with sitting.run_test(size=(columns, 40)) as pilot:
        await judged(sitting, pilot)
        page = sitting.query_one("#page")
        assert page.max_scroll_x == 0
        assert page.virtual_size.width <= columns
        assert sitting.query_one(KeyBar).region.bottom <= 40
        (fault,) = sitting.query(FaultView)
        assert fault.region.y < 8


async def test_the_file_is_judged_when_the_screen_opens_and_again_at_enter(sitting: Sitting, file: Path) -> None:
    async with sitting.run_test(size=(80, 40)) as pilot:
        await judged(sitting, pilot)
        assert sitting.shown.coding.verdict.outcome == "rejected"  # type: ignore[union-attr]
        file.write_text(STABLE, encoding="utf-8")
        await pilot.press("enter")
        await judged(sitting, pilot)
        assert sitting.shown.coding.verdict.accepted  # type: ignore[union-attr]
        assert not sitting.query(FaultView)
        line = sitting.query_one(ProgressLine)
        assert line.share == 1.0
        assert not sitting.query_one(Searching).display
        await pilot.press("q")
    assert sitting.return_value == 0


async def test_a_rejected_file_is_the_exit_code(sitting: Sitting) -> None:
    async with sitting.run_test() as pilot:
        await judged(sitting, pilot)
        await pilot.press("q")
    assert sitting.return_value == 1


async def test_a_watched_file_is_judged_when_it_is_saved(sitting: Sitting, file: Path) -> None:
    async with sitting.run_test() as pilot:
        await judged(sitting, pilot)
        await pilot.press("w")
        file.write_text(STABLE, encoding="utf-8")
        while not sitting.shown.coding.verdict.accepted:  # type: ignore[union-attr]
            await pilot.pause(0.05)
        await pilot.press("w")
        assert "No longer watching" in str(sitting.query_one(Notice).render())


async def test_hints_come_one_by_one_and_are_scrolled_to(sitting: Sitting) -> None:
    async with sitting.run_test(size=(80, 16)) as pilot:
        await judged(sitting, pilot)
        await pilot.press("h", "h")
        await pilot.pause()
        hints = sitting.query_one(Hints)
        assert len(sitting.shown.coding.hints) == 2  # type: ignore[union-attr]
        assert hints.region.y < 8


async def test_the_solution_stays_closed_until_it_was_earned_or_given_up(sitting: Sitting) -> None:
    async with sitting.run_test(size=(80, 40)) as pilot:
        await judged(sitting, pilot)
        await pilot.press("s")
        assert not sitting.query(Solution)
        assert sitting.query_one(Notice).display
        await pilot.press("g")
        await pilot.pause()
        assert sitting.query(Solution)
        await pilot.press("s")
        await pilot.pause()
        assert not sitting.query(Solution)
        await pilot.press("u")
        await pilot.pause()
        assert "give_up" in sitting.shown.actions


async def test_the_starter_shows_the_task_and_a_kind_word(sitting: Sitting, file: Path) -> None:
    file.unlink()
    write_starter("softmax", file)
    async with sitting.run_test() as pilot:
        await judged(sitting, pilot)
        assert not sitting.query(VerdictView)
        paragraphs = sitting.query_one(Prompt).query(".paragraph").results(Static)
        spoken = [paragraph.render() for paragraph in paragraphs]
        assert "`" not in str(spoken)
        assert any("z is an array of logits" in str(paragraph) and paragraph.spans for paragraph in spoken)
        assert "Nothing is written yet" in sitting.shown.coding.remark  # type: ignore[union-attr]


async def test_what_the_file_printed_is_shown_letter_by_letter(sitting: Sitting) -> None:
    async with sitting.run_test(size=(80, 60)) as pilot:
        await judged(sitting, pilot)
        assert "[bold]z[/bold] 0.0" in str(sitting.query_one(".printed").render())  # type: ignore[attr-defined]


async def test_a_file_that_went_away_is_said_and_the_screen_stays(sitting: Sitting, file: Path) -> None:
    file.unlink()
    async with sitting.run_test() as pilot:
        await judged(sitting, pilot)
        assert "no such file" in str(sitting.query_one(Notice).render())
        await pilot.press("question_mark")
        assert isinstance(sitting.screen, Help)
