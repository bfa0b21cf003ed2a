"""The bank's text on the full screen: code in a style of its own, short formulas and code never parted."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.app import App
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

from quizkit.faces.drawing.markdown import UNBROKEN, spans

CODE = "code_inline"
# the name that Textual's Markdown gives it, too; a widget around the text has it among its COMPONENT_CLASSES


def inline(text: str) -> Content:
    """Return a short text of the bank (a question, a key point) with its formulas and code drawn."""
    parts = ((span.text, f".{CODE}" if span.is_code else "") for span in spans(text, whole=True))
    return Content.assemble(*parts)


class Face(App[int]):
    """A full screen that shows text of the bank; its result is the exit code."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Draw unbroken spaces as what they are."""
        return [*super().get_line_filters(), _SPACES]

    def copy_to_clipboard(self, text: str) -> None:
        """Copy `text` with ordinary spaces."""
        super().copy_to_clipboard(text.replace(UNBROKEN, " "))


class _Spaces(LineFilter):
    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [Segment(text.replace(UNBROKEN, " "), style, control) for text, style, control in segments]


_SPACES = _Spaces()
