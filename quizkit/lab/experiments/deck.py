"""The deck's experiment to the printed digit: two nets, each with its own draw."""

from __future__ import annotations

from collections.abc import Iterator

from quizkit.lab.data import FEATURES, deck_data
from quizkit.lab.experiment import Axes, Column, Experiment, Seen, Settings, Step, Steps, Table, last, listed
from quizkit.lab.network import draw
from quizkit.lab.training import followed, side_by_side

UNITS = 20
PRINTED = {"ReLU": (0.5149, 0.7310, 0), "Leaky 0.01": (0.5416, 0.7270, 0)}
# final loss, accuracy and dead units as the deck's table has them
DEFAULTS = Settings(activation=("relu", "leaky-0.01"), epochs=200, rate=(0.01,))


def play(settings: Settings) -> Iterator[Step]:
    """Draw data and weights from one stream, one net after the other, and train both on the full batch."""
    data, stream = deck_data()
    runs = []
    for activation in settings.activations:
        network = draw(activation, (FEATURES, UNITS, 1), [stream])
        where = {activation.label: slice(0, 1)}
        runs.append(followed(network, data, settings.rate[0], settings.count("epochs"), where))
    return side_by_side(*runs)


def conclude(settings: Settings, steps: Steps) -> Seen:
    """Put this run beside the printed table."""
    as_printed = settings == DEFAULTS
    rows = []
    for name, step in last(steps).items():
        measured = (step.mean("loss"), step.mean("accuracy"), round(step.mean("silent") * UNITS))
        rows.append((name, *measured, *(PRINTED[name] if as_printed else (None, None, None))))
    return Seen(Table(_COLUMNS, tuple(rows)), (_outcome(steps, as_printed), _unconverged(steps)))


_COLUMNS = (
    Column("network"),
    Column("loss", ".4f"),
    Column("accuracy", ".2%"),
    Column(f"silent of {UNITS}"),
    Column("loss printed", ".4f"),
    Column("accuracy printed", ".2%"),
    Column("dead printed"),
)


def _outcome(steps: Steps, as_printed: bool) -> str:
    ends = [(step.mean("loss"), name) for name, step in last(steps).items()]
    losses = listed([f"{loss:.4f} for {name}" for loss, name in ends])
    agree = as_printed and all(
        (round(step.mean("loss"), 4), round(step.mean("accuracy"), 4), round(step.mean("silent") * UNITS))
        == PRINTED[name]
        for name, step in last(steps).items()
    )
    silent = listed([f"{round(step.mean('silent') * UNITS)}" for step in last(steps).values()])
    same = "This is the printed table to its last digit" if agree else "The losses end like this"
    return f"{same}: {losses}, with {silent} of {UNITS} units silent; each net had its own draw of weights."


def _unconverged(steps: Steps) -> str:
    falls = []
    for name, end in last(steps).items():
        before = next((step for step in steps if step.series == name and step.at == end.at - 1), None)
        if before is not None:
            falls.append((before.mean("loss") - end.mean("loss"), name))
    if not falls:
        return "One epoch shows nothing of how the losses move."
    fall, name = max(falls)
    if fall <= 1e-5:
        return "No loss falls by more than 0.00001 an epoch at the end."
    return f"The loss of {name} still falls by {fall:.5f} in the last epoch, so the run was stopped, not finished."


EXPERIMENT = Experiment(
    name="deck",
    question="Does Leaky ReLU lose to ReLU, as a much-copied table says?",
    defaults=DEFAULTS,
    play=play,
    conclude=conclude,
    axes=Axes("epoch", "training loss", "loss"),
)
