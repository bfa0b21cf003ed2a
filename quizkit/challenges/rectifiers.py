"""Rectifiers with two straight sides and their derivatives: ReLU, leaky ReLU, PReLU."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from quizkit.challenges.vocabulary import (
    DIFFERENCES,
    LARGE,
    Array,
    Candidate,
    Case,
    Challenge,
    FollowUp,
    Special,
    Tier,
    Tolerance,
    close,
    holds,
    numbers,
    prop,
)

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def _floating(x: Array) -> Array:
    """Return float arrays as they are, and anything else as float64."""
    return np.asarray(x) if np.asarray(x).dtype.kind == "f" else np.asarray(x, dtype=float)


def _near_both_sides(x: Array) -> Array:
    """Return `x` with every entry between 0.001 and 5 in size, where central differences are good to ten digits."""
    points: Array = np.copysign(np.clip(np.abs(x), 1e-3, 5.0), x)
    return points


def _off_the_kink(x: Array) -> Array:
    """Return `x` with 1 for every 0."""
    return np.where(x == 0, 1.0, x)


def _slope(function: Callable[..., Array], x: Array, *args: Any) -> Array:
    """Return the central difference of `function` at `x`."""
    above, below = x + 1e-6, x - 1e-6
    slope: Array = (function(above, *args) - function(below, *args)) / (above - below)
    return slope


_PLANE = np.array([[-1.0, 2.0, -3.0], [4.0, -5.0, 6.0]])
_CUBE = np.array([[[-1.0, -1.0], [-1.0, 2.0]], [[3.0, -4.0], [-2.0, -2.0]]])
_BRICK = np.linspace(-6.0, 5.0, 12).reshape(2, 3, 2)
_MAPS = np.linspace(-6.0, 2.5, 18).reshape(2, 3, 1, 3)
# a batch of two images with three channels
_SHAPES = ((1,), (3,), (1, 3), (2, 3), (3, 2), (4, 1), (3, 3), (2, 2, 2), (2, 3, 2), (2, 1, 4), (2, 3, 1, 3))

_ANY_SHAPE: tuple[Case, ...] = (
    {"x": np.array([-1.0, 2.0])},
    {"x": np.array([0.0])},
    {"x": np.array([-0.5, 0.5])},
    {"x": np.array([-1e-3, 1e-3])},
    {"x": np.array([-7.0, 7.0])},
    {"x": np.array([-30.0, 0.0, 30.0])},
    {"x": np.array([[-1.0], [2.0]])},
    {"x": _PLANE},
    {"x": _CUBE},
    {"x": np.array([-1000.0, 1000.0])},
    {"x": np.array([[-1e4, 0.5], [1e4, -0.5]])},
)
_ANY_SLOPE: tuple[Case, ...] = (
    *_ANY_SHAPE[:6],
    {"x": np.array([-1.0, 2.0]), "alpha": 0.5},
    {"x": np.array([-1.0, 2.0]), "alpha": 2.0},
    {"x": np.array([-1.0, 2.0]), "alpha": -0.5},
    {"x": np.array([-1.0, 2.0]), "alpha": 0.0},
    {"x": np.array([-1.0, 2.0]), "alpha": 1.0},
    {"x": np.array([0.0, -2.0]), "alpha": 0.2},
    *_ANY_SHAPE[6:],
    {"x": np.array([-1e4, 1e4]), "alpha": 3.0},
)


def draws_of_x() -> SearchStrategy[Case]:
    """Draw inputs."""
    from quizkit.challenges import strategies as s

    return s.cases(x=s.arrays())


def draws_with_a_slope() -> SearchStrategy[Case]:
    """Draw inputs, two times of three with a slope."""
    from hypothesis import strategies as st

    from quizkit.challenges import strategies as s

    return st.one_of(draws_of_x(), *[s.cases(x=s.arrays(), alpha=s.reals(-2, 3))] * 2)


# -- relu -------------------------------------------------------------------------------------------------------------


def relu(x: Array) -> Array:
    """Compute the rectified linear unit of every entry: x where x is positive, else 0.

    `x` is an array of any shape with finite entries up to 10,000 in size. Return a new array of the same shape and
    leave `x` as it is. Floats give floats; integers give the same values as the floats that they equal.
    """
    rectified: Array = np.maximum(_floating(x), 0.0)
    return rectified


@prop("never negative", hint="What should become of an entry below 0?")
def never_negative(f: Candidate, x: Array) -> None:
    """No entry of the result is negative."""
    y = numbers(f(x))
    holds(y >= -LARGE.absolute, "an entry is negative", y)


@prop("twice is once", hint="After the first call nothing is negative: what is left to do for the second?")
def twice_is_once(f: Candidate, x: Array) -> None:
    """Rectifying what is rectified changes nothing: relu(relu(x)) = relu(x)."""
    once = numbers(f(x))
    close(f(once), once, "the second call changed the result of the first", LARGE)


@prop("x from its two halves", hint="At each entry only one of relu(x) and relu(-x) is not 0. Which, and what is it?")
def x_from_its_two_halves(f: Candidate, x: Array) -> None:
    """The positive and the negative part make up x and its size: relu(x) - relu(-x) = x, relu(x) + relu(-x) = |x|."""
    positive, negative = map(numbers, f.many([(x,), (-x,)]))
    close(positive - negative, x, "relu(x) - relu(-x) is not x", LARGE)
    close(positive + negative, np.abs(x), "relu(x) + relu(-x) is not |x|", LARGE)


@prop("half the input, half the output", hint="On each side of 0 the graph is a straight line through the origin.")
def half_the_input_half_the_output(f: Candidate, x: Array) -> None:
    """A positive factor comes out as it went in: relu(x / 2) = relu(x) / 2."""
    half, whole = f.many([(x / 2,), (x,)])
    close(half, numbers(whole) / 2, "half the input did not give half the output", LARGE)


RELU = Challenge(
    reference=relu,
    title="ReLU",
    difficulty="easy",
    minutes=3,
    draws=draws_of_x,
    hard=_ANY_SHAPE,
    properties=[never_negative, twice_is_once, x_from_its_two_halves, half_the_input_half_the_output],
    hints=[
        "Say for a single number what comes out when it is negative, and what when it is positive.",
        "An array has many entries: look for an operation that compares each of them with 0.",
        "np.maximum compares two things entry by entry; np.max looks for the largest entry of one thing.",
    ],
    follow_ups=[
        FollowUp(
            "It consists of two straight lines. Why does it make a network nonlinear?",
            "A linear function would give f(-x) = -f(x), and relu does not. Weighted sums of shifted kinks are "
            "piecewise linear functions with as many pieces as we like, and those approximate any continuous "
            "function on a bounded interval.",
        ),
        FollowUp(
            "It has no derivative at 0. Does that matter?",
            "Hardly: every value between 0 and 1 is a subgradient there, and a pre-activation of exactly 0 has "
            "probability 0 for continuous weights and data. Exact zeros do occur, after padding or in float16 for "
            "instance, and then frameworks simply pick a value.",
        ),
        FollowUp(
            "The input is drawn from N(0, 1). What are the mean and the second moment of the output?",
            "The mean is 1/sqrt(2 pi) = 0.399 and the second moment is 1/2, as half of the symmetric distribution is "
            "cut away. The factor 2 in He initialisation makes up for that half.",
        ),
        FollowUp(
            "Does a deep stack of ReLU layers suffer from vanishing gradients?",
            "Not from saturation: the slope of an active unit is exactly 1 at any depth. The product of the weight "
            "matrices can still shrink or explode, so the initialisation has to fit.",
        ),
    ],
    specials=[
        Special({"x": np.array([-np.inf, np.inf])}, np.array([0.0, np.inf])),
        Special({"x": np.array([np.nan])}, np.array([np.nan])),
        Special({"x": np.array([-1e308, 1e308])}, np.array([0.0, 1e308])),
    ],
    hints_for={
        "shape": "One number comes out for each number that goes in, and half of 1 stays one half.",
        "agrees with the reference": "What comes out for an entry below 0, and what for one above?",
        "stable for large input": "Nothing above 0 is ever held back.",
        "leaves its arguments alone": "Whose array is it that you write into?",
    },
)


# -- relu_grad --------------------------------------------------------------------------------------------------------


def relu_grad(x: Array) -> Array:
    """Compute the derivative of relu at every entry: 1 where x is positive, 0 where x is negative.

    `x` is the pre-activation, that is what went into relu: an array of any shape with finite entries up to 10,000 in
    size. Return a new array of floats of the same shape, also when `x` holds integers, and leave `x` as it is.
    At 0, where relu has no derivative, any value from 0 to 1 is right.
    """
    x = _floating(x)
    return (x > 0).astype(x.dtype)


def _relu_slopes(x: Array) -> tuple[Array, Array]:
    return (x > 0).astype(float), (x >= 0).astype(float)


@prop("only the sign counts", hint="How steep is relu at 3, and how steep at 300?")
def only_the_sign_counts(f: Candidate, x: Array) -> None:
    """A positive factor changes nothing: relu_grad(x / 2) = relu_grad(x) wherever x is not 0."""
    points = _off_the_kink(x)
    half, whole = f.many([(points / 2,), (points,)])
    close(half, numbers(whole), "half the input gave another slope", LARGE)


@prop("open here, closed there", hint="The gate lets the gradient through at one of x and -x. At which, and how much?")
def open_here_closed_there(f: Candidate, x: Array) -> None:
    """At x and -x together the slopes are 1: relu_grad(x) + relu_grad(-x) = 1 wherever x is not 0."""
    points = _off_the_kink(x)
    here, there = map(numbers, f.many([(points,), (-points,)]))
    close(here + there, np.ones(x.shape), "the slopes at x and -x do not add up to 1", LARGE)


@prop("the slope of relu", hint="Draw relu: how much higher is it a small step further to the right?")
def the_slope_of_relu(f: Candidate, x: Array) -> None:
    """It is the slope of relu: (relu(x + h) - relu(x - h)) / 2h for a small h, away from 0."""
    points = _near_both_sides(x)
    close(f(points), _slope(relu, points), "differs from the central difference of relu", DIFFERENCES)


@prop(
    "the convention at 0",
    hint="Every value from 0 to 1 is a subgradient. With which one could relu's output stand in for its input?",
    tier=Tier.POLISH,
)
def relu_convention_at_0(f: Candidate, x: Array) -> None:
    """At exactly 0 the derivative is 0, as in PyTorch: then relu's output serves as well as its input."""
    close(f(np.zeros(x.shape)), np.zeros(x.shape), "PyTorch returns 0 here")


