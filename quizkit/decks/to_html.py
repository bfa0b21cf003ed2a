r"""Card Markdown as the HTML of an Anki field: formulas for MathJax between \(…\) and \[…\], diagrams as inline SVG."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from quizkit.faces.drawing.markdown import Piece, pieces

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_HELD = re.compile("\ue000(\\d+)\ue001")
# stands for a formula while the Markdown around it is read; private characters, which no text uses


def html(markdown: str) -> str:
    """Return Markdown as HTML; HTML in it shows as text."""
    formulas: list[str] = []
    text = "".join(_held(piece, formulas) for piece in pieces(markdown))
    return _HELD.sub(lambda found: _formula(found, formulas), _reader().render(text)).strip()


def inline(markdown: str) -> str:
    """Return Markdown of one paragraph as HTML without the paragraph."""
    whole = html(markdown)
    return whole[3:-4] if whole.startswith("<p>") and whole.endswith("</p>") and whole.count("<p>") == 1 else whole


def items(markdowns: tuple[str, ...]) -> str:
    """Return texts as a list; nothing where there are none."""
    return f"<ul>{''.join(f'<li>{inline(text)}</li>' for text in markdowns)}</ul>" if markdowns else ""


def pairs(rows: list[tuple[str, str]]) -> str:
    """Return pairs of texts as a list of terms with what is said of them; nothing where there are none."""
    listed = "".join(f"<dt>{inline(first)}</dt><dd>{html(second)}</dd>" for first, second in rows)
    return f"<dl>{listed}</dl>" if rows else ""


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _held(piece: Piece, formulas: list[str]) -> str:
    if piece.kind == "wrong":
        return f"\n*Shown as a mistake:*\n\n{piece.text}"
    if piece.kind not in ("display", "inline"):
        return piece.text
    source = escape(piece.text, quote=False)
    formulas.append(rf"\[{source}\]" if piece.kind == "display" and not piece.in_table else rf"\({source}\)")
    return f"\ue000{len(formulas) - 1}\ue001"


def _formula(found: re.Match[str], formulas: list[str]) -> str:
    number = int(found[1])
    return formulas[number] if number < len(formulas) else found[0]
