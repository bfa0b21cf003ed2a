"""Curves as values, drawn as text, as SVG or as PNG; every curve has its own mark or dashes, so that grey is enough."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any

from quizkit.errors import MachineProblem, UsageProblem
from quizkit.frozen import frozen

MARKS = "ox+*#%@&=~"
# of the curves in a text plot, in their order
Point = tuple[float, float]


@frozen
class Curve:
    """One curve with its name."""

    name: str
    points: tuple[Point, ...]


@frozen
class Plot:
    """Curves in one pair of axes; what is not finite, or not positive on a logarithmic axis, is left out."""

    title: str
    x: str
    y: str
    curves: tuple[Curve, ...]
    logarithmic: bool = False

    def drawn(self) -> tuple[Curve, ...]:
        """Return the curves as they are drawn: the points that can be, their y as its logarithm where it is."""
        return tuple(Curve(curve.name, tuple(self._kept(curve.points))) for curve in self.curves)

    def _kept(self, points: Iterable[Point]) -> Iterator[Point]:
        for x, y in points:
            if math.isfinite(y) and (y > 0 or not self.logarithmic):
                yield x, math.log10(y) if self.logarithmic else y

    def bounds(self) -> tuple[float, float, float, float]:
        """Return the least and the greatest x and y of what is drawn; never an empty interval."""
        points = [point for curve in self.drawn() for point in curve.points] or [(0.0, 0.0)]
        (x0, x1), (y0, y1) = ((min(axis), max(axis)) for axis in zip(*points, strict=True))
        return x0, x1 if x1 > x0 else x0 + 1, y0, y1 if y1 > y0 else y0 + 1

    def label(self, y: float) -> str:
        """Return what a height stands for."""
        return f"{10**y:.2g}" if self.logarithmic else f"{y:.3g}"


# -- text -------------------------------------------------------------------------------------------------------------


def text(plot: Plot, width: int, height: int) -> list[str]:
    """Return the plot as lines of ASCII: `height` rows of curves, then the axis and the names."""
    x0, x1, y0, y1 = plot.bounds()
    labels = [plot.label(y) for y in (y1, (y0 + y1) / 2, y0)]
    margin = max(map(len, labels)) + 1
    columns = max(10, width - margin - 1)
    grid = [[" "] * columns for _ in range(height)]
    for mark, curve in zip(MARKS, plot.drawn(), strict=False):
        for x, y in curve.points:
            column = round((x - x0) / (x1 - x0) * (columns - 1))
            row = round((y1 - y) / (y1 - y0) * (height - 1))
            grid[row][column] = mark
    named = {0: labels[0], (height - 1) // 2: labels[1], height - 1: labels[2]}
    rows = [f"{named.get(i, ''):>{margin}}|{''.join(cells).rstrip()}" for i, cells in enumerate(grid)]
    axis = f"{x0:g} {plot.x}".ljust(columns - len(f"{x1:g}")) + f"{x1:g}"
    return [plot.y, *rows, " " * margin + "+" + "-" * columns, " " * (margin + 1) + axis, *_legend(plot, width)]


def _legend(plot: Plot, width: int) -> list[str]:
    lines = [""]
    for mark, curve in zip(MARKS, plot.curves, strict=False):
        entry = f"{mark} {curve.name}"
        if lines[-1] and len(lines[-1]) + len(entry) + 3 > width:
            lines.append("")
        lines[-1] += f"   {entry}" if lines[-1] else entry
    return lines


# -- pictures ---------------------------------------------------------------------------------------------------------

WIDTH, HEIGHT = 760, 440
LEFT, RIGHT, TOP, BOTTOM = 76, 190, 56, 54
# margins; the names of the curves stand on the right
DASHES = ((), (8, 4), (2, 3), (10, 3, 2, 3), (5, 2), (1, 4), (12, 6), (6, 2, 1, 2, 1, 2))
GREYS = (0, 0, 0, 0, 110, 110, 110, 110, 150)


@frozen
class _Line:
    points: tuple[Point, ...]
    dashes: tuple[int, ...] = ()
    grey: int = 0
    width: float = 1.0


@frozen
class _Text:
    at: Point
    words: str
    anchor: str = "middle"
    # start, middle or end
    size: int = 13


def check_name(path: Path) -> None:
    """Make sure before a run that its picture can be written afterwards.

    Raises:
        UsageProblem: the name ends neither in .svg nor in .png, or PNG lacks its library.
    """
    if path.suffix.lower() not in (".svg", ".png"):
        raise UsageProblem(f"--plot {path}: end the name with .svg or .png.")
    if path.suffix.lower() == ".png":
        _pillow()


def save(plot: Plot, path: Path) -> None:
    """Write a picture; the name's ending says of which kind.

    Raises:
        UsageProblem: see `check_name`.
        MachineProblem: the file cannot be written.
    """
    check_name(path)
    try:
        if path.suffix.lower() == ".svg":
            path.write_text(svg(plot), encoding="utf-8")
        else:
            _save_png(plot, path)
    except OSError as error:
        raise MachineProblem(f"The picture {path} cannot be written: {error.strerror or error}.") from error


def _shapes(plot: Plot) -> Iterator[_Line | _Text]:
    x0, x1, y0, y1 = plot.bounds()
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM

    def place(x: float, y: float) -> Point:
        return LEFT + (x - x0) / (x1 - x0) * (right - LEFT), bottom - (y - y0) / (y1 - y0) * (bottom - TOP)

    yield _Text((LEFT, 22), plot.title, "start", 15)
    yield _Line(((LEFT, TOP), (LEFT, bottom), (right, bottom)))
    for x in _ticks(x0, x1):
        at, _ = place(x, y0)
        yield _Line(((at, bottom), (at, bottom + 5)))
        yield _Text((at, bottom + 20), f"{x:g}")
    for y in _ticks(y0, y1):
        _, at = place(x0, y)
        yield _Line(((LEFT - 5, at), (LEFT, at)))
        yield _Text((LEFT - 9, at + 4), plot.label(y), "end")
    yield _Text(((LEFT + right) / 2, HEIGHT - 14), plot.x)
    yield _Text((LEFT, TOP - 6), plot.y, "start")
    for i, curve in enumerate(plot.drawn()):
        style = DASHES[i % len(DASHES)], GREYS[i % len(GREYS)], 2.0
        yield _Line(tuple(place(x, y) for x, y in curve.points), *style)
        yield _Line(((right + 14, TOP + 20 * i + 8), (right + 50, TOP + 20 * i + 8)), *style)
        yield _Text((right + 56, TOP + 20 * i + 12), curve.name, "start")


def _ticks(low: float, high: float) -> list[float]:
    """Return three to ten round numbers in an interval: multiples of 1, 2 or 5 times a power of ten."""
    power = 10 ** math.floor(math.log10((high - low) / 2))
    step = next(power * factor for factor in (5, 2, 1) if (high - low) / (power * factor) >= 2)
    return [round(i * step, 12) for i in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def svg(plot: Plot) -> str:
    """Return the plot as an SVG document."""
    drawn = "\n".join(map(_svg_of, _shapes(plot)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' font-family="sans-serif" role="img" aria-label="{escape(plot.title)}">\n'
        f'<rect width="100%" height="100%" fill="white"/>\n{drawn}\n</svg>\n'
    )


def _svg_of(shape: _Line | _Text) -> str:
    if isinstance(shape, _Text):
        (x, y), words = shape.at, escape(shape.words)
        return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{shape.size}" text-anchor="{shape.anchor}">{words}</text>'
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in shape.points)
    dashes = f' stroke-dasharray="{" ".join(map(str, shape.dashes))}"' if shape.dashes else ""
    stroke = f'stroke="rgb({shape.grey},{shape.grey},{shape.grey})" stroke-width="{shape.width:g}"'
    return f'<polyline points="{points}" fill="none" {stroke}{dashes}/>'


def _pillow() -> tuple[Any, Any, Any]:
    """Return Pillow's modules, where it is installed: several megabytes that most people never need."""
    try:
        image_module, draw, font = (import_module(f"PIL.{name}") for name in ("Image", "ImageDraw", "ImageFont"))
    except ImportError:
        raise UsageProblem("A PNG needs Pillow: pip install 'quizkit[pictures]'. Or end the name with .svg.") from None
    return image_module, draw, font


