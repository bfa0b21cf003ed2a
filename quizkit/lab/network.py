"""Fully connected networks with one sigmoid output, several at once: forward, backward, and training by epochs.

Shapes: a leading axis of networks (one for each seed, bias or rate), then units, then samples. With the samples last,
every sum over them and every matrix product runs along memory, which is half as fast again as the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from quizkit.lab.activations import Activation, Array, Slope
from quizkit.lab.data import Data
from quizkit.lab.initialisers import Initialiser
from quizkit.lab.losses import accuracy, binary_cross_entropy
from quizkit.lab.optimiser import descend

Bools: TypeAlias = NDArray[np.bool_]

BLOWN_UP = 1e3
# a mean loss, in nats, above which a run counts as diverged
HOPELESS = 1e12
# above which it is stopped: runs at a high rate have come back from 1e8
STUCK = 1e-3
# a unit is stuck where |f'(z)| stays below this on every sample


@dataclass(frozen=True, slots=True)
class Network:
    """The parameters of several networks of one shape; training changes the arrays in place."""

    activation: Activation
    weights: tuple[Array, ...]
    # of each layer: (networks, units, inputs)
    biases: tuple[Array, ...]
    # (networks, units, 1)
    alphas: tuple[Array, ...] = ()
    # of each hidden layer, (networks, units, 1), where the activation learns them

    @property
    def parameters(self) -> tuple[Array, ...]:
        """All arrays that training changes."""
        return (*self.weights, *self.biases, *self.alphas)

    def __len__(self) -> int:
        """Return how many networks there are."""
        return len(self.weights[0])

    def some(self, which: slice) -> Network:
        """Return some of the networks; they share their arrays with these."""
        parts = ([array[which] for array in arrays] for arrays in (self.weights, self.biases, self.alphas))
        return Network(self.activation, *map(tuple, parts))


def draw(
    activation: Activation,
    sizes: Sequence[int],
    streams: Sequence[np.random.RandomState],
    initialiser: Initialiser | None = None,
    bias: float | Array = 0.0,
) -> Network:
    """Draw one network from each stream, layer by layer.

    Args:
        activation: of the hidden layers.
        sizes: of the input, the hidden layers and the output, as in (10, 20, 1).
        streams: where each network's weights come from, an input's weights one after another.
        initialiser: how far weights spread; the activation's own without it.
        bias: what the biases of the first layer begin with, a number or (networks, 1, 1); all others begin with 0.
    """
    std = initialiser or activation.initialiser
    layers = list(pairwise(sizes))
    drawn = [[(stream.randn(a, b) * std(a, b)).T for a, b in layers] for stream in streams]
    weights = tuple(np.ascontiguousarray(np.stack(layer)) for layer in zip(*drawn, strict=True))
    biases = tuple(np.zeros((len(streams), size, 1)) for size in sizes[1:])
    biases[0][:] = bias
    hidden = sizes[1:-1] if activation.learns else ()
    alphas = tuple(np.full((len(streams), size, 1), activation.alpha) for size in hidden)
    return Network(activation, weights, biases, alphas)


def joined(networks: Sequence[Network]) -> Network:
    """Return networks of one activation and shape as one batch, in order; the arrays are copies."""
    fields = ([network.weights for network in networks], [n.biases for n in networks], [n.alphas for n in networks])
    parts = [tuple(np.concatenate(layer) for layer in zip(*field, strict=True)) for field in fields]
    return Network(networks[0].activation, *parts)


# -- forward and backward ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pass:
    """What a forward pass leaves behind for the backward one."""

    inputs: tuple[Array, ...]
    # of each layer: the samples, then the hidden activations
    pre_activations: tuple[Array, ...]
    # z of each hidden layer: (networks, units, samples)
    slopes: tuple[Slope, ...]
    # f'(z)
    logits: Array
    # (networks, 1, samples)


def forward(network: Network, x: Array) -> Pass:
    """Return what the networks make of the samples `x`, (features, samples) or (networks, features, samples)."""
    inputs, pre_activations, slopes = [x], [], []
    hidden = len(network.weights) - 1
    alphas: Sequence[Array | None] = network.alphas or [None] * hidden
    for weights, biases, alpha in zip(network.weights[:-1], network.biases[:-1], alphas, strict=True):
        z = affine(weights, inputs[-1], biases)
        activations, slope = network.activation(z, alpha)
        pre_activations.append(z)
        slopes.append(slope)
        inputs.append(activations)
    logits = affine(network.weights[-1], inputs[-1], network.biases[-1])
    return Pass(tuple(inputs), tuple(pre_activations), tuple(slopes), logits)


def affine(weights: Array, inputs: Array, biases: Array) -> Array:
    """Return W a + b."""
    z: Array = weights @ inputs
    z += biases
    return z


def backward(network: Network, passed: Pass, delta: Array) -> tuple[Array, ...]:
    """Return the gradients of the loss, in the order of `Network.parameters`.

    Args:
        network: the networks, as they were in the forward pass.
        passed: that pass.
        delta: ∂L/∂z of the output layer, (networks, 1, samples).
    """
    weights, biases, alphas = [], [], []
    for layer in reversed(range(len(network.weights))):
        weights.append(delta @ np.swapaxes(passed.inputs[layer], -2, -1))
        biases.append(delta.sum(axis=-1, keepdims=True))
        if layer:
            upstream = _times(np.swapaxes(network.weights[layer], -2, -1), delta)
            if network.alphas:
                below = np.minimum(passed.pre_activations[layer - 1], 0.0)
                alphas.append((upstream * below).sum(axis=-1, keepdims=True))
            delta = upstream
            delta *= passed.slopes[layer - 1]
    return (*reversed(weights), *reversed(biases), *reversed(alphas))


def _times(weights: Array, delta: Array) -> Array:
    """Return the matrix product; for a single output it is an outer one, which takes BLAS twice as long."""
    product: Array = weights * delta if delta.shape[-2] == 1 else weights @ delta
    return product


# -- training ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Epoch:
    """One full-batch step: everything as it was before the update."""

    number: int
    # from 1
    loss: Array
    # (networks,)
    accuracy: Array
    # on the training samples: (networks,)
    diverged: Bools
    # (networks,): the loss is above BLOWN_UP, or training was stopped
    passes: tuple[Pass, ...]
    # of one batch after another

    def silent(self) -> list[Bools]:
        """Return for each hidden layer which units, (networks, units), have z <= 0 on every sample."""
        return [np.concatenate([silent(z) for z in layer]) for layer in self._pre_activations()]

    def stuck(self) -> list[Bools]:
        """Return for each hidden layer which units, (networks, units), have a slope of nearly 0 on every sample."""
        layers = zip(*(passed.slopes for passed in self.passes), strict=True)
        return [np.concatenate([stuck(slope) for slope in layer]) for layer in layers]

    def active_shares(self, network: int = 0) -> tuple[tuple[float, ...], ...]:
        """Return for each hidden layer of one network on which share of the samples each unit is on."""
        batch, place = divmod(network, len(self.passes[0].logits))
        found = (z[batch][place] for z in self._pre_activations())
        return tuple(tuple((z > 0).mean(axis=-1).tolist()) for z in found)

    def _pre_activations(self) -> list[tuple[Array, ...]]:
        return list(zip(*(passed.pre_activations for passed in self.passes), strict=True))


def silent(z: Array) -> Bools:
    """Return which units have a pre-activation z <= 0 on every sample, the last axis."""
    nowhere: Bools = ~(z.max(axis=-1) > 0)
    return nowhere


def stuck(slope: Slope) -> Bools:
    """Return which units have |f'(z)| < STUCK on every sample, the last axis."""
    if slope.dtype == bool:
        flat: Bools = np.logical_not(slope.any(axis=-1))
        return flat
    weak: Bools = np.less(slope.max(axis=-1), STUCK)
    if weak.any():
        weak = np.logical_and(weak, slope.min(axis=-1) > -STUCK)
    return weak


