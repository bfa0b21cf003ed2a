"""Training as steps: several activations side by side, each a batch of seeds and of what else is varied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, zip_longest

import numpy as np

from quizkit.lab.activations import Activation, Array
from quizkit.lab.data import Data
from quizkit.lab.epochs import train
from quizkit.lab.experiment import Settings, Step
from quizkit.lab.initialisers import Initialiser
from quizkit.lab.network import Network, draw
from quizkit.lab.units import Bools

FIRST_SEED = 0


def streams(settings: Settings) -> list[np.random.RandomState]:
    """Return a stream of random numbers for each seed."""
    return [np.random.RandomState(FIRST_SEED + number) for number in range(settings.count("seeds"))]


def varied(
    activation: Activation,
    sizes: tuple[int, ...],
    settings: Settings,
    biases: tuple[float, ...] = (0.0,),
    initialiser: Initialiser | None = None,
) -> Network:
    """Draw a network for each seed and bias, the seeds of one bias together; a seed always gives the same weights."""
    every = [stream for _ in biases for stream in streams(settings)]
    bias = np.repeat(np.array(biases), settings.count("seeds"))[:, None, None]
    return draw(activation, sizes, every, initialiser, bias)


def lanes(names: Iterable[str], seeds: int) -> dict[str, slice]:
    """Return where in a batch the networks of each series stand."""
    return {name: slice(i * seeds, (i + 1) * seeds) for i, name in enumerate(names)}


def followed(
    network: Network, data: Data, rate: Array | float, epochs: int, where: Mapping[str, slice]
) -> Iterator[Step]:
    """Train, and yield a step for each epoch and series; `where` says which networks make a series."""
    for epoch in train(network, data, rate, epochs):
        figures = {
            "loss": epoch.loss.tolist(),
            "accuracy": epoch.accuracy.tolist(),
            "silent": _share(epoch.silent),
            "stuck": _share(epoch.stuck),
            "diverged": epoch.diverged.astype(float).tolist(),
        }
        for name, part in where.items():
            values = {key: tuple(column[part]) for key, column in figures.items()}
            yield Step(name, epoch.number, values, epoch.active_in(part.start))


def _share(units: tuple[Bools, ...]) -> list[float]:
    """Return the share of all hidden units of each network."""
    every = units[0] if len(units) == 1 else np.concatenate(units, axis=1)
    counts: list[float] = (every.sum(axis=1) / every.shape[1]).tolist()
    return counts


def side_by_side(*runs: Iterator[Step]) -> Iterator[Step]:
    """Yield a step of each run in turn, so that their curves grow together."""
    for together in zip_longest(*runs):
        yield from (step for step in together if step is not None)


def one_after_another(*runs: Iterator[Step]) -> Iterator[Step]:
    """Yield all steps of one run before those of the next."""
    return chain(*runs)
