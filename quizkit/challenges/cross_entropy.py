"""Cross-entropy of many classes and of two, from logits and from probabilities, and its gradients."""

from __future__ import annotations

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
    Tolerance,
    close,
    holds,
    numbers,
    prop,
)

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

SHIFTED = Tolerance(1e-9, 1e-9)
# a logit of size 1e4 plus a constant rounds by 1e-12
STEP = 1e-6


# -- classes ----------------------------------------------------------------------------------------------------------


def cross_entropy(logits: Array, labels: Array) -> np.floating[Any]:
    """Compute the mean cross-entropy of a batch from its logits and labels.

    `logits` has shape (N, C): a row for each sample, a column for each class. `labels` has shape (N,) and holds the
    true class of each sample, an integer from 0 to C - 1. A sample costs -log(softmax(its logits)[its class]), with
    softmax taken over the classes and the natural logarithm. Return one number, the mean over the N samples. It must
    stay finite and right for every finite logit up to 10,000 in size. The logits may be integers; leave both arguments
    as they are.
    """
    loss: np.floating[Any] = np.mean(_losses(logits, labels))
    return loss


def softmax_cross_entropy_grad(logits: Array, labels: Array) -> Array:
    """Differentiate the mean cross-entropy of a batch with respect to its logits.

    `logits` has shape (N, C): a row for each sample, a column for each class. `labels` has shape (N,) and holds the
    true class of each sample, an integer from 0 to C - 1. The loss is the mean over the N samples of
    -log(softmax(logits)[true class]), with softmax taken over the classes. Return its gradient, a new float array of
    shape (N, C). It must stay finite and right for every finite logit up to 10,000 in size. The logits may be integers;
    leave both arguments as they are.
    """
    e = np.exp(_largest_at_zero(logits))
    p: Array = e / e.sum(axis=1, keepdims=True)
    # softmax's Jacobian times -1/p of the true class is p - 1 there and p elsewhere: the division cancels
    p[np.arange(len(p)), labels] -= 1
    return p / len(p)


def cross_entropy_probs(p: Array, y: Array, eps: float = 1e-12) -> np.floating[Any]:
    """Compute the mean cross-entropy of a batch from predicted probabilities and target probabilities.

    `p` and `y` have shape (N, C); each row is non-negative and sums to 1. A row of `y` may be one-hot or spread over
    several classes. Clip `p` to [eps, 1], so that a probability of 0 costs -log(eps) and not infinity. Return one
    number, the mean over the N samples of -(sum of y * log(p) over the classes), with the natural logarithm.
    `eps` lies between 0 and 1, 1e-12 by default. Zeros and ones may come as integers; leave the arguments as they are.
    """
    surprise = -np.log(np.clip(_floating(p), eps, 1))
    loss: np.floating[Any] = np.mean((_floating(y) * surprise).sum(axis=1))
    return loss


def _floating(x: Array) -> Array:
    """Return integers as float64, floats as they are."""
    x = np.asarray(x)
    return x.astype(float) if x.dtype.kind in "bui" else x


def _losses(logits: Array, labels: Array) -> Array:
    """Return what each sample costs: log(sum of exp(z)) - z of the true class."""
    z = _largest_at_zero(logits)
    # written like this, no probability is ever formed, so none can underflow to 0 before its logarithm is taken
    losses: Array = np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), labels]
    return losses


def _largest_at_zero(logits: Array) -> Array:
    """Return the logits with the largest of each sample moved to 0, which changes no probability."""
    z = _floating(logits)
    # exp can no longer overflow, and a sum of exp is at least 1
    shifted: Array = z - z.max(axis=1, keepdims=True)
    return shifted


def draws() -> SearchStrategy[Case]:
    """Draw logits, labels, and a constant to add to the logits."""
    from hypothesis import strategies as st

    from quizkit.challenges import strategies as s

    sizes = st.sampled_from(((1, 2), (1, 3), (2, 2), (2, 3), (3, 2), (4, 3), (2, 5)))

    @st.composite
    def drawn(draw: DrawFn) -> Case:
        samples, classes = draw(sizes)
        z = draw(s.arrays((samples, classes)))
        return {"logits": z, "labels": draw(s.labels(samples, classes)), "c": draw(s.reals(-1000, 1000))}

    return drawn()