RELU_GRAD = Challenge(
    reference=relu_grad,
    title="Derivative of ReLU",
    difficulty="easy",
    minutes=3,
    draws=draws_of_x,
    hard=_ANY_SHAPE,
    properties=[only_the_sign_counts, open_here_closed_there, the_slope_of_relu, relu_convention_at_0],
    hints=[
        "Draw relu and read off how steep it is left of 0 and right of 0.",
        "The derivative does not depend on how large x is, only on its sign.",
        "A comparison gives True and False: turn them into floats before anyone multiplies or subtracts them.",
    ],
    follow_ups=[
        FollowUp(
            "What do frameworks return at 0, and why is it harmless?",
            "PyTorch's relu returns 0, torch.maximum(x, 0) one half and clamp(min=0) 1: all of them are "
            "subgradients. For continuous data exact zeros have probability 0; they do occur, after padding or in "
            "float16 for instance, and then the choice only decides whether that unit learns from that sample.",
        ),
        FollowUp(
            "Must the backward pass keep the input of relu, or is the output enough?",
            "The output is enough: relu(x) is positive exactly where x is. That is why relu can overwrite its input.",
        ),
        FollowUp(
            "How can this factor stop a unit from learning?",
            "A unit with a negative pre-activation for every sample gets the factor 0 each time, so the gradient of "
            "its weights is 0 and nothing of its own moves it again. It can come back only when the layers below "
            "change its inputs.",
        ),
    ],
    specials=[
        Special({"x": np.array([-np.inf, np.inf])}, np.array([0.0, 1.0])),
        Special({"x": np.array([-1e308, 1e308])}, np.array([0.0, 1.0])),
    ],
    between=_relu_slopes,
    derivative=True,
    hints_for={
        "shape": "A gradient is multiplied with other gradients, so it has to consist of floats, one for each entry.",
        "agrees with the reference": "How steep is relu left of 0, and how steep right of 0?",
        "integers": "Which type has your result when x holds integers? Someone will multiply it with 0.1 in place.",
    },
)


