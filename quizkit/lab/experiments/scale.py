"""How far activations spread through many layers, for each initialiser and the activations it was made for."""

from __future__ import annotations

from collections.abc import Iterator

from quizkit.lab.activations import Activation
from quizkit.lab.data import Data, deck_data
from quizkit.lab.experiment import Axes, Column, Experiment, Seen, Settings, Step, Steps, Table, last, listed
from quizkit.lab.initialisers import Initialiser, he, lecun, xavier
from quizkit.lab.network import draw, forward
from quizkit.lab.training import streams
from quizkit.lab.units import silent, stuck

DEFAULTS = Settings(activation=("relu", "selu", "gelu"), seeds=3, width=(100,), layers=(50,))
INITIALISERS = {"He": he, "Xavier": xavier, "LeCun": lecun}
MARKS = (1, 2, 5, 10, 20, 30, 50)


def play(settings: Settings) -> Iterator[Step]:
    """Pass the deck's samples through untrained nets of each pair."""
    data, _ = deck_data()
    for activation in settings.activations:
        for name, initialiser in INITIALISERS.items():
            yield from _spread(f"{activation.label}, {name}", activation, initialiser, data, settings)


def _spread(
    name: str, activation: Activation, initialiser: Initialiser, data: Data, settings: Settings
) -> Iterator[Step]:
    """Yield one layer after another; only one layer's arrays are kept."""
    a, drawn = data.x[:, :SAMPLES], streams(settings)
    for layer in range(1, settings.layers[0] + 1):
        one = draw(activation, (a.shape[-2], settings.width[0], 1), drawn, initialiser)
        passed = forward(one, a)
        a = passed.inputs[-1]
        values = {
            "spread": a.std(axis=(1, 2)),
            "silent": silent(passed.pre_activations[0]).mean(axis=1),
            "stuck": stuck(passed.slopes[0]).mean(axis=1),
        }
        yield Step(name, layer, {key: tuple(value.tolist()) for key, value in values.items()})


SAMPLES = 64
# of the deck's: enough to measure a spread, few enough that BLAS starts no threads


def conclude(settings: Settings, steps: Steps) -> Seen:
    """Show the spread at some layers, and how many units of the last one are silent."""
    ends = last(steps)
    marks = sorted({mark for mark in MARKS if mark < settings.layers[0]} | {settings.layers[0]})
    spreads = {(step.series, step.at): step.mean("spread") for step in steps}
    rows = tuple(
        (name, *(spreads[name, mark] for mark in marks), end.mean("silent"), end.mean("stuck"))
        for name, end in ends.items()
    )
    columns = (
        Column("net"),
        *(Column(f"layer {mark}", ".2g") for mark in marks),
        Column("silent", ".0%"),
        Column("stuck", ".0%"),
    )
    kept = [name for name, end in ends.items() if 0.1 <= end.mean("spread") / spreads[name, 1] <= 10]
    seen = f"After {settings.layers[0]} layers the spread is within a factor of 10 of the first layer's for "
    seen += f"{listed(kept)}." if kept else "none of these pairs."
    low = min(ends.values(), key=lambda end: end.mean("spread"))
    meaning = (
        f"The smallest spread is {low.mean('spread'):.1e}, of {low.series}:"
        " a factor a little off in every layer is a power of it in the end."
    )
    return Seen(Table(columns, rows), (seen, meaning))


EXPERIMENT = Experiment(
    name="scale",
    question="Which initialiser keeps the spread of activations through 50 layers?",
    defaults=DEFAULTS,
    play=play,
    conclude=conclude,
    axes=Axes("layer", "standard deviation of the activations", "spread", logarithmic=True),
)
