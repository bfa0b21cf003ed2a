"""The deck's task: ten standard normal features, of which the sign of x0 + x1 - x2 is to be learned."""

from __future__ import annotations

import numpy as np

from quizkit.frozen import frozen
from quizkit.lab.activations import Array

SAMPLES, FEATURES = 1000, 10
DECK_SEED = 42


@frozen
class Data:
    """Samples as columns, shared by all networks, or with a leading axis: some for each."""

    x: Array
    # (features, samples) or (networks, features, samples)
    y: Array
    # 0.0 or 1.0: (1, samples) or (networks, 1, samples)

    def some(self, which: slice) -> Data:
        """Return what some of the networks learn."""
        return self if self.x.ndim == 2 else Data(self.x[which], self.y[which])


def linear_task(stream: np.random.RandomState, samples: int = SAMPLES) -> Data:
    """Draw the data of the deck from `stream`: samples row by row, the labels from them."""
    x = np.ascontiguousarray(stream.randn(samples, FEATURES).T)
    return Data(x, (x[:1] + x[1:2] - x[2:3] > 0).astype(np.float64))


def deck_data() -> tuple[Data, np.random.RandomState]:
    """Return the deck's data, and its stream of random numbers where the data end: the weights come from there."""
    stream = np.random.RandomState(DECK_SEED)
    return linear_task(stream), stream


def stacked(tasks: list[Data]) -> Data:
    """Return data of which each network has its own."""
    return Data(np.stack([task.x for task in tasks]), np.stack([task.y for task in tasks]))
