"""The three culprits: a bias, a rate and a depth that silence units, for every activation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

from quizkit.lab.activations import ACTIVATIONS, Activation
from quizkit.lab.data import DECK_SEED, FEATURES, linear_task
from quizkit.lab.experiment import Axes, Column, Experiment, Seen, Settings, Step, Steps, Table, last, listed
from quizkit.lab.training import followed, lanes, side_by_side, varied

ALL = tuple(activation.name for activation in ACTIVATIONS)
# 300 samples show the same deaths as the deck's 1000, three times as fast
BIAS = Settings(activation=ALL, seeds=2, epochs=200, rate=(0.1,), bias=(0.0, -3.0, -5.0, -10.0), width=(20,), samples=300)
RATE = Settings(activation=ALL, seeds=2, epochs=200, rate=(0.1, 1.0, 10.0, 20.0), width=(20,), samples=300)
DEPTH = Settings(activation=ALL, seeds=2, epochs=60, rate=(1.0,), width=(20,), layers=(8,), samples=300)


def play(vary: str, settings: Settings) -> Iterator[Step]:
    """Train every activation at every value of what is varied; the networks of one activation are one batch."""
    return side_by_side(*(_trained(vary, activation, settings) for activation in settings.activations))


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


def _name(label: str, vary: str, level: float) -> str:
    return f"{label}, {vary} {level:g}"


def conclude(vary: str, meaning: Callable[[Settings, dict[str, Step]], str], settings: Settings, steps: Steps) -> Seen:
    """Show where every network ended."""
    ends = last(steps)
    rows = []
    for activation in settings.activations:
        for level in getattr(settings, vary):
            step = ends[_name(activation.label, vary, level)]
            rows.append((activation.label, level, *(step.mean(name) for name in SHOWN), step.total("diverged")))
    columns = (
        Column("network"),
        Column(vary, "g"),
        Column("silent", ".0%"),
        Column("stuck", ".0%"),
        Column("accuracy", ".1%"),
        Column(f"blown up of {settings.seeds}"),
    )
    return Seen(Table(columns, tuple(rows)), (_worst(vary, settings, ends), meaning(settings, ends)))


SHOWN = ("silent", "stuck", "accuracy")


def _worst(vary: str, settings: Settings, ends: dict[str, Step]) -> str:
    """Say which units stopped, at the setting that silenced most."""
    level = max(getattr(settings, vary), key=lambda each: _silenced(vary, settings, ends, each))
    found = [(activation.label, ends[_name(activation.label, vary, level)]) for activation in settings.activations]
    told = listed([f"{label} {s.mean('silent'):.0%} / {s.mean('stuck'):.0%}" for label, s in found])
    return f"At {vary} {level:g}, the share of hidden units that are silent / stuck: {told}."


def _silenced(vary: str, settings: Settings, ends: dict[str, Step], level: float) -> float:
    return sum(ends[_name(each.label, vary, level)].mean("silent") for each in settings.activations)


# -- what it means, for each of the three -----------------------------------------------------------------------------


def _of_bias(settings: Settings, ends: dict[str, Step]) -> str:
    lowest = min(settings.bias)
    return _accuracies("bias", settings, ends, lowest, "what keeps a gradient has a way back, and a steep one is short")


def _of_rate(settings: Settings, ends: dict[str, Step]) -> str:
    return _accuracies("rate", settings, ends, max(settings.rate), "no activation makes every rate safe")


def _of_depth(settings: Settings, ends: dict[str, Step]) -> str:
    return _accuracies("layers", settings, ends, max(settings.layers), "at this rate depth is a matter of care")


def _accuracies(vary: str, settings: Settings, ends: dict[str, Step], level: float, lesson: str) -> str:
    """Name the networks that still learned and those that did not; the lesson only where both are there."""
    found = [(activation.label, ends[_name(activation.label, vary, level)]) for activation in settings.activations]
    good = [f"{label} ({step.mean('accuracy'):.0%})" for label, step in found if step.mean("accuracy") >= LEARNED]
    bad = [f"{label} ({step.mean('accuracy'):.0%})" for label, step in found if step.mean("accuracy") < LEARNED]
    if not bad:
        return f"All of them still reach {LEARNED:.0%} accuracy at {vary} {level:g}: {listed(good)}."
    if not good:
        return f"None of them reaches {LEARNED:.0%} accuracy at {vary} {level:g}: {listed(bad)}."
    return f"At {vary} {level:g} accuracy is {LEARNED:.0%} or more for {listed(good)}, less for {listed(bad)}: {lesson}."


LEARNED = 0.9
# of the training samples


def _experiment(
    vary: str,
    question: str,
    defaults: Settings,
    meaning: Callable[[Settings, dict[str, Step]], str],
    cards: Sequence[str],
) -> Experiment:
    return Experiment(
        name="depth" if vary == "layers" else vary,
        question=question,
        defaults=defaults,
        play=partial(play, vary),
        conclude=partial(conclude, vary, meaning),
        axes=Axes("epoch", "share of hidden units that are silent", "silent"),
        cards=tuple(cards),
    )


EXPERIMENTS = (
    _experiment(
        "bias",
        "Which activations recover from a large negative bias?",
        BIAS,
        _of_bias,
        ("causes-of-death", "bias-minus-ten"),
    ),
    _experiment(
        "rate",
        "From which learning rate on do units die?",
        RATE,
        _of_rate,
        ("causes-of-death", "one-bad-step", "cost-of-dead-units"),
    ),
    _experiment(
        "layers",
        "What does depth do to the units?",
        DEPTH,
        _of_depth,
        ("causes-of-death", "dying-relu-remedies"),
    ),
)
