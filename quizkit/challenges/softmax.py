"""Softmax along an axis, plain and with a temperature, and its logarithm."""
# ruff: noqa: N803 (everybody writes T for the temperature)

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizkit.challenges.vocabulary import (
    Array,
    Candidate,
    Case,
    Challenge,
    FollowUp,
    Refusal,
    Special,
    Tier,
    Tolerance,
    close,
    holds,
    numbers,
    prop,
)

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy


# -- softmax ----------------------------------------------------------------------------------------------------------


def softmax(z: Array, axis: int = -1) -> Array:
    """Turn logits into probabilities along one axis.

    `z` is an array of logits of any shape; `axis` is the axis along which the probabilities of one sample lie.
    Return a new float array of the same shape: exp(z) divided by its sum along `axis`. It must stay finite and right
    for every finite input up to 10,000 in size. Integers are logits like any others.
    """
    z = _floating(z)
    # the largest logit becomes 0, so exp cannot overflow; the factor exp(-max) cancels in the quotient
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    p: Array = e / e.sum(axis=axis, keepdims=True)
    return p


def _floating(values: Array) -> Array:
    """Return integers as float64, floats in their own precision."""
    values = np.asarray(values)
    return values if values.dtype.kind == "f" else values.astype(np.float64)


def draws() -> SearchStrategy[Case]:
    """Draw logits, an axis of them, a constant to add, and an order of the classes."""
    from hypothesis import strategies as st

    from quizkit.challenges import strategies as s

    @st.composite
    def drawn(draw: DrawFn) -> Case:
        z = draw(s.arrays())
        room = np.floor(1e4 - np.abs(z).max())
        c = float(np.clip(draw(s.reals(-1000, 1000)), -room, room))
        case = {"z": z, "c": c, "order": draw(s.orders(z.shape[-1]))}
        return {**case, "axis": draw(s.axes(z.ndim))} if draw(st.booleans()) else case

    return drawn()


@prop("sums to one", hint="After dividing, what should each row add up to?")
def sums_to_one(f: Candidate, z: Array) -> None:
    """Every row is non-negative and sums to 1."""
    p = numbers(f(z))
    holds(p >= 0, "a probability is negative", p)
    close(p.sum(axis=-1), np.ones(z.shape[:-1]), "a row does not sum to 1", Tolerance(_rounding(z), 0))


@prop("a constant changes nothing", hint="Which part of exp(z + c) cancels when you divide?")
def a_constant_changes_nothing(f: Candidate, z: Array, c: float) -> None:
    """Adding one constant to every logit changes nothing."""
    shifted, plain = f.many([(z + c,), (z,)])
    close(shifted, plain, "adding a constant to every logit changed the result", Tolerance(1e-10, 1e-10))


@prop("every row by itself", hint="When you work on one row, which numbers of the other rows do you look at?")
def every_row_by_itself(f: Candidate, z: Array) -> None:
    """The first row gives the same probabilities alone and among others."""
    alone, together = f.many([(z[:1],), (z,)]) if z.ndim > 1 else f.many([(z[None],), (np.stack([z, -z]),)])
    close(alone, numbers(together)[:1], "a row changed because of its neighbours", Tolerance(1e-10, 1e-10))


@prop("classes in another order", hint="Is every class treated the same, wherever it stands in its row?")
def classes_in_another_order(f: Candidate, z: Array, order: tuple[int, ...]) -> None:
    """Another order of the classes gives the same probabilities in that order."""
    permuted, plain = f.many([(z[..., list(order)],), (z,)])
    close(permuted, numbers(plain)[..., list(order)], "another order of the classes gave other values")


@prop("a masked class", hint="A logit of -inf means: impossible. Does exp(-inf) survive your steps?", tier=Tier.POLISH)
def a_masked_class(f: Candidate, z: Array) -> None:
    """A class with logit -inf gets 0 and leaves the others as they are."""
    masked = np.concatenate([z, np.full((*z.shape[:-1], 1), -np.inf)], axis=-1)
    with_mask, plain = map(numbers, f.many([(masked,), (z,)]))
    expected = np.concatenate([plain, np.zeros((*plain.shape[:-1], 1))], axis=-1)
    close(with_mask, expected, "a class with logit -inf did not get 0, or changed the others")