def draws_probs() -> SearchStrategy[Case]:
    """Draw predictions and targets of one shape, and in half of the cases an `eps`."""
    from hypothesis import strategies as st

    from quizkit.challenges import strategies as s

    shapes = st.sampled_from(((1, 2), (1, 3), (2, 3), (3, 2), (4, 3)))
    smallest = st.sampled_from((None, None, None, 1e-15, 1e-6, 0.01))

    @st.composite
    def drawn(draw: DrawFn) -> Case:
        shape = draw(shapes)
        case = {"p": draw(s.probabilities(shape)), "y": draw(s.probabilities(shape))}
        eps = draw(smallest)
        return case if eps is None else {**case, "eps": eps}

    return drawn()


@prop("never negative", hint="The logarithm of a probability is at most 0. What does that say about your sign?")
def never_negative(f: Candidate, logits: Array, labels: Array) -> None:
    """The loss is never below 0."""
    loss = numbers(f(logits, labels))
    holds(loss >= -1e-9, "the loss is negative", loss)


@prop("equal logits cost log C", hint="What is the probability of the true class when all C logits are equal?")
def equal_logits(f: Candidate, logits: Array, labels: Array) -> None:
    """When all C logits of a sample are equal, it costs log(C), whatever their value."""
    loss = f(np.full(logits.shape, 3.0), labels)
    close(loss, np.log(logits.shape[1]), "equal logits do not cost the natural logarithm of their number")


@prop("a constant per sample changes nothing", hint="Over which axis do the probabilities of one sample sum to 1?")
def a_constant_per_sample(f: Candidate, logits: Array, labels: Array, c: float = 100.0) -> None:
    """Adding a constant to the logits of one sample, and another to the next, changes nothing."""
    constants = c * np.arange(1, len(logits) + 1)[:, None]
    shifted, plain = f.many([(logits + constants, labels), (logits, labels)])
    close(shifted, plain, "a constant added to every logit of a sample changed the result", SHIFTED)


@prop("the mean of its samples", hint="Compute two samples apart, then together. Which one number joins the two?")
def mean_of_samples(f: Candidate, logits: Array, labels: Array) -> None:
    """The loss of a batch is the mean of the losses of its samples, each taken alone."""
    alone = [(logits[i : i + 1], labels[i : i + 1]) for i in range(len(labels))]
    whole, *losses = f.many([(logits, labels), *alone])
    close(whole, np.mean([numbers(loss) for loss in losses]), "the loss is not the mean over the samples", SHIFTED)


@prop("slope of the loss", hint="Differentiate log(sum of exp(z)) - z[true] by one logit, on paper, for one sample.")
def slope_of_the_loss(f: Candidate, logits: Array, labels: Array) -> None:
    """The gradient is the central difference of the mean cross-entropy: nudge one logit, and see how the loss moves."""
    # differences of a loss in the thousands have no digits left
    z = np.clip(logits, -5, 5)
    close(f(z, labels), _slopes(z, labels), "not the slope of the mean cross-entropy", DIFFERENCES)


@prop("every row sums to zero", hint="Raising all logits of a sample together changes nothing. So their slopes sum to?")
def rows_sum_to_zero(f: Candidate, logits: Array, labels: Array) -> None:
    """The gradient of every sample sums to 0."""
    gradient = numbers(f(logits, labels))
    close(gradient.sum(axis=-1), np.zeros(len(logits)), "a row of the gradient does not sum to 0")


@prop("only the true class is pulled up", hint="A step goes against the gradient. Which logits should a step raise?")
def only_the_true_class(f: Candidate, logits: Array, labels: Array) -> None:
    """The gradient is at most 0 for the true class and at least 0 for every other."""
    gradient = numbers(f(logits, labels))
    holds(gradient.shape == logits.shape, "not a number for each logit", gradient)
    towards = np.where(np.arange(logits.shape[1]) == labels[:, None], -gradient, gradient)
    holds(towards >= -1e-12, "a step against the gradient lowers the true class or raises another", gradient)


@prop("a batch twice halves the entries", hint="The loss is a mean. How much of it does one of N samples own?")
def a_batch_twice(f: Candidate, logits: Array, labels: Array) -> None:
    """A batch that holds every sample twice gives each sample half of its gradient."""
    twice, once = f.many([(np.tile(logits, (2, 1)), np.tile(labels, 2)), (logits, labels)])
    close(twice, np.tile(numbers(once) / 2, (2, 1)), "twice the samples did not halve the gradient of each")


