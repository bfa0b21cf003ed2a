"""Fits FSRS parameters with the `fsrs` package's optimizer, which needs PyTorch: the extra `quizkit[optimize]`."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from quizkit.errors import UsageProblem
from quizkit.memory.optimise import Review

MOST_REVIEWS = 20_000
# fitted to: the optimizer takes milliseconds for each; beyond, whole cards are left out at random
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def fit(reviews: Sequence[Review], begins: Callable[[int], None]) -> tuple[float, ...]:
    """Return the 21 parameters of FSRS-6 that the package fits to reviews, those of a card in their order.

    `begins` is told to how many reviews, before the minutes that it takes.

    Raises:
        UsageProblem: what the optimizer needs is not installed.
    """
    from fsrs import Optimizer, Rating, ReviewLog

    chosen = _few_enough(reviews)
    logs = [
        ReviewLog(review.card, Rating(review.grade), _EPOCH + timedelta(days=review.day), None)
        for review in reviews
        if review.card in chosen
    ]
    # whole days: the optimizer counts 24 hours, and sorts by the instant, which keeps the order within a day
    try:
        optimizer = Optimizer(logs)
    except ImportError:
        raise UsageProblem("Fitting needs PyTorch: pip install 'quizkit[optimize]'") from None
    begins(len(logs))
    return tuple(optimizer.compute_optimal_parameters())


def _few_enough(reviews: Sequence[Review]) -> set[int]:
    """Return as many cards as have MOST_REVIEWS reviews together, the same ones for the same reviews."""
    counts = list(Counter(review.card for review in reviews).items())
    random.Random(0).shuffle(counts)  # noqa: S311 - to leave some out, not to hide them
    chosen, total = set[int](), 0
    for card, count in counts:
        total += count
        if total > MOST_REVIEWS:
            break
        chosen.add(card)
    return chosen
