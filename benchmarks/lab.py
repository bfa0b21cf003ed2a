"""The lab beside what it competes with: python benchmarks/lab.py [--torch PYTHON] [--rounds 9] [--alone].

- the deck's experiment beside the bare NumPy loop of the same products, and beside PyTorch doing the same training on
  one thread of the CPU. `--torch` names the Python of an environment that has torch, where it is not this one; its
  training runs there, the two taking turns, and imports are not counted;
- thirty seeds of `bias` beside thirty single runs one after another, by the clock: with imports left out, and as
  commands that a person would type. Seeds are trained in batches, and the activations by as many processes as there
  are processors; `--alone` leaves these out, and counts the time of one processor;
- every experiment at its default settings, after imports.

Everything on one thread, as the command sets it. All other times are the processors' (user and system), so that other
programs disturb them less.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
# counts only before NumPy is imported, so these stand below

import numpy as np  # noqa: E402

from quizkit import crew  # noqa: E402
from quizkit.lab.experiment import Settings  # noqa: E402
from quizkit.lab.experiments.library import EXPERIMENTS, find  # noqa: E402

EPOCHS, RATE, SEEDS = 200, 0.01, 30


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    start = clock()
    work()
    return clock() - start


def side_by_side(ours: Callable[[], float], theirs: Callable[[], float], rounds: int) -> tuple[float, float, float]:
    """Return the medians of both times, and the median of the ratios of neighbours in time."""
    ours(), theirs()
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )


def told(label: str, figures: tuple[float, float, float], most: float) -> None:
    ours, theirs, ratio = figures
    holds = "holds" if ratio <= most else "MISSED"
    print(f"{label:<44} {ours:7.3f} s {theirs:7.3f} s  ratio {ratio:5.2f}  limit {most:<4} {holds}")


# -- the deck ---------------------------------------------------------------------------------------------------------


def lab_deck() -> None:
    """The experiment as `quizkit lab deck` plays it: every epoch with its loss, accuracy, silent and stuck units."""
    deck = find("deck")
    for _ in deck.play(deck.defaults):
        pass


def _bare(alpha: float, stream: np.random.RandomState, x: np.ndarray, y: np.ndarray) -> tuple[float, float, int]:
    w1, b1 = stream.randn(10, 20) * math.sqrt(2 / 10), np.zeros(20)
    w2, b2 = stream.randn(20, 1) * math.sqrt(2 / 20), np.zeros(1)
    for _ in range(EPOCHS):
        z1 = x @ w1 + b1
        slope = np.where(z1 > 0, 1.0, alpha)
        a1 = slope * z1
        a2 = 1 / (1 + np.exp(-(a1 @ w2 + b2)))
        loss = -np.log(np.where(y > 0, a2, 1 - a2)).mean()
        d2 = (a2 - y) / len(x)
        d1 = d2 @ w2.T * slope
        w2, b2 = w2 - RATE * a1.T @ d2, b2 - RATE * d2.sum(axis=0)
        w1, b1 = w1 - RATE * x.T @ d1, b1 - RATE * d1.sum(axis=0)
    return float(loss), float(((a2 > 0.5) == y).mean()), int((z1 <= 0).all(axis=0).sum())


def bare_deck() -> None:
    stream = np.random.RandomState(42)
    x = stream.randn(1000, 10)
    y = (x[:, :1] + x[:, 1:2] - x[:, 2:3] > 0) * 1.0
    assert round(_bare(0.0, stream, x, y)[0], 4) == 0.5149
    assert round(_bare(0.01, stream, x, y)[0], 4) == 0.5416


TORCH = """
import math, sys, time
import numpy as np
import torch

torch.set_num_threads(1)