def _slopes(z: Array, labels: Array) -> Array:
    """Return the central differences of the mean cross-entropy by each logit."""
    # a sample's loss depends on its own logits alone, so one column can be moved for all samples at once
    moves = STEP * np.eye(z.shape[1])
    differences = [_losses(z + move, labels) - _losses(z - move, labels) for move in moves]
    return np.stack(differences, axis=1) / (2 * STEP * len(z))


@prop("never negative", hint="The logarithm of a probability is at most 0. What does that say about your sign?")
def never_negative_probs(f: Candidate, p: Array, y: Array) -> None:
    """The loss is never below 0."""
    loss = numbers(f(p, y))
    holds(loss >= -1e-9, "the loss is negative", loss)


@prop("the mean of its samples", hint="Compute two samples apart, then together. Which one number joins the two?")
def mean_of_samples_probs(f: Candidate, p: Array, y: Array) -> None:
    """The loss of a batch is the mean of the losses of its samples, each taken alone."""
    whole, *losses = f.many([(p, y), *((p[i : i + 1], y[i : i + 1]) for i in range(len(p)))])
    close(whole, np.mean([numbers(loss) for loss in losses]), "the loss is not the mean over the samples")


@prop(
    "entropy at p = y", hint="Set p = y in the definition. What is left, and what has it to do with classes not in y?"
)
def entropy_at_the_targets(f: Candidate, y: Array) -> None:
    """A prediction equal to the targets costs their entropy, -(sum of y * log(y)) with 0 * log(0) = 0."""
    information = np.where(y > 0, -np.log(np.where(y > 0, y, 1.0)), 0.0)
    # clipping at 1e-12 costs next to nothing, but more than rounding
    tolerance = Tolerance(1e-10, 1e-9)
    close(f(y, y), np.mean((y * information).sum(axis=1)), "p = y does not cost the entropy of y", tolerance)


@prop("mixed targets cost the mixture", hint="In the definition, how does the loss depend on y: through what function?")
def mixed_targets(f: Candidate, p: Array, y: Array) -> None:
    """Targets halfway between `y` and an even spread cost the mean of what the two cost."""
    even = np.full(y.shape, 1 / y.shape[1])
    mixed, *ends = f.many([(p, (y + even) / 2), (p, y), (p, even)])
    close(mixed, np.mean([numbers(end) for end in ends]), "the loss is not linear in the targets")


def _labels_fit(case: dict[str, Any]) -> dict[str, Any] | None:
    """Keep one label per sample, each of them a class that there is, and a choice between classes."""
    logits, labels = np.asarray(case["logits"]), np.asarray(case["labels"])
    if logits.ndim != 2 or not _has_classes(logits) or labels.shape != logits.shape[:1]:
        return None
    return {**case, "labels": np.clip(labels.astype(int), 0, logits.shape[1] - 1)}


def _rows_sum_to_one(case: dict[str, Any]) -> dict[str, Any] | None:
    """Keep `p` and `y` rows of probabilities of one shape, and `eps` between 0 and 1."""
    p, y = np.asarray(case["p"]), np.asarray(case["y"])
    if p.ndim != 2 or p.shape != y.shape or not _has_classes(p) or not 0 < case.get("eps", 0.5) < 1:
        return None
    if min(p.min(), y.min()) < 0 or min(p.sum(axis=1).min(), y.sum(axis=1).min()) <= 0:
        return None
    return {**case, "p": _normalised(p), "y": _normalised(y)}


def _has_classes(batch: Array) -> bool:
    # with one class every loss is 0, and a counterexample says little
    return len(batch) > 0 and batch.shape[1] > 1


def _normalised(p: Array) -> Array:
    total = p.sum(axis=1, keepdims=True)
    # dividing what sums to 1 already would change last digits
    return p if np.allclose(total, 1, rtol=0, atol=1e-12) else p / total


def _one_hot(case: Case) -> Case:
    """Return the case with each row's largest probability made 1: the only whole numbers that sum to 1."""
    return {**case, **{name: np.eye(case[name].shape[1])[case[name].argmax(axis=1)] for name in ("p", "y")}}


