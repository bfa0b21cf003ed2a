"""Random initial weights: He, Xavier (normal and uniform) and LeCun, for dense layers and convolutions.

Any stream of random numbers may be right, so values are not compared. The mean, the spread and the tails of the weights
are measured instead, against Chernoff bounds that hold for every number of weights: large layers are judged finely,
small ones are left alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from quizkit.challenges.vocabulary import (
    Array,
    Candidate,
    Case,
    Challenge,
    Floats,
    FollowUp,
    Property,
    Seed,
    Tolerance,
    close,
    holds,
    numbers,
    prop,
)

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Shape = tuple[int, ...]

UNLIKELY = 32.0
# nats: one look at a right answer goes wrong with probability 2 exp(-32) = 3e-14, so a thousand looks stay below 1e-10
BEYOND_TWO = math.erfc(math.sqrt(2.0))
# the share of normal numbers that lie more than two standard deviations from their mean: 4.6 %


# -- the functions ----------------------------------------------------------------------------------------------------


def he_init(shape: Shape, rng: np.random.Generator, a: float = 0.0) -> Array:
    """Draw the first weights of a layer in front of a ReLU, as He proposed.

    `shape` is (in, out) for a dense layer used as X @ W, or (kh, kw, in, out) for a convolution. Return a new float
    array of that shape with independent normal entries of mean 0 and standard deviation
    sqrt(2 / ((1 + a**2) * fan_in)). fan_in is the number of inputs that one output adds up: in for a dense layer,
    kh * kw * in for a convolution. `a` is the slope of a leaky ReLU for negative input; 0.0 means a plain ReLU.
    `rng` is a numpy.random.Generator: take every random number from it, so that the seed alone decides the weights.
    """
    fan_in = math.prod(shape[:-1])
    # a ReLU keeps half of the mean square of a symmetric input, a leaky one (1 + a^2) / 2: the factor makes up for it
    std = math.sqrt(2.0 / ((1.0 + a**2) * fan_in))
    return rng.normal(0.0, std, shape)


def xavier_init(shape: Shape, rng: np.random.Generator) -> Array:
    """Draw the first weights of a layer by Xavier's (Glorot's) rule, normally distributed.

    `shape` is (in, out) for a dense layer used as X @ W, or (kh, kw, in, out) for a convolution. Return a new float
    array of that shape with independent normal entries of mean 0 and standard deviation sqrt(2 / (fan_in + fan_out)).
    For a dense layer fan_in is in and fan_out is out; a convolution multiplies both by kh * kw.
    `rng` is a numpy.random.Generator: take every random number from it, so that the seed alone decides the weights.
    """
    fan_in, fan_out = _fans(shape)
    # 1 / fan_in would keep the variance of the activations, 1 / fan_out that of the gradients: the mean fan is between
    return rng.normal(0.0, math.sqrt(2.0 / (fan_in + fan_out)), shape)


def xavier_uniform(shape: Shape, rng: np.random.Generator) -> Array:
    """Draw the first weights of a layer by Xavier's (Glorot's) rule, uniformly distributed.

    `shape` is (in, out) for a dense layer used as X @ W, or (kh, kw, in, out) for a convolution. Return a new float
    array of that shape with independent entries, uniform between -limit and limit = sqrt(6 / (fan_in + fan_out)).
    For a dense layer fan_in is in and fan_out is out; a convolution multiplies both by kh * kw.
    `rng` is a numpy.random.Generator: take every random number from it, so that the seed alone decides the weights.
    """
    fan_in, fan_out = _fans(shape)
    # numbers between -limit and limit have variance limit^2 / 3, which makes this 2 / (fan_in + fan_out)
    limit = math.sqrt(6.0 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, shape)


def lecun_init(shape: Shape, rng: np.random.Generator) -> Array:
    """Draw the first weights of a layer by LeCun's rule, normally distributed.

    `shape` is (in, out) for a dense layer used as X @ W, or (kh, kw, in, out) for a convolution. Return a new float
    array of that shape with independent normal entries of mean 0 and standard deviation sqrt(1 / fan_in). fan_in is the
    number of inputs that one output adds up: in for a dense layer, kh * kw * in for a convolution.
    `rng` is a numpy.random.Generator: take every random number from it, so that the seed alone decides the weights.
    """
    # a sum of fan_in products, each of variance 1 / fan_in, has the variance of one input
    fan_in = math.prod(shape[:-1])
    return rng.normal(0.0, math.sqrt(1.0 / fan_in), shape)


def _fans(shape: Shape) -> tuple[int, int]:
    """Return how many inputs one output adds up, and to how many outputs one input goes."""
    *kernel, inputs, outputs = shape
    positions = math.prod(kernel)
    return positions * inputs, positions * outputs


# -- cases ------------------------------------------------------------------------------------------------------------


def _shapes() -> SearchStrategy[Shape]:
    from hypothesis import strategies as st

    size, kernel, channels = st.integers(1, 40), st.integers(1, 3), st.integers(1, 12)
    return st.one_of(st.tuples(size, size), st.tuples(kernel, kernel, channels, channels))


def draws() -> SearchStrategy[Case]:
    """Draw the shape of a dense layer or of a convolution, and a seed."""
    from quizkit.challenges import strategies as s

    return s.cases(shape=_shapes(), rng=s.seeds())


def draws_with_slope() -> SearchStrategy[Case]:
    """Draw a shape, a seed, and sometimes the slope of a leaky ReLU."""
    from hypothesis import strategies as st

    from quizkit.challenges import strategies as s

    slopes = st.sampled_from((0.0, 0.01, 0.2, 0.5, 1.0, 2.0, 3.0))
    return st.fixed_dictionaries({"shape": _shapes(), "rng": s.seeds()}, optional={"a": slopes})


def _layer_stays(case: dict[str, Any]) -> dict[str, Any] | None:
    """A layer has two dimensions or four, none of them empty; more weights than the largest hard case show no more."""
    shape = case["shape"]
    legal = len(shape) in (2, 4) and all(isinstance(size, int) and size >= 1 for size in shape)
    return case if legal and math.prod(shape) <= 80_000 else None


HARD: tuple[Case, ...] = tuple(
    {"shape": shape, "rng": Seed(seed)}
    for seed, shape in enumerate(
        (
            (2, 3),
            (1, 1),
            (10, 100),
            (100, 10),
            (3, 3, 4, 30),
            (5, 1, 30, 8),
            (1, 1, 10, 100),
            (2, 3, 8, 25),
            (30, 40),
            (64, 128),
            (3, 3, 16, 64),
            (200, 400),
            (400, 200),
            # square layers cannot tell fan_in from fan_out; 80,000 weights show a spread that is 3 % off
            (7, 7, 4, 6),
            # a kernel that weighs as much as the channels: its sizes may be neither left out, nor added
        )
    )
)
LEAKY: tuple[Case, ...] = (
    {"shape": (30, 40), "rng": Seed(20), "a": 1.0},
    {"shape": (20, 60), "rng": Seed(21), "a": 3.0},
    {"shape": (30, 40), "rng": Seed(22), "a": 0.0},
    {"shape": (3, 3, 5, 30), "rng": Seed(23), "a": 2.0},
    {"shape": (64, 64), "rng": Seed(24), "a": 0.5},
)


# -- what is true of every right answer -------------------------------------------------------------------------------


def surprise_of_mean(weights: Floats) -> float:
    """Return, in nats, how unlikely so large a mean is for independent symmetric numbers, whatever their size.

    Hoeffding's bound: |sum| > x * norm happens with probability 2 exp(-x^2 / 2) at most.
    """
    energy = float(np.sum(weights**2))
    return float(weights.sum() ** 2) / (2 * energy) if energy else 0.0


def surprise_of_spread(weights: Floats, std: float) -> float:
    """Return, in nats, how unlikely the mean square of the weights is when their standard deviation is `std`.

    Chernoff's bound for the mean square r of n standard normal numbers: exp(-n / 2 * (r - 1 - ln r)) on either side.
    It holds for uniform numbers of the same variance, too, whose squares vary less.
    """
    r = float(np.mean(weights**2)) / std**2
    return weights.size / 2 * (r - 1 - math.log(r)) if r > 0 else math.inf


def surprise_of_tails(weights: Floats, std: float) -> float:
    """Return, in nats, how unlikely it is that so many of n normal numbers lie beyond two standard deviations.

    Chernoff's bound for a share p where q is expected: exp(-n * KL(p || q)).
    """
    p = float(np.mean(np.abs(weights) > 2 * std))
    divergence = sum(x * math.log(x / y) for x, y in ((p, BEYOND_TWO), (1 - p, 1 - BEYOND_TWO)) if x > 0)
    return weights.size * divergence


def _spread_is(std: float, weights: Floats) -> None:
    root = float(np.sqrt(np.mean(weights**2)))
    holds(_spread_fits(std, weights), "the standard deviation of the weights is off", _short(root), _short(std))


def _spread_fits(std: float, weights: Floats) -> bool:
    return surprise_of_spread(weights, std) <= UNLIKELY


def _short(number: float) -> float:
    """Return what a person compares: four digits."""
    return float(f"{number:.4g}")


def _drawn(f: Candidate, shape: Shape, rng: Seed, *slope: float, **named: float) -> Floats:
    weights = numbers(f(shape, rng, *slope, **named)).astype(float)
    holds(weights.size, "there are no weights", weights)
    return weights


@prop("rng decides the weights", hint="Take every random number from the generator that you are given.")
def rng_decides(f: Candidate, shape: Shape, rng: Seed) -> None:
    """Generators with the same seed give the same weights, also when `rng` is passed by name."""
    close(f(shape, rng=rng), f(shape, rng), "two generators with the same seed gave different weights", Tolerance(0, 0))


@prop("another seed, other weights", hint="Which of your lines takes something from `rng`?")
def another_seed(f: Candidate, shape: Shape, rng: Seed) -> None:
    """Generators with different seeds give different weights."""
    if math.prod(shape) < 6:
        return  # a few numbers in single precision may coincide
    first, second = f.many([(shape, rng), (shape, Seed(rng.seed ^ 1))])
    holds(np.any(numbers(first) != numbers(second)), "generators with different seeds gave the same weights", first)


@prop("centred on zero", hint="Can your random numbers be negative? What do they average to?")
def centred_on_zero(f: Candidate, shape: Shape, rng: Seed) -> None:
    """The weights average to 0, as nearly as chance allows."""
    weights = _drawn(f, shape, rng)
    likely = surprise_of_mean(weights) <= UNLIKELY
    holds(likely, "the mean of the weights is too far from 0", _short(weights.mean()), 0.0)


def _spread_of_a_dense_layer(std: Callable[[Shape], float], hint: str) -> Property:
    @prop("spread of a dense layer", hint=hint)
    def check(f: Candidate, shape: Shape, rng: Seed) -> None:
        """The weights of a dense layer have the standard deviation of the formula, as nearly as chance allows."""
        if len(shape) == 2:
            _spread_is(std(shape), _drawn(f, shape, rng))

    return check


def _spread_of_a_convolution(std: Callable[[Shape], float], hint: str) -> Property:
    @prop("spread of a convolution", hint=hint)
    def check(f: Candidate, shape: Shape, rng: Seed) -> None:
        """The weights of a convolution have the standard deviation of the formula, as nearly as chance allows."""
        if len(shape) != 4:
            return
        dense = math.prod(shape[:-1]), shape[-1]
        if _spread_fits(std(dense), _drawn(f, dense, rng)):
            # where dense layers are off, too, it is not the window that is miscounted
            _spread_is(std(shape), _drawn(f, shape, rng))

    return check


def _normal(std: Callable[[Shape], float]) -> Property:
    @prop("normal, not uniform", hint="How far from 0 may a normal number lie, and how far a uniform one?")
    def check(f: Candidate, shape: Shape, rng: Seed) -> None:
        """About 4.6 % of the weights lie more than two standard deviations from 0."""
        weights = _drawn(f, shape, rng)
        if not _spread_fits(std(shape), weights) or surprise_of_mean(weights) > UNLIKELY:
            return  # that is another fault
        likely = surprise_of_tails(weights, std(shape)) <= UNLIKELY
        share = float(np.mean(np.abs(weights) > 2 * std(shape)))
        holds(likely, "the share of weights beyond two standard deviations is off", _short(share), _short(BEYOND_TWO))

    return check


def he_std(shape: Shape, a: float = 0.0) -> float:
    """Return the standard deviation of He's rule."""
    return math.sqrt(2.0 / ((1.0 + a**2) * _fans(shape)[0]))


