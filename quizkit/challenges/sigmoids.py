"""Sigmoid and tanh with their derivatives as functions of the output, and softplus, whose derivative is the sigmoid."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from quizkit.challenges.vocabulary import (
    BASE,
    DIFFERENCES,
    Array,
    Candidate,
    Case,
    Challenge,
    FollowUp,
    Special,
    Tolerance,
    between,
    central_difference,
    close,
    holds,
    numbers,
    prop,
)

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def _floating(x: Array) -> Array:
    """Return `x` with floats of its own precision, or float64 for integers."""
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)


def sigmoid(x: Array) -> Array:
    """Write the sigmoid (logistic) function, 1 / (1 + exp(-x)).

    It works entry by entry on an array `x` of any shape. Return a new float array of the same shape and leave `x`
    alone. Entries are finite and up to 10,000 in size, and the result must be finite and right for all of them: next to
    0 far to the left, next to 1 far to the right. Integers may come; they give what the same floats give.
    """
    x = _floating(x)
    # 1 / (1 + exp(-x)) on the right, exp(x) / (1 + exp(x)) on the left: the same number, and no exponent is above 0,
    # so that exp cannot overflow and small results keep their digits
    result: Array = np.exp(np.minimum(x, 0)) / (1 + np.exp(-np.abs(x)))
    return result


def sigmoid_grad(y: Array) -> Array:
    """Write the derivative of the sigmoid, given the sigmoid's output.

    `y` is an array of any shape that holds y = sigmoid(x), so its entries lie between 0 and 1, both included; x itself
    is not given. Return the derivative of sigmoid(x) with respect to x, entry by entry, as a new array of the same
    shape, and leave `y` alone. Integers 0 and 1 may come; they give what the same floats give.
    """
    y = _floating(y)
    # the forward pass has paid for exp already
    slope: Array = y * (1 - y)
    return slope


def tanh(x: Array) -> Array:
    """Write the hyperbolic tangent, (exp(x) - exp(-x)) / (exp(x) + exp(-x)).

    NumPy's own may be used, but try without: that is what an interviewer asks for.
    It works entry by entry on an array `x` of any shape. Return a new float array of the same shape and leave `x`
    alone. Entries are finite and up to 10,000 in size, and the result must be finite and right for all of them.
    Integers may come; they give what the same floats give.
    """
    # right to the last digit from 0 out to where it is 1; with exponentials: e = expm1(-2|x|) is never above 0, and
    # -e / (2 + e) with the sign of x is tanh(x)
    return np.tanh(_floating(x))


def tanh_grad(y: Array) -> Array:
    """Write the derivative of tanh, given tanh's output.

    `y` is an array of any shape that holds y = tanh(x), so its entries lie between -1 and 1, both included; x itself is
    not given. Return the derivative of tanh(x) with respect to x, entry by entry, as a new array of the same shape, and
    leave `y` alone. Integers -1, 0 and 1 may come; they give what the same floats give.
    """
    y = _floating(y)
    # 1 - y * y, in the form that keeps its digits near -1 and 1: the factor that becomes small there is exact, while
    # y * y would be rounded before it is subtracted
    slope: Array = (1 - y) * (1 + y)
    return slope


def softplus(x: Array, beta: float = 1.0) -> Array:
    """Write softplus, log(1 + exp(beta * x)) / beta, with the natural logarithm.

    It works entry by entry on an array `x` of any shape; `beta` is a positive number, 1 by default. Return a new float
    array of the same shape and leave `x` alone. Entries are finite and up to 10,000 in size, and the result must be
    finite and right for all of them: far to the right it is x itself. Integers may come; they give what the same floats
    give.
    """
    # log(exp(0) + exp(beta * x)), which logaddexp computes without ever forming the exponentials of large numbers
    return np.logaddexp(0, beta * _floating(x)) / beta


# -- cases ------------------------------------------------------------------------------------------------------------


def draws_of_inputs() -> SearchStrategy[Case]:
    """Draw an input."""
    from quizkit.challenges import strategies as s

    return s.cases(x=s.arrays())


def draws_of_sigmoids() -> SearchStrategy[Case]:
    """Draw outputs of the sigmoid."""
    from quizkit.challenges import strategies as s

    return s.cases(y=s.arrays(scales=_SCALES).map(sigmoid))


def draws_of_tanhs() -> SearchStrategy[Case]:
    """Draw outputs of tanh."""
    from quizkit.challenges import strategies as s

    return s.cases(y=s.arrays(scales=_SCALES).map(tanh))


def draws_with_beta() -> SearchStrategy[Case]:
    """Draw an input and, in half of the cases, a beta."""
    from hypothesis import strategies as st

    from quizkit.challenges import strategies as s

    return st.fixed_dictionaries({"x": s.arrays()}, optional={"beta": s.reals(0.25, 8)})


_SCALES = (0.5, 2.0, 5.0, 40.0)
# of inputs whose outputs are drawn: at 40 most outputs have reached the ends, up to 5 none has

HARD: tuple[Case, ...] = (
    {"x": np.array([0.0])},
    {"x": np.array([1.0])},
    {"x": np.array([-1.0])},
    {"x": np.array([0.0, 2.0])},
    {"x": np.array([0.001])},
    {"x": np.array([-25.0])},
    {"x": np.array([25.0])},
    {"x": np.array([[-2.0, 0.5, 3.0], [4.0, -0.5, 0.0]])},
    {"x": np.array([[[-3.0], [2.0]], [[0.25], [-0.25]]])},
    {"x": np.array([1000.0])},
    {"x": np.array([-1000.0])},
    {"x": np.array([-1000.0, 1000.0])},
    {"x": np.array([[10000.0, -10000.0], [-31.0, 31.0]])},
)
HARD_SIGMOIDS: tuple[Case, ...] = (
    {"y": np.array([0.5])},
    {"y": np.array([0.25])},
    {"y": np.array([0.75])},
    {"y": np.array([0.0])},
    {"y": np.array([1.0])},
    {"y": np.array([0.0, 0.5, 1.0])},
    {"y": np.array([0.001, 0.999])},
    {"y": np.array([[0.1, 0.2, 0.3], [0.4, 0.9, 1.0]])},
    {"y": np.array([[[0.125], [0.0]], [[0.5], [0.625]]])},
)
HARD_TANHS: tuple[Case, ...] = (
    {"y": np.array([0.0])},
    {"y": np.array([0.5])},
    {"y": np.array([-0.5])},
    {"y": np.array([1.0])},
    {"y": np.array([-1.0])},
    {"y": np.array([-0.5, 0.0, 0.5])},
    {"y": np.array([0.001, -0.999])},
    {"y": np.array([[-0.1, 0.2, 0.3], [0.4, -0.9, 1.0]])},
    {"y": np.array([[[0.125], [0.0]], [[-0.5], [-0.625]]])},
)
HARD_WITH_BETA: tuple[Case, ...] = (
    *HARD,
    {"x": np.array([0.0]), "beta": 2.0},
    {"x": np.array([1.0]), "beta": 2.0},
    {"x": np.array([-1.0]), "beta": 0.5},
    {"x": np.array([[-2.0, 1.0, 0.25], [0.5, 0.0, 3.0]]), "beta": 4.0},
    {"x": np.array([50.0]), "beta": 0.25},
)


def _y_from(least: float) -> Callable[[dict[str, Any]], dict[str, Any] | None]:
    """Return a `mend` that brings y back into [least, 1]."""
    return lambda case: {**case, "y": np.clip(case["y"], least, 1)}


def _beta_is_positive(case: dict[str, Any]) -> dict[str, Any] | None:
    return case if case.get("beta", 1.0) > 0 else None


# -- properties -------------------------------------------------------------------------------------------------------


def _difference(function: Callable[[Array], Array], x: Array) -> Array:
    h = 1e-6
    return np.asarray((function(x + h) - function(x - h)) / ((x + h) - (x - h)))


@prop("larger stays larger", hint="Which way does each of your exponentials go when x grows?")
def larger_stays_larger(f: Candidate, x: Array) -> None:
    """A larger input never gives a smaller output."""
    outputs = numbers(f(np.sort(x, axis=None)))
    rounding = 1e-9 * np.maximum(1.0, np.abs(outputs[1:]))
    holds(np.diff(outputs) >= -rounding, "inputs in rising order gave outputs that fall", outputs)


@prop(
    "opposite inputs sum to 1", hint="Multiply 1 / (1 + exp(x)) above and below by exp(-x), and add 1 / (1 + exp(-x))."
)
def opposite_inputs_sum_to_1(f: Candidate, x: Array) -> None:
    """The outputs for x and -x sum to 1."""
    right, left = f.many([(x,), (-x,)])
    close(numbers(right) + numbers(left), np.ones(x.shape), "the outputs for x and -x do not sum to 1")


@prop("each entry on its own", hint="Does an entry's result change when its neighbours do? Look for sums and maxima.")
def each_entry_on_its_own(f: Candidate, x: Array) -> None:
    """An entry's output does not depend on the entries beside it."""
    alone, among_others = f.many([(x[..., :1],), (x,)])
    close(alone, numbers(among_others)[..., :1], "an entry alone gave another output than among others")


