"""Nets that are dead at birth: the formula against simulation."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from quizkit.lab.data import FEATURES
from quizkit.lab.experiment import Axes, Column, Experiment, Seen, Settings, Step, Steps, Table, series

NETS, INPUTS, SEED = 2000, 32, 0
DEFAULTS = Settings(width=(2, 3, 5, 10), layers=(2, 5, 10, 20, 50))


def born_dead(width: int, depth: int) -> float:
    """Return the probability that the last layer is all zero for one input: 1 - (1 - 2^-width)^depth.

    For zero biases and weights symmetric around 0, each unit of a layer that is not all zero is off with probability
    1/2, independently; cf. Lu, Shin, Su & Karniadakis 2019, "Dying ReLU and Initialization".
    """
    return float(1 - (1 - 2.0**-width) ** depth)


def play(settings: Settings) -> Iterator[Step]:
    """Draw nets of each width layer by layer, and count at each depth asked for those that have gone silent."""
    for width in settings.width:
        yield from _deepened(width, settings.layers)


def _deepened(width: int, depths: tuple[int, ...]) -> Iterator[Step]:
    rng = np.random.default_rng([SEED, width])
    a = rng.standard_normal((NETS, FEATURES, INPUTS))
    for depth in range(1, max(depths) + 1):
        # the scale of weights changes no sign; this one keeps the numbers in range
        weights = rng.standard_normal((NETS, width, a.shape[1])) * np.sqrt(2 / width)
        a = np.maximum(weights @ a, 0)
        if depth in depths:
            dead = ~(a > 0).any(axis=1)
            shares = {"one": dead[:, 0].mean(), "all": dead.all(axis=1).mean(), "formula": born_dead(width, depth)}
            yield Step(f"width {width}", depth, {name: (float(share),) for name, share in shares.items()})


def conclude(_settings: Settings, steps: Steps) -> Seen:
    """Put what was counted beside the formula."""
    rows = tuple((s.series, int(s.at), s.mean("formula"), s.mean("one"), s.mean("all")) for s in steps)
    columns = (
        Column("net"),
        Column("depth"),
        Column("formula", ".3f"),
        Column("one input", ".3f"),
        Column(f"all of {INPUTS} inputs", ".3f"),
    )
    furthest = max(abs(step.mean("formula") - step.mean("one")) for step in steps)
    seen = f"Over {NETS} nets each, the share that is dead for one input is within {furthest:.3f} of the formula."
    return Seen(Table(columns, rows), (seen, _meaning(steps)))


def _meaning(steps: Steps) -> str:
    ends = [[step for step in steps if step.series == name][-1] for name in series(steps)]
    worst, best = max(ends, key=lambda s: s.mean("one")), min(ends, key=lambda s: s.mean("one"))
    if worst is best:
        return f"At depth {worst.at:g}, {worst.series} leaves {worst.mean('one'):.1%} of the nets dead before training."
    return (
        f"At depth {worst.at:g}, {worst.series} leaves {worst.mean('one'):.1%} of the nets dead before training,"
        f" {best.series} {best.mean('one'):.1%}."
    )


EXPERIMENT = Experiment(
    name="born",
    question="How many deep, narrow ReLU nets are dead before training begins?",
    defaults=DEFAULTS,
    play=play,
    conclude=conclude,
    axes=Axes("layers", "share of nets dead for one input", "one"),
)