# -- leaky_relu -------------------------------------------------------------------------------------------------------


def leaky_relu(x: Array, alpha: float = 0.01) -> Array:
    """Compute the leaky rectified linear unit of every entry: x where x is positive, else alpha times x.

    `x` is an array of any shape with finite entries up to 10,000 in size. `alpha` is the slope on the negative side and
    may be any finite number: 0 gives relu, 1 gives x back, and above 1 or below 0 the same two branches hold.
    Return a new array of the same shape and leave `x` as it is. Floats give floats; integers give the same values as
    the floats that they equal.
    """
    x = _floating(x)
    # two branches: the shorter max(alpha * x, x) swaps the sides when alpha is above 1
    return np.where(x > 0, x, alpha * x)


@prop("both sides together", hint="Take x = 2 and x = -2: what does each side contribute, and with which sign?")
def both_sides_together(f: Candidate, x: Array, alpha: float = 0.01) -> None:
    """Both slopes show: f(x) - f(-x) = (1 + alpha) x and f(x) + f(-x) = (1 - alpha) |x|."""
    here, there = map(numbers, f.many([(x,), (-x,)], alpha=alpha))
    close(here - there, (1 + alpha) * x, "f(x) - f(-x) is not (1 + alpha) x", LARGE)
    close(here + there, (1 - alpha) * np.abs(x), "f(x) + f(-x) is not (1 - alpha) |x|", LARGE)


@prop("slope 0 and slope 1", hint="What is left of the negative side for alpha = 0, and what for alpha = 1?")
def slope_0_and_slope_1(f: Candidate, x: Array) -> None:
    """With alpha = 0 it is relu, with alpha = 1 it returns x."""
    close(f(x, alpha=0.0), relu(x), "with alpha = 0 it is not relu", LARGE)
    close(f(x, alpha=1.0), x, "with alpha = 1 it is not x", LARGE)


@prop(
    "undone by 1 / alpha",
    hint="After alpha times x, what brings x back? And does your formula hold for a slope above 1?",
)
def undone_by_1_over_alpha(f: Candidate, x: Array, alpha: float = 0.01) -> None:
    """For alpha > 0 the slope 1 / alpha undoes the slope alpha: f(f(x, alpha), 1 / alpha) = x."""
    if alpha < 0.01:
        return
    x = np.clip(x, -1000.0, 1000.0)
    close(f(numbers(f(x, alpha=alpha)), alpha=1 / alpha), x, "the slope 1 / alpha did not bring x back", LARGE)


@prop("half the input, half the output", hint="On each side of 0 the graph is a straight line through the origin.")
def leaky_half_the_input(f: Candidate, x: Array, alpha: float = 0.01) -> None:
    """A positive factor comes out as it went in: f(x / 2) = f(x) / 2."""
    half, whole = f.many([(x / 2,), (x,)], alpha=alpha)
    close(half, numbers(whole) / 2, "half the input did not give half the output", LARGE)


LEAKY_RELU = Challenge(
    reference=leaky_relu,
    title="Leaky ReLU",
    difficulty="easy",
    minutes=4,
    draws=draws_with_a_slope,
    hard=_ANY_SLOPE,
    properties=[both_sides_together, slope_0_and_slope_1, undone_by_1_over_alpha, leaky_half_the_input],
    hints=[
        "There are two branches. Write each of them down before you look for one formula for both.",
        "Try your formula by hand at x = -1 and x = 2, with alpha = 0.01 and with alpha = 2.",
        "np.where(condition, this, that) chooses entry by entry, and its result has room for fractions.",
    ],
    follow_ups=[
        FollowUp(
            "Which alpha do frameworks use?",
            "It is a convention: PyTorch has 0.01, tf.nn.leaky_relu 0.2, the Keras layer 0.3, and DCGAN used 0.2. "
            "Give it explicitly when you move a model.",
        ),
        FollowUp(
            "When is it max(alpha x, x)?",
            "Exactly for alpha <= 1. For alpha = 2 the maximum gives -1 at -1 and 4 at 2, where the definition gives "
            "-2 and 2.",
        ),
        FollowUp(
            "What does a large alpha cost, and what happens at alpha = 1?",
            "The closer alpha is to 1, the closer the unit is to a straight line and the less its kink can bend. At "
            "alpha = 1 every layer is affine, so the whole network is, and it approximates affine functions only.",
        ),
        FollowUp(
            "How does alpha enter He initialisation?",
            "The second moment behind the unit is (1 + alpha^2) / 2 of the one before it, so the standard deviation "
            "becomes sqrt(2 / ((1 + alpha^2) fan_in)). For alpha = 0.01 that is a factor of 0.99995.",
        ),
    ],
    specials=[
        Special({"x": np.array([-np.inf, np.inf])}, np.array([-np.inf, np.inf])),
        Special({"x": np.array([np.nan])}, np.array([np.nan])),
        Special({"x": np.array([-1e308, 1e308])}, np.array([-1e306, 1e308])),
    ],
    hints_for={
        "agrees with the reference": "What is multiplied by alpha, and on which side of 0? What is alpha by default?",
        "arguments": "Is alpha read, under this name? Do both branches hold for every value of it, also 2, 0 and -0.5?",
        "integers": "Which type has the array that you write into? Can it hold -0.01?",
        "leaves its arguments alone": "Whose array is it that you write into?",
    },
)


# -- leaky_relu_grad --------------------------------------------------------------------------------------------------


def leaky_relu_grad(x: Array, alpha: float = 0.01) -> Array:
    """Compute the derivative of leaky_relu at every entry: 1 where x is positive, alpha where x is negative.

    `x` is the pre-activation, that is what went into leaky_relu: an array of any shape with finite entries up to 10,000
    in size. `alpha` is the slope on the negative side and may be any finite number. Return a new array of floats of
    the same shape, also when `x` holds integers, and leave `x` as it is.
    At 0, where there is no derivative, any value between alpha and 1 is right.
    """
    x = _floating(x)
    return np.where(x > 0, 1.0, alpha).astype(x.dtype)