HARD_BATCHES: list[Case] = [
    {"logits": np.array([[0.0, 0.0]]), "labels": np.array([0])},
    {"logits": np.array([[1.0, 0.0]]), "labels": np.array([1])},
    {"logits": np.array([[0.0, 1.0, 2.0]]), "labels": np.array([2])},
    {"logits": np.array([[0.0, 1.0], [3.0, 1.0]]), "labels": np.array([0, 1])},
    {"logits": np.array([[2.0, 0.0], [0.0, 1.0], [1.0, 4.0]]), "labels": np.array([0, 0, 1])},
    {"logits": np.array([[1.0, 2.0, 5.0], [5.0, 5.0, -1.0]]), "labels": np.array([0, 2])},
    {"logits": np.array([[0.0, 20.0]]), "labels": np.array([0])},
    {"logits": np.array([[1000.0, 0.0]]), "labels": np.array([0])},
    {"logits": np.array([[1000.0, 0.0]]), "labels": np.array([1])},
    {"logits": np.array([[-1000.0, -1000.0]]), "labels": np.array([0])},
    {"logits": np.array([[1e4, 1e4, -1e4], [0.0, -1e4, 0.0]]), "labels": np.array([2, 0])},
]

CROSS_ENTROPY = Challenge(
    reference=cross_entropy,
    title="Cross-entropy from logits",
    difficulty="medium",
    minutes=10,
    draws=draws,
    hard=HARD_BATCHES,
    properties=[equal_logits, mean_of_samples, a_constant_per_sample, never_negative],
    hints=[
        "Take one sample, write log(softmax(z)[true]) out, and let the logarithm and exp cancel where they can.",
        "What is left is log(sum of exp(z)) - z[true]. What overflows at z = 1000, and what may you subtract first?",
        "To pick one entry from each row, index with two arrays of length N: the row numbers and the labels.",
    ],
    follow_ups=[
        FollowUp(
            "Why cross-entropy and not the squared error of the probabilities?",
            "Its gradient by the logits is p - y, which stays large while a prediction is confidently wrong; the "
            "squared error multiplies p - y by softmax's Jacobian, which is nearly 0 there. It is also the negative "
            "log-likelihood of the labels, and convex in the logits.",
        ),
        FollowUp(
            "How is it related to the Kullback-Leibler divergence?",
            "H(y, p) = H(y) + KL(y || p). The entropy of the targets does not depend on the model, so both have the "
            "same gradient, and for one-hot targets H(y) = 0 makes them equal.",
        ),
        FollowUp(
            "What does label smoothing change?",
            "The target becomes (1 - a) * one-hot + a / C, so that the loss is smallest at finite logits and an ever "
            "larger margin is punished. It often improves calibration.",
        ),
        FollowUp(
            "How would you leave out padded positions (ignore_index)?",
            "Multiply the losses by a mask and divide by the number of positions kept, not by N. Put a legal class "
            "where the label means padding before you index, and say what a batch with nothing kept should give.",
        ),
    ],
    specials=[
        Special({"logits": np.array([[0.0, 0.0, -np.inf]]), "labels": np.array([0])}, np.log(2)),
        Special({"logits": np.array([[0.0, -np.inf]]), "labels": np.array([1])}, np.inf),
        Special({"logits": np.array([[0.0, np.nan]]), "labels": np.array([0])}, np.nan),
    ],
    mend=_labels_fit,
    keywords=("labels",),
    hints_for={
        "shape": "One number for the whole batch: what turns N losses into one?",
        "agrees with the reference": "Work the counterexample out by hand, one sample after the other. "
        "If only its last digits differ: what did you add that the definition does not have?",
        "stable for large input": "exp overflows from 710 on, and a probability can be 0 although its logarithm is "
        "only -1000. What may you subtract first, and do you need the probability itself?",
        "leaves its arguments alone": "Which of your lines writes into an array that the caller still owns?",
    },
    names_for={"stable for large input": "stable for large logits"},
)