def _rounding(z: Array, T: float = 1.0) -> float:
    """Return what careful arithmetic may lose: z - logsumexp(z) subtracts numbers as large as z / T."""
    return 1e-12 + 4e-15 * float(np.abs(z).max(initial=0.0)) / T


def _mended(case: dict[str, Any]) -> dict[str, Any] | None:
    """Keep the order of the classes in step with their number, and rows from being empty."""
    classes = case["z"].shape[-1] if case["z"].size else 0
    if "order" in case:
        case = {**case, "order": tuple(i for i in case["order"] if i < classes)}
    return case if classes else None


SOFTMAX = Challenge(
    reference=softmax,
    title="Softmax",
    difficulty="medium",
    minutes=8,
    draws=draws,
    hard=[
        {"z": np.array([0.0])},
        {"z": np.array([0.0, 1.0]), "c": 1.0, "order": (1, 0)},
        {"z": np.array([[0.0, 0.0, 0.0], [0.0, 1.0, 2.0]]), "c": -1.0, "order": (2, 0, 1)},
        {"z": np.array([[0.0], [1.0]])},
        {"z": np.array([[0.0, 1.0, 2.0], [5.0, 5.0, -1.0]]), "axis": 0},
        {"z": np.array([[0.0, 1.0, 2.0], [5.0, 5.0, -1.0]]), "axis": 1},
        {"z": np.array([[[0.0, 1.0], [2.0, 0.0], [-1.0, 1.0]], [[3.0, 0.0], [0.0, 0.0], [1.0, 2.0]]]), "axis": 1},
        {"z": np.array([1000.0]), "c": 1000.0},
        {"z": np.array([-1000.0])},
        {"z": np.array([1000.0, 999.0])},
        {"z": np.array([0.0, -1000.0]), "c": 1000.0, "order": (1, 0)},
        {"z": np.array([[0.0, 0.0], [1000.0, 1000.0]])},
        {"z": np.array([10000.0, -10000.0, -10000.0, -10000.0])},
        {"z": np.array([[10000.0, 9999.0], [-10000.0, -10000.0]])},
        # rows further from 0, and from each other, than exp of a long double can tell
        {"z": np.array([[1000.0, 0.0, 999.0], [-1000.0, -1000.0, 0.0]]), "axis": 0},
    ],
    properties=[
        sums_to_one,
        a_constant_changes_nothing,
        every_row_by_itself,
        classes_in_another_order,
        a_masked_class,
    ],
    hints=[
        "Write down the definition for one row before you think of arrays.",
        "Which line of yours produces the largest intermediate number?",
        "With keepdims=True a sum keeps its axis, so that dividing lines up row by row.",
    ],
    follow_ups=[
        FollowUp(
            "Why is subtracting the maximum allowed, and why is it enough?",
            "exp(-max) cancels in the quotient; afterwards every exponent is at most 0, so exp lies in [0, 1], "
            "and the sum is at least 1.",
        ),
        FollowUp(
            "Softmax has n outputs for n logits. Is one of its parameters redundant?",
            "Yes: a constant added to all logits is invisible, so one logit can be fixed at 0. "
            "With two classes what remains is the sigmoid of the difference.",
        ),
        FollowUp(
            "To mask positions in attention, would you add -inf or -1e9?",
            "-inf gives exactly 0, but NaN in a row that is masked throughout. -1e9 gives such a row weights without "
            "a meaning instead, and it does not fit into float16, which ends at 65,504.",
        ),
        FollowUp(
            "Along which axis does attention take its softmax?",
            "Along the keys, the last axis of the (queries, keys) scores: the weights of each query sum to 1.",
        ),
    ],
    specials=[
        Special({"z": np.array([0.0, -np.inf])}, np.array([1.0, 0.0])),
        Special({"z": np.array([0.0, np.nan])}, np.array([np.nan, np.nan])),
    ],
    tails=[Special({"z": np.array([0.0, -700.0])}, np.array([1.0, np.exp(-700.0)]))],
    mend=_mended,
    hints_for={
        "shape": "One value for each logit: does what a maximum or a sum leaves still line up with the rows?",
        "agrees with the reference": "A row of one logit gives 1, the row [0, 1] about [0.269, 0.731]. "
        "Follow them through your lines: which numbers belong to one row, and which are summed?",
        "stable for large input": "Softmax does not change when a constant is added to every logit.",
        "arguments": "Which axis do the maximum and the sum run over?",
        "leaves its arguments alone": "Does a line of yours write into z itself?",
        "no warnings": "Which of your exponents can be positive?",
    },
    names_for={"stable for large input": "stable for large logits"},
)


