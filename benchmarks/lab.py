"""The lab beside what it competes with: python -m benchmarks.lab [ROUNDS].

- the deck's experiment beside the bare NumPy loop of the same products, and beside PyTorch on one thread of the CPU
  (if it is installed: pip install torch);
- thirty seeds of `bias` as one batch beside thirty single runs one after another;
- every experiment at its default settings, after imports.

One BLAS thread, as the command sets it: OPENBLAS_NUM_THREADS=1 python -m benchmarks.lab
"""

from __future__ import annotations

import math
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec

import numpy as np

from quizkit.lab.experiment import Settings
from quizkit.lab.experiments.library import EXPERIMENTS, find

EPOCHS, RATE, SEEDS = 200, 0.01, 30


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def side_by_side(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> tuple[float, float, float]:
    """Return the medians of both, and the median of the ratios of neighbours in time."""
    ours(), theirs()
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(rounds)]
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )


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


def torch_deck() -> None:
    import torch

    torch.set_num_threads(1)
    stream = np.random.RandomState(42)
    x = torch.from_numpy(stream.randn(1000, 10))
    y = (x[:, :1] + x[:, 1:2] - x[:, 2:3] > 0).double()
    for hidden in (torch.nn.ReLU(), torch.nn.LeakyReLU(0.01)):
        net = torch.nn.Sequential(torch.nn.Linear(10, 20), hidden, torch.nn.Linear(20, 1)).double()
        with torch.no_grad():
            for layer, (a, b) in ((net[0], (10, 20)), (net[2], (20, 1))):
                layer.weight.copy_(torch.from_numpy((stream.randn(a, b) * math.sqrt(2 / a)).T.copy()))
                layer.bias.zero_()
        optimiser = torch.optim.SGD(net.parameters(), lr=RATE)
        criterion = torch.nn.BCEWithLogitsLoss()
        for _ in range(EPOCHS):
            optimiser.zero_grad()
            loss = criterion(net(x), y)
            loss.backward()
            optimiser.step()
        assert round(float(loss), 4) in (0.5149, 0.5416)


# -- seeds ------------------------------------------------------------------------------------------------------------


def played(wanted: Settings) -> None:
    """What `quizkit lab bias` does, without showing it: every epoch of every activation, and the conclusion."""
    bias = find("bias")
    settings = bias.settings(wanted)
    bias.conclude(settings, list(bias.play(settings)))


def one_by_one(wanted: Settings) -> None:
    for _ in range(SEEDS):
        played(replace(wanted, seeds=1))


def main(rounds: int = 9) -> None:
    """Measure and print."""
    print(f"Medians of {rounds} rounds, one BLAS thread; ratio: ours over theirs, round by round.")
    rivals = {"the bare NumPy loop": (bare_deck, 1.5)}
    if find_spec("torch"):
        rivals["PyTorch, one thread"] = (torch_deck, 1.0)
    for name, (rival, most) in rivals.items():
        ours, theirs, ratio = side_by_side(lab_deck, rival, rounds)
        print(f"deck beside {name:<24} {ours:7.3f} s {theirs:7.3f} s  ratio {ratio:5.2f}  wanted at most {most}")
    for label, wanted in (("at bias -5", Settings(bias=(-5.0,))), ("at all its biases", Settings())):
        ours, theirs, ratio = side_by_side(
            lambda w=wanted: played(replace(w, seeds=SEEDS)), lambda w=wanted: one_by_one(w), max(1, rounds // 3)
        )
        label = f"{SEEDS} seeds of bias, {label}"
        print(f"{label:<36} {ours:7.3f} s {theirs:7.3f} s  ratio {ratio:5.2f}  wanted at most 0.4")
    for experiment in EXPERIMENTS:
        settings = experiment.settings(Settings())
        taken = statistics.median(
            seconds(lambda e=experiment, s=settings: e.conclude(s, list(e.play(s)))) for _ in range(3)
        )
        print(f"{experiment.name:<36} {taken:7.2f} s  wanted under 3")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