SOFTMAX_CROSS_ENTROPY_GRAD = Challenge(
    reference=softmax_cross_entropy_grad,
    title="Gradient of softmax with cross-entropy",
    difficulty="medium",
    minutes=10,
    draws=draws,
    hard=HARD_BATCHES,
    properties=[slope_of_the_loss, rows_sum_to_zero, only_the_true_class, a_batch_twice, a_constant_per_sample],
    hints=[
        "Write the loss of one sample as log(sum of exp(z)) - z[true], and differentiate it by one logit.",
        "The first term gives a probability for every class. What does the second add, and to which class only?",
        "The loss is a mean over the samples: what does that do to every entry?",
    ],
    follow_ups=[
        FollowUp(
            "Why does softmax's Jacobian not appear in the result?",
            "The loss has slope -1/p at the true class and 0 elsewhere. Times diag(p) - p p^T that is p - 1 at the "
            "true class and p elsewhere: the division by p cancels on paper, so floating point never meets 0 / 0.",
        ),
        FollowUp(
            "What changes for soft targets y?",
            "Each row becomes p * sum(y) - y, divided by N; for rows of y that sum to 1 that is (p - y) / N again.",
        ),
        FollowUp(
            "Where else does prediction minus target appear?",
            "For a sigmoid with binary cross-entropy, and for a linear output with half the squared error. In each the "
            "output function is the canonical link of the likelihood behind the loss.",
        ),
    ],
    specials=[
        Special({"logits": np.array([[0.0, 0.0, -np.inf]]), "labels": np.array([0])}, np.array([[-0.5, 0.5, 0.0]])),
    ],
    mend=_labels_fit,
    keywords=("labels",),
    derivative=True,
    hints_for={
        "shape": "The loss has one slope for each logit.",
        "agrees with the reference": "Work one sample with two equal logits out by hand: what pulls, and how much?",
        "stable for large input": "Softmax does not change when a constant is taken from every logit of a sample. "
        "Which constant keeps exp from overflowing?",
        "leaves its arguments alone": "-= writes into the array itself. Is it yours or the caller's?",
    },
    names_for={"stable for large input": "stable for large logits"},
)

CROSS_ENTROPY_PROBS = Challenge(
    reference=cross_entropy_probs,
    title="Cross-entropy from probabilities",
    difficulty="easy",
    minutes=6,
    draws=draws_probs,
    hard=[
        {"p": np.array([[0.5, 0.5]]), "y": np.array([[1.0, 0.0]])},
        {"p": np.array([[0.25, 0.75]]), "y": np.array([[0.0, 1.0]])},
        {"p": np.array([[0.25, 0.75]]), "y": np.array([[0.5, 0.5]])},
        {"p": np.array([[0.25, 0.25, 0.5]]), "y": np.array([[0.5, 0.25, 0.25]])},
        {"p": np.array([[0.5, 0.5], [0.25, 0.75]]), "y": np.array([[1.0, 0.0], [1.0, 0.0]])},
        {
            "p": np.array([[0.5, 0.5], [0.125, 0.875], [0.75, 0.25]]),
            "y": np.array([[0.0, 1.0], [1.0, 0.0], [0.5, 0.5]]),
        },
        {"p": np.array([[1.0, 0.0]]), "y": np.array([[1.0, 0.0]])},
        {"p": np.array([[1.0, 0.0]]), "y": np.array([[0.0, 1.0]])},
        {"p": np.array([[1e-6, 1 - 1e-6]]), "y": np.array([[1.0, 0.0]])},
        {"p": np.array([[1e-14, 1 - 1e-14]]), "y": np.array([[1.0, 0.0]])},
        {"p": np.array([[1.0, 0.0]]), "y": np.array([[0.0, 1.0]]), "eps": 0.01},
        {"p": np.array([[0.5, 0.5]]), "y": np.array([[0.0, 1.0]]), "eps": 0.01},
        {"p": np.array([[0.004, 0.996], [1.0, 0.0]]), "y": np.array([[1.0, 0.0], [0.5, 0.5]]), "eps": 1e-3},
    ],
    properties=[mean_of_samples_probs, entropy_at_the_targets, mixed_targets, never_negative_probs],
    hints=[
        "Take one sample: weigh -log(p) of each class by the target of that class, and add.",
        "Over which axis do you add, and over which do you take the mean?",
        "log(0) is -inf, and 0 * -inf is NaN: what has to happen to p before the logarithm?",
    ],
    follow_ups=[
        FollowUp(
            "Why would you rather be given logits?",
            "A probability that underflowed to 0 no longer tells how wrong the prediction was: clipping at 1e-12 "
            "reports 27.6 at most. From logits, log(sum of exp(z)) - z[true] is right at any size.",
        ),
        FollowUp(
            "What does clipping do to the gradient?",
            "Where p < eps the clipped loss is constant, so its gradient is 0: the worst predictions are the ones that "
            "no longer learn. Adding eps to p inside the logarithm keeps a gradient, but shifts every value a little.",
        ),
        FollowUp(
            "For which p is the loss smallest when y is soft, and how small is it?",
            "At p = y, where it is the entropy of y and not 0. The rest, KL(y || p), is what training can remove.",
        ),
    ],
    specials=[Special({"p": np.array([[np.nan, 1.0]]), "y": np.array([[1.0, 0.0]])}, np.nan)],
    mend=_rows_sum_to_one,
    integers=_one_hot,
    hints_for={
        "shape": "One number for the whole batch: what turns N losses into one?",
        "agrees with the reference": "Work the counterexample out by hand. -log(0.5) is 0.693; a probability of 0 "
        "counts as 1e-12, which costs 27.63.",
        "arguments": "What does a probability of exactly 0 cost for the eps that was asked for, and for the default?",
    },
)