def _leaky_slopes(x: Array, alpha: float = 0.01) -> tuple[Array, Array]:
    left = np.where(x > 0, 1.0, alpha)
    right = np.where(x >= 0, 1.0, alpha)
    return np.minimum(left, right), np.maximum(left, right)


@prop("only the sign counts", hint="How steep is the line at -3, and how steep at -300?")
def leaky_only_the_sign_counts(f: Candidate, x: Array, alpha: float = 0.01) -> None:
    """A positive factor changes nothing: f(x / 2) = f(x) wherever x is not 0."""
    points = _off_the_kink(x)
    half, whole = f.many([(points / 2,), (points,)], alpha=alpha)
    close(half, numbers(whole), "half the input gave another slope", LARGE)


@prop("one slope each", hint="One of x and -x lies on the left. Which slope belongs there, which to the other?")
def one_slope_each(f: Candidate, x: Array, alpha: float = 0.01) -> None:
    """x and -x have one of the two slopes each: f(x) + f(-x) = 1 + alpha wherever x is not 0."""
    points = _off_the_kink(x)
    here, there = map(numbers, f.many([(points,), (-points,)], alpha=alpha))
    close(here + there, np.full(x.shape, 1 + alpha), "the slopes at x and -x do not add up to 1 + alpha", LARGE)


@prop("slope 0 and slope 1", hint="What is leaky_relu for alpha = 0 and for alpha = 1, and how steep is that?")
def leaky_slope_0_and_slope_1(f: Candidate, x: Array) -> None:
    """With alpha = 0 it is the derivative of relu, with alpha = 1 it is 1 everywhere."""
    points = _off_the_kink(x)
    close(f(points, alpha=0.0), relu_grad(points), "with alpha = 0 it is not the derivative of relu", LARGE)
    close(f(points, alpha=1.0), np.ones(x.shape), "with alpha = 1 it is not 1", LARGE)


@prop("the slope of leaky_relu", hint="Draw leaky_relu: how much higher is it a small step further to the right?")
def the_slope_of_leaky_relu(f: Candidate, x: Array, alpha: float = 0.01) -> None:
    """It is the slope of leaky_relu: (leaky_relu(x + h) - leaky_relu(x - h)) / 2h for a small h, away from 0."""
    points = _near_both_sides(x)
    expected = _slope(leaky_relu, points, alpha)
    close(f(points, alpha=alpha), expected, "differs from the central difference of leaky_relu", DIFFERENCES)


@prop(
    "the convention at 0",
    hint="Any value between alpha and 1 is right. To which side does the definition of leaky_relu count 0?",
    tier=Tier.POLISH,
)
def leaky_convention_at_0(f: Candidate, x: Array, alpha: float = 0.01) -> None:
    """At exactly 0 the derivative is alpha, as in PyTorch."""
    close(f(np.zeros(x.shape), alpha=alpha), np.full(x.shape, alpha), "PyTorch returns alpha here")


@prop(
    "a whole number for alpha", hint="Which type does np.where give when both choices are integers?", tier=Tier.POLISH
)
def a_whole_number_for_alpha(f: Candidate, x: Array) -> None:
    """alpha = 0, written without a point, gives floats like 0.0 does."""
    slopes = numbers(f(x, alpha=0))
    holds(slopes.dtype.kind == "f", f"alpha = 0 gave {slopes.dtype}", slopes)


LEAKY_RELU_GRAD = Challenge(
    reference=leaky_relu_grad,
    title="Derivative of leaky ReLU",
    difficulty="easy",
    minutes=4,
    draws=draws_with_a_slope,
    hard=_ANY_SLOPE,
    properties=[
        leaky_only_the_sign_counts,
        one_slope_each,
        leaky_slope_0_and_slope_1,
        the_slope_of_leaky_relu,
        leaky_convention_at_0,
        a_whole_number_for_alpha,
    ],
    hints=[
        "Draw leaky_relu for alpha = 0.5 and read off how steep it is on either side of 0.",
        "On each side the derivative is one number. Neither of them depends on how large x is.",
        "np.where(condition, this, that) chooses entry by entry. Mind the type of what it chooses from.",
    ],
    follow_ups=[
        FollowUp(
            "How much of a gradient is left after L gates that are all on the negative side?",
            "alpha^L: for alpha = 0.01 and five layers 1e-10. A leak keeps the derivative away from 0, not from "
            "vanishing.",
        ),
        FollowUp(
            "A unit stands at z = -5 with inputs (1, 1), learning rate 0.1, and a loss that always wants one more. "
            "How long does it take to wake up with alpha = 0.01?",
            "Each step raises z by 0.1 * 0.01 * 3 = 0.003, two weights and the bias together, so it takes 1667 "
            "steps. With alpha = 0.2 it takes 84, with plain relu it never happens.",
        ),
        FollowUp(
            "What is wrong with a float64 result in a float32 model?",
            "One float64 factor promotes everything it touches in NumPy, so the rest of the backward pass takes "
            "twice the memory and more time. In frameworks that refuse mixed types it is an error.",
        ),
    ],
    specials=[
        Special({"x": np.array([-np.inf, np.inf])}, np.array([0.01, 1.0])),
        Special({"x": np.array([-1e308, 1e308])}, np.array([0.01, 1.0])),
    ],
    between=_leaky_slopes,
    derivative=True,
    hints_for={
        "shape": "A gradient is multiplied with other gradients, so it has to consist of floats, one for each entry.",
        "agrees with the reference": "How steep is leaky_relu on the negative side: does that depend on x?",
        "arguments": "Is alpha read, under this name? Which side does it belong to, and with which sign?",
        "integers": "Which type has your result when x holds integers? Can it hold 0.01?",
    },
)


# -- prelu ------------------------------------------------------------------------------------------------------------


def prelu(x: Array, alpha: float | Array, axis: int = -1) -> Array:
    """Compute the parametric rectified linear unit: x where x is positive, else x times the slope of its channel.

    `x` is an array of at least one dimension with finite entries up to 10,000 in size; its channels lie along `axis`,
    which may be any axis of `x`, counted from the front or from the back. `alpha` is one number for all channels, or a
    1-d array with one number for each. Slopes are learned, so any finite number may come: negative and above 1, too.
    Return a new array of the shape of `x` and leave both arguments as they are. Integers in `x` give the same values as
    the floats that they equal.
    """
    x = _floating(x)
    return np.where(x > 0, x, _per_channel(alpha, x, axis) * x)


