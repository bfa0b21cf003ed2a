"""The same weights for both networks, over many draws."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

import numpy as np

from quizkit.lab.data import FEATURES, Data, deck_data, linear_task, stacked
from quizkit.lab.experiment import Axes, Column, Experiment, Seen, Settings, Step, Steps, Table, last
from quizkit.lab.experiments.deck import UNITS
from quizkit.lab.network import draw
from quizkit.lab.training import followed, side_by_side, streams

DEFAULTS = Settings(activation=("relu", "leaky-0.01"), seeds=10, epochs=200, rate=(0.01,))
DECK_DRAWS = 2
# the first two networks of a batch start from the weights that the deck gave to one net each


def play(settings: Settings) -> Iterator[Step]:
    """Train both activations from the deck's two draws, and from a draw of data and weights for each seed."""
    runs = []
    for activation in settings.activations:
        data, drawn = _draws(settings)
        network = draw(activation, (FEATURES, UNITS, 1), drawn)
        where = {activation.label: slice(0, len(drawn))}
        runs.append(followed(network, data, settings.rate[0], settings.count("epochs"), where))
    return side_by_side(*runs)


def _draws(settings: Settings) -> tuple[Data, list[np.random.RandomState]]:
    """Return data for every network, and the streams where their weights come from.

    The deck's two draws follow each other in one stream, so it stands there twice.
    """
    data, stream = deck_data()
    seeds = streams(settings)
    tasks = [linear_task(each) for each in seeds]
    return stacked([data] * DECK_DRAWS + tasks), [stream] * DECK_DRAWS + seeds


def conclude(settings: Settings, steps: Steps) -> Seen:
    """Compare in pairs: the same data, the same weights, another activation."""
    ends = last(steps)
    names = list(ends)
    columns = (Column("draw"), *(Column(f"{name} {what}", form) for name in names for what, form in _SHOWN))
    rows = [(f"the deck's {_ORDINALS[i]}", *_figures(ends, i)) for i in range(DECK_DRAWS)]
    rows.append((f"mean of {settings.seeds} seeds", *_means(ends)))
    return Seen(Table(columns, tuple(rows)), _sentences(ends, names))


_SHOWN = (("loss", ".4f"), ("accuracy", ".1%"))
_ORDINALS = ("first", "second")


def _figures(ends: dict[str, Step], i: int) -> list[float]:
    return [step.values[what][i] for step in ends.values() for what, _ in _SHOWN]


def _means(ends: dict[str, Step]) -> list[float]:
    return [statistics.fmean(step.values[what][DECK_DRAWS:]) for step in ends.values() for what, _ in _SHOWN]


def _sentences(ends: dict[str, Step], names: list[str]) -> tuple[str, str]:
    if len(names) < 2:
        losses = ends[names[0]].values["loss"][DECK_DRAWS:]
        return (
            f"{names[0]} ends between {min(losses):.4f} and {max(losses):.4f}.",
            "A comparison needs two activations.",
        )
    first, second = (ends[name].values["loss"] for name in names[:2])
    pairs = [b - a for a, b in zip(first[DECK_DRAWS:], second[DECK_DRAWS:], strict=True)]
    lower = sum(difference < 0 for difference in pairs)
    on_deck = sum(b < a for a, b in zip(first[:DECK_DRAWS], second[:DECK_DRAWS], strict=True))
    seen = (
        f"From the same weights {names[1]} has the lower loss on {on_deck} of the deck's {DECK_DRAWS} draws"
        f" and for {lower} of {len(pairs)} seeds; the mean difference is {statistics.fmean(pairs):+.4f}."
    )
    spread = max(first[DECK_DRAWS:]) - min(first[DECK_DRAWS:])
    largest = max(map(abs, pairs))
    meaning = (
        f"Over the seeds the loss of {names[0]} spreads by {spread:.4f}, and no pair differs by more than {largest:.4f}"
    )
    return seen, f"{meaning}: {_lesson(spread, largest)}."


def _lesson(spread: float, largest: float) -> str:
    if spread > 2 * largest:
        return "who compares one run of each compares draws, not activations"
    return "here the activation matters as much as the draw"


EXPERIMENT = Experiment(
    name="fair",
    question="Which of the two is better when both start from the same weights?",
    defaults=DEFAULTS,
    play=play,
    conclude=conclude,
    axes=Axes("epoch", "training loss, mean of all draws", "loss"),
)
