"""What every face says of a run of the lab: its table, its sentences, its curves."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import wrap as fill

from quizkit import crew
from quizkit.faces.plots import Curve, Plot, save, text
from quizkit.frozen import frozen
from quizkit.lab.experiment import Experiment, Seen, Settings, Step, Steps, Table, series

PLOT_ROWS = 14


@frozen
class Run:
    """An experiment with its settings, ready to be played."""

    experiment: Experiment
    settings: Settings
    again: str
    # the command that repeats it
    cards: tuple[str, ...] = ()
    # the ids of those that it explains

    def steps(self, *, alone: bool = False) -> Iterator[Step]:
        """Play it, `alone` in this process."""
        return self.experiment.play(self.settings) if alone else crew.steps(self.experiment, self.settings)

    def seen(self, steps: Steps) -> Seen:
        """Return what it came to."""
        return self.experiment.conclude(self.settings, steps)


def report(prepared: Run, steps: Steps, width: int) -> list[str]:
    """Return what a run came to, in lines."""
    seen = prepared.seen(steps)
    return [
        *fill(prepared.experiment.question, width),
        "",
        *text(plot_of(prepared, steps), width, PLOT_ROWS),
        "",
        *aligned(seen.table, width),
        "",
        *(line for sentence in seen.sentences for line in fill(sentence, width)),
        "",
        *epilogue(prepared, width),
    ]


def epilogue(prepared: Run, width: int) -> list[str]:
    """Return how to repeat the run, in one line to be copied, and where to read on."""
    again = f"Again: {prepared.again}"
    if not prepared.cards:
        return [again]
    cards = f"Cards: {', '.join(prepared.cards)} (quizkit study --lab {prepared.experiment.name})"
    return [again, *fill(cards, width)]


def aligned(table: Table, width: int) -> list[str]:
    """Return a table in columns, the first to the left, the others to the right; too wide a one row by row instead."""
    names, *rows = table.texts()
    widths = [max(map(len, [*name.split(), *(row[i] for row in rows)])) for i, name in enumerate(names)]
    if sum(widths) + 2 * (len(widths) - 1) > width:
        return [line for row in rows for line in _told(names, row, width)]
    headings = [fill(name, size) for name, size in zip(names, widths, strict=True)]
    tallest = max(map(len, headings))
    heading = zip(*([""] * (tallest - len(lines)) + lines for lines in headings), strict=True)
    return [_spaced(cells, widths) for cells in (*heading, *rows)]


def _spaced(cells: Iterable[str], widths: list[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(size) for cell, size in others)])


def _told(names: tuple[str, ...], row: tuple[str, ...], width: int) -> list[str]:
    # no line ends between a name and its figure
    cells = (f"{name} {cell}".replace(" ", "\N{NO-BREAK SPACE}") for name, cell in zip(names[1:], row[1:], strict=True))
    return [
        line.replace("\N{NO-BREAK SPACE}", " ")
        for line in fill(f"{row[0]}: {', '.join(cells)}", width, subsequent_indent="  ")
    ]


# -- pictures ---------------------------------------------------------------------------------------------------------


def plot_of(prepared: Run, steps: Steps) -> Plot:
    """Return the curves of a run, or of what has come of it so far."""
    axes = prepared.experiment.axes
    names = axes.only(prepared.settings) if axes.only else series(steps)
    points: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    for step in steps:
        if step.series in points:
            points[step.series].append((step.at, step.mean(axes.value)))
    curves = tuple(Curve(name, tuple(found)) for name, found in points.items())
    return Plot(f"quizkit lab {prepared.experiment.name}", axes.x, axes.y, curves, axes.logarithmic)


def keep_picture(prepared: Run, steps: Steps, picture: Path | None) -> None:
    """Write the picture that was asked for."""
    if picture is not None:
        save(plot_of(prepared, steps), picture)
        print(f"quizkit: the curves are in {picture}.", file=sys.stderr)  # noqa: T201


# -- JSON -------------------------------------------------------------------------------------------------------------