def _per_channel(alpha: float | Array, x: Array, axis: int) -> Array:
    """Return `alpha` in a shape that lines up with the channels of `x`, and in the type of `x`."""
    slopes = np.asarray(alpha, dtype=x.dtype)
    if slopes.ndim == 0:
        return slopes
    # (1, ..., channels, ..., 1), so that broadcasting repeats each slope over its channel alone
    shape = [1] * x.ndim
    shape[axis] = -1
    return slopes.reshape(shape)


def draws_with_channels() -> SearchStrategy[Case]:
    """Draw inputs, one slope for all or one per channel, and in part of the cases the axis of the channels."""
    from hypothesis import strategies as st

    from quizkit.challenges import strategies as s

    def in_shape(shape: tuple[int, ...]) -> SearchStrategy[Case]:
        slopes = s.arrays((shape[-1],), scales=(0.5, 1.0, 3.0))
        axes = st.sampled_from([axis for axis in range(-len(shape), len(shape)) if shape[axis] == shape[-1]])
        fields = {"x": s.arrays(shape), "alpha": st.one_of(slopes, slopes, s.reals(-2, 3))}
        return st.fixed_dictionaries(fields, optional={"axis": axes})

    return st.one_of(*map(in_shape, _SHAPES))


def _one_slope_per_channel(case: dict[str, Any]) -> dict[str, Any] | None:
    """Keep as many slopes as there are channels, along `axis` and along the last axis.

    Both, as the judge calls with the default axis, too.
    """
    x, alpha, axis = case["x"], case["alpha"], case.get("axis", -1)
    if not -x.ndim <= axis < x.ndim:
        return None
    if np.ndim(alpha) == 0 or len(alpha) == x.shape[axis] == x.shape[-1]:
        return case
    return {**case, "alpha": alpha[: x.shape[-1]]} if len(alpha) > x.shape[axis] == x.shape[-1] else None


def _whole_numbers_in_x(case: Case) -> Case:
    """Return the case with whole numbers in `x`, and one slope for all: an array of slopes would be rounded, too."""
    return {"x": np.round(case["x"]), "alpha": float(np.ravel(case["alpha"])[0])}


_CHANNELS: tuple[Case, ...] = (
    {"x": np.array([-1.0, 2.0]), "alpha": 0.25},
    {"x": np.array([-1.0, 2.0]), "alpha": 2.0},
    {"x": np.array([-1.0, 2.0]), "alpha": -0.5},
    {"x": np.array([-1.0, -1.0]), "alpha": np.array([0.1, 0.5])},
    {"x": np.array([-1.0, 2.0]), "alpha": np.array([3.0, -2.0])},
    {"x": np.array([-1.0, 0.0, 2.0]), "alpha": 0.0},
    {"x": np.array([0.0, 0.0]), "alpha": np.array([2.0, -1.0])},
    {"x": np.array([[-1.0, -1.0], [-1.0, -1.0]]), "alpha": np.array([0.1, 0.5]), "axis": 0},
    {"x": np.array([[-1.0, -1.0], [-1.0, -1.0]]), "alpha": np.array([0.1, 0.5]), "axis": 1},
    {"x": np.array([[-1.0], [2.0], [-3.0]]), "alpha": np.array([0.2]), "axis": -1},
    {"x": _PLANE, "alpha": np.array([0.1, 0.5, 2.0])},
    {"x": _CUBE, "alpha": 0.3, "axis": 0},
    {"x": _CUBE, "alpha": np.array([0.1, 0.5])},
    {"x": _CUBE, "alpha": np.array([0.1, 0.5]), "axis": 1},
    {"x": _BRICK, "alpha": np.array([0.1, 0.5]), "axis": -3},
    {"x": _MAPS, "alpha": np.array([0.1, -0.5, 1.5]), "axis": 1},
    {"x": np.array([[-1e4, 1e4], [-1000.0, 0.5]]), "alpha": np.array([0.01, 3.0])},
)


def _next_place(alpha: float | Array) -> float | Array:
    return np.roll(alpha, 1) if isinstance(alpha, np.ndarray) else alpha


@prop("opposite slopes cancel", hint="Does every slope count as it is: with its sign, and however large?")
def opposite_slopes_cancel(f: Candidate, x: Array, alpha: float | Array, axis: int = -1) -> None:
    """The negative side is proportional to alpha: f(x, alpha) + f(x, -alpha) = 2 relu(x)."""
    plus, minus = f.many([(x, alpha), (x, -alpha)], axis=axis)
    close(numbers(plus) + numbers(minus), 2 * relu(x), "f(x, alpha) + f(x, -alpha) is not 2 relu(x)", LARGE)


@prop("channels keep to themselves", hint="Which entries of x may one entry of alpha touch?")
def channels_keep_to_themselves(f: Candidate, x: Array, alpha: float | Array, axis: int = -1) -> None:
    """Another slope for the first channel changes nothing in the other channels."""
    channels = x.shape[axis]
    slopes = np.broadcast_to(alpha, (channels,)).astype(float)
    steeper = slopes + (np.arange(channels) == 0)
    before, after = f.many([(x, slopes), (x, steeper)], axis=axis)
    others = np.arange(1, channels)
    kept = np.take(numbers(before), others, axis=axis)
    close(np.take(numbers(after), others, axis=axis), kept, "another slope for channel 0 changed other channels", LARGE)


@prop("channels in another order", hint="Is every channel treated the same, wherever it stands?")
def channels_in_another_order(f: Candidate, x: Array, alpha: float | Array, axis: int = -1) -> None:
    """When channels and slopes move on by one place together, so does the result."""
    moved, still = f.many([(np.roll(x, 1, axis), _next_place(alpha)), (x, alpha)], axis=axis)
    close(moved, np.roll(numbers(still), 1, axis), "another order of the channels gave other values", LARGE)