def xavier_std(shape: Shape) -> float:
    """Return the standard deviation of Xavier's rule."""
    return math.sqrt(2.0 / sum(_fans(shape)))


def lecun_std(shape: Shape) -> float:
    """Return the standard deviation of LeCun's rule."""
    return math.sqrt(1.0 / _fans(shape)[0])


@prop("slope of a leaky ReLU", hint="A leaky unit keeps a**2 of the other half's energy. What is left to make up?")
def slope_of_a_leaky_relu(f: Candidate, shape: Shape, rng: Seed, a: float) -> None:
    """With a slope `a` the standard deviation is sqrt(2 / ((1 + a**2) * fan_in)), by name and by position."""
    if _spread_fits(he_std(shape), _drawn(f, shape, rng)):
        # where it is off without a slope, too, the slope is not to blame
        _spread_is(he_std(shape, a), _drawn(f, shape, rng, a=a))
        _spread_is(he_std(shape, a), _drawn(f, shape, rng, a))


@prop("within the limits", hint="Between which limits do you draw? Does your distribution have any?")
def within_the_limits(f: Candidate, shape: Shape, rng: Seed) -> None:
    """No weight is larger in size than sqrt(6 / (fan_in + fan_out))."""
    weights, std = _drawn(f, shape, rng), xavier_std(shape)
    if weights.size < 100 or not _spread_fits(std, weights):
        return  # in a large layer a wrong limit shows as another spread, which says more
    limit, largest = math.sqrt(3.0) * std, float(np.max(np.abs(weights)))
    # the factor leaves room for a limit rounded to single precision
    holds(largest <= limit * (1 + 1e-6), "a weight lies beyond the limit", _short(largest), _short(limit))


