"""One silent unit that the loss wants awake: how many steps each activation needs, against closed forms."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from quizkit.lab.activations import SELU_ALPHA, SELU_SCALE, Activation
from quizkit.lab.experiment import Axes, Column, Experiment, Seen, Settings, Step, Steps, Table, listed
from quizkit.lab.experiments.culprits import ALL

STARTS = (-0.5, -1.0, -2.0, -5.0)
INPUT = (1.0, 1.0)
PATIENCE = 2000
# steps after which a unit counts as never awake
DEFAULTS = Settings(activation=ALL, rate=(0.1,))


def stride(rate: float) -> float:
    """Return by how much z moves in a step where the slope is 1: rate (|x|² + 1), weights and bias together."""
    return rate * (sum(value * value for value in INPUT) + 1)


def closed_form(activation: Activation, start: float, rate: float) -> float | None:
    """Return about how many steps wake a unit, infinity where it never wakes, None where no simple form is known.

    A constant slope alpha: |z| / (stride alpha). ELU's and SELU's slope is c e^z, so dz/dt = stride c e^z, which gives
    (e^|z| - 1) / (stride c).
    """
    match activation.function.__name__:
        case "relu":
            return math.inf
        case "leaky_relu" if not activation.learns:
            return abs(start) / (stride(rate) * activation.alpha)
        case "elu":
            return math.expm1(abs(start)) / (stride(rate) * activation.alpha)
        case "selu":
            return math.expm1(abs(start)) / (stride(rate) * SELU_SCALE * SELU_ALPHA)
    return None


def play(settings: Settings) -> Iterator[Step]:
    """Let all starts of an activation race at once; the upstream gradient is -1, more output is wanted."""
    for activation in settings.activations:
        steps = _simulated(activation, settings.rate[0])
        for start, count in zip(STARTS, steps, strict=True):
            yield Step(activation.label, start, {"steps": (float(count),)})


def _simulated(activation: Activation, rate: float) -> np.ndarray:
    """Return the steps until z > 0 for each start, infinity for those that are not there in time."""
    z = np.array(STARTS)
    alpha = np.full(len(STARTS), activation.alpha)
    count = np.full(len(STARTS), math.inf)
    for number in range(1, PATIENCE + 1):
        below = np.minimum(z, 0.0)
        z = z + stride(rate) * activation(z, alpha)[1]
        if activation.learns:
            alpha = alpha + rate * below
        count[(z > 0) & np.isinf(count)] = number
        if not np.isinf(count).any():
            break
    return count


def conclude(settings: Settings, steps: Steps) -> Seen:
    """Put the steps counted beside the closed forms."""
    by_label = {activation.label: activation for activation in settings.activations}
    rows = []
    for label, activation in by_label.items():
        mine = [step for step in steps if step.series == label]
        forms = [closed_form(activation, step.at, settings.rate[0]) for step in mine]
        rows.append((label, *(_cell(step.mean("steps"), form) for step, form in zip(mine, forms, strict=True))))
    columns = (Column("activation"), *(Column(f"from {start:g}") for start in STARTS))
    return Seen(Table(columns, tuple(rows)), (_first(steps), _asleep(settings, steps)))


def _cell(counted: float, form: float | None) -> str:
    said = "never" if math.isinf(counted) else f"{counted:.0f}"
    if form is None or math.isinf(form):
        return said
    return f"{said} ({form:.0f})"


def _deepest(steps: Steps) -> list[Step]:
    return [step for step in steps if step.at == min(STARTS)]


def _first(steps: Steps) -> str:
    awake = sorted((s.mean("steps"), s.series) for s in _deepest(steps) if math.isfinite(s.mean("steps")))
    if not awake:
        return f"From z = {min(STARTS):g} none of them wakes within {PATIENCE} steps."
    (fast, first), (slow, late) = awake[0], awake[-1]
    rest = f", the last {late}, after {slow:.0f}" if awake[1:] else ""
    return f"From z = {min(STARTS):g} the first to wake is {first}, after {fast:.0f} steps{rest}."


def _asleep(settings: Settings, steps: Steps) -> str:
    """Name those that did not wake, and those among them that had no slope upwards to begin with."""
    labels = [step.series for step in _deepest(steps) if math.isinf(step.mean("steps"))]
    if not labels:
        return f"All of them wake within {PATIENCE} steps."
    slopes = {each.label: float(each(np.array([min(STARTS)]))[1][0]) for each in settings.activations}
    flat = [label for label in labels if slopes[label] <= 0]
    reason = f" The slope there is 0 or negative for {listed(flat)}." if flat else ""
    return f"Not awake after {PATIENCE} steps: {listed(labels)}.{reason}"


EXPERIMENT = Experiment(
    name="race",
    question="How many steps until one silent unit wakes?",
    defaults=DEFAULTS,
    play=play,
    conclude=conclude,
    axes=Axes("start z", "steps until z > 0", "steps", logarithmic=True),
)