@prop("one slope for all", hint="A single number stands for an array that holds it once per channel.")
def one_slope_for_all(f: Candidate, x: Array, alpha: float | Array, axis: int = -1) -> None:
    """One number for alpha gives what an array full of that number gives."""
    shared = float(np.ravel(alpha)[0])
    single, repeated = f.many([(x, shared), (x, np.full(x.shape[axis], shared))], axis=axis)
    close(single, numbers(repeated), "one slope and the same slope for every channel differ", LARGE)


PRELU = Challenge(
    reference=prelu,
    title="PReLU",
    difficulty="medium",
    minutes=7,
    draws=draws_with_channels,
    hard=_CHANNELS,
    properties=[
        opposite_slopes_cancel,
        channels_keep_to_themselves,
        channels_in_another_order,
        one_slope_for_all,
    ],
    hints=[
        "With one slope for all it is leaky_relu. Get that right for slopes above 1 and below 0 first.",
        "Broadcasting lines up shapes from the right: where does that put alpha when the channels are on axis 0?",
        "Give alpha the shape (1, ..., channels, ..., 1), with its length on the axis of the channels.",
    ],
    follow_ups=[
        FollowUp(
            "How many parameters does it add?",
            "One per channel, or one per layer when it is shared; not one per weight. Beside the weights of a "
            "convolution that is negligible.",
        ),
        FollowUp(
            "Why does alpha start at 0.25, and why without weight decay?",
            "He et al. (2015) start at 0.25, a slope that is neither relu nor the identity. Weight decay would pull "
            "alpha to 0, which is to say the unit to relu.",
        ),
        FollowUp(
            "What if training brings alpha to 1, or below 0?",
            "At 1 the channel is linear and its nonlinearity is gone. Below 0 it is not monotone any more, and at -1 "
            "it is |x|. All of that is legal, so the two branches must hold for any slope.",
        ),
    ],
    specials=[
        Special({"x": np.array([-np.inf, np.inf]), "alpha": 0.25}, np.array([-np.inf, np.inf])),
        Special({"x": np.array([np.nan, -1.0]), "alpha": np.array([0.25, 0.5])}, np.array([np.nan, -0.5])),
        Special({"x": np.array([-1e308, 1e308]), "alpha": 0.25}, np.array([-0.25e308, 1e308])),
    ],
    mend=_one_slope_per_channel,
    integers=_whole_numbers_in_x,
    keywords=("alpha",),
    hints_for={
        "shape": "Does alpha line up with the channels, which lie on the last axis unless `axis` says otherwise?",
        "agrees with the reference": "Which slope belongs to this entry, and does it count as it is?",
        "arguments": "On which axis do the channels lie here? Does alpha line up with that axis?",
        "integers": "Which type has the array that you write into? Can it hold -0.25?",
    },
)


# -- prelu_grad_x -----------------------------------------------------------------------------------------------------


def prelu_grad_x(x: Array, alpha: float | Array, axis: int = -1) -> Array:
    """Compute the derivative of prelu by x: 1 where x is positive, the slope of its channel where x is negative.

    `x` is the pre-activation: an array of at least one dimension with finite entries up to 10,000 in size; its channels
    lie along `axis`, which may be any axis of `x`, counted from the front or from the back. `alpha` is one number for
    all channels, or a 1-d array with one number for each, and any finite number may come. Nothing is summed: return a
    new array of floats of the shape of `x`, also when `x` holds integers, and leave both arguments as they are.
    At 0, where there is no derivative, any value between the slope of the channel and 1 is right.
    """
    x = _floating(x)
    return np.where(x > 0, x.dtype.type(1), _per_channel(alpha, x, axis))


def _prelu_slopes(x: Array, alpha: float | Array, axis: int = -1) -> tuple[Array, Array]:
    slopes = _per_channel(alpha, _floating(x), axis)
    left, right = np.where(x > 0, 1.0, slopes), np.where(x >= 0, 1.0, slopes)
    return np.minimum(left, right), np.maximum(left, right)


@prop("only the sign counts", hint="How steep is a channel at -3, and how steep at -300?")
def prelu_only_the_sign_counts(f: Candidate, x: Array, alpha: float | Array, axis: int = -1) -> None:
    """A positive factor changes nothing: f(x / 2, alpha) = f(x, alpha) wherever x is not 0."""
    points = _off_the_kink(x)
    half, whole = f.many([(points / 2, alpha), (points, alpha)], axis=axis)
    close(half, numbers(whole), "half the input gave another slope", LARGE)


@prop("alpha on one side only", hint="Where x is positive, does prelu depend on alpha?")
def alpha_on_one_side_only(f: Candidate, x: Array, alpha: float | Array, axis: int = -1) -> None:
    """Where every x is positive, every slope is 1, whatever alpha is."""
    close(f(np.abs(_off_the_kink(x)), alpha, axis=axis), np.ones(x.shape), "the slope of a positive x is not 1", LARGE)


@prop("channels in another order", hint="Is every channel treated the same, wherever it stands?")
def slopes_in_another_order(f: Candidate, x: Array, alpha: float | Array, axis: int = -1) -> None:
    """When channels and slopes move on by one place together, so does the result."""
    points = _off_the_kink(x)
    moved, still = f.many([(np.roll(points, 1, axis), _next_place(alpha)), (points, alpha)], axis=axis)
    close(moved, np.roll(numbers(still), 1, axis), "another order of the channels gave other slopes", LARGE)


@prop("the slope of prelu", hint="Draw one channel of prelu: how much higher is it a small step further to the right?")
def the_slope_of_prelu(f: Candidate, x: Array, alpha: float | Array, axis: int = -1) -> None:
    """It is the slope of prelu: (prelu(x + h) - prelu(x - h)) / 2h for a small h, away from 0."""
    points = _near_both_sides(x)
    expected = _slope(prelu, points, alpha, axis)
    close(f(points, alpha, axis=axis), expected, "differs from the central difference of prelu", DIFFERENCES)


@prop(
    "the convention at 0",
    hint="Any value between the slope of the channel and 1 is right. To which side does prelu's definition count 0?",
    tier=Tier.POLISH,
)
def prelu_convention_at_0(f: Candidate, x: Array, alpha: float | Array, axis: int = -1) -> None:
    """At exactly 0 the derivative is the slope of the channel, as in PyTorch."""
    zeros = np.zeros(x.shape)
    expected = np.broadcast_to(_per_channel(alpha, zeros, axis), x.shape)
    close(f(zeros, alpha, axis=axis), expected, "PyTorch returns the slope of the channel here")