# -- softmax with a temperature ---------------------------------------------------------------------------------------


def softmax_with_temperature(z: Array, T: float = 1.0, axis: int = -1) -> Array:
    """Turn logits into probabilities, sharper or flatter by a temperature.

    `z` is an array of logits of any shape, `T` the temperature, a number from 0.001 to 1,000, and `axis` the axis along
    which the probabilities of one sample lie. Return a new float array of the same shape: exp(z / T) divided by its sum
    along `axis`. It must stay finite and right for every finite input up to 10,000 in size. Integers are logits like
    any others. A temperature that is zero or negative raises ValueError.
    """
    if not T > 0:
        raise ValueError(f"the temperature must be positive, not {T}")
    z = _floating(z)
    # shifted before dividing: what is left is at most 0, and stays so at every temperature
    e = np.exp((z - z.max(axis=axis, keepdims=True)) / T)
    p: Array = e / e.sum(axis=axis, keepdims=True)
    return p


def temperature_draws() -> SearchStrategy[Case]:
    """Draw logits, a temperature, and an axis."""
    from hypothesis import strategies as st

    from quizkit.challenges import strategies as s

    temperatures = st.sampled_from((None, 0.01, 0.1, 0.25, 0.5, 2.0, 3.0, 10.0, 1000.0))

    @st.composite
    def drawn(draw: DrawFn) -> Case:
        case: Case = {"z": draw(s.arrays())}
        if (temperature := draw(temperatures)) is not None:
            case = {**case, "T": temperature}
        return {**case, "axis": draw(s.axes(case["z"].ndim))} if draw(st.booleans()) else case

    return drawn()


@prop("sums to one", hint="Is the sum taken over the very numbers that you divide by it?")
def sums_to_one_at_any_temperature(f: Candidate, z: Array, T: float) -> None:
    """Every row is non-negative and sums to 1, at any temperature."""
    p = numbers(f(z, T=T))
    holds(p >= 0, "a probability is negative", p)
    close(p.sum(axis=-1), np.ones(z.shape[:-1]), "a row does not sum to 1", Tolerance(_rounding(z, T), 0))


@prop("only the ratio counts", hint="Logits in other units, the temperature in the same units: what is z / T then?")
def only_the_ratio_counts(f: Candidate, z: Array, T: float = 1.0) -> None:
    """Halving the logits and the temperature together changes nothing."""
    halved, plain = f.many([(z / 2, T / 2), (z, T)])
    close(halved, plain, "halving logits and temperature changed the result", Tolerance(1e-9, 1e-7))


@prop("colder is surer", hint="Does a low temperature sharpen or flatten? Which of the two does your formula do?")
def colder_is_surer(f: Candidate, z: Array, T: float = 1.0) -> None:
    """Halving the temperature never makes the most probable class less probable."""
    colder, warmer = (numbers(p).max(axis=-1) for p in f.many([(z, T / 2), (z, T)]))
    holds(colder >= warmer - 1e-8, "the favourite lost when it got colder", colder, warmer)


@prop("ties share the cold", hint="Divide by 0.01: which exponents are left at 0, and what happens to the others?")
def ties_share_the_cold(f: Candidate, z: Array) -> None:
    """Whole logits at T = 0.01: the largest ones share everything equally."""
    z = np.rint(z)
    largest = z == z.max(axis=-1, keepdims=True)
    expected = largest / largest.sum(axis=-1, keepdims=True)
    close(f(z, T=0.01), expected, "at T = 0.01 the largest whole logits do not share everything", Tolerance(1e-9, 1e-7))


