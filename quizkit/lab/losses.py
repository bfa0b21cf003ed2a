"""The loss of a sigmoid output: mean binary cross-entropy, from logits."""

from __future__ import annotations

import numpy as np

from quizkit.lab.activations import Array


def binary_cross_entropy(logits: Array, labels: Array) -> tuple[Array, Array]:
    """Return the mean loss of each network and its gradient with respect to the logits.

    Args:
        logits: (networks, 1, samples).
        labels: 0 or 1, of a shape that broadcasts to that of `logits`.

    Returns:
        The losses, (networks,), in nats; the gradient (σ(t) - y) / samples, of the shape of `logits`.
    """
    e = np.exp(-np.abs(logits))
    # of a number that is never positive: no overflow, and one exponential for both results
    losses = np.maximum(logits, 0.0) - logits * labels + np.log1p(e)
    probabilities = np.where(logits < 0, e, 1.0) / (1 + e)
    # sums, since means of arrays this small take longer than all the rest
    return losses.sum(axis=(-2, -1)) / logits.shape[-1], (probabilities - labels) / logits.shape[-1]


def accuracy(logits: Array, labels: Array) -> Array:
    """Return the share of samples of each network, (networks,), on whose side of 0.5 the probability lies."""
    share: Array = ((logits > 0) == (labels > 0)).sum(axis=(-2, -1)) / logits.shape[-1]
    return share
