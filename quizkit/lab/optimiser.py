"""Gradient descent."""

from __future__ import annotations

from collections.abc import Sequence

from quizkit.lab.activations import Array


def descend(parameters: Sequence[Array], gradients: Sequence[Array], rate: Array | float) -> None:
    """Move each parameter in place by -rate * gradient; `rate`: a number, or one for each network, (networks, 1, 1)."""
    for parameter, gradient in zip(parameters, gradients, strict=True):
        parameter -= rate * gradient