@prop("heat evens out", hint="When T grows, where does z / T go, and what is softmax there?")
def heat_evens_out(f: Candidate, z: Array) -> None:
    """Logits in [-1, 1] at T = 1,000: every class within 0.3 % of an equal share."""
    z = z / max(1.0, np.abs(z).max())
    expected = np.full(z.shape, 1 / z.shape[-1])
    close(f(z, T=1000.0), expected, "at T = 1,000 logits in [-1, 1] are not shared almost equally", Tolerance(0, 0.003))


SOFTMAX_WITH_TEMPERATURE = Challenge(
    reference=softmax_with_temperature,
    title="Softmax with a temperature",
    difficulty="medium",
    minutes=10,
    draws=temperature_draws,
    hard=[
        {"z": np.array([0.0])},
        {"z": np.array([0.0, 1.0])},
        {"z": np.array([0.0, 1.0]), "T": 2.0},
        {"z": np.array([0.0, 1.0]), "T": 0.5},
        {"z": np.array([2.0, 1.0, 0.1]), "T": 10.0},
        {"z": np.array([1.0, 1.0, 0.0]), "T": 0.01},
        {"z": np.array([[0.0, 0.0, 0.0], [0.0, 1.0, 2.0]])},
        {"z": np.array([[0.0, 1.0, 2.0], [5.0, 5.0, -1.0]]), "axis": 0},
        {"z": np.array([[0.0, 1.0, 2.0], [5.0, 5.0, -1.0]]), "T": 3.0, "axis": 0},
        {"z": np.array([[[0.0, 1.0], [2.0, 0.0], [-1.0, 1.0]]]), "T": 0.5, "axis": 1},
        {"z": np.array([1000.0])},
        {"z": np.array([-1000.0])},
        {"z": np.array([1000.0, 0.0])},
        {"z": np.array([1000.0, 0.0]), "T": 1000.0},
        {"z": np.array([1000.0, 999.0])},
        {"z": np.array([[0.0, 0.0], [1000.0, 1000.0]])},
        {"z": np.array([10000.0, -10000.0, -10000.0, -10000.0])},
        {"z": np.array([[1000.0, 0.0, 999.0], [-1000.0, -1000.0, 0.0]]), "T": 0.01, "axis": 0},
    ],
    properties=[
        sums_to_one_at_any_temperature,
        only_the_ratio_counts,
        colder_is_surer,
        ties_share_the_cold,
        heat_evens_out,
    ],
    hints=[
        "A temperature changes the logits, not the probabilities.",
        "What is the largest exponent your code can meet when T is 0.01?",
        "Write an ordinary softmax that is stable first; only then put T in, at one place.",
    ],
    follow_ups=[
        FollowUp(
            "What is left when T tends to 0, and what if two logits tie?",
            "All probability goes to the largest logit. Tied maxima share it equally, so (2, 2, 0) tends to "
            "(0.5, 0.5, 0).",
        ),
        FollowUp(
            "Why does distillation multiply the loss of the soft targets by T squared?",
            "Its gradient for the logits is (q - p) / T, and at high T the difference q - p shrinks like 1 / T, too. "
            "The factor keeps the soft and the hard loss in proportion when T changes.",
        ),
        FollowUp(
            "How does a temperature differ from top-k or top-p sampling?",
            "A temperature reshapes the whole distribution and makes nothing impossible. Top-k and top-p cut off the "
            "tail and share its probability among what is kept; they go together well.",
        ),
        FollowUp(
            "You calibrate a classifier by fitting T on held-out data. What happens to its accuracy?",
            "Nothing: one positive T for all logits keeps their order, so the predicted class stays. "
            "Only the confidence changes.",
        ),
    ],
    refusals=[
        Refusal({"z": np.array([0.0, 1.0]), "T": 0.0}, ValueError, "T must be positive"),
        Refusal({"z": np.array([0.0, 1.0]), "T": -1.0}, ValueError, "T must be positive"),
    ],
    specials=[
        Special({"z": np.array([0.0, 1.0]), "T": np.inf}, np.array([0.5, 0.5])),
        Special({"z": np.array([0.0, -np.inf]), "T": 2.0}, np.array([1.0, 0.0])),
        Special({"z": np.array([0.0, np.nan]), "T": 2.0}, np.array([np.nan, np.nan])),
    ],
    tails=[Special({"z": np.array([0.0, -7.0]), "T": 0.01}, np.array([1.0, np.exp(-700.0)]))],
    mend=_mended,
    hints_for={
        "shape": "One value for each logit: does what a maximum or a sum leaves still line up with the rows?",
        "agrees with the reference": "With T = 1 this is the ordinary softmax: a row of one logit gives 1, "
        "the row [0, 1] about [0.269, 0.731].",
        "stable for large input": "A constant added to every logit changes nothing: which one makes exp safe? "
        "And is nothing rounded to 0 before T could bring it back?",
        "arguments": "For [0, 1], T = 2 gives about [0.378, 0.622]. What does T act on? Along which axis is summed?",
        "errors": "What would T = 0 divide by, and what would a negative T do to the ranking?",
        "leaves its arguments alone": "Does a line of yours write into z itself?",
        "no warnings": "Which of your exponents can be positive?",
    },
    names_for={"stable for large input": "stable for large logits"},
)


