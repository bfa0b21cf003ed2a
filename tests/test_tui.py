"""The full screen, driven through Textual's own pilot where a real terminal would only be slower."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from quizkit.bank.library import Filters
from quizkit.faces.drawing.flowchart import flowchart
from quizkit.faces.tui import app as tui
from quizkit.faces.tui.app import Sitting
from quizkit.faces.tui.bars import KeyBar, Notice, ProgressLine, TopLine
from quizkit.faces.tui.body import Diagram, LayerView
from quizkit.faces.tui.choices import Choices, NumberInput, OptionRow
from quizkit.memory.log import Grade, Mode
from quizkit.opening import Desk, opened
from quizkit.player import Player, Request
from quizkit.session import Screen
from quizkit.settings import Settings


@pytest.fixture
def desk() -> Iterator[Desk]:
    with ExitStack() as stack:
        yield stack.enter_context(opened())


def sit(desk: Desk, search: str = "dying relu causes", mode: Mode = Mode.STUDY, **settings: str) -> Sitting:
    filters = Filters(search=search, markable=True if mode is Mode.QUIZ else None)
    return Sitting(
        Player(desk.bank, desk.store, desk.settings, Request(mode, filters), desk.clock), Settings(**settings)
    )  # type: ignore[arg-type]


@pytest.mark.parametrize("columns", [60, 80, 120, 200])
async def test_everything_fits_the_width(desk: Desk, columns: int) -> None:
    app = sit(desk)
    async with app.run_test(size=(columns, 30)) as pilot:
        await pilot.press("a")
        await pilot.pause()
        page = app.query_one("#page")
        assert page.max_scroll_x == 0
        assert page.virtual_size.width <= columns
        diagram = app.query_one(Diagram)
        assert str(diagram.render()) == flowchart(app.shown.layers[1].diagram, width=diagram.size.width)
        assert app.query_one(KeyBar).region.bottom <= 30


async def test_a_key_can_be_clicked(desk: Desk) -> None:
    app = sit(desk)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.click(KeyBar, offset=(5, 0))  # "space open"
        await pilot.pause()
        assert app.shown.screen is Screen.ANSWER
        assert len(app.query(LayerView)) == 1


async def test_opening_more_keeps_what_is_there_and_scrolls_to_the_new(desk: Desk) -> None:
    app = sit(desk)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.press("space")
        first = app.query(LayerView).first()
        await pilot.press("enter")
        await pilot.pause()
        layers = app.query(LayerView)
        assert layers.first() is first
        assert len(layers) == 2
        assert layers.last().region.y < 8


async def test_a_grade_before_the_answer_is_refused_with_a_sentence(desk: Desk) -> None:
    app = sit(desk)
    async with app.run_test() as pilot:
        await pilot.press("3")
        assert "Open the answer" in str(app.query_one(Notice).render())
        assert app.shown.screen is Screen.QUESTION


async def test_options_are_ticked_by_key_and_by_mouse(desk: Desk) -> None:
    app = sit(desk, mode=Mode.QUIZ)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("1")
        await pilot.click(app.query(OptionRow)[2])
        assert app.query_one(Choices).answer() == "1 3"
        await pilot.press("3", "enter")
        await pilot.pause()
        assert app.shown.screen is Screen.MARKED
        assert app.shown.asked is not None
        assert app.shown.asked.answer == "1"


async def test_a_number_is_typed_and_other_keys_still_work(desk: Desk) -> None:
    app = sit(desk, "output for the input (2, -1)", Mode.QUIZ)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press(*"-0.5e1")
        assert app.query_one(NumberInput).value == "-0.5e1"
        await pilot.press("question_mark")
        assert len(app.screen_stack) == 2
        await pilot.press("escape")
        await pilot.press("enter")
        await pilot.pause()
        assert app.shown.screen is Screen.MARKED
        await pilot.press("u")
        await pilot.pause()
        await pilot.press("s")
        await pilot.pause()
        assert app.shown.screen is Screen.DONE


async def test_the_line_above_grows_with_what_is_done(desk: Desk) -> None:
    app = sit(desk)
    async with app.run_test(size=(82, 30)) as pilot:
        line = app.query_one(ProgressLine)
        assert str(line.render()) == "─" * 80
        await pilot.press("a", "3")
        await pilot.pause()
        done = round(80 / app.shown.total)
        assert 0 < done < 80
        assert str(line.render()) == "━" * done + "─" * (80 - done)


async def test_the_clock_ticks_and_the_summary_stops_it(desk: Desk) -> None:
    app = sit(desk)
    async with app.run_test() as pilot:
        app.query_one(TopLine).tick(3723)
        assert "1:02:03" in str(app.query_one("#counts").render())
        await pilot.press("q")
        await pilot.pause()
        elapsed = app.shown.elapsed_s
        app._tick()
        assert app.shown.elapsed_s == elapsed
        await pilot.press("q")
    assert app.return_value == 0


async def test_flowcharts_can_be_had_in_words(desk: Desk) -> None:
    app = sit(desk, diagrams="words")
    async with app.run_test() as pilot:
        await pilot.press("a")
        await pilot.pause()
        assert not app.query(Diagram)
        assert "→" in str(app.query_one(".words").render())


async def test_the_clock_may_tick_before_the_line_is_laid_out(desk: Desk) -> None:
    app = sit(desk)
    async with app.run_test():
        TopLine(app.shown).tick(3)


@pytest.mark.parametrize("theme", ["dark", "light", "terminal"])
async def test_every_theme_can_be_shown(desk: Desk, theme: str) -> None:
    app = sit(desk, theme=theme)
    async with app.run_test() as pilot:
        await pilot.press("a")
        await pilot.pause()
        assert "<svg" in app.export_screenshot()


async def test_an_answer_that_could_not_be_kept_is_said_and_can_be_given_again(desk: Desk) -> None:
    app = sit(desk)
    store = desk.store
    async with app.run_test() as pilot:
        await pilot.press("a")
        store._rows("PRAGMA query_only = ON")
        await pilot.press("3")
        await pilot.pause()
        assert "Make the folder writable" in str(app.query_one(Notice).render())
        assert app.shown.screen is Screen.ANSWER
        store._rows("PRAGMA query_only = OFF")
        await pilot.press("3")
        await pilot.pause()
        assert [event.grade for event in store.events()] == [Grade.GOOD]


def test_a_failure_of_the_screen_leaves_no_traceback_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whatever breaks inside the screen arrives, as itself, where the command line explains it."""

    class Broken(Sitting):
        def on_mount(self) -> None:
            raise RuntimeError("nobody expected this")

        def run(self, **_: object) -> int | None:  # type: ignore[override]
            return super().run(headless=True)

    monkeypatch.setattr(tui, "Sitting", Broken)
    player = sit(desk)._player
    with pytest.raises(RuntimeError, match="nobody expected this"):
        tui.run(player, Settings())
    assert "Traceback" not in "".join(capfd.readouterr())
