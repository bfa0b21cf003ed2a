"""A flowchart as SVG: the terminal's drawing, its lines as strokes, so that no font decides whether they meet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from quizkit.faces.drawing.flowchart import flowchart

WIDTH = 64
# cells; a phone shows so much without scrolling
_CELL_WIDTH, _CELL_HEIGHT, _FONT_SIZE = 9, 18, 15
# pixels
_ENDS = {
    "│": "NS", "─": "EW", "┌": "ES", "┐": "WS", "└": "NE", "┘": "NW", "├": "NES", "┤": "NSW", "┬": "ESW", "┴": "NEW",
    "┼": "NESW", "╭": "ES", "╮": "WS", "╰": "NE", "╯": "NW", "┆": "NS", "┄": "EW", "┊": "NS", "┈": "EW", "║": "NS",
    "═": "EW", "┃": "NS", "━": "EW", "╎": "NS", "╌": "EW",
}  # fmt: skip
# the sides of its cell that a line sign reaches
_NEXT = {"N": (0, -1, "S"), "E": (1, 0, "W"), "S": (0, 1, "N"), "W": (-1, 0, "E")}
# the way to the next cell on a side, and the side on which that cell touches this one
_POINTS = {"N": (0.5, 0.0), "E": (1.0, 0.5), "S": (0.5, 1.0), "W": (0.0, 0.5)}
_RIGHT, _LEFT = ((0.4, 0.25), (1.45, 0.5), (0.4, 0.75)), ((0.6, 0.25), (-0.45, 0.5), (0.6, 0.75))
_DOWN, _UP = ((0, 0.6), (1, 0.6), (0.5, 1.45)), ((0, 0.4), (1, 0.4), (0.5, -0.45))
# an arrow's tip reaches the line of the box in the next cell
_SHAPES = {
    "▶": _RIGHT, "►": _RIGHT, "◀": _LEFT, "◄": _LEFT, "▼": _DOWN, "▲": _UP,
    "◇": ((0, 0.5), (0.5, 0.2), (1, 0.5), (0.5, 0.8)),
}  # fmt: skip
# corners, as shares of the cell
_LABEL = re.compile(rf"[^\s{''.join(_ENDS)}{''.join(_SHAPES)}]+(?: [^\s{''.join(_ENDS)}{''.join(_SHAPES)}]+)*")


def diagram(source: str) -> str:
    """Return a Mermaid flowchart as one SVG element in the colour of the text; as its source where it is not drawn."""
    drawing = flowchart(source, width=WIDTH)
    if drawing == source:
        return f"<pre>{escape(source)}</pre>"
    rows = drawing.splitlines()
    width, height = max(map(len, rows)) * _CELL_WIDTH, len(rows) * _CELL_HEIGHT
    strokes = "".join(_stroke(rows, x, y) for y, row in enumerate(rows) for x in range(len(row)))
    shapes = "".join(_shape(sign, x, y) for y, row in enumerate(rows) for x, sign in enumerate(row))
    labels = "".join(_label(found, y) for y, row in enumerate(rows) for found in _LABEL.finditer(row))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img"'
        f' style="max-width:100%;height:auto" font-family="monospace" font-size="{_FONT_SIZE}" fill="currentColor">'
        f'<path d="{strokes}" fill="none" stroke="currentColor" stroke-width="1.2"/>{shapes}{labels}</svg>'
    )


def _stroke(rows: Sequence[str], x: int, y: int) -> str:
    centre = _at(x, y, (0.5, 0.5))
    return "".join(f"M{centre}L{_at(x, y, _POINTS[side])}" for side in _sides(rows, x, y))


def _sides(rows: Sequence[str], x: int, y: int) -> Iterable[str]:
    """Return the sides of its cell that a sign reaches; arrow heads and diamonds go where a line comes from."""
    sign = rows[y][x]
    if sign not in _SHAPES:
        return _ENDS.get(sign, "")
    return [
        side for side, (across, down, back) in _NEXT.items() if back in _ENDS.get(_sign(rows, x + across, y + down), "")
    ]


def _sign(rows: Sequence[str], x: int, y: int) -> str:
    return rows[y][x] if 0 <= y < len(rows) and 0 <= x < len(rows[y]) else " "


def _shape(sign: str, x: int, y: int) -> str:
    corners = " ".join(_at(x, y, corner) for corner in _SHAPES.get(sign, ()))
    return f'<polygon points="{corners}"/>' if corners else ""


def _label(found: re.Match[str], y: int) -> str:
    across = len(found[0]) * _CELL_WIDTH
    place = f'x="{found.start() * _CELL_WIDTH}" y="{y * _CELL_HEIGHT + 0.72 * _CELL_HEIGHT:g}"'
    return f'<text {place} textLength="{across}" lengthAdjust="spacingAndGlyphs">{escape(found[0])}</text>'


def _at(x: int, y: int, share: tuple[float, float]) -> str:
    return f"{(x + share[0]) * _CELL_WIDTH:g},{(y + share[1]) * _CELL_HEIGHT:g}"
