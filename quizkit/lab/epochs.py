"""Training by epochs, many networks at once: full-batch gradient descent, each epoch yielded as it comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from quizkit.frozen import frozen
from quizkit.lab.activations import Array
from quizkit.lab.data import Data
from quizkit.lab.losses import accuracy, binary_cross_entropy
from quizkit.lab.network import Network, backward, forward
from quizkit.lab.optimiser import descend
from quizkit.lab.units import Bools, active, stuck

BLOWN_UP = 1e3
# a mean loss, in nats, above which a run counts as diverged
HOPELESS = 1e12
# above which it is stopped: runs at a high rate have come back from 1e8
CACHED = 1 << 17
# numbers in the pre-activations of a layer, a megabyte: far beyond that a batch falls out of the cache, and a network
# costs a third more
ROOM = 31 << 20
# bytes: glibc keeps freed arrays for the next ones up to the size of the largest that it has seen freed, at most 32 MB;
# all others it gives back to the system and takes them again page by page, which costs more than what is done with them


@frozen
class Epoch:
    """One full-batch step: what was seen before its update. Each array begins with an axis of networks."""

    number: int
    # from 1
    loss: Array
    # (networks,)
    accuracy: Array
    # on the training samples: (networks,)
    diverged: Bools
    # (networks,): the loss is above BLOWN_UP, or training was stopped
    active: tuple[Array, ...]
    # of each hidden layer, (networks, units): on which share of the samples each unit is on
    stuck: tuple[Bools, ...]
    # of each hidden layer, (networks, units): which units have a slope of nearly 0 on every sample

    @property
    def silent(self) -> tuple[Bools, ...]:
        """Of each hidden layer, (networks, units): which units have z <= 0 on every sample."""
        return tuple(share == 0 for share in self.active)

    def active_in(self, network: int) -> tuple[tuple[float, ...], ...]:
        """Return `active` of one network."""
        return tuple(tuple(layer[network].tolist()) for layer in self.active)


def train(network: Network, data: Data, rate: Array | float, epochs: int) -> Iterator[Epoch]:
    """Train with gradient descent on all samples at once, and yield every epoch.

    A network whose loss passes HOPELESS, or is no number, is stopped; its parameters stay as they are.

    Args:
        network: is changed in place.
        data: what all networks learn, or each its own.
        rate: the learning rate, a number or one for each network, (networks, 1, 1).
        epochs: how many; it ends earlier once every network is stopped.
    """
    np.empty(ROOM, np.uint8)
    rates = np.broadcast_to(np.asarray(rate, float), (len(network), 1, 1))
    batches = [_Batch(network.some(part), data.some(part), rates[part]) for part in _parts(network, data.x.shape[-1])]
    for _ in range(epochs):
        yield _joined([batch.epoch() for batch in batches])
        if all(batch.stopped.all() for batch in batches):
            return


def _parts(network: Network, samples: int) -> list[slice]:
    size = max(1, CACHED // (samples * max(len(weights[0]) for weights in network.weights)))
    return [slice(start, start + size) for start in range(0, len(network), size)]


class _Batch:
    """Networks that are trained together, and where they are."""

    def __init__(self, network: Network, data: Data, rate: Array) -> None:
        self.network, self.data, self.rate = network, data, rate
        self.number = 0
        self.stopped: Bools = np.zeros(len(network), bool)

    def epoch(self) -> Epoch:
        """Look at the networks, then update them."""
        self.number += 1
        with np.errstate(over="ignore", invalid="ignore"):
            passed = forward(self.network, self.data.x)
            loss, delta = binary_cross_entropy(passed.logits, self.data.y)
            self.stopped = self.stopped | ~(loss < HOPELESS)
            seen = Epoch(
                self.number,
                loss,
                accuracy(passed.logits, self.data.y),
                self.stopped | (loss > BLOWN_UP),
                tuple(map(active, passed.pre_activations)),
                tuple(map(stuck, passed.slopes)),
            )
            gradients = backward(self.network, passed, delta)
            if self.stopped.any():
                for gradient in gradients:
                    gradient[self.stopped] = 0
            descend(self.network.parameters, gradients, self.rate)
        return seen


def _joined(parts: Sequence[Epoch]) -> Epoch:
    """Return what several batches saw of one epoch as one."""
    if len(parts) == 1:
        return parts[0]
    loss, right, diverged = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("loss", "accuracy", "diverged")
    )
    layers = ([getattr(part, name) for part in parts] for name in ("active", "stuck"))
    on, flat = (tuple(map(np.concatenate, zip(*each, strict=True))) for each in layers)
    return Epoch(parts[0].number, loss, right, diverged, on, flat)