# -- two classes ------------------------------------------------------------------------------------------------------


def bce_with_logits(t: Array, y: Array) -> np.floating[Any]:
    """Compute the mean binary cross-entropy of logits.

    `t` holds logits and `y`, of the same shape, the targets from 0 to 1; the shape may have any number of dimensions.
    With s = sigmoid(t), an entry costs -(y * log(s) + (1 - y) * log(1 - s)), with the natural logarithm. Return one
    number, the mean over all entries. It must stay finite and right for every finite logit up to 10,000 in size: a
    logit of 1000 with target 0 costs 1000. Integers may come; leave both arguments as they are.
    """
    loss: np.floating[Any] = np.mean(_binary_losses(_floating(t), _floating(y)))
    return loss


def bce_with_logits_grad(t: Array, y: Array) -> Array:
    """Differentiate the mean binary cross-entropy with respect to its logits.

    `t` holds logits and `y`, of the same shape, the targets from 0 to 1; the shape may have any number of dimensions.
    The loss is the mean over all entries of -(y * log(s) + (1 - y) * log(1 - s)) with s = sigmoid(t). Return its
    gradient, a new float array of the shape of `t`. It must stay finite and right for every finite logit up to 10,000
    in size. Integers may come; leave both arguments as they are.
    """
    t, y = _floating(t), _floating(y)
    # the sigmoid's slope s * (1 - s) cancels against the denominators of y / s and (1 - y) / (1 - s)
    return (_sigmoid(t) - y) / t.size


def _binary_losses(t: Array, y: Array) -> Array:
    # softplus(t) - y * t, where softplus(t) = max(t, 0) + log(1 + exp(-|t|)) never sees a large exponent; taken from
    # max(t, 0) first, y * t leaves the small last term its digits
    losses: Array = np.maximum(t, 0) - y * t + np.log1p(np.exp(-np.abs(t)))
    return losses


def _sigmoid(t: Array) -> Array:
    # exp of a number that is never positive cannot overflow
    e = np.exp(-np.abs(t))
    return np.where(t >= 0, 1 / (1 + e), e / (1 + e))


def draws_binary() -> SearchStrategy[Case]:
    """Draw logits of any shape, and targets that are 0 or 1 or, in some cases, between."""
    from hypothesis import strategies as st

    from quizkit.challenges import strategies as s

    softness = st.sampled_from((False, False, True))

    @st.composite
    def drawn(draw: DrawFn) -> Case:
        t = draw(s.arrays())
        rng = np.random.default_rng(draw(s.fills()))
        soft = draw(softness)
        y = rng.uniform(0, 1, t.shape) if soft else rng.integers(0, 2, t.shape).astype(float)
        return {"t": t, "y": y}

    return drawn()


@prop("never negative", hint="The logarithm of a probability is at most 0. What does that say about your sign?")
def never_negative_binary(f: Candidate, t: Array, y: Array) -> None:
    """The loss is never below 0."""
    loss = numbers(f(t, y))
    holds(loss >= -1e-9, "the loss is negative", loss)


@prop("log 2 at t = 0", hint="What is sigmoid(0), and what does either target cost there?")
def log_two_at_zero(f: Candidate, y: Array) -> None:
    """Logits of 0 cost log(2), whatever the targets are."""
    close(f(np.zeros(y.shape), y), np.log(2), "logits of 0 do not cost the natural logarithm of 2")


@prop("the other class, the other sign", hint="sigmoid(-t) = 1 - sigmoid(t). What if the two classes swap their names?")
def mirrored(f: Candidate, t: Array, y: Array) -> None:
    """Swapping the classes, `y` for 1 - `y` and `t` for -`t`, changes nothing."""
    swapped, plain = f.many([(-t, 1 - y), (t, y)])
    close(swapped, plain, "swapping the two classes changed the loss", LARGE)


