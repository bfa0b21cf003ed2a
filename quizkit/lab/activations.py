"""Activations with their slopes: value and derivative together, because they share their exponentials."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from quizkit.errors import UsageProblem, nearest
from quizkit.frozen import frozen
from quizkit.lab.initialisers import Initialiser, he, lecun

Array: TypeAlias = NDArray[np.float64]
Slope: TypeAlias = NDArray[Any]
# floats, or bools where the slope is 0 or 1: a product with them costs less than to make floats of them
Function: TypeAlias = "Callable[[Array, Array | float], tuple[Array, Slope]]"

SELU_SCALE, SELU_ALPHA = 1.0507009873554805, 1.6732632423543772
# Klambauer, Unterthiner, Mayr & Hochreiter 2017, equation 14


@frozen
class Activation:
    """An activation as experiments name it."""

    name: str
    # as it is typed: "leaky-0.2"
    label: str
    function: Function
    # (z, alpha) -> f(z), f'(z)
    alpha: float = 0.0
    learns: bool = False
    # whether alpha is trained, one for each unit
    initialiser: Initialiser = he

    def __call__(self, z: Array, alpha: Array | float | None = None) -> tuple[Array, Slope]:
        """Return f(z) and f'(z), both of the shape of `z`; the slope at a kink is the one from the left."""
        return self.function(z, self.alpha if alpha is None else alpha)


def relu(z: Array, _alpha: Array | float) -> tuple[Array, Slope]:
    """Return max(0, z)."""
    return np.maximum(z, 0.0), z > 0


def leaky_relu(z: Array, alpha: Array | float) -> tuple[Array, Slope]:
    """Return z where it is positive, alpha z elsewhere (Maas, Hannun & Ng 2013)."""
    slope = np.where(z > 0, 1.0, alpha)
    return slope * z, slope


def elu(z: Array, alpha: Array | float) -> tuple[Array, Slope]:
    """Return z where it is positive, alpha (exp(z) - 1) elsewhere (Clevert, Unterthiner & Hochreiter 2016)."""
    below = np.minimum(z, 0.0)
    # exp(z) - 1: expm1 takes eight times as long, for digits near 0 that training does not need
    slope = alpha * np.exp(below)
    return z - below + (slope - alpha), np.where(z > 0, 1.0, slope)


def selu(z: Array, _alpha: Array | float) -> tuple[Array, Slope]:
    """Return the scaled ELU that keeps mean 0 and variance 1 (Klambauer et al. 2017)."""
    value, slope = elu(z, SELU_ALPHA)
    value *= SELU_SCALE
    slope *= SELU_SCALE
    return value, slope


def gelu(z: Array, _alpha: Array | float) -> tuple[Array, Slope]:
    """Return z Φ(z), Φ the distribution function of the standard normal (Hendrycks & Gimpel 2016)."""
    below = normal_cdf(z)
    return z * below, below + z * np.exp(-0.5 * z * z) / math.sqrt(2 * math.pi)


def silu(z: Array, _alpha: Array | float) -> tuple[Array, Slope]:
    """Return z σ(z) (Elfwing, Uchibe & Doya 2018; "swish")."""
    gate = sigmoid(z)
    value = z * gate
    return value, gate + value * (1 - gate)


def sigmoid(t: Array) -> Array:
    """Return 1 / (1 + exp(-t)); where the exponential overflows, 0 is right."""
    with np.errstate(over="ignore"):
        gate: Array = 1 / (1 + np.exp(-t))
    return gate


def normal_cdf(z: Array) -> Array:
    """Return Φ(z) with a relative error below 2e-7, also far to the left.

    NumPy has no erf, and one call of `math.erfc` for each entry would take fifty times as long as the training around
    it. Press, Teukolsky, Vetterling & Flannery, Numerical Recipes, 2nd edition, 6.2: Chebyshev fit of erfc.
    """
    x = np.abs(z) / math.sqrt(2)
    t = 1 / (1 + 0.5 * x)
    fit = np.full_like(t, _ERFC[0])
    for coefficient in _ERFC[1:]:
        fit *= t
        fit += coefficient
    fit -= x * x
    tail = 0.5 * t * np.exp(fit)
    below: Array = np.where(z > 0, 1 - tail, tail)
    return below


_ERFC = (
    0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807,
    -0.18628806, 0.09678418, 0.37409196, 1.00002368, -1.26551223,
)  # fmt: skip
# the highest power first

ACTIVATIONS = (
    Activation("relu", "ReLU", relu),
    Activation("leaky-0.01", "Leaky 0.01", leaky_relu, 0.01),
    Activation("leaky-0.2", "Leaky 0.2", leaky_relu, 0.2),
    Activation("prelu", "PReLU", leaky_relu, 0.25, learns=True),
    # He, Zhang, Ren & Sun 2015 begin with 0.25
    Activation("elu", "ELU", elu, 1.0),
    Activation("selu", "SELU", selu, initialiser=lecun),
    Activation("gelu", "GELU", gelu),
    Activation("silu", "SiLU", silu),
)
_BY_NAME = {activation.name: activation for activation in ACTIVATIONS}


def find(name: str) -> Activation:
    """Return the activation of this name, also one such as "leaky-0.05".

    Raises:
        UsageProblem: there is none.
    """
    folded = name.strip().lower()
    if folded in _BY_NAME:
        return _BY_NAME[folded]
    family, _, number = folded.partition("-")
    if family == "leaky" and number.replace(".", "", 1).isdigit():
        return Activation(folded, f"Leaky {float(number):g}", leaky_relu, float(number))
    names = list(_BY_NAME)
    raise UsageProblem(f"There is no activation {name!r}.{nearest(folded, names)} There are: {', '.join(names)}.")
