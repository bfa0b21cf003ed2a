"""Fully connected networks with one sigmoid output, several at once, forward and backward.

Shapes: a leading axis of networks (one for each seed, bias or rate), then units, then samples. With the samples last,
every sum over them and every matrix product runs along memory, which is half as fast again as the other way round.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from quizkit.frozen import frozen
from quizkit.lab.activations import Activation, Array, Slope
from quizkit.lab.initialisers import Initialiser


@frozen
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


@frozen
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