@prop("undone by the logit", hint="Solve p = 1 / (1 + exp(-x)) for x.")
def undone_by_the_logit(f: Candidate, x: Array) -> None:
    """log(p / (1 - p)) of the output p gives the input back, for inputs between -5 and 5."""
    moderate = np.clip(x, -5.0, 5.0)
    p = numbers(f(moderate))
    with np.errstate(all="ignore"):
        # near 1 the logit enlarges a relative error of 1e-9 in p to 1.5e-7
        close(np.log(p / (1 - p)), moderate, "log(p / (1 - p)) is not the input", Tolerance(1e-6, 0))


@prop("the slope of the sigmoid", hint="Differentiate 1 / (1 + exp(-x)) and write exp(-x) by means of y.")
def the_slope_of_the_sigmoid(f: Candidate, y: Array) -> None:
    """At y = sigmoid(x) the result is (sigmoid(x + h) - sigmoid(x - h)) / 2h for a small h."""
    x = _logit(np.clip(y, 0.01, 0.99))
    close(f(sigmoid(x)), _difference(sigmoid, x), "not the slope of the sigmoid", DIFFERENCES)


@prop("the same for y and 1 - y", hint="The sigmoid is as steep at -x as at x. Which output belongs to -x?")
def the_same_for_y_and_1_minus_y(f: Candidate, y: Array) -> None:
    """The outputs y and 1 - y have the same slope."""
    one, other = f.many([(y,), (1 - y,)])
    close(one, other, "y and 1 - y gave different slopes")