# -- challenges -------------------------------------------------------------------------------------------------------

LAYOUTS = FollowUp(
    "Your framework stores a dense layer as (out, in). What changes?",
    "It computes X @ W.T, so fan_in is shape[1]. The rule is about the numbers that one output adds up, "
    "not about a position in the shape.",
)
BIASES = FollowUp(
    "Why may biases start at zero, but not the weights?",
    "With equal weights all units of a layer compute the same and get the same gradient, so they stay copies of each "
    "other. Random weights break that symmetry, and then nothing is left for the biases to break.",
)
ONE_CONVOLUTION = "One output of a convolution adds up a whole window. How many numbers are in it?"
BOTH_CONVOLUTION = "One input of a convolution meets every position of the kernel. How does that change both fans?"

HE_INIT = Challenge(
    reference=he_init,
    title="He initialisation",
    difficulty="medium",
    minutes=8,
    draws=draws_with_slope,
    hard=[*HARD[:9], *LEAKY, *HARD[9:]],
    properties=[
        rng_decides,
        another_seed,
        centred_on_zero,
        _spread_of_a_dense_layer(he_std, "Do you pass a standard deviation? How many inputs does X @ W add up?"),
        _spread_of_a_convolution(he_std, ONE_CONVOLUTION),
        slope_of_a_leaky_relu,
        _normal(he_std),
    ],
    hints=[
        "Work out fan_in first: how many products does one output add up?",
        "The formula gives a variance under a root. Which of the two does rng.normal want?",
        "For both layouts fan_in is the product of all sizes but the last.",
    ],
    follow_ups=[
        FollowUp(
            "Where does the 2 come from?",
            "A pre-activation has variance fan_in * Var(w) * E[x^2], and a ReLU halves the mean square of a symmetric "
            "input. Var(w) = 2 / fan_in cancels that half; with 1 / fan_in the signal would shrink like 2^(-L/2) "
            "in L layers.",
        ),
        FollowUp(
            "What is a network that is born dead?",
            "One that gives the same output for every input before its first step, because all units of some layer are "
            "silent on all of them. It befalls deep and narrow networks, and He's scale alone does not prevent it.",
        ),
        BIASES,
        LAYOUTS,
    ],
    agrees=False,
    mend=_layer_stays,
    keywords=("rng",),
)