def deck():
    stream = np.random.RandomState(42)
    x = torch.from_numpy(stream.randn(1000, 10))
    y = (x[:, :1] + x[:, 1:2] - x[:, 2:3] > 0).double()
    for hidden, printed in ((torch.nn.ReLU(), 0.5149), (torch.nn.LeakyReLU(0.01), 0.5416)):
        net = torch.nn.Sequential(torch.nn.Linear(10, 20), hidden, torch.nn.Linear(20, 1)).double()
        with torch.no_grad():
            for layer, (a, b) in ((net[0], (10, 20)), (net[2], (20, 1))):
                layer.weight.copy_(torch.from_numpy((stream.randn(a, b) * math.sqrt(2 / a)).T.copy()))
                layer.bias.zero_()
        optimiser = torch.optim.SGD(net.parameters(), lr=0.01)
        criterion = torch.nn.BCEWithLogitsLoss()
        for _ in range(200):
            optimiser.zero_grad()
            loss = criterion(net(x), y)
            loss.backward()
            optimiser.step()
        assert round(loss.item(), 4) == printed


for _ in sys.stdin:
    start = time.process_time()
    deck()
    print(time.process_time() - start, flush=True)
"""


class Torch:
    """PyTorch in a process of its own, which trains whenever it is asked to."""

    def __init__(self, python: str) -> None:
        self._process = subprocess.Popen(
            [python, "-c", TORCH], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def deck(self) -> float:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write("again\n")
        return float(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()


# -- seeds ------------------------------------------------------------------------------------------------------------


def played(wanted: Settings, *, alone: bool) -> None:
    """What `quizkit lab bias` does, without showing it: every epoch of every activation, and the conclusion."""
    bias = find("bias")
    settings = bias.settings(wanted)
    bias.conclude(settings, list(bias.play(settings) if alone else crew.steps(bias, settings)))


def one_by_one(wanted: Settings, *, alone: bool) -> None:
    for _ in range(SEEDS):
        played(replace(wanted, seeds=1), alone=alone)


def command(home: str, *words: str) -> float:
    """Return what `quizkit lab bias` takes as a command, imports and table included."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "quizkit", "lab", "bias", "--plain", "--no-predict", *words],
        env={**os.environ, "QUIZKIT_HOME": home},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - start


def compare_deck(python: str, rounds: int) -> None:
    told(
        "deck beside the bare NumPy loop",
        side_by_side(lambda: seconds(lab_deck), lambda: seconds(bare_deck), rounds),
        1.5,
    )
    if python:
        torch = Torch(python)
        told("deck beside PyTorch", side_by_side(lambda: seconds(lab_deck), torch.deck, rounds), 1.0)
        torch.close()


def compare_seeds(rounds: int, *, alone: bool) -> None:
    clock = time.process_time if alone else time.perf_counter
    at_one = Settings(bias=(-5.0,))
    for label, wanted in (("at bias -5", at_one), ("at its four biases", Settings())):
        many = replace(wanted, seeds=SEEDS)
        figures = side_by_side(
            lambda s=many: seconds(lambda: played(s, alone=alone), clock),
            lambda w=wanted: seconds(lambda: one_by_one(w, alone=alone), clock),
            rounds,
        )
        told(f"{SEEDS} seeds of bias, {label}", figures, 0.4)
    if alone:
        return
    with tempfile.TemporaryDirectory() as home:
        for label, words in (("at bias -5", ("--bias", "-5")), ("at its four biases", ())):
            figures = side_by_side(
                lambda w=words: command(home, *w, "--seeds", str(SEEDS)),
                lambda w=words: SEEDS * command(home, *w, "--seeds", "1"),
                rounds,
            )
            told(f"the same as commands, {label}", figures, 0.4)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--torch", default=sys.executable if find_spec("torch") else "")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--alone", action="store_true")
    chosen = parser.parse_args()
    compare_deck(chosen.torch, chosen.rounds)
    compare_seeds(max(1, chosen.rounds // 3), alone=chosen.alone)
    for experiment in EXPERIMENTS:
        settings = experiment.settings(Settings())
        taken = statistics.median(
            seconds(lambda e=experiment, s=settings: e.conclude(s, list(e.play(s)))) for _ in range(3)
        )
        print(f"{experiment.name:<44} {taken:7.2f} s  limit 3    {'holds' if taken < 3 else 'MISSED'}")


if __name__ == "__main__":
    main()