@prop("from 0 to a quarter", hint="Where is the sigmoid steepest, and how steep is it there?")
def from_0_to_a_quarter(f: Candidate, y: Array) -> None:
    """A slope is never negative and never above 1/4."""
    between(f(y), np.zeros(y.shape), np.full(y.shape, 0.25), "a slope outside 0 and 1/4")


@prop("opposite input, opposite output", hint="Put -x for x in the formula: what becomes of it?")
def opposite_input_opposite_output(f: Candidate, x: Array) -> None:
    """The output for -x is minus the output for x."""
    right, left = f.many([(x,), (-x,)])
    close(left, -numbers(right), "the outputs for x and -x are not opposite")


@prop("from -1 to 1", hint="Which of the two exponentials is left for large x, and in which parts of the quotient?")
def from_minus_1_to_1(f: Candidate, x: Array) -> None:
    """Every output lies between -1 and 1, and far out it is one of them."""
    outputs, far = f.many([(x,), (np.copysign(np.maximum(np.abs(x), 50.0), x),)])
    between(outputs, np.full(x.shape, -1.0), np.ones(x.shape), "an output outside -1 and 1")
    close(far, np.copysign(1.0, x), "far out the output is neither -1 nor 1")


@prop("twice the input", hint="Many curves run from -1 to 1. Which law do you know that relates tanh(2x) to tanh(x)?")
def twice_the_input(f: Candidate, x: Array) -> None:
    """tanh(2x) = 2 tanh(x) / (1 + tanh(x)^2)."""
    twice, once = f.many([(2 * np.clip(x, -5.0, 5.0),), (np.clip(x, -5.0, 5.0),)])
    t = numbers(once)
    close(twice, 2 * t / (1 + t**2), "the output for 2x does not go with the output for x", Tolerance(1e-11, 1e-8))


@prop("the slope of tanh", hint="Differentiate the quotient and recognise y in what comes out.")
def the_slope_of_tanh(f: Candidate, y: Array) -> None:
    """At y = tanh(x) the result is (tanh(x + h) - tanh(x - h)) / 2h for a small h."""
    x = np.arctanh(np.clip(y, -0.99, 0.99))
    close(f(tanh(x)), _difference(tanh, x), "not the slope of tanh", DIFFERENCES)