# -- log-softmax ------------------------------------------------------------------------------------------------------


def log_softmax(z: Array, axis: int = -1) -> Array:
    """Turn logits into the natural logarithms of their softmax along one axis.

    `z` is an array of logits of any shape; `axis` is the axis along which the probabilities of one sample lie.
    Return a new float array of the same shape: z minus the logarithm of the sum of exp(z) along `axis`. It must stay
    finite and right for every finite input up to 10,000 in size, even where the probability itself is too small for a
    float. Integers are logits like any others.
    """
    z = _floating(z)
    shifted = z - z.max(axis=axis, keepdims=True)
    # the largest term of the sum is exp(0) = 1: it cannot overflow, and its logarithm is at least 0
    log_p: Array = shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))
    return log_p


@prop("probabilities again", hint="Undo the logarithm by hand for one row. Do its entries add up to 1?")
def probabilities_again(f: Candidate, z: Array) -> None:
    """No logarithm is positive, and exponentiated they sum to 1 along each row."""
    log_p = numbers(f(z))
    holds(log_p <= _rounding(z), "the logarithm of a probability is positive", log_p)
    sums = np.exp(log_p).sum(axis=-1)
    close(sums, np.ones(z.shape[:-1]), "exp of a row does not sum to 1", Tolerance(_rounding(z), 0))


@prop("a constant changes nothing", hint="Which term takes back a constant that is added to all of z?")
def a_constant_leaves_the_logarithms(f: Candidate, z: Array, c: float) -> None:
    """Adding one constant to every logit changes nothing."""
    shifted, plain = f.many([(z + c,), (z,)])
    close(shifted, plain, "adding a constant to every logit changed the result", Tolerance(1e-10, 1e-10))


@prop("differences stay", hint="One number a row is subtracted from every logit of it. Which logits can still change?")
def differences_stay(f: Candidate, z: Array) -> None:
    """Two entries of a row differ by as much as their logits do."""
    log_p = numbers(f(z))
    got, expected = log_p - log_p[..., :1], z - z[..., :1]
    close(got, expected, "the differences within a row are not those of z", Tolerance(_rounding(z)))


@prop("twice is once", hint="The result is a row of logits, too. What is the sum of exp over it?")
def twice_is_once(f: Candidate, z: Array) -> None:
    """The log-softmax of a log-softmax is itself."""
    once = numbers(f(z))
    if np.abs(once).max(initial=0.0) > 1e4:
        # no legal input any more
        return
    close(f(once), once, "applied to its own result it gives something else", Tolerance(_rounding(z)))


@prop("a masked class", hint="A logit of -inf means: impossible. What is the logarithm of 0?", tier=Tier.POLISH)
def a_masked_class_stays_impossible(f: Candidate, z: Array) -> None:
    """A class with logit -inf stays at -inf and leaves the others as they are."""
    masked = np.concatenate([z, np.full((*z.shape[:-1], 1), -np.inf)], axis=-1)
    with_mask, plain = map(numbers, f.many([(masked,), (z,)]))
    expected = np.concatenate([plain, np.full((*plain.shape[:-1], 1), -np.inf)], axis=-1)
    close(with_mask, expected, "a class with logit -inf did not stay there, or changed the others")