PRELU_GRAD_X = Challenge(
    reference=prelu_grad_x,
    title="Derivative of PReLU by its input",
    difficulty="medium",
    minutes=6,
    draws=draws_with_channels,
    hard=_CHANNELS,
    properties=[
        prelu_only_the_sign_counts,
        alpha_on_one_side_only,
        slopes_in_another_order,
        the_slope_of_prelu,
        prelu_convention_at_0,
    ],
    hints=[
        "Forget the channels: what is the derivative of leaky_relu with slope alpha on either side of 0?",
        "The derivative by x holds no x. An x on the negative side belongs to the derivative by alpha.",
        "Give alpha the shape (1, ..., channels, ..., 1) and let broadcasting repeat it over the channel.",
    ],
    follow_ups=[
        FollowUp(
            "prelu has parameters of its own. Why must its backward pass return this derivative as well?",
            "Everything below gets its gradient through it: upstream times this factor is what the layer before "
            "receives. Without it only alpha and the layers above learn.",
        ),
        FollowUp(
            "What must the forward pass keep?",
            "The input, as the derivative by alpha needs it too; its sign would do for this one. The output is "
            "enough only while every slope is positive: otherwise its sign does not tell the side.",
        ),
    ],
    specials=[
        Special({"x": np.array([-np.inf, np.inf]), "alpha": 0.25}, np.array([0.25, 1.0])),
        Special({"x": np.array([-1e308, 1e308]), "alpha": 0.25}, np.array([0.25, 1.0])),
    ],
    between=_prelu_slopes,
    derivative=True,
    mend=_one_slope_per_channel,
    integers=_whole_numbers_in_x,
    keywords=("alpha",),
    hints_for={
        "shape": "Each entry of x has a slope of its own: nothing is summed here.",
        "agrees with the reference": "Left of 0 prelu is alpha times x. What is its derivative by x?",
        "arguments": "On which axis do the channels lie here? Does alpha line up with that axis?",
        "integers": "Which type has your result when x holds integers? Can it hold 0.25?",
    },
)


# -- prelu_grad_alpha -------------------------------------------------------------------------------------------------


def prelu_grad_alpha(x: Array, upstream: Array, axis: int = -1, shared: bool = False) -> Array | float:
    """Compute the gradient of the loss by the slopes of prelu: for each channel the sum of upstream times min(x, 0).

    `x` is the pre-activation, an array of at least one dimension with finite entries up to 10,000 in size, floats or
    integers. `upstream` is the gradient of the loss by prelu's output: floats, in the shape of `x`. The channels lie
    along `axis`, which may be any axis of `x`, counted from the front or from the back. Sum over all other axes (1-d
    `x` has none), do not average, and return a new 1-d array of floats with one entry per channel. With `shared=True`
    one slope serves all channels: sum over everything and return a scalar. Leave both arguments as they are.
    """
    x = _floating(x)
    # alpha only takes part where x is negative, and there prelu is alpha * x
    by_entry = upstream * np.minimum(x, 0.0)
    if shared:
        total: float = by_entry.sum()
        return total
    # each slope is used all over its channel, so what it does to the loss adds up over every other axis
    others = tuple(i for i in range(x.ndim) if i != axis % x.ndim)
    by_channel: Array = by_entry.sum(axis=others)
    return by_channel


def draws_with_upstream() -> SearchStrategy[Case]:
    """Draw inputs, an upstream gradient, and in part of the cases the axis of the channels and whether alpha is shared.

    Upstream gradients stay within 3: larger ones only let sums cancel until the order of summation shows.
    """
    from hypothesis import strategies as st

    from quizkit.challenges import strategies as s

    def in_shape(shape: tuple[int, ...]) -> SearchStrategy[Case]:
        fields = {"x": s.arrays(shape), "upstream": s.arrays(shape, scales=(1.0, 3.0))}
        chosen = {"axis": st.integers(-len(shape), len(shape) - 1), "shared": st.booleans()}
        return st.fixed_dictionaries(fields, optional=chosen)

    return st.one_of(*map(in_shape, _SHAPES))


def _upstream_fits(case: dict[str, Any]) -> dict[str, Any] | None:
    """Refuse a case that is no input: shapes that differ, an axis that x does not have."""
    x, axis = case["x"], case.get("axis", -1)
    return case if x.shape == case["upstream"].shape and -x.ndim <= axis < x.ndim else None


_SUMS = Tolerance(1e-6, 1e-7)
# of numbers up to 40,000 that may cancel


@prop(
    "a step in alpha",
    hint="Write prelu with a slope, then with that slope plus 1. What is the difference at one entry?",
)
def a_step_in_alpha(f: Candidate, x: Array, upstream: Array, axis: int = -1) -> None:
    """Raising one channel's alpha by 1 raises the sum of upstream * prelu(x, alpha) by that channel's entry."""
    channels = x.shape[axis]
    # prelu is linear in alpha, so that a step of any length gives the derivative
    steps = [
        np.sum(upstream * (prelu(x, 0.25 + (np.arange(channels) == k), axis) - prelu(x, 0.25, axis)))
        for k in range(channels)
    ]
    close(f(x, upstream, axis=axis), np.array(steps), "differs from what a step in alpha does to the loss", _SUMS)


@prop("shared is the sum", hint="One slope for all channels: whose contributions does it collect?")
def shared_is_the_sum(f: Candidate, x: Array, upstream: Array, axis: int = -1) -> None:
    """The gradient of one shared slope is the sum of those of the channels."""
    single, each = f(x, upstream, axis=axis, shared=True), f(x, upstream, axis=axis)
    close(single, np.sum(numbers(each)), "the shared gradient is not the sum over the channels", _SUMS)


@prop("positive input is no concern of alpha", hint="Which entries of prelu's output depend on alpha at all?")
def positive_input_is_no_concern_of_alpha(f: Candidate, x: Array, upstream: Array, axis: int = -1) -> None:
    """Where no x is negative, the gradient is 0."""
    close(f(np.abs(x), upstream, axis=axis), np.zeros(x.shape[axis]), "not 0 although no x is negative", _SUMS)


