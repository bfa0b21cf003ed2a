"""What an import came to, in words and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from quizkit.bank.problem import printable
from quizkit.decks.anki_export import MEDIA_FOLDER
from quizkit.decks.deck import Left
from quizkit.decks.intake import Outcome

MOST_NAMED = 8
# things left out, of one reason


def told(outcome: Outcome, topic: str, as_json: bool) -> str:
    """Return what was taken in, and everything that was not."""
    return _json(outcome, topic) if as_json else "\n".join(_lines(outcome, topic))


def _lines(outcome: Outcome, topic: str) -> Iterator[str]:
    if outcome.file:
        yield f"{_counted(outcome.added, 'question')} added to {topic}: {outcome.file}"
    if outcome.media:
        yield f"{_counted(outcome.media, 'picture or sound', 'pictures and sounds')}: {MEDIA_FOLDER}/ beside it"
    if outcome.known:
        yield f"{_counted(outcome.known, 'card')} {'was' if outcome.known == 1 else 'were'} in your banks already."
    if outcome.reviews:
        cards = _counted(outcome.cards_with_reviews, "card")
        yield f"{_counted(outcome.reviews, 'review')} of {cards} taken over."
    if not (outcome.added or outcome.known):
        yield "There was no card to take in."
    if outcome.left:
        yield "Not carried over:"
    for reason, things in grouped(outcome.left):
        more = f", and {len(things) - MOST_NAMED} more (--json names all)" if things[MOST_NAMED:] else ""
        yield f"  {printable(reason)}: {printable(', '.join(things[:MOST_NAMED]))}{more}"


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def grouped(left: Sequence[Left]) -> list[tuple[str, list[str]]]:
    """Return what was left out by its reason, the most frequent first."""
    reasons = Counter(one.reason for one in left)
    return [(reason, [one.what for one in left if one.reason == reason]) for reason, _ in reasons.most_common()]


def _json(outcome: Outcome, topic: str) -> str:
    return json.dumps(
        {
            "topic": topic,
            "file": str(outcome.file) if outcome.file else None,
            "added": outcome.added,
            "known": outcome.known,
            "reviews": outcome.reviews,
            "cards_with_reviews": outcome.cards_with_reviews,
            "media": outcome.media,
            "left": dict(grouped(outcome.left)),
        },
        ensure_ascii=False,
        indent=2,
    )
