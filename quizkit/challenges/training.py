"""Small helpers of training: count dead units, take a step of gradient descent, measure accuracy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizkit.challenges.vocabulary import (
    LARGE,
    Array,
    Candidate,
    Case,
    Challenge,
    FollowUp,
    Refusal,
    Special,
    close,
    holds,
    numbers,
    prop,
)

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

Parameters = dict[str, Array]


# -- dead neurons -----------------------------------------------------------------------------------------------------


def count_dead_neurons(hidden: Array) -> int:
    """Count the units of a hidden layer that are dead on this data.

    `hidden` holds activations: shape (n, h) for n samples and h units, or (n, ..., h) for a convolution, whose units
    are the channels on the last axis. A unit is dead when its value is exactly 0 on every sample and at every position
    between. Values may be negative or tiny: those are alive. Return the number of dead units as an int. Without samples
    (n = 0) nothing can be said: raise ValueError.
    """
    hidden = np.asarray(hidden)
    samples, *_ = hidden.shape
    if samples == 0:
        raise ValueError("no samples: a unit that was never tried is neither dead nor alive")
    # every axis but the last is one more way to be tried; a sum would let positive and negative values cancel
    alive = np.any(hidden != 0, axis=tuple(range(hidden.ndim - 1)))
    return int(np.sum(~alive))


def draws_hidden() -> SearchStrategy[Case]:
    """Draw activations with some silent units, an order of the samples, and a positive factor for each unit."""
    from hypothesis import strategies as st

    from quizkit.challenges import strategies as s

    shapes = st.sampled_from(((1, 1), (2, 3), (4, 2), (5, 5), (3, 1), (2, 2, 3), (2, 3, 1, 2), (1, 2, 2, 4)))

    @st.composite
    def drawn(draw: DrawFn) -> Case:
        hidden, rng = draw(s.arrays(draw(shapes))), np.random.default_rng(draw(s.fills()))
        samples, units = hidden.shape[0], hidden.shape[-1]
        silent = rng.random(hidden.shape) < rng.choice((0.0, 0.5, 0.9))
        kept = np.where(silent | (rng.random(units) < 0.4), 0.0, hidden)
        factor = 2.0 ** rng.integers(-3, 4, units)
        return {"hidden": kept, "order": draw(s.orders(samples)), "factor": factor}

    return drawn()


@prop("one more sample", hint="How many samples with a value does it take to call a unit alive?")
def one_more_sample(f: Candidate, hidden: Array) -> None:
    """A further sample on which every unit has a value leaves no unit dead; a further silent one changes nothing."""
    lively, silent = np.full_like(hidden[:1], -0.5), np.zeros_like(hidden[:1])
    none, same, count = f.many([(np.concatenate([hidden, lively]),), (np.concatenate([hidden, silent]),), (hidden,)])
    close(none, 0, "one sample on which every unit has a value did not bring all of them to life")
    close(same, numbers(count), "one more silent sample changed the count")


@prop("every position counts", hint="A channel looks at many places. At how many of them may a dead one answer?")
def every_position_counts(f: Candidate, hidden: Array) -> None:
    """A position of a convolution is as good as a sample: laying them all in rows changes nothing."""
    if hidden.ndim > 2:
        rows, count = f.many([(hidden.reshape(-1, hidden.shape[-1]),), (hidden,)])
        close(count, numbers(rows), "positions laid in rows gave another count")


@prop("samples in another order", hint="Does your answer lean on one particular sample?")
def samples_in_another_order(f: Candidate, hidden: Array, order: tuple[int, ...]) -> None:
    """The order of the samples does not matter."""
    permuted, count = f.many([(hidden[list(order)],), (hidden,)])
    close(permuted, numbers(count), "another order of the samples gave another count")


@prop("the size of a value", hint="Where does your code ask how large a value is, instead of whether it is 0?")
def the_size_of_a_value(f: Candidate, hidden: Array, factor: Array) -> None:
    """Multiplying a unit by a positive number changes nothing."""
    scaled, count = f.many([(hidden * factor,), (hidden,)])
    close(scaled, numbers(count), "multiplying units by positive numbers changed the count")


def _hidden_fits(case: dict[str, Any]) -> dict[str, Any] | None:
    """Keep the order in step with the samples and the factors with the units."""
    hidden, mended = case["hidden"], dict(case)
    if hidden.ndim < 2 or not hidden.size:
        return None
    if "order" in case and len(case["order"]) != len(hidden):
        kept = [i for i in case["order"] if i < len(hidden)]
        mended["order"] = (*kept, *(i for i in range(len(hidden)) if i not in kept))
    if "factor" in case and (case["factor"].shape != hidden.shape[-1:] or not np.all(case["factor"] > 0)):
        mended["factor"] = np.full(hidden.shape[-1], 2.0)
    return mended


COUNT_DEAD_NEURONS = Challenge(
    reference=count_dead_neurons,
    title="Count dead neurons",
    difficulty="easy",
    minutes=6,
    draws=draws_hidden,
    hard=[
        {"hidden": np.array([[0.0]])},
        {"hidden": np.array([[2.0]])},
        {"hidden": np.array([[0.0], [3.0]]), "order": (1, 0), "factor": np.array([2.0])},
        {"hidden": np.array([[1.0], [-1.0]])},
        {"hidden": np.array([[-0.02], [-0.01]])},
        {"hidden": np.array([[0.0, -0.0], [0.0, 0.0]])},
        {"hidden": np.array([[1e-9, 0.0], [0.0, 0.0]]), "order": (1, 0), "factor": np.array([1e4, 0.5])},
        {"hidden": np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 2.0]]), "order": (1, 0), "factor": np.array([1.0, 2.0, 0.5])},
        {"hidden": np.array([[0.0, 0.0, 0.0], [0.0, 5.0, 0.0], [1.0, 0.0, 0.0], [1.0, 1.0, 0.0]])},
        {"hidden": np.array([[[0.0, 1.0], [0.0, 0.0]]])},
        {"hidden": np.array([[[0.0, 1.0], [0.0, 0.0]], [[0.0, 0.0], [0.0, 3.0]]]), "order": (1, 0)},
        {"hidden": np.array([[[[0.0, 0.0, -1.0]], [[0.0, 0.0, 1.0]]]])},
        {"hidden": np.array([[1e4, 0.0, -1e4], [-1e4, 0.0, 0.0]])},
    ],
    properties=[one_more_sample, every_position_counts, samples_in_another_order, the_size_of_a_value],
    hints=[
        "Write the rule for one unit first: what must be true of its values on all samples?",
        "Make an array of booleans, and reduce every axis but the last.",
        "np.all(hidden == 0, axis=...) takes a tuple of axes.",
    ],
    follow_ups=[
        FollowUp(
            "Can a batch of 8 tell you that a unit is dead?",
            "Hardly: a unit that fires on few inputs is often silent on 8 of them. In one network with "
            "biases of -2, 58.8 % of the units looked dead on batches of 8 and none did on batches of 512.",
        ),
        FollowUp(
            "What would you log besides?",
            "The share of samples on which each unit is active, and the norm of its gradient. Both show a unit on its "
            "way to silence before it gets there.",
        ),
        FollowUp(
            "With a leaky ReLU this count is 0. Is the network healthy?",
            "Not by that: a leaky unit is hardly ever exactly 0. One with z < 0 on every sample is only a linear "
            "function there and learns at alpha times the speed, so count z <= 0 on all samples instead.",
        ),
    ],
    refusals=[Refusal({"hidden": np.zeros((0, 3))}, ValueError, "there are no samples")],
    specials=[Special({"hidden": np.array([[0.0, np.nan, np.inf], [0.0, 0.0, 0.0]])}, 1)],
    mend=_hidden_fits,
    hints_for={
        "agrees with the reference": "Say for one unit which of its values must be 0: one, the mean, or each?",
        "errors": "With no samples, 'all of them are 0' is true of every unit. Is that what you want to report?",
    },
)


# -- a step of gradient descent ---------------------------------------------------------------------------------------


def sgd_step(params: Parameters, grads: Parameters, lr: float) -> Parameters:
    """Take one step of gradient descent with all parameters of a two-layer network.

    `params` and `grads` are dicts of float arrays with the keys W1 (d, h), b1 (h,), W2 (h, 1) and b2 (1,); `lr` is the
    learning rate. Return a new dict with the same keys: each parameter minus `lr` times its gradient. The dicts that
    you get and their arrays stay as they are, and no returned array shares memory with them. Parameters may be integer
    arrays; the result is floating.
    """
    # the subtraction makes a new array for each entry; copying the dict and using -= would write into the caller's
    return {name: value - lr * grads[name] for name, value in params.items()}


def draws_step() -> SearchStrategy[Case]:
    """Draw parameters and gradients of a small network, and a learning rate."""
    from hypothesis import strategies as st

    from quizkit.challenges import strategies as s

    sides, scales = st.integers(1, 3), st.sampled_from((1.0, 5.0, 30.0, 1e4))
    rates = st.sampled_from((0.0, 0.001, 0.01, 0.1, 0.5, 1.0, 2.0))

    @st.composite
    def drawn(draw: DrawFn) -> Case:
        d, h, scale = draw(sides), draw(sides), draw(scales)
        size = d * h + 2 * h + 1
        params, grads = (_laid_out(draw(s.arrays((size,), (scale,))), d, h) for _ in range(2))
        return {"params": params, "grads": grads, "lr": draw(rates)}

    return drawn()


def _network(d: int, h: int) -> dict[str, tuple[int, ...]]:
    return {"W1": (d, h), "b1": (h,), "W2": (h, 1), "b2": (1,)}


def _laid_out(numbers: Array, d: int, h: int) -> Parameters:
    """Return the parameters of a network, filled from one row of numbers that starts again when it is too short."""
    sizes = np.cumsum([d * h, h, h])
    parts = np.split(np.resize(numbers, d * h + 2 * h + 1), sizes)
    return {name: part.reshape(shape) for part, (name, shape) in zip(parts, _network(d, h).items(), strict=True)}


@prop("a learning rate of 0", hint="How far does a step of length 0 lead?")
def a_learning_rate_of_zero(f: Candidate, params: Parameters, grads: Parameters) -> None:
    """With a learning rate of 0 every parameter keeps its value."""
    close(f(params, grads, 0.0), params, "a step of length 0 changed something")


@prop("two half steps", hint="How often does the learning rate enter your update?")
def two_half_steps(f: Candidate, params: Parameters, grads: Parameters, lr: float) -> None:
    """Two steps of half the length along the same gradient lead where one whole step leads."""
    whole, half = f.many([(params, grads, lr), (params, grads, lr / 2)])
    holds(isinstance(half, dict), "the result is no dict", half)
    # the half steps round twice, and the parameter may be far larger than what is left of it
    close(f(half, grads, lr / 2), whole, "two half steps lead elsewhere than a whole one", LARGE)


@prop("each parameter on its own", hint="What does the update of one parameter need to know about the others?")
def each_parameter_on_its_own(f: Candidate, params: Parameters, grads: Parameters, lr: float) -> None:
    """Where all other gradients are 0, only the parameter with a gradient moves, and it moves as always."""
    alone = [{other: g * (other == name) for other, g in grads.items()} for name in grads]
    together, *moved = f.many([(params, grads, lr), *((params, gradient, lr) for gradient in alone)])
    for name, result in zip(grads, moved, strict=True):
        close(result, {**params, name: numbers(together[name])}, f"only {name} had a gradient")


@prop("integer parameters", hint="What becomes of 0.7 when it is written into an array of integers?")
def integer_parameters(f: Candidate, params: Parameters, grads: Parameters, lr: float) -> None:
    """Parameters in integer arrays are updated like the same numbers as floats."""
    floats = {name: np.round(value) for name, value in params.items()}
    whole = {name: value.astype(np.int64) for name, value in floats.items()}
    got, expected = f.many([(whole, grads, lr), (floats, grads, lr)])
    close(got, expected, "integer parameters gave another result than floats")


def _network_fits(case: dict[str, Any]) -> dict[str, Any] | None:
    """Parameters and gradients have the shapes of one network."""
    params, grads = case["params"], case["grads"]
    if params["W1"].ndim != 2 or not params["W1"].size or case["lr"] < 0:
        return None
    shapes = _network(*params["W1"].shape)
    fits = all(params[name].shape == grads[name].shape == shape for name, shape in shapes.items())
    return case if fits else None


def _step(numbers: tuple[float, ...], slopes: tuple[float, ...], lr: float, d: int = 1, h: int = 1) -> Case:
    """Return a case whose parameters and gradients are filled from two rows of numbers."""
    return {"params": _laid_out(np.array(numbers), d, h), "grads": _laid_out(np.array(slopes), d, h), "lr": lr}


SGD_STEP = Challenge(
    reference=sgd_step,
    title="A step of gradient descent",
    difficulty="easy",
    minutes=5,
    draws=draws_step,
    hard=[
        _step((0.0,), (1.0,), 1.0),
        _step((1.0,), (2.0,), 0.5),
        _step((3.0,), (0.0,), 0.1),
        _step((1.0,), (1.0,), 0.0),
        _step((2.0,), (-1.0,), 0.1),
        _step((-1.0, 0.5), (1.0, -4.0), 0.1, 1, 2),
        _step((0.0, 1.0, 2.0), (1.0, 3.0), 0.01, 3, 2),
        _step((0.25, -1.5, 4.0, -0.125), (2.0, -0.3, 0.7), 2.0, 2, 3),
        _step((1000.0, -3000.0), (500.0, 10.0, -700.0), 0.1, 2, 2),
        _step((1e4, -1e4), (-1e4, 1e4, 0.5), 1.0, 3, 1),
    ],
    properties=[a_learning_rate_of_zero, two_half_steps, each_parameter_on_its_own, integer_parameters],
    hints=[
        "The gradient points uphill. Which way do you go?",
        "Four parameters, one rule: a loop or a dict comprehension says it once.",
        "Does `-=` make a new array, or does it write into the one that you were given?",
    ],
    follow_ups=[
        FollowUp(
            "What goes wrong when W2 is updated before the gradient of W1 is computed?",
            "The gradient of W1 runs back through W2, so it would belong to a network that never made the prediction. "
            "Compute all gradients first, then update all parameters.",
        ),
        FollowUp(
            "You compare two optimisers from the same start. Why copy the parameters for each?",
            "An update in place would move the shared arrays, and each network would train the other. "
            "A shallow copy of the dict is not enough: it holds the same arrays.",
        ),
        FollowUp(
            "What does momentum add?",
            "A velocity v = beta * v + g, and the step goes along v instead of g. Directions that persist add up, "
            "by a factor 1 / (1 - beta) in the limit, and those that alternate cancel.",
        ),
    ],
    mend=_network_fits,
    hints_for={
        "agrees with the reference": "Write the update of one number by hand: which sign, and which learning rate?",
        "leaves its arguments alone": "A copy of a dict still holds the caller's arrays. Who else sees what you write?",
    },
)


# -- accuracy ---------------------------------------------------------------------------------------------------------


def accuracy(a2: Array, y: Array) -> float:
    """Return the share of samples that a binary classifier gets right, between 0 and 1.

    `a2` has shape (n, 1) and holds the probabilities of class 1, after the sigmoid. `y` holds the labels, each 0 or 1,
    in shape (n,) or (n, 1), as integers or floats; n is at least 1. The prediction is class 1 where the probability is
    greater than 0.5; exactly 0.5 is class 0. Return one number.
    """
    # a column against a row would be broadcast to (n, n), every prediction against every label
    predicted = np.asarray(a2).ravel() > 0.5
    return float(np.mean(predicted == np.asarray(y).ravel()))


def draws_predictions() -> SearchStrategy[Case]:
    """Draw probabilities, some of them 0, 0.5 and 1, labels as a row or a column, and an order of the samples."""
    from hypothesis import strategies as st

    from quizkit.challenges import strategies as s

    counts, kinds = st.integers(1, 8), st.sampled_from((int, float))

    @st.composite
    def drawn(draw: DrawFn) -> Case:
        n, rng = draw(counts), np.random.default_rng(draw(s.fills()))
        a2 = np.where(rng.random((n, 1)) < 0.3, rng.choice((0.0, 0.5, 1.0), (n, 1)), rng.random((n, 1)))
        y = rng.integers(0, 2, (n, 1) if draw(st.booleans()) else n)
        return {"a2": a2, "y": y.astype(draw(kinds)), "order": draw(s.orders(n))}

    return drawn()


@prop("labels as a row or a column", hint="What shape does (n, 1) == (n,) have?")
def labels_as_row_or_column(f: Candidate, a2: Array, y: Array) -> None:
    """Labels of shape (n,) and of shape (n, 1) give the same accuracy."""
    row, column = f.many([(a2, y.reshape(-1)), (a2, y.reshape(-1, 1))])
    close(row, numbers(column), "labels as a row gave another accuracy than the same labels as a column")


@prop("the opposite labels", hint="If 30 % are right, how many are wrong?")
def the_opposite_labels(f: Candidate, a2: Array, y: Array) -> None:
    """Turning every label around turns every hit into a miss: the two shares add up to 1."""
    hits, misses = f.many([(a2, y), (a2, 1 - y)])
    close(numbers(hits) + numbers(misses), 1.0, "the shares for the labels and for their opposites do not add up to 1")


@prop("labels as their own prediction", hint="Which class does a probability of 1 stand for, and which one of 0?")
def labels_as_predictions(f: Candidate, y: Array) -> None:
    """Whoever predicts the labels themselves is right every time."""
    close(f(y.reshape(-1, 1).astype(float), y), 1.0, "the labels as probabilities are not right every time")


@prop("samples one at a time", hint="Is every sample compared with its own label only?")
def samples_one_at_a_time(f: Candidate, a2: Array, y: Array) -> None:
    """The accuracy is the mean of the accuracies on single samples."""
    whole, *single = f.many([(a2, y), *((a2[i : i + 1], y[i : i + 1]) for i in range(len(y)))])
    close(whole, np.mean([float(numbers(one)) for one in single]), "the mean over single samples is another number")


@prop("pairs in another order", hint="Do predictions and labels stay together?")
def pairs_in_another_order(f: Candidate, a2: Array, y: Array, order: tuple[int, ...]) -> None:
    """Another order of the samples, with their labels, changes nothing."""
    permuted, plain = f.many([(a2[list(order)], y[list(order)]), (a2, y)])
    close(permuted, numbers(plain), "another order of the samples gave another accuracy")


def _predictions_fit(case: dict[str, Any]) -> dict[str, Any] | None:
    """Keep probabilities between 0 and 1, labels 0 or 1, and as many of one as of the other."""
    a2, y, mended = case["a2"], case["y"], dict(case)
    n = len(a2) if a2.ndim else 0
    if not n or a2.shape != (n, 1) or y.shape not in ((n,), (n, 1)):
        return None
    mended["a2"] = a2 if np.all((a2 >= 0) & (a2 <= 1)) else np.clip(a2, 0.0, 1.0)
    mended["y"] = y if np.all((y == 0) | (y == 1)) else (y > 0).astype(y.dtype)
    if len(case.get("order", range(n))) != n:
        kept = [i for i in case["order"] if i < n]
        mended["order"] = (*kept, *(i for i in range(n) if i not in kept))
    return mended


ACCURACY = Challenge(
    reference=accuracy,
    title="Accuracy of a binary classifier",
    difficulty="easy",
    minutes=4,
    draws=draws_predictions,
    hard=[
        {"a2": np.array([[1.0]]), "y": np.array([1])},
        {"a2": np.array([[0.0]]), "y": np.array([0])},
        {"a2": np.array([[0.2]]), "y": np.array([0])},
        {"a2": np.array([[0.9]]), "y": np.array([0.0])},
        {"a2": np.array([[0.5]]), "y": np.array([0])},
        {"a2": np.array([[0.9], [0.1]]), "y": np.array([1, 0]), "order": (1, 0)},
        {"a2": np.array([[0.9], [0.8]]), "y": np.array([[1], [0]])},
        {"a2": np.array([[0.9], [0.1], [0.6]]), "y": np.array([1, 0, 0]), "order": (2, 0, 1)},
        {"a2": np.array([[0.3], [0.5], [0.50001], [0.49999]]), "y": np.array([[0.0], [1.0], [1.0], [1.0]])},
        {"a2": np.array([[0.2], [0.7], [0.4], [0.95], [0.5]]), "y": np.array([1, 1, 1, 0, 0])},
    ],
    properties=[
        labels_as_row_or_column,
        the_opposite_labels,
        labels_as_predictions,
        samples_one_at_a_time,
        pairs_in_another_order,
    ],
    hints=[
        "Turn probabilities into classes, compare, average: three small steps.",
        "Print the shapes on both sides of ==.",
        "Bring predictions and labels to one shape before you compare them.",
    ],
    follow_ups=[
        FollowUp(
            "Your accuracy is 99 %. When does that mean nothing?",
            "When 99 % of the samples are of one class: always naming that class does as well. Look at precision and "
            "recall, or at the balanced accuracy.",
        ),
        FollowUp(
            "Where would you put the threshold if you had logits instead of probabilities?",
            "At 0, because sigmoid(0) = 0.5 and the sigmoid only rises. The sigmoid itself is not needed.",
        ),
        FollowUp(
            "Why train on cross-entropy and not on the accuracy?",
            "The accuracy is constant almost everywhere in the weights, so its gradient is 0 wherever it exists. "
            "Cross-entropy also tells a confident mistake from a narrow one.",
        ),
    ],
    mend=_predictions_fit,
    hints_for={
        "agrees with the reference": "Which class is predicted for each sample, and which label is it compared with?",
        "shape": "One number is asked for: is the mean taken over everything?",
    },
)

CHALLENGES = (COUNT_DEAD_NEURONS, SGD_STEP, ACCURACY)