@prop("the mean of its entries", hint="Compute two entries apart, then together. Which one number joins the two?")
def mean_of_entries(f: Candidate, t: Array, y: Array) -> None:
    """The loss is the mean of the losses of the entries, each taken alone."""
    whole, *losses = f.many([(t, y), *((t.ravel()[i : i + 1], y.ravel()[i : i + 1]) for i in range(t.size))])
    close(whole, np.mean([numbers(loss) for loss in losses]), "the loss is not the mean over the entries", LARGE)


@prop("slope of the loss", hint="Differentiate log(1 + exp(t)) - y * t by t, on paper, for one entry.")
def slope_of_the_binary_loss(f: Candidate, t: Array, y: Array) -> None:
    """The gradient is the central difference of the mean loss: nudge one logit, and see how the loss moves."""
    # differences of a loss in the thousands have no digits left
    t = np.clip(t, -5, 5)
    slopes = (_binary_losses(t + STEP, y) - _binary_losses(t - STEP, y)) / (2 * STEP)
    close(f(t, y), slopes / t.size, "not the slope of the mean loss", DIFFERENCES)


@prop("nothing to learn at sigmoid(t) = y", hint="Which prediction makes the loss of an entry smallest?")
def nothing_to_learn(f: Candidate, t: Array) -> None:
    """Where sigmoid(t) is the target, the gradient is 0."""
    close(f(t, _sigmoid(t)), np.zeros(t.shape), "the gradient is not 0 where the prediction is the target")


@prop("the other class, the other sign", hint="sigmoid(-t) = 1 - sigmoid(t). What if the two classes swap their names?")
def mirrored_grad(f: Candidate, t: Array, y: Array) -> None:
    """Swapping the classes, `y` for 1 - `y` and `t` for -`t`, changes the gradient's sign and nothing else."""
    swapped, plain = f.many([(-t, 1 - y), (t, y)])
    close(swapped, -numbers(plain), "swapping the two classes did not just change the sign")


@prop("a batch twice halves the entries", hint="The loss is a mean. How much of it does one of n entries own?")
def entries_twice(f: Candidate, t: Array, y: Array) -> None:
    """With every entry there twice, each gets half of its gradient."""
    twice, once = f.many([(np.stack([t, t]), np.stack([y, y])), (t, y)])
    half = numbers(once) / 2
    close(twice, np.stack([half, half]), "twice the entries did not halve the gradient of each")


def _targets_fit(case: dict[str, Any]) -> dict[str, Any] | None:
    """Keep a target from 0 to 1 for every logit."""
    t, y = np.asarray(case["t"]), np.asarray(case["y"])
    return {**case, "y": np.clip(y, 0, 1)} if t.size and t.shape == y.shape else None


HARD_LOGITS: list[Case] = [
    {"t": np.array([0.0]), "y": np.array([1.0])},
    {"t": np.array([1.0]), "y": np.array([1.0])},
    {"t": np.array([1.0]), "y": np.array([0.0])},
    {"t": np.array([2.0]), "y": np.array([0.25])},
    {"t": np.array([0.0, 3.0]), "y": np.array([1.0, 0.0])},
    {"t": np.array([[2.0], [-1.0], [0.0]]), "y": np.array([[1.0], [0.0], [1.0]])},
    {"t": np.array([[0.0, 1.0, -2.0], [3.0, -4.0, 5.0]]), "y": np.array([[1.0, 0.0, 0.0], [1.0, 1.0, 0.5]])},
    {"t": np.array([[[1.0], [-3.0]]]), "y": np.array([[[0.0], [1.0]]])},
    {"t": np.array([1000.0]), "y": np.array([0.0])},
    {"t": np.array([1000.0]), "y": np.array([1.0])},
    {"t": np.array([-1000.0]), "y": np.array([1.0])},
    {"t": np.array([40.0, -40.0]), "y": np.array([0.0, 1.0])},
    {"t": np.array([1e4, -1e4, 0.0]), "y": np.array([0.5, 0.0, 1.0])},
]

