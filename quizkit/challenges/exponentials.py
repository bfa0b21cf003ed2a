"""ELU and SELU, which let negative inputs level off exponentially, and their derivatives."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from quizkit.challenges.vocabulary import (
    DIFFERENCES,
    Array,
    Candidate,
    Case,
    Challenge,
    FollowUp,
    Special,
    Tolerance,
    between,
    close,
    holds,
    numbers,
    prop,
)

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

SCALE, ALPHA = 1.0507009873554805, 1.6732632423543772
# lambda and alpha of SELU, for the properties; the references spell them out, because they are shown to the learner


def _floating(x: Array) -> Array:
    """Return `x` with floats of its own precision, or float64 for integers."""
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)


def elu(x: Array, alpha: float = 1.0) -> Array:
    """Write ELU, the exponential linear unit.

    It works entry by entry on an array `x` of any shape: a positive entry stays as it is, any other becomes
    alpha * (exp(x) - 1). `alpha` is a positive number, 1 by default.
    Return a new float array of the same shape and leave `x` alone. Entries are finite and up to 10,000 in size, and the
    result must be finite, too. Integers may come; they give what the same floats give.
    """
    x = _floating(x)
    # expm1 keeps the digits near 0 that exp(x) - 1 loses; both branches are computed everywhere, so the exponent is
    # held at 0 where it is not needed and cannot overflow
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def elu_grad(x: Array, alpha: float = 1.0) -> Array:
    """Write the derivative of ELU with respect to its input.

    ELU is x for positive x and alpha * (exp(x) - 1) for any other; `alpha` is a positive number, 1 by default. `x` is
    the input of ELU, an array of any shape. At exactly 0 the slope of either side is fine, and so is anything between.
    Return a new float array of the same shape and leave `x` alone. Entries are finite and up to 10,000 in size, and the
    result must be finite, too. Integers may come; they give what the same floats give.
    """
    x = _floating(x)
    # a positive x is kept out of exp, where it could overflow: np.where computes both branches everywhere
    return np.where(x > 0, 1, alpha * np.exp(np.minimum(x, 0)))


def selu(x: Array) -> Array:
    """Write SELU, the self-normalising ELU.

    It works entry by entry on an array `x` of any shape: scale * x for a positive entry, and
    scale * alpha * (exp(x) - 1) for any other, with scale = 1.0507009873554805 and alpha = 1.6732632423543772.
    Return a new float array of the same shape and leave `x` alone. Entries are finite and up to 10,000 in size, and the
    result must be finite and good to nine digits. Integers may come; they give what the same floats give.
    """
    # chosen so that inputs of mean 0 and variance 1 give outputs of mean 0 and variance 1: rounding them breaks that
    scale, alpha = 1.0507009873554805, 1.6732632423543772
    x = _floating(x)
    # scale belongs to both branches, alpha to one; expm1 keeps the digits near 0, the minimum prevents overflow
    return scale * np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def selu_grad(x: Array) -> Array:
    """Write the derivative of SELU with respect to its input.

    SELU is scale * x for positive x and scale * alpha * (exp(x) - 1) for any other, with scale = 1.0507009873554805 and
    alpha = 1.6732632423543772. `x` is the input of SELU, an array of any shape. At exactly 0 the slope of either side
    is fine, and so is anything between.
    Return a new float array of the same shape and leave `x` alone. Entries are finite and up to 10,000 in size, and the
    result must be finite and good to nine digits. Integers may come; they give what the same floats give.
    """
    scale, alpha = 1.0507009873554805, 1.6732632423543772
    x = _floating(x)
    # the derivative of exp is exp, so the -1 is gone; the minimum prevents overflow in the branch that is not taken
    return np.where(x > 0, scale, scale * alpha * np.exp(np.minimum(x, 0)))


# -- cases ------------------------------------------------------------------------------------------------------------


def draws_with_alpha() -> SearchStrategy[Case]:
    """Draw an input and, in half of the cases, an alpha."""
    from hypothesis import strategies as st

    from quizkit.challenges import strategies as s

    return st.fixed_dictionaries({"x": s.arrays()}, optional={"alpha": s.reals(0.25, 4)})


def draws() -> SearchStrategy[Case]:
    """Draw an input."""
    from quizkit.challenges import strategies as s

    return s.cases(x=s.arrays())


HARD: tuple[Case, ...] = (
    {"x": np.array([-1.0, 2.0])},
    {"x": np.array([-1.0])},
    {"x": np.array([1.0])},
    {"x": np.array([0.0])},
    {"x": np.array([-0.001])},
    {"x": np.array([-5.0])},
    {"x": np.array([5.0])},
    {"x": np.array([[-2.0, 0.5, 3.0], [1.0, -0.5, 0.0]])},
    {"x": np.array([[[-3.0], [2.0]], [[0.25], [-0.25]]])},
    {"x": np.array([1000.0])},
    {"x": np.array([-1000.0])},
    {"x": np.array([-1000.0, 1000.0])},
    {"x": np.array([[10000.0, -10000.0], [-31.0, 31.0]])},
)
HARD_WITH_ALPHA: tuple[Case, ...] = (
    *HARD,
    {"x": np.array([-1.0]), "alpha": 2.0},
    {"x": np.array([1.0]), "alpha": 2.0},
    {"x": np.array([0.0]), "alpha": 2.0},
    {"x": np.array([-1.0]), "alpha": 0.5},
    {"x": np.array([[-2.0, 1.0], [-0.25, 0.0]]), "alpha": 3.0},
)


def _alpha_is_positive(case: dict[str, Any]) -> dict[str, Any] | None:
    return case if case.get("alpha", 1.0) > 0 else None


def _slopes_of_elu(x: Array, alpha: float = 1.0) -> tuple[Array, Array]:
    """Return the lowest and the highest right derivative of ELU: its two slopes at 0, its one slope elsewhere."""
    slope = elu_grad(x, alpha)
    return np.where(x == 0, min(1.0, alpha), slope), np.where(x == 0, max(1.0, alpha), slope)


def _slopes_of_selu(x: Array) -> tuple[Array, Array]:
    slope = selu_grad(x)
    return np.where(x == 0, SCALE, slope), np.where(x == 0, SCALE * ALPHA, slope)


# -- properties -------------------------------------------------------------------------------------------------------


def _moderate(x: Array) -> Array:
    """Return `x` with every size brought between 0.001 and 5: off the kink, and where differences keep their digits."""
    return np.asarray(np.copysign(np.clip(np.abs(x), 1e-3, 5.0), x))


def _difference(function: Callable[..., Array], x: Array, *args: float) -> Array:
    h = 1e-6
    return np.asarray((function(x + h, *args) - function(x - h, *args)) / ((x + h) - (x - h)))


@cache
def _normal_points() -> tuple[Array, Array]:
    """Return points and weights with which a sum gives the mean of a function over N(0, 1), to 13 digits.

    Gauss-Legendre on either side of the kink at 0; what lies beyond 12 standard deviations is below 1e-32.
    """
    t, w = np.polynomial.legendre.leggauss(60)
    points = np.concatenate([6 * (t - 1), 6 * (t + 1)])
    return points, 6 * np.concatenate([w, w]) * np.exp(-(points**2) / 2) / np.sqrt(2 * np.pi)


@prop("positive values stay", hint="Which branch does a positive input take, and does alpha appear in it?")
def positive_values_stay(f: Candidate, x: Array, alpha: float = 1.0) -> None:
    """A positive input comes back as it is, whatever alpha."""
    positive = np.abs(x)
    close(f(positive, alpha=alpha), positive, "a positive input was changed")


@prop("no jump at 0", hint="Put x = 0 into both branches. Does alpha multiply the -1, too?")
def no_jump_at_0(f: Candidate, x: Array, alpha: float = 1.0) -> None:
    """An input next to 0 gives an output next to 0, on either side."""
    near = x * 1e-12
    message = "an input within 0.00000001 of 0 gave an output that is further away"
    close(f(near, alpha=alpha), np.zeros_like(near), message, Tolerance(1e-7 * max(1.0, alpha), 0))


@prop("a floor at -alpha", hint="Where does exp(x) go for very negative x, and what is left of the formula?")
def a_floor_at_minus_alpha(f: Candidate, x: Array, alpha: float = 1.0) -> None:
    """No output lies below -alpha, and far to the left every output is -alpha."""
    outputs, far_left = (f(inputs, alpha=alpha) for inputs in (x, np.minimum(x, -50.0)))
    between(outputs, np.full(x.shape, -alpha), np.full(x.shape, np.inf), "an output lies below -alpha")
    close(far_left, np.full(x.shape, -alpha), "far to the left the output is not -alpha")


@prop("larger stays larger", hint="Which way does exp(x) go when x grows? And exp(-x)?")
def larger_stays_larger(f: Candidate, x: Array) -> None:
    """A larger input never gives a smaller output."""
    outputs = numbers(f(np.sort(x, axis=None)))
    rounding = 1e-9 * np.maximum(1.0, np.abs(outputs[1:]))
    holds(np.diff(outputs) >= -rounding, "inputs in rising order gave outputs that fall", outputs)


@prop("the slope of ELU", hint="Differentiate each branch on its own. What becomes of the -1?")
def the_slope_of_elu(f: Candidate, x: Array, alpha: float = 1.0) -> None:
    """Away from 0 the result is (elu(x + h) - elu(x - h)) / 2h for a small h."""
    points = _moderate(x)
    expected = _difference(elu, points, alpha)
    close(f(points, alpha=alpha), expected, "not the slope of ELU", DIFFERENCES)


@prop("elu plus alpha", hint="Put alpha * exp(x) and alpha * (exp(x) - 1) side by side: by how much do they differ?")
def elu_plus_alpha(f: Candidate, x: Array, alpha: float = 1.0) -> None:
    """For negative x the slope is elu(x) + alpha."""
    negative = -np.abs(_moderate(x))
    close(f(negative, alpha=alpha), elu(negative, alpha) + alpha, "not elu(x) + alpha at a negative x")


@prop("a slope within bounds", hint="How large can exp(x) be for negative x? Can it be negative?")
def a_slope_within_bounds(f: Candidate, x: Array, alpha: float = 1.0) -> None:
    """No slope is negative, and none is above the larger of 1 and alpha."""
    steepest = np.full(x.shape, max(1.0, alpha))
    between(f(x, alpha=alpha), np.zeros(x.shape), steepest, "a slope outside 0 and the larger of 1 and alpha")


@prop("mean 0 and variance 1 stay", hint="The two constants were made for this. Which inputs does each of them touch?")
def mean_and_variance_stay(f: Candidate) -> None:
    """Normal inputs with mean 0 and variance 1 give outputs with mean 0 and variance 1, to six digits."""
    points, weights = _normal_points()
    outputs = numbers(f(points))
    mean = np.sum(weights * outputs)
    moments = np.array([mean, np.sum(weights * (outputs - mean) ** 2)])
    close(moments, np.array([0.0, 1.0]), "mean and variance of the outputs are off", Tolerance(1e-6, 0))


@prop("half of a positive input", hint="What kind of function is SELU for positive x, and which constant is in it?")
def half_of_a_positive_input(f: Candidate, x: Array) -> None:
    """Half of a positive input gives half of the output."""
    positive = np.abs(x)
    half, whole = f.many([(positive / 2,), (positive,)])
    close(half, numbers(whole) / 2, "half of a positive input did not give half of the output")


@prop("two slopes at 0", hint="Next to 0, exp(x) - 1 is x. Which constants are left on each side?")
def two_slopes_at_0(f: Candidate, x: Array) -> None:
    """Next to 0 the output is 1.0507 x on the right and 1.7581 x on the left."""
    near = _moderate(x) * 1e-6
    slopes = np.where(near > 0, SCALE, SCALE * ALPHA)
    close(numbers(f(near)) / near, slopes, "selu(x) / x next to 0 is off", Tolerance(0, 1e-5))


@prop("a floor at -1.7581", hint="Where does exp(x) go for very negative x, and which constants are left?")
def a_floor_at_minus_scale_alpha(f: Candidate, x: Array) -> None:
    """No output lies below -scale * alpha, and far to the left every output is that."""
    outputs, far_left = f.many([(x,), (np.minimum(x, -50.0),)])
    floor = np.full(x.shape, -SCALE * ALPHA)
    between(outputs, floor, np.full(x.shape, np.inf), "an output lies below -1.7581")
    close(far_left, floor, "far to the left the output is not -1.7581")


@prop("the slope of SELU", hint="Differentiate each branch on its own. Which constants stay in each?")
def the_slope_of_selu(f: Candidate, x: Array) -> None:
    """Away from 0 the result is (selu(x + h) - selu(x - h)) / 2h for a small h."""
    points = _moderate(x)
    close(f(points), _difference(selu, points), "not the slope of SELU", DIFFERENCES)


@prop("selu plus a constant", hint="For negative x, what is left over when you take SELU from its own slope?")
def selu_plus_a_constant(f: Candidate, x: Array) -> None:
    """For negative x the slope is selu(x) + scale * alpha."""
    negative = -np.abs(_moderate(x))
    close(f(negative), selu(negative) + SCALE * ALPHA, "not selu(x) + scale * alpha at a negative x")


@prop("one slope for all positive inputs", hint="SELU is a straight line there: how steep?")
def one_slope_for_positive_inputs(f: Candidate, x: Array) -> None:
    """Every positive input has the slope 1.0507."""
    positive = np.abs(_moderate(x))
    close(f(positive), np.full(x.shape, SCALE), "a positive input has another slope")


# -- challenges -------------------------------------------------------------------------------------------------------

_OVERFLOW = (
    "np.where computes both branches for every entry. What does exp make of 1000 in the branch nobody asked for?"
)
_INTEGERS = "An array made by zeros_like(x) or x.copy() holds integers when x does: what happens to a fraction in it?"
_NARROW = "How many digits does np.exp keep when it is given uint8? And float64?"

ELU = Challenge(
    reference=elu,
    title="ELU",
    difficulty="easy",
    minutes=6,
    draws=draws_with_alpha,
    hard=HARD_WITH_ALPHA,
    properties=[positive_values_stay, no_jump_at_0, a_floor_at_minus_alpha, larger_stays_larger],
    hints=[
        "There are two formulas, one on either side of 0. Write each for a single number first.",
        "np.where chooses entry by entry between two arrays; both are computed for all entries.",
        "Near 0, exp(x) is almost 1 and subtracting 1 leaves few digits: NumPy has a function for exp(x) - 1.",
    ],
    follow_ups=[
        FollowUp(
            "Why expm1 and not exp(x) - 1?",
            "Near 0, exp(x) rounds to a number next to 1, and subtracting 1 leaves the rounding error: at "
            "x = -1.2e-12 the relative error is 4e-5, and at -1e-17 the result is 0. expm1 keeps all digits.",
        ),
        FollowUp(
            "Why can torch.where(x > 0, x, torch.exp(x) - 1) have NaN gradients for large x?",
            "Both branches are computed and both are differentiated: the branch not taken has an infinite derivative "
            "there, and 0 from the mask times infinity is NaN. Clamp the exponent before exp, not after.",
        ),
        FollowUp(
            "Does ELU cure dying units?",
            "The slope for negative x is never exactly 0 within reach, so a unit can recover, but it decays as exp(x): "
            "at -10 it is 4.5e-5. A unit pushed far to the left still learns very slowly.",
        ),
        FollowUp(
            "What is the mean of ELU over standard normal inputs, and why does it matter?",
            "About 0.16 for alpha = 1, against 0.399 for ReLU. Outputs nearer to mean 0 shift the inputs of the next "
            "layer less.",
        ),
    ],
    specials=[Special({"x": np.array([-np.inf, np.inf, np.nan])}, np.array([-1.0, np.inf, np.nan]))],
    tails=[Special({"x": np.array([-1e-10])}, np.array([-9.9999999995e-11]))],
    mend=_alpha_is_positive,
    hints_for={
        "agrees with the reference": "Work out one negative and one positive entry by hand. Which branch is off?",
        "arguments": "For negative x the output is alpha times what it is for alpha = 1; for positive x alpha is idle.",
        "stable for large input": _OVERFLOW,
        "integers": _INTEGERS,
        "small integer types": _NARROW,
    },
)
ELU_GRAD = Challenge(
    reference=elu_grad,
    title="The derivative of ELU",
    difficulty="easy",
    minutes=6,
    draws=draws_with_alpha,
    hard=HARD_WITH_ALPHA,
    properties=[the_slope_of_elu, elu_plus_alpha, a_slope_within_bounds],
    hints=[
        "Differentiate the two formulas on either side of 0 separately.",
        "The derivative of exp(x) - 1 is exp(x), and alpha is a factor that stays.",
        "Choose between the branches with np.where, and keep large positive entries out of exp.",
    ],
    follow_ups=[
        FollowUp(
            "What is the slope at 0 for alpha = 2?",
            "2 from the left and 1 from the right: there is a kink. Only alpha = 1 makes ELU smooth at 0.",
        ),
        FollowUp(
            "Which form saves an exp in the backward pass, and what does it cost?",
            "For negative x the slope is y + alpha, where y is the output kept from the forward pass. Near -alpha the "
            "digits cancel: below about x = -37 the result is 0 where the slope is still 1e-16.",
        ),
    ],
    specials=[Special({"x": np.array([-np.inf, np.inf])}, np.array([0.0, 1.0]))],
    tails=[Special({"x": np.array([-40.0])}, np.array([4.248354255291589e-18]))],
    between=_slopes_of_elu,
    derivative=True,
    mend=_alpha_is_positive,
    hints_for={
        "agrees with the reference": "The input is x, not the output. What is the slope of each branch there?",
        "arguments": "alpha is a factor of the left branch: does it survive the derivative? Is it in the right branch?",
        "stable for large input": _OVERFLOW,
        "integers": _INTEGERS,
        "small integer types": _NARROW,
    },
)
SELU = Challenge(
    reference=selu,
    title="SELU",
    difficulty="medium",
    minutes=7,
    draws=draws,
    hard=HARD,
    properties=[
        mean_and_variance_stay,
        two_slopes_at_0,
        half_of_a_positive_input,
        a_floor_at_minus_scale_alpha,
        larger_stays_larger,
    ],
    hints=[
        "SELU is an ELU with a certain alpha, times a constant.",
        "Which of the two constants touches positive inputs, which negative ones?",
        "Factor out the constant that both branches share, and copy all digits of both.",
    ],
    follow_ups=[
        FollowUp(
            "Under which conditions does a network of SELU layers normalise itself?",
            "Dense layers, weights from LeCun's normal initialisation (variance 1 / fan-in), standardised inputs, and "
            "alpha-dropout where dropout is wanted. Skip connections and other activations in between break the proof.",
        ),
        FollowUp(
            "What happens with He initialisation instead?",
            "Weights of variance 2 / fan-in double the variance of every pre-activation, and the flat left end cannot "
            "take all of it back: after 30 layers of width 256 the variance is of the order of 100 instead of 1.",
        ),
        FollowUp(
            "Why must the scale be larger than 1?",
            "Where the variance has become too small, something must enlarge it: a slope above 1 around 0 does, and "
            "the flat left end holds it back where it is too large. With slopes up to 1 it could only shrink.",
        ),
        FollowUp(
            "How would you test mean 0 and variance 1 with n random samples?",
            "Allow for chance: the standard error of the mean is 1 / sqrt(n), so a tolerance of 5 / sqrt(n) almost "
            "never fails by accident. Numerical integration leaves nothing to chance.",
        ),
    ],
    specials=[
        Special({"x": np.array([-np.inf, np.inf, np.nan])}, np.array([-1.7580993408473766, np.inf, np.nan])),
    ],
    tails=[Special({"x": np.array([-1e-10])}, np.array([-1.758099340759472e-10]))],
    hints_for={
        "agrees with the reference": "Which constant belongs to which side of 0? Are all the digits there?",
        "stable for large input": _OVERFLOW,
        "integers": _INTEGERS,
        "small integer types": _NARROW,
    },
)
SELU_GRAD = Challenge(
    reference=selu_grad,
    title="The derivative of SELU",
    difficulty="medium",
    minutes=7,
    draws=draws,
    hard=HARD,
    properties=[the_slope_of_selu, selu_plus_a_constant, one_slope_for_positive_inputs],
    hints=[
        "Differentiate the two formulas on either side of 0 separately.",
        "Constant factors stay when you differentiate: which ones does each side have?",
        "On the left the slope is an exponential, largest next to 0; on the right it is a constant above 1.",
    ],
    follow_ups=[
        FollowUp(
            "The slope is 1.7581 just left of 0 and 1.0507 on the right. Is the jump a problem?",
            "No. Gradient descent needs a slope almost everywhere, and hitting 0 exactly has probability 0; ReLU jumps "
            "from 0 to 1. What matters is the average of the squared slope, which decides how gradients grow.",
        ),
        FollowUp(
            "Why may gradients still explode with He initialisation?",
            "Going back through a layer multiplies their variance by fan-out times the variance of a weight times the "
            "mean squared slope, which is 1.07 for standard normal inputs. LeCun's 1 / n keeps that factor near 1; "
            "weights of variance 2 / n double it, and even where the inputs have grown large it stays above 1.",
        ),
    ],
    specials=[Special({"x": np.array([-np.inf, np.inf])}, np.array([0.0, SCALE]))],
    tails=[Special({"x": np.array([-40.0])}, np.array([7.469028815914291e-18]))],
    between=_slopes_of_selu,
    derivative=True,
    hints_for={
        "agrees with the reference": "Which constants are factors of each branch? Differentiating takes none away.",
        "stable for large input": _OVERFLOW,
        "integers": _INTEGERS,
        "small integer types": _NARROW,
    },
)
CHALLENGES = (ELU, ELU_GRAD, SELU, SELU_GRAD)
