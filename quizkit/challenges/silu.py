"""SiLU, also called swish, and its derivative."""

from __future__ import annotations

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
    numbers,
    prop,
)

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TWICE_LARGE = Tolerance(2e-9, 2e-7)
# for laws that add up two results, each as far off as agreement allows for large input


def _floats(x: Array) -> Array:
    """Return integers as float64 and floats as they are."""
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(float)


def _sigmoid(t: Array) -> Array:
    """Return 1 / (1 + exp(-t)), entry by entry."""
    # exp sees no positive number, so it cannot overflow
    e = np.exp(-np.abs(t))
    gate: Array = np.where(t < 0, e, 1.0) / (1 + e)
    return gate


def silu(x: Array, beta: float = 1.0) -> Array:
    """Write SiLU, also called swish: each number times the sigmoid of beta times that number.

    silu(x) = x / (1 + exp(-beta x)); `beta` is a number up to 10 in size, 0 and negative ones among them, and 1 unless
    given. `x` is an array of any shape, finite and up to 10,000 in size. Integers are numbers like any others. Return
    a new float array of the same shape, finite and right everywhere.
    """
    x = _floats(x)
    gate = _sigmoid(beta * x)
    # where the gate is shut the result is 0, also for x = -inf, for which the product would be NaN
    return np.multiply(x, gate, out=np.zeros_like(x), where=gate != 0)


def silu_grad(x: Array, beta: float = 1.0) -> Array:
    """Write the derivative of SiLU with respect to its input.

    silu(x) = x / (1 + exp(-beta x)); `beta` is a number up to 10 in size, 0 and negative ones among them, and 1 unless
    given. Use the formula of the derivative rather than a difference quotient: nine digits are compared.

    `x` is an array of any shape, finite and up to 10,000 in size. Integers are numbers like any others. Return a new
    float array of the same shape, with the slope at each entry, finite and right everywhere.
    """
    # the slope depends on beta x alone, and beyond 1000 it is 0 or 1; stopping there keeps inf * 0, which is NaN, away
    t = np.clip(beta * _floats(x), -1000, 1000)
    opened, closed = _sigmoid(t), _sigmoid(-t)
    # the product rule on x s(beta x); the sigmoid's own slope is s(t) (1 - s(t)), and 1 - s(t) is s(-t)
    return opened + t * opened * closed


def draws() -> SearchStrategy[Case]:
    """Draw an array and, in part of the cases, beta."""
    from hypothesis import strategies as st

    from quizkit.challenges import strategies as s

    betas = st.one_of(st.sampled_from((0.5, 1.702, 2.0, -1.0)), s.reals(-10, 10))
    return st.fixed_dictionaries({"x": s.arrays()}, optional={"beta": betas})


@prop("f(x) - f(-x) = x", hint="What do the two sigmoids, at x and at -x, add up to?")
def halves_of_the_identity(f: Candidate, x: Array, beta: float = 1.0) -> None:
    """What comes out at x, less what comes out at -x, is x itself, whatever beta is."""
    right, left = f.many([(x,), (-x,)], beta=beta)
    close(numbers(right) - numbers(left), x, "f(x) - f(-x) is not x", TWICE_LARGE)


@prop("between -0.279 and relu", hint="x is multiplied by a number between 0 and 1: how large can the product be?")
def between_its_dip_and_relu(f: Candidate, x: Array) -> None:
    """With beta = 1, SiLU is never above max(x, 0) and never below -0.27846."""
    lowest = np.full(x.shape, -0.2784645427610738)
    between(f(x), lowest, np.maximum(x, 0), "outside of what SiLU can give", LARGE)


@prop("beta only rescales", hint="Put beta x for x into silu with beta = 1, and compare it with silu of x and beta.")
def beta_rescales(f: Candidate, x: Array, beta: float) -> None:
    """beta times silu(x, beta) is silu(beta x)."""
    near = np.clip(x, -30, 30)
    with_beta = numbers(f(near, beta=beta))
    close(beta * with_beta, f(beta * near), "beta · silu(x, beta) is not silu(beta · x)", TWICE_LARGE)