@prop("linear in upstream", hint="How does the gradient from above enter: as a factor at every entry?")
def linear_in_upstream(f: Candidate, x: Array, upstream: Array, axis: int = -1) -> None:
    """Gradients from above add up: f(x, upstream + 1) = f(x, upstream) + f(x, 1), with ones for 1."""
    ones = np.ones(x.shape)
    both, first, second = map(numbers, f.many([(x, upstream + ones), (x, upstream), (x, ones)], axis=axis))
    close(both, first + second, "f(x, upstream + 1) is not f(x, upstream) + f(x, 1)", _SUMS)


@prop("never positive for ones", hint="min(x, 0) is never positive. Which sign has a sum of such numbers?")
def never_positive_for_ones(f: Candidate, x: Array, axis: int = -1) -> None:
    """With an upstream gradient of ones no entry is positive: a larger alpha lowers every negative output."""
    gradient = numbers(f(x, np.ones(x.shape), axis=axis))
    holds(gradient <= _SUMS.absolute, "an entry is positive", gradient)


PRELU_GRAD_ALPHA = Challenge(
    reference=prelu_grad_alpha,
    title="Derivative of PReLU by its slopes",
    difficulty="medium",
    minutes=10,
    draws=draws_with_upstream,
    hard=[
        {"x": np.array([[-1.0, 2.0]]), "upstream": np.array([[1.0, 1.0]])},
        {"x": np.array([[-1.0, 0.0], [-3.0, -2.0]]), "upstream": np.array([[1.0, 1.0], [1.0, 1.0]])},
        {"x": np.array([[-1.0, -1.0], [1.0, 1.0]]), "upstream": np.array([[2.0, -1.0], [3.0, 0.5]])},
        {"x": np.array([[-1.0], [2.0], [-3.0]]), "upstream": np.array([[1.0], [1.0], [0.5]])},
        {"x": np.array([-1.0, 2.0, -3.0]), "upstream": np.array([1.0, 1.0, 2.0])},
        {"x": np.array([[-1.0, 2.0], [-3.0, -4.0]]), "upstream": np.ones((2, 2)), "shared": True},
        {"x": np.array([[-1.0, -1.0], [-2.0, -2.0]]), "upstream": np.ones((2, 2)), "axis": 0},
        {"x": np.array([[-1.0, -1.0], [-2.0, -2.0]]), "upstream": np.ones((2, 2)), "axis": -2, "shared": True},
        {"x": np.array([-1.0, -2.0]), "upstream": np.array([1.0, -1.0]), "axis": 0, "shared": False},
        {"x": _PLANE, "upstream": np.array([[1.0, -1.0, 0.5], [2.0, 1.5, 0.0]])},
        {"x": _PLANE, "upstream": np.array([[1.0, -1.0, 0.5], [2.0, 1.5, 0.0]]), "axis": 0},
        {"x": _CUBE, "upstream": np.arange(8.0).reshape(2, 2, 2)},
        {"x": _CUBE, "upstream": np.arange(8.0).reshape(2, 2, 2), "axis": 1},
        {"x": _CUBE, "upstream": np.arange(8.0).reshape(2, 2, 2), "axis": -3},
        {"x": _MAPS, "upstream": np.linspace(-1.0, 1.3, 18).reshape(2, 3, 1, 3), "axis": 1},
        {"x": np.array([[-1e4, 1e4], [-1000.0, 0.5]]), "upstream": np.array([[1.0, 1.0], [-0.5, 2.0]])},
    ],
    properties=[
        a_step_in_alpha,
        shared_is_the_sum,
        positive_input_is_no_concern_of_alpha,
        linear_in_upstream,
        never_positive_for_ones,
    ],
    hints=[
        "Take a single entry: prelu is alpha times x left of 0 and x right of 0. Differentiate by alpha.",
        "By the chain rule each entry contributes its gradient from above times that derivative.",
        "One slope is used at many places, so their contributions are added: over every axis but that of the channels.",
    ],
    follow_ups=[
        FollowUp(
            "Derive it.",
            "prelu depends on alpha only where x is negative, and there its derivative by alpha is x: together "
            "min(x, 0). The chain rule multiplies by upstream, and as all entries of a channel use the same slope, "
            "it sums over them.",
        ),
        FollowUp(
            "Why can alpha jump in the first steps?",
            "Its gradient is a sum over the batch and the whole feature map: 32 images of 56 by 56 are 100,352 terms "
            "for a single number. Clipping, a smaller learning rate or a loss averaged over the batch keep it in "
            "bounds.",
        ),
        FollowUp(
            "Why sum and not average?",
            "The chain rule sums over every path by which alpha reaches the loss. If the loss is a mean, its factor "
            "1/n is already in upstream, and averaging again would divide twice.",
        ),
        FollowUp(
            "Should alpha have its own learning rate?",
            "It can help, as its gradient is of another size than those of the weights; optimisers such as Adam "
            "rescale it anyway. What matters more is to leave it out of weight decay, which would pull it to 0.",
        ),
    ],
    specials=[
        Special({"x": np.array([np.inf, -np.inf]), "upstream": np.array([1.0, 1.0])}, np.array([0.0, -np.inf])),
        Special({"x": np.array([np.nan, -1.0]), "upstream": np.array([1.0, 1.0])}, np.array([np.nan, -1.0])),
    ],
    # sums of 24 products: careful arithmetic in another order differs by some 1e-13 for |x| <= 30 when terms cancel
    tolerance=Tolerance(1e-11, 1e-9),
    large=Tolerance(1e-8, 1e-7),
    mend=_upstream_fits,
    hints_for={
        "shape": "How many slopes are there to learn? One number for each of them comes out.",
        "agrees with the reference": "Which entries depend on alpha, how much each, and what is done with all of them?",
        "arguments": "Which axes are summed over when the channels lie on this one, and which for one shared slope?",
    },
)
CHALLENGES = (RELU, RELU_GRAD, LEAKY_RELU, LEAKY_RELU_GRAD, PRELU, PRELU_GRAD_X, PRELU_GRAD_ALPHA)
