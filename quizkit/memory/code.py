"""Under which names coding challenges, and interviews as a whole, stand in the review log.

Imports nothing, because `quizkit due` in a shell prompt pays for every import.
"""

PREFIX = "challenge:"
# no question's id has a colon
AMONG_CHALLENGES = "card >= 'challenge:' AND card < 'challenge;'"
# SQL that an index on the card answers
INTERVIEW = "interview:"
# what is said of an interview as a whole stands under this and its sitting
AMONG_INTERVIEWS = "card >= 'interview:' AND card < 'interview;'"


def card_of(challenge: str) -> str:
    """Return the card of the challenge with this name."""
    return PREFIX + challenge


def challenge_of(card: str) -> str:
    """Return the name of the challenge that a card is, "" for a question."""
    return card[len(PREFIX) :] if card.startswith(PREFIX) else ""