@prop("the same for y and -y", hint="tanh is as steep at -x as at x. Which output belongs to -x?")
def the_same_for_y_and_minus_y(f: Candidate, y: Array) -> None:
    """The outputs y and -y have the same slope."""
    one, other = f.many([(y,), (-y,)])
    close(one, other, "y and -y gave different slopes")


@prop("1 in the middle, 0 at the ends", hint="How steep is tanh at 0, and where it has levelled off?")
def one_in_the_middle(f: Candidate, y: Array) -> None:
    """The slope is 1 where y is 0, and 0 where y is -1 or 1."""
    whole = np.round(y)
    close(f(whole), 1 - np.abs(whole), "at y = 0 the slope is 1, at -1 and 1 it is 0")


@prop("opposite inputs differ by x", hint="log(1 + exp(t)) and log(1 + exp(-t)) share a factor inside the logarithm.")
def opposite_inputs_differ_by_x(f: Candidate, x: Array, beta: float = 1.0) -> None:
    """The outputs for x and -x differ by x, whatever beta."""
    right, left = f.many([(x,), (-x,)], beta=beta)
    close(numbers(right) - numbers(left), x, "the outputs for x and -x do not differ by x")


@prop("just above ReLU", hint="What is left of log(1 + exp(t)) when t is large, very negative, or 0?")
def just_above_relu(f: Candidate, x: Array, beta: float = 1.0) -> None:
    """The output lies between max(x, 0) and max(x, 0) + log(2) / beta."""
    relu = np.maximum(x, 0.0)
    between(f(x, beta=beta), relu, relu + np.log(2) / beta, "not between max(x, 0) and max(x, 0) + log(2) / beta")


@prop("its slope is the sigmoid", hint="Differentiate log(1 + exp(beta * x)) / beta. What becomes of the two betas?")
def its_slope_is_the_sigmoid(f: Candidate, x: Array, beta: float = 1.0) -> None:
    """The slope (f(x + h) - f(x - h)) / 2h is sigmoid(beta * x)."""
    # farther out some switch to x itself, with a step that is too small to matter but not when divided by h
    reach = min(5.0, 10.0 / beta)
    moderate = np.clip(x, -reach, reach)
    slope = central_difference(f, moderate, beta=beta)
    close(slope, sigmoid(beta * moderate), "the slope is not sigmoid(beta * x)", DIFFERENCES)


@prop("beta sets the scale", hint="beta stands in the formula twice. Where?")
def beta_sets_the_scale(f: Candidate, x: Array, beta: float) -> None:
    """beta times the output for x is the output for beta * x with beta = 1."""
    inner = x / max(1.0, beta)
    close(beta * numbers(f(inner, beta=beta)), f(beta * inner), "beta does not just change the scale")


def _logit(p: Array) -> Array:
    return np.asarray(np.log(p) - np.log1p(-p))


# -- challenges -------------------------------------------------------------------------------------------------------

_OVERFLOW = "What is exp(1000) in floats, and what is infinity divided by infinity?"
_WARNINGS = "Which exponent of yours is large and positive, although its exponential is only divided by?"
_NARROW = "What is -x when x is uint8 or bool, and how many digits does np.exp keep for those?"