XAVIER_INIT = Challenge(
    reference=xavier_init,
    title="Xavier initialisation, normal",
    difficulty="medium",
    minutes=8,
    draws=draws,
    hard=HARD,
    properties=[
        rng_decides,
        another_seed,
        centred_on_zero,
        _spread_of_a_dense_layer(xavier_std, "Which fans stand under the root, and what stands above them?"),
        _spread_of_a_convolution(xavier_std, BOTH_CONVOLUTION),
        _normal(xavier_std),
    ],
    hints=[
        "Write down fan_in and fan_out for both layouts before anything else.",
        "In a convolution one output adds up kh * kw * in inputs. To how many outputs does one input go?",
        "rng.normal takes the standard deviation: the root of 2 / (fan_in + fan_out).",
    ],
    follow_ups=[
        FollowUp(
            "Why the average of the two fans?",
            "Var(w) = 1 / fan_in keeps the variance of the activations, 1 / fan_out that of the gradients on their way "
            "back. Both hold only when the fans are equal, so Glorot and Bengio took the value between.",
        ),
        FollowUp(
            "What do you use for tanh, and what for ReLU?",
            "Xavier suits tanh, which is nearly the identity around 0; some add a gain of 5/3 because it saturates. "
            "A ReLU loses half of the mean square in every layer, so it wants He's 2 / fan_in.",
        ),
        LAYOUTS,
    ],
    agrees=False,
    mend=_layer_stays,
    keywords=("rng",),
)

