"""The user's own activation and slope train the network, beside the lab's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from quizkit.lab.activations import Activation, find
from quizkit.lab.data import FEATURES, deck_data
from quizkit.lab.experiment import Axes, Column, Experiment, Seen, Settings, Step, Steps, Table, last
from quizkit.lab.experiments.deck import UNITS
from quizkit.lab.network import draw
from quizkit.lab.training import followed, side_by_side

PAIRS: Mapping[str, str] = MappingProxyType(
    {
        "relu": "relu",
        "leaky_relu": "leaky-0.01",
        "elu": "elu",
        "selu": "selu",
        "gelu": "gelu",
        "silu": "silu",
    }
)
# the challenge whose function is used, with its partner NAME_grad: the lab's own activation for it
YOURS = "yours"
SAME = 1e-6
# losses that differ by less than this are the same: the lab's GELU is exact to seven digits


def experiment(pair: str, mine: Activation) -> Experiment:
    """Return the experiment in which `mine`, written as the challenge `pair`, trains beside the lab's own."""
    theirs = find(PAIRS[pair])

    def play(settings: Settings) -> Iterator[Step]:
        runs = []
        for name, activation in ((YOURS, mine), (theirs.label, theirs)):
            data, stream = deck_data()
            network = draw(activation, (FEATURES, UNITS, 1), [stream], theirs.initialiser, settings.bias[0])
            where = {name: slice(0, 1)}
            runs.append(followed(network, data, settings.rate[0], settings.count("epochs"), where))
        return side_by_side(*runs)

    return Experiment(
        name="mine",
        question="What is your whiteboard code worth?",
        defaults=Settings(epochs=200, rate=(0.5,), bias=(-3.0,)),
        play=play,
        conclude=conclude,
        axes=Axes("epoch", "training loss", "loss"),
        needs_file=True,
    )


def conclude(_settings: Settings, steps: Steps) -> Seen:
    """Say whether the user's pair trains as the lab's does."""
    ends = last(steps)
    rows = tuple(
        (name, *(step.mean(what) for what in ("loss", "accuracy", "silent", "stuck"))) for name, step in ends.items()
    )
    mine, (theirs, other) = ends[YOURS], next((name, step) for name, step in ends.items() if name != YOURS)
    losses = {(step.series, step.at): step.mean("loss") for step in steps}
    parting = [at for name, at in losses if name == YOURS and _differs(losses, at, theirs)]
    return Seen(Table(_COLUMNS, rows), (_where(mine, other, parting), _worth(mine, other, parting)))


_COLUMNS = (
    Column("network"),
    Column("loss", ".4f"),
    Column("accuracy", ".1%"),
    Column("silent", ".0%"),
    Column("stuck", ".0%"),
)


def _differs(losses: dict[tuple[str, float], float], at: float, theirs: str) -> bool:
    mine, other = losses[YOURS, at], losses.get((theirs, at))
    return other is not None and not abs(mine - other) <= SAME * max(1.0, abs(other))


def _where(mine: Step, other: Step, parting: list[float]) -> str:
    if not parting:
        same = f"Your pair and the lab's {other.series} have the same loss in every epoch"
        return f"{same}, {mine.mean('loss'):.4f} at the end."
    return (
        f"The losses part in epoch {min(parting):.0f}: after {mine.at:.0f} epochs yours is {mine.mean('loss'):.4f},"
        f" the lab's {other.mean('loss'):.4f}."
    )


def _worth(mine: Step, other: Step, parting: list[float]) -> str:
    if not parting:
        return f"It trains a network: {mine.mean('accuracy'):.1%} accuracy."
    # the first loss is read before any slope is used
    what = "the value is off" if min(parting) == 1 else "the values agreed in the first epoch, so look at the slope"
    reached = f"{mine.mean('accuracy'):.1%} accuracy against {other.mean('accuracy'):.1%}"
    return f"It gives {reached}; {what}. `quizkit challenge` shows a small counterexample."


EXPERIMENT = experiment("leaky_relu", find("leaky-0.01"))
# as it is listed, before there is a file
