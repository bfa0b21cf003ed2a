"""Whether the memory model's parameters are fitted to one's own log: not in this version, and why."""

FEWEST_REVIEWS = 2000
# below, fitted parameters predict worse than the defaults for many people


def refusal(reviews: int) -> str:
    """Return why nothing is fitted to a log of so many reviews."""
    if reviews < FEWEST_REVIEWS:
        return (
            f"Your log holds {reviews} reviews. Below {FEWEST_REVIEWS} fitted parameters predict worse than the"
            " defaults for many people, so the defaults stay."
        )
    return (
        f"Your log holds {reviews} reviews, enough to fit parameters to, but this version has no optimiser: the `fsrs`"
        " package's own needs PyTorch, and the package that does without names no licence. The defaults stay."
    )
