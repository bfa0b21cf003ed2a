"""Plays an experiment in several processes, where the machine has the processors and the work is worth it (Linux)."""

from __future__ import annotations

import math
import os
import pickle
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack

from quizkit.errors import MachineProblem
from quizkit.lab.experiment import Experiment, Settings, Step
from quizkit.lab.training import side_by_side

_FEWER = "Try fewer --seeds, or close what else is running."
_ENDED = f"A process that trained some of the networks has ended, perhaps for want of memory. {_FEWER}"
WORTH = 1.5e8
# numbers in the hidden layers of all networks over all epochs: a second's work, below which nobody would notice


def steps(experiment: Experiment, settings: Settings) -> Iterator[Step]:
    """Play an experiment: the same steps in the same order, however many processes there are."""
    parts = experiment.parts(settings)
    if sys.platform != "linux" or len(parts) < 2 or _work(settings) < WORTH or len(os.sched_getaffinity(0)) < 2:
        return experiment.play(settings)
    return _together(experiment, parts)


def _work(settings: Settings) -> float:
    lengths = (settings.activation, settings.rate, settings.bias, settings.width)
    counts = (settings.seeds, settings.epochs, settings.samples, *settings.width[:1], *settings.layers[:1])
    return math.prod(max(1, len(values)) for values in lengths) * math.prod(count or 1 for count in counts)


def _together(experiment: Experiment, parts: tuple[Settings, ...]) -> Iterator[Step]:
    with ExitStack() as stack:
        players = [stack.enter_context(_Player(experiment, part)) for part in parts]
        yield from side_by_side(*(player.steps() for player in players))


class _Player:
    """A copy of this process that plays a part."""

    def __init__(self, experiment: Experiment, settings: Settings) -> None:
        parent = os.getpid()
        ours, theirs = os.pipe()
        try:
            self._id = os.fork()
        except OSError as error:
            raise MachineProblem(f"The system gives no more processes ({error.strerror}). {_FEWER}") from None
        if self._id == 0:
            os.close(ours)
            _play(parent, experiment, settings, theirs)
        os.close(theirs)
        self._from_there = os.fdopen(ours, "rb")

    def __enter__(self) -> _Player:
        return self

    def __exit__(self, *_: object) -> None:
        """End it, wherever it is."""
        os.kill(self._id, signal.SIGKILL)
        os.waitpid(self._id, 0)
        self._from_there.close()

    def steps(self) -> Iterator[Step]:
        """Yield what it plays; it is never further ahead than a pipe holds."""
        while True:
            try:
                told = pickle.load(self._from_there)  # noqa: S301 - quizkit's own
            except (EOFError, pickle.UnpicklingError):
                raise MachineProblem(_ENDED) from None
            if isinstance(told, Exception):
                raise told
            if told is None:
                return
            yield told


def _play(parent: int, experiment: Experiment, settings: Settings, descriptor: int) -> None:
    from quizkit.judge.jail import die_with_parent

    try:
        die_with_parent(parent)
        with os.fdopen(descriptor, "wb") as there:
            try:
                for step in experiment.play(settings):
                    pickle.dump(step, there)
                pickle.dump(None, there)
            except Exception as error:
                pickle.dump(error, there)
    finally:
        # Ctrl-C in a terminal comes here, too, and so does the parent's end
        os._exit(0)
