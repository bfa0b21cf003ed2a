"""The lab on the full screen: the prediction, the curves, the units that darken, and the keys."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from quizkit.errors import No
from quizkit.faces.lab import Wanted, opened_run, prediction
from quizkit.faces.lab_page import Run, aligned
from quizkit.faces.plots import Curve, Plot
from quizkit.faces.tui.help import Help
from quizkit.faces.tui.lab import CARDS, Lab, drawn, strips
from quizkit.lab.experiment import Column, Settings, Step, Table
from quizkit.opening import Desk, opened

SMALL = Settings(activation=("relu", "leaky-0.2"), bias=(-10.0,), epochs=12)


@pytest.fixture
def desk() -> Iterator[Desk]:
    with opened() as found:
        yield found


def prepared(name: str, settings: Settings = Settings()) -> Run:  # noqa: B008 - frozen
    with opened_run(Wanted(name, settings)) as run:
        return run


def words(app: Lab) -> str:
    return "\n".join(str(widget.render()) for widget in app.query(Static))


def bar(app: Lab) -> str:
    return "   ".join(str(item) for item in app._bar())


async def until(app: Lab, pilot: Pilot[int], *phases: str) -> None:
    """Wait for the run: on a busy machine a key is dealt with after `press` has returned."""
    for _ in range(200):
        if app.phase in phases:
            break
        await pilot.pause(0.05)
    await pilot.pause()


async def test_a_run_shows_its_curves_its_units_and_what_was_seen() -> None:
    app = Lab(prepared("bias", SMALL), None)
    async with app.run_test(size=(100, 50)) as pilot:
        await pilot.press("f")
        await until(app, pilot, "done")
        shown = words(app)
        assert app.phase == "done"
        assert "o ReLU, bias -10   x Leaky 0.2, bias -10" in shown
        assert "·" * 20 in shown  # every unit is silent
        assert "ReLU 100% / 100%" in shown
        assert "Again: quizkit lab bias" in shown
        await pilot.press("q")
    assert app.return_code == 0


async def test_a_prediction_comes_first_and_is_marked_at_the_end(desk: Desk) -> None:
    app = Lab(prepared("deck"), prediction(desk, "deck"))
    async with app.run_test(size=(100, 50)) as pilot:
        assert "Before it runs: what do you expect?" in words(app)
        await pilot.press("2", "enter", "f")
        await until(app, pilot, "done")
        assert "✗ Your prediction was not right." in words(app)
    assert desk.store.state("predict-deck").reviews == 1


async def test_a_choice_is_an_answer_and_a_skip_is_none(desk: Desk) -> None:
    app = Lab(prepared("race"), prediction(desk, "race"))
    async with app.run_test(size=(100, 50)) as pilot:
        await pilot.press("1")
        assert app.phase != "asking" and app.prediction is not None
    skipped = Lab(prepared("fair"), prediction(desk, "fair"))
    async with skipped.run_test(size=(100, 50)) as pilot:
        await pilot.press("x", "space")
        assert skipped.phase == "paused" and skipped.prediction is None
    assert desk.store.state("predict-fair").reviews == 0


async def test_what_is_no_number_is_refused_and_the_question_stays(desk: Desk) -> None:
    app = Lab(prepared("deck"), prediction(desk, "deck"))
    async with app.run_test(size=(100, 50)) as pilot:
        await pilot.press("minus", "enter")
        assert app.phase == "asking"
        assert "is not a number" in words(app)


async def test_space_pauses_and_s_takes_an_epoch() -> None:
    app = Lab(prepared("deck"), None)
    async with app.run_test(size=(100, 50)) as pilot:
        await pilot.press("space")
        before = len(app.steps)
        await pilot.pause(0.2)
        assert (app.phase, len(app.steps)) == ("paused", before)
        await pilot.press("s")
        assert before < len(app.steps) <= before + 3
        await pilot.press("space", "f")
        await until(app, pilot, "done")
        assert (app.phase, len(app.steps)) == ("done", 400)


async def test_enter_goes_on_to_the_cards_once_it_is_done_and_not_before() -> None:
    app = Lab(prepared("deck"), None)
    async with app.run_test(size=(100, 50)) as pilot:
        await pilot.press("space", "enter", "f")
        await until(app, pilot, "done")
        assert "Cards: experiment-setup, experiment-results (quizkit study --lab deck)" in words(app)
        await pilot.press("enter")
    assert app.return_value == CARDS


async def test_no_cards_are_offered_where_the_bank_has_none() -> None:
    app = Lab(replace(prepared("deck"), cards=()), None)
    async with app.run_test(size=(100, 50)) as pilot:
        await pilot.press("f")
        await until(app, pilot, "done")
        assert "Cards:" not in words(app) and "enter cards" not in bar(app)
        await pilot.press("enter")
        assert app.is_running


async def test_a_question_mark_lists_what_can_be_done_now_while_the_run_waits() -> None:
    app = Lab(prepared("deck"), None)
    async with app.run_test(size=(100, 50)) as pilot:
        await pilot.press("question_mark")
        assert isinstance(app.screen, Help)
        before = len(app.steps)
        await pilot.pause(0.2)
        assert len(app.steps) == before
        listed = "\n".join(str(widget.render()) for widget in app.screen.query(Static))
        assert "go to the end at once" in listed and "without a prediction" not in listed
        await pilot.press("x")
        assert not isinstance(app.screen, Help)
        await pilot.press("f")
        await until(app, pilot, "done")


async def test_the_footer_shows_the_keys_of_each_phase(desk: Desk) -> None:
    app = Lab(prepared("deck"), prediction(desk, "deck"))
    async with app.run_test(size=(100, 50)) as pilot:
        assert bar(app) == "x skip   ? help   q quit"
        await pilot.press("x")
        await until(app, pilot, "running")
        assert bar(app) == "space pause   s step   c compare   f finish   ? help   q quit"
        await pilot.press("f")
        await until(app, pilot, "done")
        assert bar(app) == "c compare   enter cards   ? help   q quit"


async def test_c_shows_one_curve_at_a_time_and_then_all() -> None:
    app = Lab(prepared("deck"), None)
    async with app.run_test(size=(100, 50)) as pilot:
        await pilot.press("f")
        await until(app, pilot, "done")
        await pilot.press("c")
        assert "\no ReLU" in words(app) and "x Leaky" not in words(app)
        await pilot.press("c")
        assert "\no Leaky 0.01" in words(app) and "\no ReLU" not in words(app)
        await pilot.press("c")
        assert "o ReLU   x Leaky 0.01" in words(app)


async def test_what_goes_wrong_in_a_run_leaves_the_screen_and_is_told() -> None:
    def broken(_settings: Settings) -> Iterator[Step]:
        raise No("leaky_relu raised ValueError in line 3: no")
        yield

    run = prepared("deck")
    app = Lab(replace(run, experiment=replace(run.experiment, play=broken)), None)
    with pytest.raises(No):
        async with app.run_test(size=(100, 50)) as pilot:
            await pilot.press("f")
            while app.failure is None:
                await pilot.pause(0.02)
    assert isinstance(app.failure, No)


@pytest.mark.parametrize("columns", [60, 80, 120])
async def test_it_fits_narrow_and_wide_screens(columns: int) -> None:
    app = Lab(prepared("bias", SMALL), None)
    async with app.run_test(size=(columns, 40)) as pilot:
        await pilot.press("f")
        await until(app, pilot, "done")
        assert max(len(line) for line in str(app.query_one("#curves", Static).render()).splitlines()) <= columns - 6


@pytest.mark.parametrize("width", [40, 60, 100])
def test_a_table_fits_its_width_and_keeps_every_figure(width: int) -> None:
    columns = (Column("network"), Column("loss", ".4f"), Column("accuracy of all", ".1%"), Column("blown up of 30"))
    rows = aligned(Table(columns, (("ReLU", 0.5, 0.731, 0), ("Leaky 0.01", 0.25, 0.9, 12))), width)
    assert all(len(row) <= width for row in rows)
    assert {"0.5000", "73.1%", "90.0%", "12"} <= set(" ".join(rows).replace(",", " ").split())


def test_a_table_too_wide_is_told_row_by_row() -> None:
    columns = (Column("net"), *(Column(f"layer {i}") for i in range(9)))
    rows = aligned(Table(columns, (("ReLU", *range(100000, 100009)),)), 40)
    assert rows[0] == "ReLU: layer 0 100000, layer 1 100001,"
    assert all(len(row) <= 40 and not row.endswith("layer") for row in rows)


def test_a_unit_darkens_as_it_falls_silent() -> None:
    steps = [Step("ReLU", 1, {"loss": (0.5,), "accuracy": (0.7,)}, ((0.5, 0.3, 0.1, 0.01, 0.0),))]
    assert "█▓▒░·" in str(strips(steps, ["ReLU"]))


def test_each_mark_has_its_colour_and_no_label_takes_one() -> None:
    plot = Plot("", "x", "o", (Curve("one", ((0.0, 0.0), (1.0, 1.0))), Curve("two", ((0.0, 1.0), (1.0, 0.0)))))
    styles = {str(span.style) for span in drawn(plot, 60, 0).spans}
    assert len(styles) >= 2
    assert str(drawn(plot, 60, 0)).splitlines()[0] == "o"
