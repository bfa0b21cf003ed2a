"""What an experiment is: settings in, steps out one by one, and at the end what was seen, from these steps alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

from quizkit.errors import UsageProblem
from quizkit.frozen import frozen, replace
from quizkit.lab import activations
from quizkit.lab.activations import Activation


@frozen
class Settings:
    """What can be set; an experiment obeys those that its defaults fill."""

    activation: tuple[str, ...] = ()
    # names, see `activations.find`
    seeds: int | None = None
    # 0, 1, ... up to here
    epochs: int | None = None
    rate: tuple[float, ...] = ()
    bias: tuple[float, ...] = ()
    # what the first layer's biases begin with
    width: tuple[int, ...] = ()
    # hidden units of each layer
    layers: tuple[int, ...] = ()
    # hidden layers
    samples: int | None = None

    def chosen(self) -> Mapping[str, Any]:
        """Return what is filled."""
        values = {setting.name: getattr(self, setting.name) for setting in fields(self)}
        return {name: value for name, value in values.items() if value not in ((), None)}

    @property
    def activations(self) -> tuple[Activation, ...]:
        """The activations named.

        Raises:
            UsageProblem: there is no activation of such a name.
        """
        return tuple(activations.find(name) for name in self.activation)

    def count(self, name: str) -> int:
        """Return a number that must be there."""
        value = getattr(self, name)
        assert value is not None
        return int(value)


@frozen
class Step:
    """What is known at one point of one curve: after an epoch, a layer, a batch size."""

    series: str
    # the curve: "ReLU", "Leaky 0.2, bias -5"
    at: float
    # the epoch, the layer, ...: where on the horizontal axis
    values: Mapping[str, tuple[float, ...]]
    # "loss", "accuracy", "silent", "stuck", ...: one number for each seed
    units: tuple[tuple[float, ...], ...] = ()
    # of the first seed's network: for each hidden layer the share of the samples on which each unit is on

    def mean(self, name: str) -> float:
        """Return the mean over the seeds."""
        values = self.values[name]
        return sum(values) / len(values)

    def total(self, name: str) -> int:
        """Return the sum over the seeds of something that is counted."""
        return round(sum(self.values[name]))


Steps: TypeAlias = Sequence[Step]
Row: TypeAlias = tuple[Any, ...]
# strings, numbers, and None where there is nothing


@frozen
class Column:
    """A column of a table: what its cells are and how they are written."""

    name: str
    form: str = ""
    # as in format(): ".4f", ".1%"
    nothing: str = "-"
    # stands for None


@frozen
class Table:
    """Figures of one run, for any face."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def texts(self) -> list[tuple[str, ...]]:
        """Return the heading and the rows, written."""
        heading = tuple(column.name for column in self.columns)
        return [heading, *(tuple(map(_written, row, self.columns)) for row in self.rows)]

    def records(self) -> list[dict[str, Any]]:
        """Return each row by the names of the columns, unrounded."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


def _written(cell: Any, column: Column) -> str:
    if cell is None:
        return column.nothing
    return format(cell, column.form) if column.form and not isinstance(cell, str) else str(cell)


@frozen
class Seen:
    """What a run came to."""

    table: Table
    sentences: tuple[str, str]
    # what happened, and what it means: from the figures of this run


@frozen
class Axes:
    """Which curves are drawn."""

    x: str
    # what `Step.at` counts
    y: str
    # the label
    value: str
    # which of `Step.values`
    logarithmic: bool = False
    only: Callable[[Settings], tuple[str, ...]] | None = None
    # the series to draw, where all of them are too many


@dataclass(frozen=True)
class Experiment:
    """One experiment of the lab."""

    name: str
    question: str
    # that it answers
    defaults: Settings
    play: Callable[[Settings], Iterator[Step]]
    conclude: Callable[[Settings, Steps], Seen]
    axes: Axes
    needs_file: bool = False
    parts: Callable[[Settings], tuple[Settings, ...]] = lambda settings: (settings,)
    # settings that can be played at the same time: their steps, taken in turn, are those of the whole

    def settings(self, wanted: Settings) -> Settings:
        """Return the defaults with what is wanted put in.

        Raises:
            UsageProblem: the experiment has no such setting, an activation is unknown, or a number makes no sense.
        """
        unknown = sorted(set(wanted.chosen()) - set(self.defaults.chosen()))
        if unknown:
            known = ", ".join(f"--{name}" for name in self.defaults.chosen()) or "no options"
            raise UsageProblem(f"{self.name} has no --{unknown[0]}. It takes: {known}.")
        settings = replace(self.defaults, **wanted.chosen())
        _check(settings)
        return settings

    def again(self, settings: Settings) -> tuple[str, ...]:
        """Return the words that repeat a run, with what differs from the defaults, as they would be typed."""
        defaults = self.defaults.chosen()
        words = ["quizkit", "lab", self.name]
        for name, value in settings.chosen().items():
            if value != defaults.get(name):
                each = value if isinstance(value, tuple) else (value,)
                words += [word for one in each for word in _option(name, one)]
        return tuple(words)


def _option(name: str, value: Any) -> tuple[str, ...]:
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return f"--{name}", text


def _check(settings: Settings) -> None:
    settings.activations  # noqa: B018 - raises for an unknown one
    for name, (low, high) in _RANGES.items():
        value = getattr(settings, name)
        for number in value if isinstance(value, tuple) else (value,) if value is not None else ():
            if not low <= number <= high:
                raise UsageProblem(f"--{name} {number:g} is out of range: from {low:g} to {high:g}.")


_RANGES: Mapping[str, tuple[float, float]] = {
    "seeds": (1, 1000),
    "epochs": (1, 100_000),
    "rate": (0, 1e6),
    "bias": (-1000, 1000),
    "width": (1, 1000),
    "layers": (1, 200),
    "samples": (10, 100_000),
}


# -- steps, read ------------------------------------------------------------------------------------------------------


def series(steps: Steps) -> tuple[str, ...]:
    """Return the names of the curves in the order in which they began."""
    return tuple(dict.fromkeys(step.series for step in steps))


def last(steps: Steps) -> dict[str, Step]:
    """Return the last step of each curve."""
    return {step.series: step for step in steps}


def listed(words: Sequence[str]) -> str:
    """Return "a", "a and b" or "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def among(number: float, total: float, noun: str) -> str:
    """Return "none of the 20 units", "3 of 20 units", "all 20 units"."""
    if number in (0, total):
        return f"{'none of the' if number == 0 else 'all'} {total:g} {noun}"
    return f"{number:g} of {total:g} {noun}"
