"""Whether a card still asks and answers what it did when it was learned, whatever became of its wording.

What a card says is kept as the set of its distinct words, folded and without punctuation: each as two bytes of a hash,
some 400 characters for a long card. It goes into the log with the card's first review.
"""

from __future__ import annotations

import json
import re
import struct
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable
from functools import lru_cache

from quizkit.bank.model import Question
from quizkit.bank.record import fold
from quizkit.memory.log import Event, standing

MOST_DIFFERENT = 0.3
# the share of all words of two texts that only one of them has, above which they say different things; mended spelling
# and an added example stay below

_WORD, _ASCII_WORD = re.compile(r"\w+"), re.compile(rb"\w+")
KNOWN_TEXTS = 256
# asked about again: cards that are read ahead have theirs worked out there
_KEY = "said"
NOTE = f'"{_KEY}"'
# stands in the detail of every event that tells


def substance(question: Question) -> str:
    """Return what a card says: the words of its question, those of its answers, and what the program marks as right."""
    answers = (question.simple_answer, question.technical_answer, *(choice.text for choice in question.choices))
    right = repr(question.number.value) if question.number else question.answer
    return " ".join((_words(question.question), _words(" ".join(answers)), f"{zlib.crc32(fold(right).encode()):x}"))


def changes(before: str, after: str) -> tuple[str, ...]:
    """Return what of a card has changed in substance: its question, its answer, both, or nothing."""
    question, answer, right = before.split(" ")
    new_question, new_answer, new_right = after.split(" ")
    changed = {
        "question": _difference(question, new_question) > MOST_DIFFERENT,
        "answer": right != new_right or _difference(answer, new_answer) > MOST_DIFFERENT,
    }
    return tuple(name for name, holds in changed.items() if holds)


def noted(said: str) -> str:
    """Return an event's detail that keeps what a card says."""
    return json.dumps({_KEY: said})


def with_note(detail: str, said: str) -> str:
    """Return a detail with what the card says added to it."""
    return json.dumps({**(json.loads(detail) if detail else {}), _KEY: said}, ensure_ascii=False)


def learned(history: Iterable[Event]) -> str:
    """Return what a card said when it was learned or last agreed to, from its events; "" where none of them tells."""
    told = (json.loads(event.detail).get(_KEY, "") for event in standing(history) if NOTE in event.detail)
    return next((said for said in reversed(list(told)) if said), "")


@lru_cache(KNOWN_TEXTS)
def _words(text: str) -> str:
    folded = fold(text)
    # in bytes, which need no encoding word by word, wherever that finds the same words
    words = _ASCII_WORD.findall(folded.encode()) if folded.isascii() else map(str.encode, _WORD.findall(folded))
    hashes = sorted({zlib.crc32(word) & 0xFFFF for word in set(words)})
    return b64encode(struct.pack(f"<{len(hashes)}H", *hashes)).decode() or "-"


def _difference(before: str, after: str) -> float:
    """Return the share of all words that only one of two texts has, in [0, 1]."""
    old, new = _hashes(before), _hashes(after)
    return len(old ^ new) / len(old | new) if old or new else 0.0


def _hashes(words: str) -> set[int]:
    packed = b64decode(words) if words != "-" else b""
    return set(struct.unpack(f"<{len(packed) // 2}H", packed))