def _save_png(plot: Plot, path: Path) -> None:
    image_module, draw, font = _pillow()
    scale = 2
    image = image_module.new("L", (WIDTH * scale, HEIGHT * scale), 255)
    pen = draw.Draw(image)
    anchors = {"start": "ls", "middle": "ms", "end": "rs"}
    for shape in _shapes(plot):
        if isinstance(shape, _Text):
            at = (shape.at[0] * scale, shape.at[1] * scale)
            pen.text(at, shape.words, 0, font.load_default(shape.size * scale), anchors[shape.anchor])
            continue
        for piece in _dashed(shape):
            pen.line([(x * scale, y * scale) for x, y in piece], shape.grey, round(shape.width * scale))
    image.save(path)


def _dashed(line: _Line) -> Iterator[tuple[Point, ...]]:
    """Yield the pieces of a line that are drawn; Pillow knows no dashes."""
    if not line.dashes:
        yield line.points
        return
    pattern = line.dashes if len(line.dashes) % 2 == 0 else line.dashes * 2
    index, left = 0, float(pattern[0])
    for (x0, y0), (x1, y1) in zip(line.points, line.points[1:], strict=False):
        length, done = math.hypot(x1 - x0, y1 - y0), 0.0
        while length - done > 1e-9:
            taken = min(left, length - done)
            if index % 2 == 0:
                ends = (done / length, (done + taken) / length)
                yield tuple((x0 + share * (x1 - x0), y0 + share * (y1 - y0)) for share in ends)
            done, left = done + taken, left - taken
            if left <= 1e-9:
                index = (index + 1) % len(pattern)
                left = float(pattern[index])