SIGMOID = Challenge(
    reference=sigmoid,
    title="Sigmoid",
    difficulty="easy",
    minutes=6,
    draws=draws_of_inputs,
    hard=HARD,
    properties=[opposite_inputs_sum_to_1, each_entry_on_its_own, undone_by_the_logit, larger_stays_larger],
    hints=[
        "The formula is one line. Which inputs make its exponential overflow?",
        "Multiply above and below by exp(x): a second formula for the same number. Where is it the better one?",
        "exp(-|x|) is never above 1. Write both formulas with it and choose by the sign of x.",
    ],
    follow_ups=[
        FollowUp(
            "Why does log(sigmoid(x)) need a function of its own?",
            "For very negative x the sigmoid underflows to 0 and its logarithm is -inf, although the true value is "
            "about x. log(sigmoid(x)) = -softplus(-x) is right everywhere.",
        ),
        FollowUp(
            "What does the sigmoid do to gradients in a deep network?",
            "Its slope is at most 1/4, at x = 0, and about 0 once the unit is saturated: every layer multiplies the "
            "gradient by such a factor, so it vanishes with depth.",
        ),
        FollowUp(
            "Its outputs are all positive. Why is that a disadvantage in a hidden layer?",
            "All gradients of the weights into one unit of the next layer then have the same sign for a sample, so the "
            "updates zigzag. Outputs centred at 0, as tanh gives them, avoid that.",
        ),
    ],
    # a clipped input gives 1e-218 where the limit is 0: as good
    specials=[Special({"x": np.array([-np.inf, np.inf, np.nan])}, np.array([0.0, 1.0, np.nan]), BASE)],
    tails=[Special({"x": np.array([-40.0])}, np.array([4.248354255291589e-18]))],
    hints_for={
        "agrees with the reference": "How large is exp(-x) there, by hand, and what becomes of it in your code?",
        "stable for large input": _OVERFLOW,
        "no warnings": _WARNINGS,
        "small integer types": _NARROW,
    },
)
SIGMOID_GRAD = Challenge(
    reference=sigmoid_grad,
    title="The derivative of the sigmoid, from its output",
    difficulty="easy",
    minutes=4,
    draws=draws_of_sigmoids,
    hard=HARD_SIGMOIDS,
    properties=[the_slope_of_the_sigmoid, the_same_for_y_and_1_minus_y, from_0_to_a_quarter],
    hints=[
        "The argument is y = sigmoid(x): x and exp are not needed any more.",
        "Differentiate 1 / (1 + exp(-x)), then write what you get by means of 1 / (1 + exp(-x)).",
        "The result is a product of two factors: one is small far to the left, the other far to the right.",
    ],
    follow_ups=[
        FollowUp(
            "Why take the output and not x?",
            "The forward pass has computed y already, so the backward pass needs no exp: one subtraction and one "
            "product. It also means that x need not be kept.",
        ),
        FollowUp(
            "What is lost compared with computing it from x?",
            "For x above 36.7 the output rounds to exactly 1 and the slope to 0, while the true slope is about 1e-16 "
            "there. sigmoid(x) * sigmoid(-x) keeps it.",
        ),
        FollowUp(
            "How small can a gradient become after 10 sigmoid layers, from the slopes alone?",
            "At best it is multiplied by 0.25 ** 10, about 9.5e-7, and that is with every unit at x = 0.",
        ),
    ],
    # y * (1 - y) is exact for 0 and 1, so an integer result for integers is fine: `derivative` stays False
    mend=_y_from(0.0),
    hints_for={
        "agrees with the reference": "y is the output already. What is the slope where y = 1/2? And at 0 and 1?",
        "leaves its arguments alone": "y still belongs to the caller. Do `*=` and `-=` make a new array?",
    },
)
TANH = Challenge(
    reference=tanh,
    title="Tanh",
    difficulty="easy",
    minutes=6,
    draws=draws_of_inputs,
    hard=HARD,
    properties=[opposite_input_opposite_output, from_minus_1_to_1, twice_the_input, larger_stays_larger],
    hints=[
        "The formula is a quotient of exponentials. Which inputs make them overflow?",
        "Multiply above and below by exp(-x) or exp(x): only exp(-2x) or exp(2x) is left.",
        "exp(-2|x|) is never above 1. Compute with |x| and give the result the sign of x.",
    ],
    follow_ups=[
        FollowUp(
            "How would you write it without np.tanh and keep the digits near 0?",
            "With e = expm1(-2|x|), tanh(x) is -e / (2 + e) with the sign of x. 2 * sigmoid(2x) - 1 is right, too, but "
            "near 0 it subtracts two numbers next to 1 and loses the digits of small results.",
        ),
        FollowUp(
            "What do outputs centred at 0 buy?",
            "The next layer sees inputs of both signs with a mean near 0, so its weights can move in either direction "
            "and its pre-activations are not shifted. The slope at 0 is 1, where the sigmoid has 1/4.",
        ),
        FollowUp(
            "Which gain goes with tanh in Xavier initialisation?",
            "PyTorch uses 5/3, which makes up for tanh shrinking its inputs; without it the signal fades with depth.",
        ),
        FollowUp(
            "Where is tanh still used?",
            "In LSTM and GRU cells, where the candidate state must be bounded and of both signs, in outputs between -1 "
            "and 1, such as actions or pixels, and in the tanh form of GELU.",
        ),
    ],
    specials=[Special({"x": np.array([-np.inf, np.inf, np.nan])}, np.array([-1.0, 1.0, np.nan]))],
    tails=[Special({"x": np.array([1e-9])}, np.array([1e-9]))],
    hints_for={
        "agrees with the reference": "At 0 it is 0 with slope 1. Work out one entry by hand, with its sign.",
        "stable for large input": _OVERFLOW,
        "no warnings": _WARNINGS,
        "small integer types": _NARROW,
    },
)
TANH_GRAD = Challenge(
    reference=tanh_grad,
    title="The derivative of tanh, from its output",
    difficulty="easy",
    minutes=4,
    draws=draws_of_tanhs,
    hard=HARD_TANHS,
    properties=[the_slope_of_tanh, the_same_for_y_and_minus_y, one_in_the_middle],
    hints=[
        "The argument is y = tanh(x): x and exp are not needed any more.",
        "tanh is sinh / cosh, and cosh^2 - sinh^2 = 1. Differentiate the quotient.",
        "The slope is 1 where y is 0, and 0 where y is -1 or 1: which simple function of y does that?",
    ],
    follow_ups=[
        FollowUp(
            "Which is more accurate near y = 1: 1 - y * y or (1 - y) * (1 + y)?",
            "The product. For y next to 1 the difference 1 - y is exact (Sterbenz);  y * y is rounded before it is "
            "subtracted from 1: the relative error is 3e-13 at x = 5 and grows from there.",
        ),
        FollowUp(
            "How does its slope compare with the sigmoid's?",
            "For standard normal inputs the mean slope is about 0.61, against 0.21 for the sigmoid, so gradients fade "
            "more slowly. Both vanish once the unit is saturated.",
        ),
    ],
    tails=[Special({"y": np.array([0.999999995])}, np.array([9.99999991422529e-09]))],
    # 1 - y * y is exact for -1, 0 and 1, so an integer result for integers is fine: `derivative` stays False
    mend=_y_from(-1.0),
    hints_for={
        "agrees with the reference": "y is the output already. Differentiate sinh / cosh: where does y appear?",
        "leaves its arguments alone": "y still belongs to the caller. Do `*=` and `-=` make a new array?",
    },
)
SOFTPLUS = Challenge(
    reference=softplus,
    title="Softplus",
    difficulty="medium",
    minutes=7,
    draws=draws_with_beta,
    hard=HARD_WITH_BETA,
    properties=[opposite_inputs_differ_by_x, just_above_relu, its_slope_is_the_sigmoid, beta_sets_the_scale],
    hints=[
        "The formula is one line. Which inputs make its exponential overflow, and what is the result there?",
        "Take the larger of 1 and exp(t) out of the sum inside the logarithm.",
        "It is max(t, 0) + log1p(exp(-|t|)); NumPy also has a function for the log of a sum of exponentials.",
    ],
    follow_ups=[
        FollowUp(
            "Why is it called the smooth ReLU, and why is it rarely used?",
            "It tends to ReLU as beta grows and is at most log(2) / beta above it. But it costs an exp and a log, has "
            "no exact zeros, and rarely trains better. It serves where an output must be positive, as a variance must.",
        ),
        FollowUp(
            "How is it related to binary cross-entropy from logits?",
            "The loss for a logit t and a label y is softplus(t) - y * t. That is why a stable softplus gives a stable "
            "loss.",
        ),
        FollowUp(
            "Why log1p and not log(1 + ...)?",
            "For very negative t, 1 + exp(t) rounds to 1 and its logarithm to 0, from about t = -36.7 on. log1p never "
            "forms the sum and returns exp(t) there.",
        ),
    ],
    specials=[Special({"x": np.array([-np.inf, np.inf, np.nan])}, np.array([0.0, np.inf, np.nan]))],
    tails=[Special({"x": np.array([-40.0])}, np.array([4.248354255291589e-18]))],
    mend=_beta_is_positive,
    hints_for={
        "agrees with the reference": "At 0 it is log(2). Check that value, and one far to the right.",
        "arguments": "beta stands in the formula twice: once inside the logarithm and once outside.",
        "stable for large input": "For large t, exp(t) overflows, but the logarithm of 1 + exp(t) is just t.",
        "far tails": "What is 1 + exp(-40) in floats, and what is its logarithm?",
        "small integer types": _NARROW,
    },
)
CHALLENGES = (SIGMOID, SIGMOID_GRAD, TANH, TANH_GRAD, SOFTPLUS)
