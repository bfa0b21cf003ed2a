"""An experiment in several processes: the same steps, the same errors, and nothing left behind."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from quizkit import crew
from quizkit.errors import MachineProblem, UsageProblem
from quizkit.lab.experiment import Settings, Step
from quizkit.lab.experiments.library import EXPERIMENTS, find

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")

FEW = Settings(activation=("relu", "elu", "prelu"), seeds=2, epochs=5, samples=50)


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "WORTH", 0)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2, 3})


def children() -> set[str]:
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text("utf-8").split())


@pytest.mark.parametrize("name", [experiment.name for experiment in EXPERIMENTS if experiment.name != "mine"])
def test_the_steps_are_the_same_in_the_same_order(name: str, always: None) -> None:
    experiment = find(name)
    wanted = {name: value for name, value in FEW.chosen().items() if name in experiment.defaults.chosen()}
    settings = experiment.settings(Settings(**wanted))
    before = children()
    assert list(crew.steps(experiment, settings)) == list(experiment.play(settings))
    assert children() == before


@pytest.mark.parametrize("name", ["bias", "rate", "depth"])
def test_each_activation_is_a_part(name: str, always: None) -> None:
    experiment = find(name)
    settings = experiment.settings(FEW)
    before = children()
    coming = crew.steps(experiment, settings)
    next(coming)
    assert len(children() - before) == len(FEW.activation)


def test_whoever_stops_listening_leaves_no_process(always: None) -> None:
    experiment = find("bias")
    before = children()
    coming = crew.steps(experiment, experiment.settings(replace(FEW, epochs=100_000)))
    next(coming)
    assert children() > before
    del coming
    assert children() == before


def test_what_goes_wrong_there_is_raised_here(always: None) -> None:
    def play(settings: Settings) -> Iterator[Step]:
        yield from find("bias").play(settings)
        raise UsageProblem("enough")

    experiment = replace(find("bias"), play=play)
    coming = crew.steps(experiment, experiment.settings(FEW))
    with pytest.raises(UsageProblem, match="enough"):
        list(coming)


def test_a_part_that_was_killed_is_the_machines_problem(always: None) -> None:
    experiment = find("bias")
    before = children()
    coming = crew.steps(experiment, experiment.settings(replace(FEW, epochs=100_000)))
    next(coming)
    os.kill(int((children() - before).pop()), signal.SIGKILL)
    with pytest.raises(MachineProblem, match="has ended"):
        list(coming)
    assert children() == before


def test_a_system_without_room_for_a_process_is_told(always: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refused)
    experiment = find("bias")
    with pytest.raises(MachineProblem, match="no more processes"):
        next(crew.steps(experiment, experiment.settings(FEW)))


def test_what_takes_less_than_a_second_is_played_here() -> None:
    before = children()
    experiment = find("bias")
    next(crew.steps(experiment, experiment.defaults))
    assert children() == before