CACHED = 1 << 16
# numbers in the pre-activations of a layer, half a megabyte: beyond that a batch falls out of the cache, and a network
# costs up to twice as much


def train(network: Network, data: Data, rate: Array | float, epochs: int) -> Iterator[Epoch]:
    """Train with gradient descent on all samples at once, and yield every epoch before its update.

    A network whose loss passes HOPELESS, or is no number, is stopped; its parameters stay as they are.

    Args:
        network: is changed in place.
        data: what all networks learn, or each its own.
        rate: the learning rate, a number or one for each network, (networks, 1, 1).
        epochs: how many; it ends earlier once every network is stopped.
    """
    rates = np.broadcast_to(np.asarray(rate, float), (len(network), 1, 1))
    batches = [_Batch(network.some(part), data.some(part), rates[part]) for part in _parts(network, data.x.shape[-1])]
    for number in range(1, epochs + 1):
        for batch in batches:
            batch.look()
        yield _epoch(number, batches)
        if all(batch.stopped.all() for batch in batches):
            return
        for batch in batches:
            batch.learn()


def _parts(network: Network, samples: int) -> list[slice]:
    size = max(1, CACHED // (samples * max(len(weights[0]) for weights in network.weights)))
    return [slice(start, start + size) for start in range(0, len(network), size)]


class _Batch:
    """Networks that are trained together, and where they are in an epoch."""

    def __init__(self, network: Network, data: Data, rate: Array) -> None:
        self.network, self.data, self.rate = network, data, rate
        self.stopped: Bools = np.zeros(len(network), bool)

    def look(self) -> None:
        with np.errstate(over="ignore", invalid="ignore"):
            self.passed = forward(self.network, self.data.x)
            self.loss, self.delta = binary_cross_entropy(self.passed.logits, self.data.y)
        self.stopped = self.stopped | ~(self.loss < HOPELESS)
        self.diverged = self.stopped | (self.loss > BLOWN_UP)
        self.accuracy = accuracy(self.passed.logits, self.data.y)

    def learn(self) -> None:
        with np.errstate(over="ignore", invalid="ignore"):
            gradients = backward(self.network, self.passed, self.delta)
            if self.stopped.any():
                for gradient in gradients:
                    gradient[self.stopped] = 0
            descend(self.network.parameters, gradients, self.rate)


def _epoch(number: int, batches: list[_Batch]) -> Epoch:
    loss, right, diverged = (
        np.concatenate([getattr(batch, name) for batch in batches]) for name in ("loss", "accuracy", "diverged")
    )
    return Epoch(number, loss, right, diverged, tuple(batch.passed for batch in batches))