LOG_SOFTMAX = Challenge(
    reference=log_softmax,
    title="Log-softmax",
    difficulty="medium",
    minutes=8,
    draws=draws,
    hard=[
        {"z": np.array([0.0])},
        {"z": np.array([1.0]), "c": 1.0},
        {"z": np.array([0.0, 0.0])},
        {"z": np.array([0.0, 1.0]), "c": 1.0},
        {"z": np.array([[0.0, 0.0, 0.0], [0.0, 1.0, 2.0]]), "c": -1.0},
        {"z": np.array([[0.0], [1.0]])},
        {"z": np.array([[0.0, 1.0, 2.0], [5.0, 5.0, -1.0]]), "axis": 0},
        {"z": np.array([[0.0, 1.0, 2.0], [5.0, 5.0, -1.0]]), "axis": 1},
        {"z": np.array([[[0.0, 1.0], [2.0, 0.0], [-1.0, 1.0]], [[3.0, 0.0], [0.0, 0.0], [1.0, 2.0]]]), "axis": 1},
        {"z": np.array([1000.0])},
        {"z": np.array([-1000.0])},
        {"z": np.array([0.0, -800.0]), "c": 1000.0},
        {"z": np.array([1000.0, 999.0])},
        {"z": np.array([[0.0, 0.0], [1000.0, 1000.0]])},
        {"z": np.array([10000.0, -10000.0, -10000.0, -10000.0])},
        {"z": np.array([[1000.0, 0.0, 999.0], [-1000.0, -1000.0, 0.0]]), "axis": 0},
    ],
    properties=[
        probabilities_again,
        a_constant_leaves_the_logarithms,
        differences_stay,
        twice_is_once,
        a_masked_class_stays_impossible,
    ],
    hints=[
        "Take the logarithm of the fraction on paper first: what becomes of exp, and what of the division?",
        "Which of your intermediate numbers can be 0 or inf although the result is an ordinary number?",
        "log(sum(exp(z))) = m + log(sum(exp(z - m))) for every m. Which m makes it safe?",
    ],
    follow_ups=[
        FollowUp(
            "Why is absolute accuracy asked for here, and not relative?",
            "When one class has nearly all the probability, its logarithm is a tiny difference of numbers near 1 and "
            "keeps few correct digits. A loss adds up logarithms, so an absolute error of 1e-15 does no harm.",
        ),
        FollowUp(
            "What does it cost compared with softmax?",
            "About the same: one maximum, one exp an entry and one sum a row. A logarithm a row and a subtraction an "
            "entry replace the divisions.",
        ),
        FollowUp(
            "Given g = dL/d(log p), what is the gradient for the logits?",
            "g - p * sum(g), with the sum along the row. For the cross-entropy g is minus the one-hot target, and what "
            "remains is p - y.",
        ),
    ],
    specials=[
        Special({"z": np.array([0.0, -np.inf])}, np.array([0.0, -np.inf])),
        Special({"z": np.array([0.0, np.nan])}, np.array([np.nan, np.nan])),
    ],
    mend=_mended,
    hints_for={
        "shape": "One value for each logit: does what a maximum or a sum leaves still line up with the rows?",
        "agrees with the reference": "A row of one logit gives 0, the row [0, 0] twice log(1/2), about "
        "-0.693. Follow them through your lines, then a row that does not contain 0.",
        "stable for large input": "For [1000] the answer is [0], though exp(1000) is inf in floating point, "
        "and for [0, -800] it is [0, -800], though exp(-800) is 0.",
        "arguments": "Which axis do the maximum and the sum run over?",
        "leaves its arguments alone": "Does a line of yours write into z itself?",
        "no warnings": "Which of your exponents can be positive?",
    },
    names_for={"stable for large input": "stable for large logits"},
)


CHALLENGES = (SOFTMAX, SOFTMAX_WITH_TEMPERATURE, LOG_SOFTMAX)
