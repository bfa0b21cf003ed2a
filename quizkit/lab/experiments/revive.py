"""Units that come back: silent after one epoch, active after a later one, counted by layer."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from quizkit.lab.activations import find
from quizkit.lab.data import DECK_SEED, FEATURES, Data, linear_task
from quizkit.lab.epochs import Epoch, train
from quizkit.lab.experiment import Axes, Column, Experiment, Seen, Settings, Step, Steps, Table, last
from quizkit.lab.training import side_by_side, varied

DEFAULTS = Settings(
    activation=("relu",), seeds=2, epochs=200, rate=(10.0, 3.0, 3.0, 1.0), width=(20,), layers=(1, 2, 3, 5), samples=300
)


def play(settings: Settings) -> Iterator[Step]:
    """Train nets of each depth at the rate that goes with it (the last rate for what is left over)."""
    data = linear_task(np.random.RandomState(DECK_SEED), settings.count("samples"))
    rates = settings.rate + settings.rate[-1:] * len(settings.layers)
    runs = (_trained(depth, rate, data, settings) for depth, rate in zip(settings.layers, rates, strict=False))
    return side_by_side(*runs)


def _trained(depth: int, rate: float, data: Data, settings: Settings) -> Iterator[Step]:
    activation = find(settings.activation[0])
    network = varied(activation, (FEATURES, *settings.width[:1] * depth, 1), settings)
    before, revivals = None, np.zeros((len(network), depth), int)
    for epoch in train(network, data, rate, settings.count("epochs")):
        silent = np.stack(epoch.silent, axis=1)
        # (networks, layers, units)
        if before is not None:
            revivals += (before & ~silent).sum(axis=2)
        before = silent
        yield _step(depth, rate, epoch, silent.sum(axis=2), revivals)


def _step(depth: int, rate: float, epoch: Epoch, silent: np.ndarray, revivals: np.ndarray) -> Step:
    values = {"loss": epoch.loss, "accuracy": epoch.accuracy}
    for layer in range(depth):
        values[f"silent in layer {layer + 1}"] = silent[:, layer]
        values[f"revivals in layer {layer + 1}"] = revivals[:, layer]
    values["revivals"] = revivals.sum(axis=1)
    name = f"{depth} hidden, rate {rate:g}"
    return Step(
        name,
        epoch.number,
        {key: tuple(map(float, value)) for key, value in values.items()},
        epoch.active_in(0),
    )


def conclude(settings: Settings, steps: Steps) -> Seen:
    """Sum over the seeds, layer by layer."""
    ends = last(steps)
    rows = []
    for name, step in ends.items():
        silent, revivals = _by_layer(step, "silent"), _by_layer(step, "revivals")
        rows.append((name, _spaced(silent), _spaced(revivals), step.mean("accuracy")))
    columns = (
        Column("net"),
        Column("silent at the end, by layer"),
        Column("revivals, by layer"),
        Column("accuracy", ".1%"),
    )
    first = sum(_by_layer(step, "revivals")[0] for step in ends.values())
    deeper = sum(sum(_by_layer(step, "revivals")[1:]) for step in ends.values())
    seen = (
        f"In {settings.seeds} seeds, silent units of first layers came back {first} times, those above {deeper} times."
    )
    return Seen(Table(columns, tuple(rows)), (seen, _meaning(first, deeper)))


def _meaning(first: int, deeper: int) -> str:
    if first == 0 and deeper:
        return "The inputs of a first layer never move; above it they do, because the layers below learn."
    if first == 0:
        return "Nothing came back in this run."
    return "Here silent units of a first layer have a slope left, so they can come back although their inputs stay."


def _by_layer(step: Step, what: str) -> list[int]:
    return [step.total(name) for name in step.values if name.startswith(f"{what} in layer")]


def _spaced(numbers: list[int]) -> str:
    return " ".join(map(str, numbers))


EXPERIMENT = Experiment(
    name="revive",
    question="Can a dead unit come back?",
    defaults=DEFAULTS,
    play=play,
    conclude=conclude,
    axes=Axes("epoch", "revivals so far, mean of the seeds", "revivals"),
)
