"""Code and formulas inside a line, on the full screen and on a page of plain lines."""

import asyncio
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Markdown, Static

from quizkit.faces.drawing.markdown import UNBROKEN, blocks
from quizkit.faces.page import Look, Page
from quizkit.faces.tui.inline import CODE, Face, inline

TEXT = "The sign of z decides, so `np.where(z > 0, 1, a)` and $z_1 \\le 0$ stay whole."


class Card(Vertical):
    COMPONENT_CLASSES: ClassVar[set[str]] = {CODE}
    DEFAULT_CSS = "Card > .code_inline { color: red; }"

    def compose(self) -> ComposeResult:
        yield Static(inline(TEXT))
        for block in blocks(TEXT, whole=True):
            yield Markdown(block.text)


class OneCard(Face):
    def compose(self) -> ComposeResult:
        yield Card()


def on_the_full_screen(columns: int) -> list[list[tuple[str, str]]]:
    """The rows of the screen, each as texts with the name of their colour."""

    async def shown() -> list[list[tuple[str, str]]]:
        app = OneCard()
        async with app.run_test(size=(columns, 30)) as pilot:
            await pilot.pause()
            strips = app.screen._compositor.render_strips()
            return [
                [(part.text, str(part.style and part.style.color and part.style.color.name)) for part in strip]
                for strip in strips
            ]

    return asyncio.run(shown())


def test_a_short_formula_and_short_code_stay_in_one_line() -> None:
    for columns in range(30, 90, 7):
        rows = ["".join(text for text, _ in row) for row in on_the_full_screen(columns)]
        for whole in ("np.where(z > 0, 1, a)", "z₁ ≤ 0"):
            assert sum(whole in row for row in rows) == 2, (columns, whole)
        assert UNBROKEN not in "".join(rows)


def test_code_has_a_colour_of_its_own() -> None:
    [colour] = {colour for row in on_the_full_screen(100)[:1] for text, colour in row if "np.where" in text}
    assert colour == "#ff0000"


def test_what_is_copied_has_ordinary_spaces() -> None:
    async def copied() -> str:
        app = OneCard()
        async with app.run_test():
            app.copy_to_clipboard(inline(TEXT).plain)
            return app.clipboard

    assert asyncio.run(copied()) == "The sign of z decides, so np.where(z > 0, 1, a) and z₁ ≤ 0 stay whole."


def test_a_page_breaks_no_line_inside_them_either() -> None:
    for columns in range(30, 90, 7):
        page = Page(Look(columns))
        page.one_line(TEXT, mark="☐")
        page.markdown(TEXT)
        lines = page.text().splitlines()
        for whole in ("np.where(z > 0, 1, a)", "z₁ ≤ 0"):
            assert sum(whole in line for line in lines) == 2, (columns, whole)
        assert UNBROKEN not in page.text() and "`" not in page.text()


def test_a_page_in_colour_shows_code_as_it_does_in_an_answer() -> None:
    page = Page(Look(100, color=True))
    page.one_line("so `z` is")
    page.markdown("so `z` is")
    first, *_, second = page.text().splitlines()
    assert first.strip() == second.strip() and "\x1b[" in first
