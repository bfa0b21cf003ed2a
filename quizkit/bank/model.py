"""What a question is, once its YAML has been read."""

from __future__ import annotations

from quizkit.frozen import frozen

DIFFICULTIES = ("easy", "medium", "hard")
STATEMENTS = 3
# in one true-or-trap question: guessed right one time in eight


def makes_statements(key_points: int, mistakes: int) -> bool:
    """Whether so many key points (true) and mistakes (traps) make a true-or-trap question: it needs a trap."""
    return mistakes > 0 and key_points + mistakes >= STATEMENTS


@frozen
class Mistake:
    """A misconception and the sentence that corrects it."""

    claim: str
    correction: str


@frozen
class FollowUp:
    """What an interviewer asks next, and its answer."""

    question: str
    answer: str


@frozen
class Choice:
    """One of several answers to tick; a wrong one may carry the sentence that corrects it."""

    text: str
    correction: str = ""


@frozen
class Number:
    """A numeric answer: right when |given - value| <= tolerance."""

    value: float
    tolerance: float


@frozen
class Question:
    """One question of a bank. Text fields hold Markdown; a field that was not given is empty."""

    id: str
    topic: str
    question: str
    difficulty: str = ""
    minutes: float | None = None
    companies: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    simple_answer: str = ""
    technical_answer: str = ""
    diagram: str = ""
    # a Mermaid flowchart
    analogy: str = ""
    mistakes: tuple[Mistake, ...] = ()
    key_points: tuple[str, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    see_also: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    # ids of the questions to learn before this one
    references: tuple[str, ...] = ()
    challenge: str = ""
    lab: tuple[str, ...] = ()
    # the experiments of `quizkit lab` that show it
    figures: str = ""
    # Python assertions that recompute every number the card quotes
    was: tuple[str, ...] = ()
    # ids this question had before; its history is kept
    choices: tuple[Choice, ...] = ()
    answer: str = ""
    # the right choice's text, or the number as written; empty unless the program marks the question
    number: Number | None = None
    file: str = ""
    line: int = 0
    # 1-based line of the entry in `file`