XAVIER_UNIFORM = Challenge(
    reference=xavier_uniform,
    title="Xavier initialisation, uniform",
    difficulty="medium",
    minutes=8,
    draws=draws,
    hard=HARD,
    properties=[
        rng_decides,
        another_seed,
        centred_on_zero,
        _spread_of_a_dense_layer(xavier_std, "What is the variance of a uniform number between -limit and limit?"),
        _spread_of_a_convolution(xavier_std, BOTH_CONVOLUTION),
        within_the_limits,
    ],
    hints=[
        "Write down fan_in and fan_out for both layouts before anything else.",
        "A uniform distribution is given by its ends. Where do they lie, and are they symmetric about 0?",
        "rng.uniform(-limit, limit, shape) does the drawing; the rest is the limit.",
    ],
    follow_ups=[
        FollowUp(
            "Why 6 here and 2 in the normal version?",
            "A uniform number between -limit and limit has variance limit^2 / 3. Setting that to "
            "2 / (fan_in + fan_out) gives limit^2 = 6 / (fan_in + fan_out).",
        ),
        FollowUp(
            "What would the limit be for He's rule and for LeCun's?",
            "sqrt(3) times the standard deviation each time: sqrt(6 / fan_in) for He, sqrt(3 / fan_in) for LeCun.",
        ),
        LAYOUTS,
    ],
    agrees=False,
    mend=_layer_stays,
    keywords=("rng",),
)

LECUN_INIT = Challenge(
    reference=lecun_init,
    title="LeCun initialisation",
    difficulty="easy",
    minutes=6,
    draws=draws,
    hard=HARD,
    properties=[
        rng_decides,
        another_seed,
        centred_on_zero,
        _spread_of_a_dense_layer(lecun_std, "Which variance gives a sum of fan_in terms the variance of one input?"),
        _spread_of_a_convolution(lecun_std, ONE_CONVOLUTION),
        _normal(lecun_std),
    ],
    hints=[
        "Work out fan_in first: how many products does one output add up?",
        "The variance is 1 / fan_in. Which of variance and standard deviation does rng.normal want?",
        "For both layouts fan_in is the product of all sizes but the last.",
    ],
    follow_ups=[
        FollowUp(
            "Why does SELU ask for this rule and not for He's?",
            "SELU's constants were chosen so that mean 0 and variance 1 are a stable fixed point for weights of "
            "variance 1 / fan_in. With twice that variance the activations grow from layer to layer.",
        ),
        FollowUp(
            "What happens to the signal of a deep ReLU network under this rule?",
            "Each layer halves its mean square, so its size falls like 2^(-L/2): to 3e-5 after 30 layers. "
            "He's factor 2 repairs exactly that.",
        ),
        BIASES,
        LAYOUTS,
    ],
    agrees=False,
    mend=_layer_stays,
    keywords=("rng",),
)

CHALLENGES = (HE_INIT, XAVIER_INIT, XAVIER_UNIFORM, LECUN_INIT)
