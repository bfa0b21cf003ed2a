"""All experiments, in the order in which they tell their story."""

from __future__ import annotations

from quizkit.errors import UsageProblem, nearest
from quizkit.lab.experiment import Experiment
from quizkit.lab.experiments import batch, born, converge, culprits, deck, detector, fair, mine, race, revive, scale

EXPERIMENTS = (
    deck.EXPERIMENT,
    fair.EXPERIMENT,
    converge.EXPERIMENT,
    detector.EXPERIMENT,
    *culprits.EXPERIMENTS,
    born.EXPERIMENT,
    revive.EXPERIMENT,
    race.EXPERIMENT,
    batch.EXPERIMENT,
    scale.EXPERIMENT,
    mine.EXPERIMENT,
)


def find(name: str) -> Experiment:
    """Return the experiment of this name.

    Raises:
        UsageProblem: there is none.
    """
    for experiment in EXPERIMENTS:
        if experiment.name == name:
            return experiment
    names = [experiment.name for experiment in EXPERIMENTS]
    raise UsageProblem(f"There is no experiment {name!r}.{nearest(name, names)} There are: {', '.join(names)}.")
