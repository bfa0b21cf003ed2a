"""Training as steps: several activations side by side, each a batch of seeds and of what else is varied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, zip_longest

import numpy as np

from quizkit.lab.activations import Activation, Array
from quizkit.lab.data import Data
from quizkit.lab.experiment import Settings, Step
from quizkit.lab.initialisers import Initialiser
from quizkit.lab.network import Bools, Epoch, Network, draw, train


def streams(settings: Settings) -> list[np.random.RandomState]:
    """Return a stream of random numbers for each seed."""
    return [np.random.RandomState(seed) for seed in range(settings.count("seeds"))]


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
        silent, stuck = _share(epoch.silent()), _share(epoch.stuck())
        for name, part in where.items():
            yield _step(name, epoch, part, silent, stuck)


def _step(name: str, epoch: Epoch, part: slice, silent: Array, stuck: Array) -> Step:
    values = {
        "loss": epoch.loss,
        "accuracy": epoch.accuracy,
        "silent": silent,
        "stuck": stuck,
        "diverged": epoch.diverged,
    }
    taken = {key: tuple(value[part].astype(float).tolist()) for key, value in values.items()}
    return Step(name, epoch.number, taken, epoch.active_shares(part.start))


def _share(units: list[Bools]) -> Array:
    """Return the share of all hidden units, (networks,)."""
    share: Array = np.concatenate(units, axis=1).mean(axis=1)
    return share


def side_by_side(*runs: Iterator[Step]) -> Iterator[Step]:
    """Yield a step of each run in turn, so that their curves grow together."""
    for together in zip_longest(*runs):
        yield from (step for step in together if step is not None)


def one_after_another(*runs: Iterator[Step]) -> Iterator[Step]:
    """Yield all steps of one run before those of the next."""
    return chain(*runs)