BCE_WITH_LOGITS = Challenge(
    reference=bce_with_logits,
    title="Binary cross-entropy from logits",
    difficulty="medium",
    minutes=10,
    draws=draws_binary,
    hard=HARD_LOGITS,
    properties=[log_two_at_zero, mean_of_entries, mirrored, never_negative_binary],
    hints=[
        "For y = 1 an entry costs -log(sigmoid(t)) = log(1 + exp(-t)). What does it cost for y = 0?",
        "Both are softplus: softplus(-t) and softplus(t) = softplus(-t) + t. So the loss is softplus(t) - y * t.",
        "exp may only see numbers that are not positive: take max(t, 0) out of log(1 + exp(t)) first.",
    ],
    follow_ups=[
        FollowUp(
            "What does a confidently wrong point cost if probabilities are clipped at 1e-15?",
            "34.5, however wrong it is, since -log(1e-15) = 34.5; at t = 1000 the true loss is 1000. And where "
            "clipping is active the gradient is 0, so the point stops teaching.",
        ),
        FollowUp(
            "How is it related to softplus?",
            "The loss is softplus(-t) for y = 1 and softplus(t) for y = 0, a smooth hinge without a margin. "
            "Its slope is the sigmoid, which is why the gradient is sigmoid(t) - y.",
        ),
        FollowUp(
            "How does it fit the softmax cross-entropy of many classes?",
            "Softmax over the two logits [0, t] gives sigmoid(t) to the second, so both losses are the same. "
            "One of two logits is superfluous, since only their difference counts.",
        ),
    ],
    specials=[Special({"t": np.array([np.nan]), "y": np.array([1.0])}, np.nan)],
    tails=[
        Special({"t": np.array([-40.0]), "y": np.array([0.0])}, 4.248354255291589e-18),
        Special({"t": np.array([40.0]), "y": np.array([1.0])}, 4.248354255291589e-18),
    ],
    mend=_targets_fit,
    hints_for={
        "shape": "One number for all entries, whatever the shape.",
        "agrees with the reference": "Work one entry out by hand, once for y = 1 and once for y = 0; then take two.",
        "stable for large input": "exp(t) overflows from 710 on, and where sigmoid(t) rounds to 1, "
        "log(1 - sigmoid(t)) has lost everything. Can you do without the sigmoid?",
        "far tails": "log(1 + x) for tiny x has a function of its own, and is the last term still there at the end?",
    },
    names_for={"stable for large input": "stable for large logits"},
)

BCE_WITH_LOGITS_GRAD = Challenge(
    reference=bce_with_logits_grad,
    title="Gradient of the binary cross-entropy",
    difficulty="easy",
    minutes=6,
    draws=draws_binary,
    hard=HARD_LOGITS,
    properties=[slope_of_the_binary_loss, nothing_to_learn, mirrored_grad, entries_twice],
    hints=[
        "Write one entry's loss as softplus(t) - y * t, and differentiate by t.",
        "The slope of softplus is the sigmoid. What is the slope of y * t?",
        "The loss is a mean over all entries: what does that do to each entry of the gradient?",
    ],
    follow_ups=[
        FollowUp(
            "Why is there no factor s * (1 - s)?",
            "By the chain rule there is, but the loss has slope (s - y) / (s * (1 - s)) by s, and the two cancel. "
            "With the squared error nothing cancels, and a saturated wrong output hardly learns.",
        ),
        FollowUp(
            "How large can an entry of the gradient become?",
            "At most 1/n in size, since sigmoid(t) and y both lie in [0, 1]. One wrong label can therefore pull only "
            "so hard, unlike with a squared error on the logits.",
        ),
        FollowUp(
            "What is the second derivative, and what follows?",
            "s * (1 - s) / n, which is never negative: the loss is convex in the logits. "
            "It also nearly vanishes for large |t|, where the gradient is nearly constant.",
        ),
    ],
    specials=[Special({"t": np.array([np.inf, -np.inf]), "y": np.array([1.0, 0.0])}, np.array([0.0, 0.0]))],
    tails=[Special({"t": np.array([-40.0]), "y": np.array([0.0])}, np.array([4.248354255291589e-18]))],
    mend=_targets_fit,
    derivative=True,
    hints_for={
        "shape": "The loss has one slope for each logit.",
        "agrees with the reference": "Work t = 0 out by hand, once for y = 1 and once for y = 0; then two entries.",
        "stable for large input": "Follow t = 1000 and t = -1000 through each factor: exp can overflow, and "
        "1 - sigmoid(t) can be exactly 0.",
        "leaves its arguments alone": "-= writes into the array itself. Is it yours or the caller's?",
    },
    names_for={"stable for large input": "stable for large logits"},
)

CHALLENGES = (CROSS_ENTROPY, CROSS_ENTROPY_PROBS, SOFTMAX_CROSS_ENTROPY_GRAD, BCE_WITH_LOGITS, BCE_WITH_LOGITS_GRAD)
