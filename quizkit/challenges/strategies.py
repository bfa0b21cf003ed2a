"""How cases are drawn: Hypothesis strategies for the arrays, axes, labels and seeds that challenges are about.

Import it inside a challenge's `draws`, never at the top of a module: Hypothesis costs 0.2 s and is needed only when
nothing kept can be used. Hypothesis draws a shape, a size, a style and a seed, and NumPy fills the array: drawing entry
by entry takes longer, repeats itself more, and the judge makes counterexamples smaller by itself. What is asked for
twice is built once: to build a strategy takes Hypothesis longer than to draw from it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from quizkit.challenges.vocabulary import Array, Case, Seed

SHAPES = ((1,), (2,), (3,), (5,), (1, 3), (2, 3), (3, 2), (4, 1), (2, 3, 2), (2, 1, 4))
# 1-d, 2-d, 3-d, non-square, length 1
SCALES = (1.0, 5.0, 30.0, 30.0, 1e3, 1e4)
# how far the entries of one array reach; beyond 30 an input counts as large


def _spread(rng: np.random.Generator, shape: tuple[int, ...], reach: float) -> Array:
    return rng.uniform(-reach, reach, shape)


def _whole(rng: np.random.Generator, shape: tuple[int, ...], reach: float) -> Array:
    """Few different whole numbers: ties, zeros and neighbours."""
    return np.asarray(rng.integers(-3, 4, shape) * max(1.0, np.floor(reach / 3)))


def _mixed(rng: np.random.Generator, shape: tuple[int, ...], reach: float) -> Array:
    """Sizes of all orders beside each other, zeros among them."""
    sizes = reach * 10.0 ** -rng.integers(0, 6, shape).astype(float)
    return np.asarray(sizes * rng.choice((-1.0, 0.0, 1.0), shape, p=(0.4, 0.2, 0.4)))


def _one_sign(rng: np.random.Generator, shape: tuple[int, ...], reach: float) -> Array:
    return np.asarray(rng.choice((-1.0, 1.0)) * rng.uniform(0.0, reach, shape))


_STYLES: tuple[Callable[[np.random.Generator, tuple[int, ...], float], Array], ...] = (
    _spread,
    _whole,
    _mixed,
    _one_sign,
)


def cases(**fields: SearchStrategy[Any]) -> SearchStrategy[Case]:
    """Draw every field on its own."""
    return st.fixed_dictionaries(fields)


@cache
def fills() -> SearchStrategy[int]:
    """Draw a seed for what NumPy fills in."""
    return st.integers(0, 2**32 - 1)


@cache
def shapes() -> SearchStrategy[tuple[int, ...]]:
    """Draw a shape of one to three dimensions, none of them empty."""
    return st.sampled_from(SHAPES)


@cache
def arrays(shape: tuple[int, ...] | None = None, scales: tuple[float, ...] = SCALES) -> SearchStrategy[Array]:
    """Draw a float64 array: mixed signs, ties and zeros, and every size up to one of `scales`."""

    def fill(shape: tuple[int, ...], reach: float, style: Any, seed: int) -> Array:
        return np.asarray(style(np.random.default_rng((seed, *shape)), shape, reach))

    sizes = st.just(shape) if shape is not None else shapes()
    return st.builds(fill, sizes, st.sampled_from(scales), st.sampled_from(_STYLES), fills())


@cache
def reals(low: float, high: float) -> SearchStrategy[float]:
    """Draw a float between `low` and `high`: whole numbers as often as others."""
    fine = st.floats(low, high, allow_subnormal=False, width=32)
    return st.one_of(st.integers(int(np.ceil(low)), int(np.floor(high))).map(float), fine)


def away_from_zero(x: Array, least: float = 1e-3) -> Array:
    """Return `x` with entries nearer to 0 than `least` moved out to it, keeping their sign (0 counts as positive)."""
    return np.where(np.abs(x) < least, np.where(x < 0, -least, least), x)


@cache
def axes(dimensions: int) -> SearchStrategy[int]:
    """Draw an axis of an array with so many of them, counted from the front or from the back."""
    return st.integers(-dimensions, dimensions - 1)


@cache
def probabilities(shape: tuple[int, ...] | None = None) -> SearchStrategy[Array]:
    """Draw non-negative numbers that sum to 1 along the last axis: one-hot, uniform, with zeros, and any others."""
    sizes = st.just(shape) if shape is not None else st.sampled_from(((2,), (3,), (4,), (1, 3), (2, 3), (3, 2)))
    sharpness = st.sampled_from((0.0, 0.1, 1.0, 1.0, 10.0, 1000.0))
    return st.builds(_probabilities, sizes, sharpness, fills())


@cache
def labels(count: int, classes: int) -> SearchStrategy[Array]:
    """Draw `count` integer labels from 0 to `classes` - 1."""
    return fills().map(lambda seed: np.random.default_rng(seed).integers(0, classes, count))


@cache
def seeds() -> SearchStrategy[Seed]:
    """Draw the seed of a generator."""
    return fills().map(Seed)


@cache
def orders(count: int) -> SearchStrategy[tuple[int, ...]]:
    """Draw an order of `count` things, for properties about permutations."""
    return fills().map(lambda seed: tuple(int(i) for i in np.random.default_rng(seed).permutation(count)))


def _probabilities(shape: tuple[int, ...], sharpness: float, seed: int) -> Array:
    z = np.random.default_rng(seed).normal(size=shape) * sharpness
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True))
