"""How many units a small batch calls dead."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from quizkit.lab.activations import find
from quizkit.lab.data import FEATURES, deck_data
from quizkit.lab.experiment import Axes, Column, Experiment, Seen, Settings, Step, Steps, Table
from quizkit.lab.network import affine, draw
from quizkit.lab.units import silent

UNITS, OTHERS = 200, 50_000
SEED, OTHER_SEED = 0, 1
SIZES = (8, 32, 128, 512, 1000)
DEFAULTS = Settings(bias=(0.0, -1.0, -2.0, -3.0, -5.0))


def play(settings: Settings) -> Iterator[Step]:
    """Count silent units of one untrained layer on all disjoint batches of a size, and on many other samples."""
    data, _ = deck_data()
    net = draw(find("relu"), (FEATURES, UNITS), [np.random.RandomState(SEED)])
    others = np.random.default_rng(OTHER_SEED).standard_normal((FEATURES, OTHERS))
    z, z_others = (affine(net.weights[0], x, net.biases[0])[0] for x in (data.x, others))
    for bias in settings.bias:
        for size in SIZES:
            whole = len(z[0]) // size * size
            batches = (z[:, :whole] + bias).reshape(UNITS, -1, size)
            yield Step(f"bias {bias:g}", size, {"silent": (float(silent(batches).mean()),)})
        yield Step(f"bias {bias:g}", OTHERS, {"silent": (float(silent(z_others + bias).mean()),)})


def conclude(_settings: Settings, steps: Steps) -> Seen:
    """Show each bias in a row, each size in a column."""
    shares = {(step.series, step.at): step.mean("silent") for step in steps}
    names = list(dict.fromkeys(step.series for step in steps))
    sizes = (*SIZES, OTHERS)
    rows = tuple((name, *(shares[name, size] for size in sizes)) for name in names)
    columns = (Column("layer"), *(Column(_size(size), ".1%") for size in sizes))
    gap = max(names, key=lambda name: shares[name, SIZES[0]] - shares[name, SIZES[-1]])
    seen = (
        f"At {gap}, a batch of {SIZES[0]} calls {shares[gap, SIZES[0]]:.1%} of {UNITS} untrained units silent,"
        f" all {SIZES[-1]} samples {shares[gap, SIZES[-1]]:.1%}."
    )
    low = names[-1]
    meaning = (
        f"At {low}, {OTHERS} other samples leave {shares[low, OTHERS]:.1%} of what looked like"
        f" {shares[low, SIZES[-1]]:.1%}: a count on samples is an upper bound."
    )
    return Seen(Table(columns, rows), (seen, meaning))


def _size(size: int) -> str:
    return f"{OTHERS} others" if size == OTHERS else f"all {size}" if size == SIZES[-1] else f"batch {size}"


EXPERIMENT = Experiment(
    name="batch",
    question="How many units does a small batch call dead?",
    defaults=DEFAULTS,
    play=play,
    conclude=conclude,
    axes=Axes("samples looked at", "share of units called silent", "silent"),
)
