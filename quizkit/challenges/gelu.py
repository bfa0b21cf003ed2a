"""GELU, exact and in its tanh form, and the derivatives of both."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from quizkit.challenges.vocabulary import (
    BASE,
    DIFFERENCES,
    LARGE,
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

TWICE_LARGE = Tolerance(2e-9, 2e-7)
# for laws that add up two results, each as far off as agreement allows for large input
LOWEST_AT = -0.75179152469356446
# where gelu turns from falling to rising: the root of Φ(x) + x φ(x)


def _floats(x: Array) -> Array:
    """Return integers as float64 and floats as they are."""
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(float)


def _normal_cdf(x: Array) -> Array:
    """Return Φ(x) = erfc(-x/√2) / 2, entry by entry."""
    # NumPy has no erf; and erfc keeps its digits in the left tail, where 1 + erf keeps none
    cdf: Array = np.vectorize(lambda v: math.erfc(-v / math.sqrt(2)) / 2, otypes=[x.dtype])(x)
    return cdf


def _sigmoid(t: Array) -> Array:
    """Return 1 / (1 + exp(-t)), entry by entry."""
    # exp sees no positive number, so it cannot overflow
    e = np.exp(-np.abs(t))
    gate: Array = np.where(t < 0, e, 1.0) / (1 + e)
    return gate


def gelu(x: Array) -> Array:
    """Write the exact GELU: each number times the probability that a standard normal variable lies below it.

    GELU(x) = x Φ(x), where Φ(x) = (1 + erf(x/√2)) / 2 is the distribution function of the standard normal. The exact
    function is wanted, not one of its approximations: nine digits are compared. NumPy has no erf; the standard library
    has one for single numbers.

    `x` is an array of any shape, finite and up to 10,000 in size. Integers are numbers like any others. Return a new
    float array of the same shape, finite everywhere.
    """
    # Φ(-40) is 0 in floating point; going no further left keeps -inf * 0, which is NaN, away
    x = np.maximum(_floats(x), -40)
    return x * _normal_cdf(x)


def gelu_tanh(x: Array) -> Array:
    """Write the tanh approximation of GELU.

    The formula is 0.5 x (1 + tanh(√(2/π) (x + 0.044715 x³))): not the exact GELU, and nine digits are compared.

    `x` is an array of any shape, finite and up to 10,000 in size. Integers, int32 ones too, give what the same floats
    give. Return a new float array of the same shape, finite everywhere.
    """
    # further left the result is 0 in floating point; stopping there keeps -inf * 0, which is NaN, away
    x = np.maximum(_floats(x), -40)
    u = math.sqrt(2 / math.pi) * x * (1 + 0.044715 * x * x)
    # (1 + tanh u) / 2 is sigmoid(2u), which keeps its digits where tanh rounds to -1
    return x * _sigmoid(2 * u)


def gelu_grad(x: Array) -> Array:
    """Write the derivative of the exact GELU with respect to its input.

    GELU(x) = x Φ(x), where Φ(x) = (1 + erf(x/√2)) / 2 is the distribution function of the standard normal. Use the
    formula of the derivative rather than a difference quotient: nine digits are compared. NumPy has no erf; the
    standard library has one for single numbers.

    `x` is an array of any shape, finite and up to 10,000 in size. Integers are numbers like any others. Return a new
    float array of the same shape, with the slope at each entry, finite everywhere.
    """
    # beyond 40 the slope is 0 or 1 in floating point; stopping there keeps inf * 0, which is NaN, away
    x = np.clip(_floats(x), -40, 40)
    density = np.exp(-x * x / 2) / math.sqrt(2 * math.pi)
    # the product rule on x Φ(x); the derivative of Φ is the density
    return _normal_cdf(x) + x * density


def gelu_tanh_grad(x: Array) -> Array:
    """Write the derivative of the tanh approximation of GELU with respect to its input.

    The function to differentiate is 0.5 x (1 + tanh(√(2/π) (x + 0.044715 x³))), not the exact GELU. Use the formula of
    the derivative rather than a difference quotient: nine digits are compared.

    `x` is an array of any shape, finite and up to 10,000 in size. Integers, int32 ones too, give what the same floats
    give. Return a new float array of the same shape, with the slope at each entry, finite everywhere.
    """
    # beyond 40 the slope is 0 or 1 in floating point; stopping there keeps inf * 0, which is NaN, away
    x = np.clip(_floats(x), -40, 40)
    u = math.sqrt(2 / math.pi) * x * (1 + 0.044715 * x * x)
    du = math.sqrt(2 / math.pi) * (1 + 3 * 0.044715 * x * x)
    # the function is x s(2u) with the sigmoid s, and s' = s(t) s(-t)
    opened, closed = _sigmoid(2 * u), _sigmoid(-2 * u)
    return opened + 2 * x * opened * closed * du


def draws() -> SearchStrategy[Case]:
    """Draw an array."""
    from quizkit.challenges import strategies as s

    return s.cases(x=s.arrays())


@prop("f(x) - f(-x) = x", hint="What do the two gates, at x and at -x, add up to?")
def halves_of_the_identity(f: Candidate, x: Array) -> None:
    """What comes out at x, less what comes out at -x, is x itself."""
    right, left = f.many([(x,), (-x,)])
    close(numbers(right) - numbers(left), x, "f(x) - f(-x) is not x", TWICE_LARGE)


@prop("between -0.17 and relu", hint="x is multiplied by a probability: how large can the product be, and how small?")
def between_its_dip_and_relu(f: Candidate, x: Array) -> None:
    """GELU is never above max(x, 0) and never below -0.16997."""
    lowest = np.full(x.shape, -0.16997120747990366)
    between(f(x), lowest, np.maximum(x, 0), "outside of what GELU can give", LARGE)


@prop("one valley", hint="GELU has its lowest point near x = -0.7518. Where does yours have it?")
def one_valley(f: Candidate, x: Array) -> None:
    """GELU falls up to x = -0.7518 and rises from there on."""
    ascending = np.unique(x)
    y = numbers(f(ascending))
    steps, slack = np.diff(y), 2e-9 + 2e-7 * np.abs(y[1:])
    falling, rising = ascending[1:] <= LOWEST_AT, ascending[:-1] >= LOWEST_AT
    holds(steps[falling] <= slack[falling], "rises left of its lowest point", y)
    holds(steps[rising] >= -slack[rising], "falls right of its lowest point", y)


@prop("close to the exact GELU", hint="Compare the inside of your tanh with the formula, bracket by bracket.")
def close_to_the_exact_one(f: Candidate, x: Array) -> None:
    """The approximation is never further than 0.0004733 from the exact GELU."""
    exact = gelu(x)
    between(f(x), exact - 4.733e-4, exact + 4.733e-4, "further from the exact GELU than the approximation is", LARGE)


@prop("flat on the left, straight on the right", hint="What is tanh far out on either side, and what is left of x?")
def flat_then_straight(f: Candidate, x: Array) -> None:
    """From 10 on the result is x; from -10 on to the left it is 0."""
    far = np.clip(np.abs(x), 10, None)
    right, left = f.many([(far,), (-far,)])
    close(right, far, "far right it is not x", LARGE)
    close(left, np.zeros(x.shape), "far left it is not 0", LARGE)


@prop("slopes at x and -x add up to 1", hint="f(x) - f(-x) = x. Differentiate both sides.")
def slopes_add_up(f: Candidate, x: Array) -> None:
    """The slope at x and the slope at -x add up to 1; at 0 it is one half."""
    right, left = f.many([(x,), (-x,)])
    close(numbers(right) + numbers(left), np.ones(x.shape), "the slopes at x and -x do not add up to 1", TWICE_LARGE)


@prop("the slope of gelu", hint="x Φ(x) is a product: how many terms has its derivative, and what is Φ'?")
def the_slope_of_gelu(f: Candidate, x: Array) -> None:
    """It agrees with the rise of GELU over a tiny step, divided by the step."""
    near = np.clip(x, -5, 5)
    close(f(near), _measured_slope(gelu, near), "not the measured slope of GELU", DIFFERENCES)


@prop("between -0.129 and 1.129", hint="The steepest places of GELU are at -√2 and √2. What do you get there?")
def no_steeper_than_at_the_root_of_two(f: Candidate, x: Array) -> None:
    """The slope is least at -√2, where it is -0.1289, and greatest at √2, where it is 1.1289."""
    steepest = 1.1289041451851548
    message = "steeper than GELU is anywhere"
    between(f(x), np.full(x.shape, 1 - steepest), np.full(x.shape, steepest), message, LARGE)


@prop("the slope of the tanh form", hint="First the product rule, then the chain rule: what stands inside the tanh?")
def the_slope_of_the_tanh_form(f: Candidate, x: Array) -> None:
    """It agrees with the rise of the tanh form over a tiny step, divided by the step."""
    near = np.clip(x, -5, 5)
    close(f(near), _measured_slope(gelu_tanh, near), "not the measured slope of the tanh form", DIFFERENCES)


@prop("close to the slope of the exact GELU", hint="Does every factor of the inner derivative stand where it belongs?")
def close_to_the_exact_slope(f: Candidate, x: Array) -> None:
    """The slope is never further than 0.000869 from that of the exact GELU."""
    exact = gelu_grad(x)
    between(f(x), exact - 8.69e-4, exact + 8.69e-4, "further from the slope of the exact GELU than it can be", LARGE)


def _measured_slope(function: Callable[[Array], Array], x: Array) -> Array:
    step = 1e-6
    return (function(x + step) - function(x - step)) / ((x + step) - (x - step))


HARD: list[Case] = [
    {"x": np.array([0.0])},
    {"x": np.array([1.0])},
    {"x": np.array([-1.0])},
    {"x": np.array([1.0, 2.0])},
    # 2.7 is where the two forms differ most, 2 where their slopes do
    {"x": np.array([2.0])},
    {"x": np.array([2.7])},
    {"x": np.array([100.0])},
    {"x": np.array([-100.0])},
    # its cube does not fit into an int32
    {"x": np.array([2000.0])},
    {"x": np.array([-3.0, -0.75, -0.5, 0.5])},
    {"x": np.array([[-2.0, -0.5, 0.0], [0.25, 1.5, 3.0]])},
    {"x": np.array([[[-1.5], [0.125]], [[4.0], [-4.0]]])},
    {"x": np.array([-12.0, 12.0])},
    {"x": np.array([[10000.0, -10000.0, 1.0]])},
]

GELU = Challenge(
    reference=gelu,
    title="GELU",
    difficulty="medium",
    minutes=6,
    draws=draws,
    hard=HARD,
    properties=[halves_of_the_identity, between_its_dip_and_relu, one_valley],
    hints=[
        "Which two numbers are multiplied at each entry?",
        "Φ is the distribution function, not the density: it goes from 0 to 1, with Φ(0) = 1/2 and Φ(1) near 0.8413.",
        "math.erf takes one number at a time: np.vectorize, or a list of the entries, carries it over an array.",
        "erf(x/√2) is near -1 on the left; Φ(x) = erfc(-x/√2) / 2 is the same without the subtraction.",
    ],
    follow_ups=[
        FollowUp(
            "What is the probabilistic reading of GELU?",
            "Keep x with probability Φ(x), otherwise set it to 0: GELU is the expected value. It is dropout whose rate "
            "depends on the input.",
        ),
        FollowUp(
            "Is GELU monotone?",
            "No: it falls from 0 to about -0.17 at x = -0.7518 and rises from there on. Left of the dip its slope is "
            "negative, so two inputs can give one output.",
        ),
        FollowUp(
            "Where does it stand in a transformer, and which form does PyTorch use by default?",
            "Between the two linear layers of the feed-forward block. torch.nn.functional.gelu is exact unless it is "
            'called with approximate="tanh".',
        ),
        FollowUp(
            "How do you get erf without SciPy?",
            "math.erf, entry by entry, is exact to rounding. Formula 7.1.26 of Abramowitz and Stegun works on whole "
            "arrays, but its error reaches 1.5e-7.",
        ),
    ],
    specials=[Special({"x": np.array([-np.inf, np.inf, np.nan])}, np.array([0.0, np.inf, np.nan]))],
    tails=[
        Special(
            {"x": np.array([-8.0, -20.0, -30.0])},
            np.array([-4.9767684594174273e-15, -5.5072482372124674e-88, -1.4720141781444561e-196]),
        )
    ],
    hints_for={
        "agrees with the reference": "Φ(1) is near 0.84134, and so is GELU(1). math.erf takes one number: does each "
        "entry get its turn?",
        "stable for large input": "Far right Φ is 1, far left it is 0. What do your steps make of 10,000?",
        "infinities and NaN": "-inf times 0 is NaN, but the limit of x Φ(x) on the left is 0.",
        "far tails": "Near -8, erf rounds to -1: which function gives 1 + erf without the subtraction?",
    },
)
GELU_TANH = Challenge(
    reference=gelu_tanh,
    title="GELU, tanh form",
    difficulty="easy",
    minutes=5,
    draws=draws,
    hard=HARD,
    properties=[halves_of_the_identity, close_to_the_exact_one, flat_then_straight],
    hints=[
        "Compute what stands inside the tanh first, and give it a name.",
        "√(2/π) multiplies the whole bracket, the cubic term too.",
        "x³ is the one step whose size grows fast: in which type is it computed when x holds integers?",
    ],
    follow_ups=[
        FollowUp(
            "Why was there an approximation at all?",
            "erf was slow or missing in the libraries and on the accelerators of the time, tanh was fast everywhere. "
            "Checkpoints trained with it, such as GPT-2, keep it.",
        ),
        FollowUp(
            "Does it matter when a model is trained with one form and run with the other?",
            "The two differ by at most 4.73e-4, near |x| = 2.7, so accuracy hardly moves. Outputs are no longer equal "
            "digit by digit, though, and tests that compare logits fail.",
        ),
        FollowUp(
            "How far apart are the derivatives of the two forms?",
            "By at most 8.7e-4, near |x| = 2.02: about twice as far as the values.",
        ),
    ],
    specials=[Special({"x": np.array([-np.inf, np.inf, np.nan])}, np.array([0.0, np.inf, np.nan]))],
    tails=[Special({"x": np.array([-8.0, -12.0])}, np.array([-3.1077829375011112e-21, -1.6359854493534811e-61]))],
    hints_for={
        "agrees with the reference": "Compare your line with the formula, bracket by bracket and constant by constant.",
        "stable for large input": "tanh of something huge is 1 or -1. Which step of yours goes wrong before that?",
        "integers": "The largest int32 is near 2.1e9. How large is the cube of 2000?",
        "infinities and NaN": "On the far left x meets a factor of 0, and -inf times 0 is NaN.",
        "far tails": "tanh rounds to -1 near -7: 1 + tanh(u) is 2 sigmoid(2u), which does not.",
    },
)
GELU_GRAD = Challenge(
    reference=gelu_grad,
    title="Derivative of GELU",
    difficulty="medium",
    minutes=8,
    draws=draws,
    hard=HARD,
    properties=[slopes_add_up, the_slope_of_gelu, no_steeper_than_at_the_root_of_two],
    hints=[
        "x Φ(x) is a product of two functions of x.",
        "The derivative of a distribution function is the density: exp(-x²/2), divided by something.",
        "Two terms: one is Φ(x) as it stands, the other is x times the density of the standard normal.",
    ],
    follow_ups=[
        FollowUp(
            "Why can the slope be greater than 1?",
            "Φ(x) alone stays below 1, but the term x φ(x) is positive on the right. The sum is greatest at √2, where "
            "it is 1.1289.",
        ),
        FollowUp(
            "What does a negative slope mean for a unit on the left?",
            "Left of the dip at -0.7518, raising the output means lowering the pre-activation: the unit moves away "
            "from the dip, to where the slope fades to 0. Near the dip it still learns; a ReLU unit would not.",
        ),
        FollowUp(
            "What is the second derivative?",
            "φ(x) (2 - x²): positive between -√2 and √2, so that these are the steepest places.",
        ),
    ],
    specials=[Special({"x": np.array([-np.inf, np.inf])}, np.array([0.0, 1.0]), BASE)],
    tails=[
        Special(
            {"x": np.array([-8.0, -20.0, -30.0])},
            np.array([-3.979607261086796e-14, -1.1014360483133464e-86, -4.4160316907084944e-195]),
        )
    ],
    derivative=True,
    hints_for={
        "agrees with the reference": "At 0 only Φ is left, one half; at 1 the density comes in, near 0.24197. math.erf "
        "takes one number: does each entry get its turn?",
        "stable for large input": "Far right the slope is 1, far left it is 0. What do your steps make of 10,000?",
        "infinities and NaN": "exp(-x²/2) is 0 at infinity, and inf times 0 is NaN, but the limit of x φ(x) is 0.",
        "far tails": "Near -8, erf rounds to -1: which function gives 1 + erf without the subtraction?",
    },
)
GELU_TANH_GRAD = Challenge(
    reference=gelu_tanh_grad,
    title="Derivative of GELU, tanh form",
    difficulty="hard",
    minutes=10,
    draws=draws,
    hard=HARD,
    properties=[slopes_add_up, the_slope_of_the_tanh_form, close_to_the_exact_slope],
    hints=[
        "Call what stands inside the tanh u(x). Then it is a product of x and a function of u(x).",
        "Two terms: the gate as it stands, and x times the derivative of the gate.",
        "The derivative of tanh(u(x)) is (1 - tanh²(u)) u'(x), and u' has a cube to differentiate.",
    ],
    follow_ups=[
        FollowUp(
            "How would you write it with the sigmoid?",
            "(1 + tanh u) / 2 is s = sigmoid(2u), so that the slope is s + 2 x s (1 - s) u'. This keeps its digits on "
            "the left, where 1 + tanh u loses them.",
        ),
        FollowUp(
            "Can the backward pass use the derivative of the exact GELU instead?",
            "The error is at most 8.7e-4, and training would hardly notice. A gradient check would: the gradient no "
            "longer belongs to the function of the forward pass.",
        ),
        FollowUp(
            "Why can the slope be greater than 1?",
            "The gate stays below 1, but the second term is positive on the right. The sum is greatest near 1.4185, "
            "where it is 1.1290.",
        ),
    ],
    specials=[Special({"x": np.array([-np.inf, np.inf])}, np.array([0.0, 1.0]), BASE)],
    tails=[Special({"x": np.array([-8.0, -12.0])}, np.array([-4.7147845041068416e-20, -5.2904033525225585e-60]))],
    derivative=True,
    hints_for={
        "agrees with the reference": "At 0 the slope is one half. At 1, name each factor of the second term.",
        "stable for large input": "Far out 1 - tanh² is 0. Which factor beside it becomes too large before that?",
        "integers": "The largest int32 is near 2.1e9. How large is the cube of 2000?",
        "infinities and NaN": "At infinity 1 - tanh² is 0, and inf times 0 is NaN, but the limit is 0.",
        "far tails": "On the left 1 + tanh and 1 - tanh² subtract nearly equal numbers. What do they keep at -8?",
    },
)
CHALLENGES = (GELU, GELU_TANH, GELU_GRAD, GELU_TANH_GRAD)