@prop("slopes at x and -x add up to 1", hint="silu(x) - silu(-x) = x. Differentiate both sides.")
def slopes_add_up(f: Candidate, x: Array, beta: float = 1.0) -> None:
    """The slope at x and the slope at -x add up to 1; at 0 it is one half, whatever beta is."""
    right, left = f.many([(x,), (-x,)], beta=beta)
    close(numbers(right) + numbers(left), np.ones(x.shape), "the slopes at x and -x do not add up to 1", TWICE_LARGE)


@prop("the slope of silu", hint="x times a sigmoid is a product. In which factors does x occur?")
def the_slope_of_silu(f: Candidate, x: Array, beta: float = 1.0) -> None:
    """It agrees with the rise of SiLU over a tiny step, divided by the step."""
    near, step = np.clip(x, -5, 5), 1e-6
    rise = silu(near + step, beta) - silu(near - step, beta)
    close(f(near, beta=beta), rise / ((near + step) - (near - step)), "not the measured slope of SiLU", DIFFERENCES)


@prop("beta only stretches", hint="By what power of beta is each of your two terms multiplied?")
def beta_stretches(f: Candidate, x: Array, beta: float) -> None:
    """The slope at x with beta is the slope at beta x with beta = 1."""
    near = np.clip(x, -30, 30)
    with_beta = f(near, beta=beta)
    close(with_beta, numbers(f(beta * near)), "the slope at x with beta is not the slope at beta · x", TWICE_LARGE)


@prop("between -0.1 and 1.1", hint="The slope is greatest near x = 2.4. What do you get there?")
def no_steeper_than_at_its_steepest(f: Candidate, x: Array, beta: float = 1.0) -> None:
    """The slope is never below -0.09984 and never above 1.09984, whatever beta is."""
    steepest = 1.0998393201288669
    slope, message = f(x, beta=beta), "steeper than SiLU is anywhere"
    between(slope, np.full(x.shape, 1 - steepest), np.full(x.shape, steepest), message, LARGE)


HARD: list[Case] = [
    {"x": np.array([0.0])},
    {"x": np.array([1.0])},
    {"x": np.array([-1.0])},
    {"x": np.array([1.0, 2.0])},
    {"x": np.array([0.0]), "beta": 2.0},
    {"x": np.array([1.0]), "beta": 2.0},
    {"x": np.array([-1.0]), "beta": 0.5},
    {"x": np.array([3.0]), "beta": 0.0},
    {"x": np.array([2.0]), "beta": -1.0},
    {"x": np.array([1000.0])},
    {"x": np.array([-1000.0])},
    {"x": np.array([-3.0, -1.25, -0.5, 0.5])},
    {"x": np.array([[-2.0, -0.5, 0.0], [0.25, 1.5, 3.0]]), "beta": 1.702},
    {"x": np.array([[[-1.5], [0.125]], [[4.0], [-4.0]]])},
    {"x": np.array([-30.0, 30.0])},
    {"x": np.array([[10000.0, -10000.0, 1.0]])},
    {"x": np.array([-1000.0, 1000.0]), "beta": -1.0},
]

