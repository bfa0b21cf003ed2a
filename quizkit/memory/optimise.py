"""Whether parameters fitted to one's own log predict it better than what needs no fitting: the trial that decides.

The newest fifth of the reviews is held out. What is fitted to the older four fifths is adopted where its log loss on
the held-out reviews is below that of the default parameters and that of a moving average, by more than chance. A review
is scored where a night lies between it and the one before; a prediction may use all reviews that came before it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from math import log, sqrt
from statistics import fmean, stdev
from typing import NamedTuple

from quizkit.frozen import frozen
from quizkit.memory.fsrs6 import Fsrs6
from quizkit.memory.log import Grade
from quizkit.memory.state import NEW, CardState

FEWEST_REVIEWS = 2000
# below, fitted parameters predict worse than the defaults for many people
FEWEST_SCORED = 100
HELD_OUT = 0.2
AVERAGED = 100
# reviews in the moving average
DIGITS = 4
# of a parameter; the package's defaults have no more
SIGMAS = 1.645
# standard errors that a mean must stand above 0: one-sided, 95 % of a normal distribution
_LEAST = 1e-6
# a prediction of 0 or 1 that fails would cost infinitely much


class Review(NamedTuple):
    """A review as the memory model sees it."""

    card: int
    # another number after a card was begun afresh
    day: int
    grade: Grade


Fit = Callable[[Sequence[Review]], tuple[float, ...]]
"""Returns parameters for reviews, those of a card in their order; more than one number, in the order of the model."""


@frozen
class Trial:
    """What a fit came to."""

    parameters: tuple[float, ...]
    reviews: int
    scored: int
    # of the held-out reviews
    fitted: float
    # log losses, natural logarithm: the mean of -log of the probability given to what happened
    defaults: float
    moving_average: float
    helps: bool
    # the fitted one is the lowest, and its lead is no chance


@frozen
class Declined:
    """Why nothing was tried."""

    reason: str


def numbered(answers: Iterable[tuple[str, int, int]]) -> list[Review]:
    """Return reviews from (card, study day, grade), oldest first; grade 0 tells that the card was begun afresh."""
    numbers: dict[str, int] = {}
    reviews = []
    for place, (card, day, grade) in enumerate(answers):
        if not grade:
            numbers.pop(card, None)
        else:
            reviews.append(Review(numbers.setdefault(card, place), day, Grade(grade)))
    return reviews


def trial(reviews: Sequence[Review], fit: Fit, model: Fsrs6) -> Trial | Declined:
    """Fit parameters to the older reviews and try them on the newest, the oldest first; or decline.

    `model` gives the settings; its own parameters are not looked at.
    """
    if len(reviews) < FEWEST_REVIEWS:
        return Declined(
            f"Your log holds {len(reviews)} reviews. Below {FEWEST_REVIEWS} fitted parameters predict worse than the"
            " defaults for many people"
        )
    older = round(len(reviews) * (1 - HELD_OUT))
    scored = _scored(reviews)
    if sum(scored[older:]) < FEWEST_SCORED:
        return Declined(
            f"Only {sum(scored[older:])} of the newest {len(reviews) - older} reviews came after a night, and it takes"
            f" {FEWEST_SCORED} to compare by"
        )
    parameters = tuple(round(number, DIGITS) for number in fit(reviews[:older]))
    happened = [review.grade is not Grade.AGAIN for review in reviews]
    held_out = [at for at in range(older, len(reviews)) if scored[at]]

    def tried(predicted: Sequence[float]) -> list[float]:
        return [surprise(predicted[at], happened[at]) for at in held_out]

    fitted = tried(predictions(reviews, model.with_parameters(parameters)))
    defaults = tried(predictions(reviews, model.with_parameters(())))
    average = tried(moving_average(happened, scored))
    helps = _is_surely_lower(fitted, defaults) and _is_surely_lower(fitted, average)
    return Trial(parameters, len(reviews), len(held_out), fmean(fitted), fmean(defaults), fmean(average), helps)


def surprise(chance: float, recalled: bool) -> float:
    """Return -log of the probability given to what happened, where `chance` was given to recall."""
    return -log(max(chance if recalled else 1 - chance, _LEAST))


def _is_surely_lower(ours: Sequence[float], theirs: Sequence[float]) -> bool:
    """Whether the mean of the differences, review by review, stands out from their noise."""
    leads = [their - our for our, their in zip(ours, theirs, strict=True)]
    return fmean(leads) > SIGMAS * stdev(leads) / sqrt(len(leads))


def predictions(reviews: Sequence[Review], model: Fsrs6) -> list[float]:
    """Return the probability of recall before each review, 0 for the first of a card."""
    states: dict[int, CardState] = {}
    chances = []
    for review in reviews:
        state = states.get(review.card, NEW)
        chances.append(model.retrievability(state, review.day))
        states[review.card] = model.review("", state, review.grade, review.day, 0)
    return chances


def moving_average(happened: Sequence[bool], scored: Sequence[bool]) -> list[float]:
    """Return before each review the share recalled of the last scored ones, with one recalled and one not added."""
    window: deque[bool] = deque(maxlen=AVERAGED)
    chances = []
    for recalled, counts in zip(happened, scored, strict=True):
        chances.append((sum(window) + 1) / (len(window) + 2))
        if counts:
            window.append(recalled)
    return chances


def _scored(reviews: Sequence[Review]) -> list[bool]:
    """Return for each review whether there was one of the same card on a day before."""
    last: dict[int, int] = {}
    scored = []
    for review in reviews:
        scored.append(review.day > last.get(review.card, review.day))
        last[review.card] = review.day
    return scored
