"""The deck's ReLU net with more epochs and larger rates, beside logistic regression after one step."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from quizkit.lab.activations import find
from quizkit.lab.data import FEATURES, deck_data
from quizkit.lab.epochs import train
from quizkit.lab.experiment import Axes, Column, Experiment, Seen, Settings, Step, Steps, Table, last, series
from quizkit.lab.experiments.deck import UNITS
from quizkit.lab.network import Network, draw, joined
from quizkit.lab.training import followed, one_after_another

DEFAULTS = Settings(epochs=1000, rate=(0.01, 0.1, 0.5, 1.0))
DECK_EPOCHS = 200
LOGISTIC = "logistic regression"


def play(settings: Settings) -> Iterator[Step]:
    """Train logistic regression for two epochs, then the same net at every rate."""
    data, stream = deck_data()
    relu = find("relu")
    nothing = (np.zeros((1, 1, FEATURES)),), (np.zeros((1, 1, 1)),)
    logistic = followed_logistic(Network(relu, *nothing))
    net = draw(relu, (FEATURES, UNITS, 1), [stream])
    rates = np.array(settings.rate)[:, None, None]
    where = {f"rate {rate:g}": slice(i, i + 1) for i, rate in enumerate(settings.rate)}
    nets = followed(joined([net] * len(settings.rate)), data, rates, settings.count("epochs"), where)
    return one_after_another(logistic, nets)


def followed_logistic(network: Network) -> Iterator[Step]:
    """Yield what a net without a hidden layer knows before and after one step at the deck's rate."""
    for epoch in train(network, deck_data()[0], 0.01, 2):
        yield Step(LOGISTIC, epoch.number, {"loss": (float(epoch.loss[0]),), "accuracy": (float(epoch.accuracy[0]),)})


def conclude(settings: Settings, steps: Steps) -> Seen:
    """Show each rate at the deck's 200 epochs and at the end."""
    marks = sorted({1, DECK_EPOCHS, settings.count("epochs")})
    rows = [
        (name, int(step.at), step.mean("loss"), step.mean("accuracy"))
        for name in series(steps)
        for step in steps
        if step.series == name and (step.at in marks or name == LOGISTIC)
    ]
    ends = last(steps)
    logistic = ends.pop(LOGISTIC)
    names = list(ends)
    slow, best = ends[names[0]], max(ends.values(), key=lambda step: step.mean("accuracy"))
    seen = (
        f"At {names[0]} the net has {_percent(slow)} after {slow.at:.0f} epochs;"
        f" the best net here, at {best.series}, has {_percent(best)}."
    )
    early = next((s for s in steps if s.series == names[0] and s.at == min(DECK_EPOCHS, slow.at)), slow)
    beyond = "more than" if logistic.mean("accuracy") > early.mean("accuracy") else "no more than"
    meaning = (
        f"Logistic regression from zero weights has {_percent(logistic)} after one step, {beyond} the net's"
        f" {_percent(early)} after {early.at:.0f} epochs: the target is linear, and hidden units are not needed for it."
    )
    return Seen(Table(_COLUMNS, tuple(rows)), (seen, meaning))


_COLUMNS = (Column("run"), Column("epoch"), Column("loss", ".4f"), Column("accuracy", ".1%"))


def _percent(step: Step) -> str:
    return f"{step.mean('accuracy'):.1%} accuracy"


EXPERIMENT = Experiment(
    name="converge",
    question="Had the printed run converged, and does the task need hidden units at all?",
    defaults=DEFAULTS,
    play=play,
    conclude=conclude,
    axes=Axes("epoch", "training loss", "loss", logarithmic=True),
)
