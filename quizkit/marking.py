"""Questions that the program marks itself: how they are asked, and what counts as right."""

from __future__ import annotations

import random
import re
from enum import StrEnum

from quizkit.bank.model import STATEMENTS, Question, makes_statements
from quizkit.errors import UsageProblem
from quizkit.frozen import frozen


class Ask(StrEnum):
    """What kind of answer an item takes."""

    ONE = "one"
    SEVERAL = "several"
    NUMBER = "number"


@frozen
class Option:
    """A line to choose; `correction` is shown afterwards."""

    text: str
    right: bool
    correction: str = ""


@frozen
class Item:
    """One question as it is asked and marked."""

    ask: Ask
    prompt: str
    options: tuple[Option, ...] = ()
    value: float = 0.0
    tolerance: float = 0.0
    expected: str = ""
    # the number as the bank writes it


@frozen
class Marking:
    """An answer that was understood: as a text to keep, which options it names, whether it is right."""

    answer: str
    chosen: frozenset[int]
    right: bool


def own_item(question: Question, seed: str) -> Item | None:
    """Return the item that a question with choices or a numeric answer is, or None for a question to say aloud."""
    if question.number is not None:
        number = question.number
        return Item(Ask.NUMBER, question.question, (), number.value, number.tolerance, question.answer)
    if not question.choices:
        return None
    options = [Option(c.text, c.text == question.answer, c.correction) for c in question.choices]
    random.Random(seed).shuffle(options)  # noqa: S311 - an order, not a secret
    return Item(Ask.ONE, question.question, tuple(options))


def statements_item(question: Question, seed: str) -> Item | None:
    """Return a true-or-trap item from a card's key points and mistakes, or None when it has too few of them."""
    if not makes_statements(len(question.key_points), len(question.mistakes)):
        return None
    pool = [Option(point, True) for point in question.key_points]
    pool += [Option(mistake.claim, False, mistake.correction) for mistake in question.mistakes]
    chosen = random.Random(seed).sample(pool, STATEMENTS)  # noqa: S311 - a draw, not a secret
    return Item(Ask.SEVERAL, question.question, tuple(chosen))


def mark(item: Item, answer: str) -> Marking:
    """Mark what was typed.

    Raises:
        UsageProblem: the answer cannot be read as one; nothing is marked.
    """
    if item.ask is Ask.NUMBER:
        value = read_number(answer)
        return Marking(answer.strip(), frozenset(), abs(value - item.value) <= item.tolerance * (1 + 1e-12))
    chosen = _read_choice(item, answer)
    right = chosen == {index for index, option in enumerate(item.options) if option.right}
    return Marking(" ".join(str(index + 1) for index in sorted(chosen)) or "0", chosen, right)


def read_number(text: str) -> float:
    """Read "0.119", "1e-3", "2/3" or "-0,17" as a number."""
    cleaned = text.strip().replace("−", "-").replace(" ", "")
    if "." not in cleaned:
        cleaned = cleaned.replace(",", ".")
    try:
        if len(cleaned) > 60 or not re.fullmatch(r"[-+]?[\d.]+(e[-+]?\d{1,3})?(/[\d.]+)?", cleaned, re.IGNORECASE):
            raise ValueError
        top, _, bottom = cleaned.partition("/")
        from fractions import Fraction

        return float(Fraction(top) / Fraction(bottom or "1"))
    except (ValueError, ArithmeticError):
        raise UsageProblem(f"{text.strip()!r} is not a number. Type one such as 0.12, 1e-3 or 2/3.") from None


def _read_choice(item: Item, answer: str) -> frozenset[int]:
    words = answer.replace(",", " ").split()
    if item.ask is Ask.SEVERAL and [word.lower() for word in words] in (["0"], ["none"]):
        return frozenset()
    last = len(item.options)
    numbers = frozenset(_position(word) for word in words)
    if numbers and all(1 <= number <= last for number in numbers) and (item.ask is Ask.SEVERAL or len(numbers) == 1):
        return frozenset(number - 1 for number in numbers)
    if item.ask is Ask.ONE:
        raise UsageProblem(f"Type the number of one answer, 1 to {last}.")
    raise UsageProblem(f"Type the numbers of the true statements, 1 to {last}, as in '1 3', or 0 for none.")


def _position(word: str) -> int:
    if word.isascii() and word.isdigit():
        return int(word[:4])
    return ord(word.lower()) - ord("a") + 1 if len(word) == 1 else 0
