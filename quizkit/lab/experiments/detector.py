"""Counters of dead units: one that looks at the wrong layer, one that asks for zeros, and the right ones."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from quizkit.lab.activations import find, sigmoid
from quizkit.lab.data import FEATURES, deck_data
from quizkit.lab.experiment import Axes, Column, Experiment, Seen, Settings, Step, Steps, Table, among
from quizkit.lab.experiments.deck import UNITS
from quizkit.lab.network import draw, forward
from quizkit.lab.units import silent, stuck

DEFAULTS = Settings(activation=("relu", "leaky-0.01"), bias=(0.0, -3.0, -5.0, -10.0))


def play(settings: Settings) -> Iterator[Step]:
    """Count in the deck's first net, untrained, for each activation and bias."""
    for activation in settings.activations:
        for bias in settings.bias:
            data, stream = deck_data()
            network = draw(find(activation.name), (FEATURES, UNITS, 1), [stream], bias=bias)
            passed = forward(network, data.x)
            [z], [slope], hidden = passed.pre_activations, passed.slopes, passed.inputs[-1]
            counted = {
                "output == 0": np.all(sigmoid(passed.logits) == 0, axis=-1),
                "hidden == 0": np.all(hidden == 0, axis=-1),
                "silent": silent(z),
                "stuck": stuck(slope),
            }
            values = {name: (float(units.sum()),) for name, units in counted.items()}
            yield Step(activation.label, bias, values)


def conclude(_settings: Settings, steps: Steps) -> Seen:
    """Put the counters beside each other."""
    names = ("output == 0", "hidden == 0", "silent", "stuck")
    rows = tuple((s.series, s.at, *(s.total(name) for name in names)) for s in steps)
    columns = (Column("network"), Column("bias", "g"), *(Column(name) for name in names))
    worst = max(steps, key=lambda step: step.total("silent"))
    blind = max(steps, key=lambda step: step.total("silent") - step.total("hidden == 0"))
    wrong = max(step.total("output == 0") for step in steps)
    seen = (
        f"With {worst.series} and bias {worst.at:g}, {among(worst.total('silent'), UNITS, 'hidden units')} are silent;"
        f" the counter that looks at what forward() returns, a sigmoid, never says more than {wrong}."
    )
    if blind.total("silent") > blind.total("hidden == 0"):
        meaning = (
            f"At bias {blind.at:g} asking for zeros finds {blind.total('hidden == 0')} of the {blind.total('silent')}"
            f" silent units of {blind.series}, of which {blind.total('stuck')} are stuck: test z <= 0, and the slope."
        )
    else:
        meaning = "Here the test for zeros in the hidden layer finds every silent unit."
    return Seen(Table(columns, rows), (seen, meaning))


EXPERIMENT = Experiment(
    name="detector",
    question='Why did the counter say "0 dead" whatever happened?',
    defaults=DEFAULTS,
    play=play,
    conclude=conclude,
    axes=Axes("bias of the hidden layer", f"silent units of {UNITS}", "silent"),
)
