"""The interview on the full screen, driven through Textual's own pilot."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from making import HandClock
from textual import events
from textual.widgets import Static

from quizkit import planning
from quizkit.bank.filters import Filters
from quizkit.faces.tui.bars import Notice
from quizkit.faces.tui.body import LayerView
from quizkit.faces.tui.interview import InterviewApp
from quizkit.faces.tui.interview_body import Beside, ClockLine, TickRow
from quizkit.interview.engine import Screen
from quizkit.interviewer import Interviewer
from quizkit.interviews import Room
from quizkit.opening import opened
from quizkit.planning import Wish
from quizkit.settings import Settings
from quizkit.workshop import Workshop


@pytest.fixture
def room() -> Iterator[Room]:
    with ExitStack() as stack:
        clock = HandClock()
        desk = stack.enter_context(opened(clock))
        workshop = stack.enter_context(Workshop(desk.home))
        yield Room(desk.home, desk.bank, desk.store, desk.settings, clock, workshop)


def sit(room: Room, coding: int = 0, **wish: object) -> InterviewApp:
    plan = planning.planned(room, Wish(Filters(("activations",)), 10, coding, 3, **wish))  # type: ignore[arg-type]
    return InterviewApp(Interviewer.begun(room, plan), Settings())


def move(room: Room, minutes: float) -> None:
    room.clock.minutes += minutes  # type: ignore[attr-defined]


def clock_text(app: InterviewApp) -> str:
    return str(app.query_one(ClockLine).query_one("#clock").render())  # type: ignore[attr-defined]


async def test_the_clock_ticks_into_overtime(room: Room) -> None:
    app = sit(room)
    async with app.run_test(size=(80, 24)):
        assert clock_text(app) == "1:00 left · 10:00 in all"
        move(room, 0.2)
        await app._second()
        assert clock_text(app) == "0:48 left · 9:48 in all"
        for _ in range(5):
            move(room, 0.2)
            await app._second()
        assert clock_text(app) == "overtime 0:12 · 8:48 in all"


async def test_help_does_not_stop_the_clock(room: Room) -> None:
    app = sit(room)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+o")
        move(room, 0.2)
        await app._second()
        await pilot.press("x")
        assert clock_text(app) == "0:48 left · 9:48 in all"
        assert app._interviewer.draft == ""


async def test_keys_typed_in_one_burst_close_help_once(room: Room) -> None:
    app = sit(room)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+o")
        for letter in "word":
            app.post_message(events.Key(letter, letter))
        await pilot.pause()
        assert app.screen.query(ClockLine)
        await pilot.press("x")
        assert app._interviewer.draft.endswith("x")


async def test_a_strict_question_ends_by_itself_and_what_was_typed_is_kept(room: Room) -> None:
    app = sit(room, strict=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"kink", "ctrl+p")
        assert "no pause in a strict interview" in str(app.query_one(Notice).render())
        for _ in range(6):
            move(room, 0.2)
            await app._second()
        assert app.shown.number == 2
        assert app.query_one("#notes").text == ""  # type: ignore[attr-defined]
        assert app._interviewer.record.answers[0].text() == "kink"


async def test_a_machine_that_slept_asks_and_what_is_typed_stays(room: Room) -> None:
    app = sit(room)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"kink")
        move(room, 90)
        await app._second()
        await pilot.pause()
        assert app.shown.screen is Screen.SLEPT
        await pilot.press("n")
        assert app.shown.screen is Screen.QUESTION
        assert clock_text(app) == "1:00 left · 10:00 in all"
        assert app.query_one("#notes").text == "kink"  # type: ignore[attr-defined]


async def test_ticks_change_what_a_question_counts_as_in_place(room: Room) -> None:
    app = sit(room)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+f")
        await pilot.pause()
        rows = list(app.query(TickRow))
        assert clock_text(app).endswith("0 % · again")
        await pilot.press("1", "2")
        assert list(app.query(TickRow)) == rows
        assert clock_text(app).endswith("100 % · easy")
        await pilot.press("h")
        assert clock_text(app).endswith("100 % · hard")
        await pilot.press("enter")
        await pilot.pause()
        assert app.shown.screen is Screen.SCORECARD


async def test_a_store_that_fails_is_said_and_nothing_typed_is_lost(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = sit(room)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"kink")
        room.store._connection.execute("PRAGMA query_only = 1")
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert str(app.query_one(Notice).render())
        assert app.query_one("#notes").text == "kink"  # type: ignore[attr-defined]
        room.store._connection.execute("PRAGMA query_only = 0")
        await pilot.press("ctrl+n")
        assert app._interviewer.record.answers[0].text() == "kink"


@pytest.mark.parametrize(("columns", "is_beside"), [(60, False), (99, False), (100, True), (120, True)])
async def test_the_own_answer_stands_beside_the_model_answer_where_there_is_room(
    room: Room, columns: int, is_beside: bool
) -> None:
    app = sit(room)
    async with app.run_test(size=(columns, 40)) as pilot:
        await pilot.press(*"kink", "ctrl+f")
        await pilot.pause()
        own, model = app.query_one(Beside).children
        assert "kink" in str(own.query_one(".quote", Static).render())
        assert model.query(LayerView)
        assert (own.region.y == model.region.y) == is_beside
        assert own.region.right <= model.region.x if is_beside else own.region.bottom <= model.region.y
        assert all(row.region.y >= model.region.bottom for row in app.query(TickRow))


async def test_the_own_code_stands_beside_a_solution(room: Room) -> None:
    app = sit(room, coding=1)
    async with app.run_test(size=(120, 40)) as pilot:
        while not app.shown.coding:
            await pilot.press("ctrl+g")
        Path(app.shown.coding.path).write_text("def f(): ...  # my own\n", "utf-8")
        await pilot.press("ctrl+f")
        while not (app.shown.coding and app.shown.coding.verdict):
            await pilot.press("enter")
            await app.workers.wait_for_complete()
        own, model = app.query_one(Beside).children
        assert "my own" in str(own.query_one(".source", Static).render())
        assert "return" in str(model.query_one(".source", Static).render())
        assert own.region.y == model.region.y


@pytest.mark.parametrize("columns", [60, 80, 120])
async def test_everything_fits_the_width(room: Room, columns: int) -> None:
    app = sit(room)
    async with app.run_test(size=(columns, 24)) as pilot:
        for keys in ("x", "ctrl+f"):
            await pilot.press(keys)
            await pilot.pause()
            page = app.query_one("#page")
            assert page.max_scroll_x == 0
            assert page.region.width == columns