SILU = Challenge(
    reference=silu,
    title="SiLU (swish)",
    difficulty="easy",
    minutes=5,
    draws=draws,
    hard=HARD,
    properties=[halves_of_the_identity, between_its_dip_and_relu, beta_rescales],
    hints=[
        "Write the sigmoid first, then multiply.",
        "beta stands inside the sigmoid and nowhere else.",
        "exp(-t) overflows for t below -709, exp(t) for t above 709; exp(-|t|) never does.",
    ],
    follow_ups=[
        FollowUp(
            "Swish or SiLU: which is which?",
            "SiLU is x sigmoid(x), named in 2016 in the paper on GELU. Swish, named in 2017, has a factor beta, fixed "
            "or learned; with beta = 1 they are the same function.",
        ),
        FollowUp(
            "With which beta does it come close to GELU?",
            "With beta = 1.702: the difference is then at most 0.0203. It was offered with GELU as the fast "
            "approximation, but the tanh form is 40 times closer.",
        ),
        FollowUp(
            "Why is there a hard swish on phones?",
            "x · relu6(x + 3) / 6 needs no exponential, only a clip and two products. It is faster on small processors "
            "and loses less in 8-bit arithmetic.",
        ),
        FollowUp(
            "What happens as beta goes to 0 and to infinity?",
            "At 0 the gate is always one half, and the function is x/2. Towards infinity the gate becomes a step, and "
            "the function becomes ReLU.",
        ),
    ],
    specials=[Special({"x": np.array([-np.inf, np.inf, np.nan])}, np.array([0.0, np.inf, np.nan]))],
    tails=[
        Special(
            {"x": np.array([-40.0, -100.0, -600.0])},
            np.array([-1.6993417021166356e-16, -3.720075976020836e-42, -1.5902379318025865e-258]),
        )
    ],
    hints_for={
        "agrees with the reference": "Work out x = 1 by hand: the sigmoid of 1 is near 0.73106.",
        "arguments": "Where does beta stand in the formula, and where in your code?",
        "stable for large input": "exp(1000) is inf, and inf / inf is NaN. Which sign may an exponent have?",
        "infinities and NaN": "On the far left x meets a factor of 0, and -inf times 0 is NaN.",
        "far tails": "A sigmoid by way of tanh is exactly 0 at -40. Which form of it is not?",
        "no warnings": "The value is right, but exp overflowed on the way: which sign may its argument have?",
    },
)
SILU_GRAD = Challenge(
    reference=silu_grad,
    title="Derivative of SiLU (swish)",
    difficulty="medium",
    minutes=7,
    draws=draws,
    hard=HARD,
    properties=[slopes_add_up, the_slope_of_silu, beta_stretches, no_steeper_than_at_its_steepest],
    hints=[
        "x sigmoid(beta x) is a product of two functions of x.",
        "The derivative of the sigmoid s is s (1 - s).",
        "Inside the sigmoid stands beta x, so that the chain rule brings a factor beta: in one of the two terms.",
    ],
    follow_ups=[
        FollowUp(
            "Derive it by the product rule.",
            "With s = sigmoid(beta x), the derivative of x s is s + x s', and s' = beta s (1 - s). Together: "
            "s + beta x s (1 - s).",
        ),
        FollowUp(
            "What is the derivative with respect to beta?",
            "x² s (1 - s): one x is the factor outside, the other comes from the chain rule. It is never negative, so "
            "a greater beta only raises the output.",
        ),
        FollowUp(
            "Where is the slope negative, and what does that mean for a unit?",
            "For beta = 1 left of -1.2785, where the function has its lowest point. There raising the output means "
            "lowering the pre-activation: the unit moves away from the dip, to where the slope fades to 0.",
        ),
    ],
    specials=[Special({"x": np.array([-np.inf, np.inf])}, np.array([0.0, 1.0]), BASE)],
    tails=[
        Special(
            {"x": np.array([-40.0, -100.0, -600.0])},
            np.array([-1.6568581595637197e-16, -3.6828752162606276e-42, -1.5875875352495822e-258]),
        )
    ],
    derivative=True,
    hints_for={
        "agrees with the reference": "At 0 the slope is one half. At 1 the sigmoid is near 0.73106: name both terms.",
        "arguments": "Which of the two terms gets a factor beta from the chain rule, and which does not?",
        "stable for large input": "exp(1000) is inf, and inf / inf is NaN. Which sign may an exponent have?",
        "infinities and NaN": "At infinity s (1 - s) is 0, and inf times 0 is NaN, but the limit of the term is 0.",
        "far tails": "At -40 the slope is the sum of two tiny terms. Which of them loses its digits in your code?",
        "no warnings": "The value is right, but exp overflowed on the way: which sign may its argument have?",
    },
)
CHALLENGES = (SILU, SILU_GRAD)
