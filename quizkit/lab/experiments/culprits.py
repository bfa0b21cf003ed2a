"""The three culprits: a bias, a rate and a depth that silence units, for every activation."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from quizkit.frozen import replace
from quizkit.lab.activations import ACTIVATIONS, Activation
from quizkit.lab.data import DECK_SEED, FEATURES, linear_task
from quizkit.lab.experiment import Axes, Column, Experiment, Seen, Settings, Step, Steps, Table, last, listed
from quizkit.lab.training import followed, lanes, side_by_side, varied

ALL = tuple(activation.name for activation in ACTIVATIONS)
SMALL = Settings(activation=ALL, seeds=2, width=(20,), samples=300)
# 300 samples show the same deaths as the deck's 1000, three times as fast
BIAS = replace(SMALL, epochs=200, rate=(0.1,), bias=(0.0, -3.0, -5.0, -10.0))
RATE = replace(SMALL, epochs=200, rate=(0.1, 1.0, 10.0, 20.0))
DEPTH = replace(SMALL, epochs=60, rate=(1.0,), layers=(8,))


def play(vary: str, settings: Settings) -> Iterator[Step]:
    """Train every activation at every value of what is varied; the networks of one activation are one batch."""
    return side_by_side(*(_trained(vary, activation, settings) for activation in settings.activations))


def _each(settings: Settings) -> tuple[Settings, ...]:
    """Return the settings for each activation by itself."""
    return tuple(replace(settings, activation=(name,)) for name in settings.activation)


def _trained(vary: str, activation: Activation, settings: Settings) -> Iterator[Step]:
    data = linear_task(np.random.RandomState(DECK_SEED), settings.count("samples"))
    levels = getattr(settings, vary)
    layers = settings.layers[0] if settings.layers else 1
    sizes = (FEATURES, *settings.width[:1] * layers, 1)
    biases = levels if vary == "bias" else (0.0,) * len(levels)
    rates = levels if vary == "rate" else settings.rate[:1] * len(levels)
    network = varied(activation, sizes, settings, biases)
    where = lanes([_name(activation.label, vary, level) for level in levels], settings.count("seeds"))
    rate = np.repeat(np.array(rates), settings.count("seeds"))[:, None, None]
    return followed(network, data, rate, settings.count("epochs"), where)


def _extreme(vary: str, settings: Settings) -> tuple[str, ...]:
    """Return the series at the value furthest from 0: all of them would hide each other."""
    level = max(getattr(settings, vary), key=abs)
    return tuple(_name(activation.label, vary, level) for activation in settings.activations)


def _name(label: str, vary: str, level: float) -> str:
    return f"{label}, {vary} {level:g}"


def conclude(vary: str, settings: Settings, steps: Steps) -> Seen:
    """Show where every network ended; `vary` is "bias", "rate" or "layers"."""
    ends = last(steps)
    rows = []
    for activation in settings.activations:
        for level in getattr(settings, vary):
            step = ends[_name(activation.label, vary, level)]
            rows.append((activation.label, level, *(step.mean(name) for name in SHOWN), step.total("diverged")))
    extreme = max(getattr(settings, vary), key=abs)
    meaning = _learned(vary, extreme, settings, ends)
    columns = (
        Column("network"),
        Column(vary, "g"),
        Column("silent", ".0%"),
        Column("stuck", ".0%"),
        Column("accuracy", ".1%"),
        Column(f"diverged of {settings.seeds}"),
    )
    return Seen(Table(columns, tuple(rows)), (_worst(vary, settings, ends), meaning))


SHOWN = ("silent", "stuck", "accuracy")


def _worst(vary: str, settings: Settings, ends: dict[str, Step]) -> str:
    """Say which units stopped, at the setting that silenced most."""
    level = max(getattr(settings, vary), key=lambda each: _silenced(vary, settings, ends, each))
    found = [(activation.label, ends[_name(activation.label, vary, level)]) for activation in settings.activations]
    told = listed([f"{label} {s.mean('silent'):.0%} / {s.mean('stuck'):.0%}" for label, s in found])
    return f"Share of hidden units that are silent / stuck {_at(vary, level)}: {told}."


def _silenced(vary: str, settings: Settings, ends: dict[str, Step], level: float) -> float:
    return sum(ends[_name(each.label, vary, level)].mean("silent") for each in settings.activations)


def _learned(vary: str, level: float, settings: Settings, ends: dict[str, Step]) -> str:
    """Name the networks that still learned and those that did not, and what did not help them."""
    found = [(activation.label, ends[_name(activation.label, vary, level)]) for activation in settings.activations]
    good = [f"{label} ({step.mean('accuracy'):.0%})" for label, step in found if step.mean("accuracy") >= LEARNED]
    poor = [(label, step) for label, step in found if step.mean("accuracy") < LEARNED]
    bad = [f"{label} ({step.mean('accuracy'):.0%})" for label, step in poor]
    where = f"{LEARNED:.0%} accuracy {_at(vary, level)}"
    if not bad:
        return f"All of them reach {where}: {listed(good)}."
    outcome = f"{where.capitalize()}: reached by {listed(good) if good else 'none'}, not by {listed(bad)}"
    unstuck = [label for label, step in poor if not step.mean("stuck")]
    return f"{outcome}, although no unit of {listed(unstuck)} is stuck." if unstuck else f"{outcome}."


def _at(vary: str, level: float) -> str:
    return f"with {level:g} hidden layers" if vary == "layers" else f"at {vary} {level:g}"


LEARNED = 0.85
# of the training samples; at 0.9 one seed in twenty of Leaky 0.2 at bias -10 would fall below


def _experiment(vary: str, question: str, defaults: Settings) -> Experiment:
    return Experiment(
        name="depth" if vary == "layers" else vary,
        question=question,
        defaults=defaults,
        play=partial(play, vary),
        conclude=partial(conclude, vary),
        axes=Axes("epoch", "training accuracy", "accuracy", only=partial(_extreme, vary)),
        parts=_each,
    )


EXPERIMENTS = (
    _experiment("bias", "Which activations recover from a large negative bias?", BIAS),
    _experiment("rate", "From which learning rate on do units die?", RATE),
    _experiment("layers", "What does depth do to the units?", DEPTH),
)
