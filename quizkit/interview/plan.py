"""Which questions an interview asks, in which order, and how long each may take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from hashlib import blake2b
from typing import Any

from quizkit.bank.model import DIFFICULTIES
from quizkit.frozen import frozen, replace

USUAL_MINUTES = {"easy": 3.0, "medium": 5.0, "hard": 8.0, "": 4.0}
# for a card that does not say
CODING_FROM = 20.0
# minutes from which an interview has a coding task unless it is told otherwise
LONGEST_CODING_SHARE = 0.6
# of the time, for the one task that nobody asked for by number
TALK_SHARES = {"easy": 0.3, "medium": 0.45, "hard": 0.25}
# of the minutes spent talking, where the material has it
CHANCE = 0.35
# how much of a preference the seed decides; a card never asked gains NEVER_ASKED, forgetting gains up to 1
NEVER_ASKED = 0.5


@frozen
class Candidate:
    """A card or a challenge that could be asked."""

    card: str
    topic: str
    title: str
    difficulty: str = ""
    minutes: float | None = None
    is_code: bool = False
    weakness: float = 1.0
    # the probability that it is forgotten
    is_new: bool = True
    recent: bool = False
    # one of the last interviews asked it
    gives_away: frozenset[str] = frozenset()
    # cards whose answer it tells, or that tell its own

    @property
    def allotted(self) -> float:
        """The minutes that it may take."""
        return self.minutes or USUAL_MINUTES[self.difficulty]


@frozen
class Slot:
    """One question of a plan."""

    card: str
    topic: str
    title: str
    difficulty: str
    minutes: float
    is_code: bool = False


@frozen
class Plan:
    """What does not change during an interview."""

    sitting: str
    seed: int
    title: str
    minutes: float
    slots: tuple[Slot, ...]
    strict: bool = False
    open_judge: bool = False

    @property
    def planned(self) -> float:
        """The minutes that its questions may take together."""
        return sum(slot.minutes for slot in self.slots)

    def as_json(self) -> dict[str, Any]:
        """Return the plan as the log keeps it."""
        return asdict(self)


def from_json(told: Mapping[str, Any]) -> Plan:
    """Return the plan that the log kept."""
    return Plan(**{**told, "slots": tuple(Slot(**slot) for slot in told["slots"])})


def draw(candidates: Iterable[Candidate], minutes: float, coding: int | None, seed: int) -> tuple[Slot, ...]:
    """Return the questions of an interview: at most `minutes` in all, no two that give each other away, easy to hard.

    What the last interviews asked comes in only where nothing else fits. The same candidates (in any order), minutes
    and seed give the same questions.

    Args:
        candidates: all that may be asked.
        minutes: for the whole interview.
        coding: how many coding tasks, as far as they fit; None: one from `CODING_FROM` minutes on.
        seed: decides between candidates that are about as good.
    """
    ordered = sorted(_mutual(list(candidates)), key=lambda candidate: _rank(candidate, seed))
    chosen = _code([candidate for candidate in ordered if candidate.is_code], minutes, coding)
    talk = [candidate for candidate in ordered if not candidate.is_code]
    return tuple(_slot(candidate) for candidate in sorted(_talk(talk, chosen, minutes), key=_place))


def _mutual(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates, each knowing also of those that name it."""
    named_by: dict[str, set[str]] = {}
    for candidate in candidates:
        for other in candidate.gives_away:
            named_by.setdefault(other, set()).add(candidate.card)
    return [replace(c, gives_away=(c.gives_away | named_by.get(c.card, set())) - {c.card}) for c in candidates]


def _rank(candidate: Candidate, seed: int) -> tuple[bool, float, str]:
    """Return what puts the wanted ones first."""
    drawn = int.from_bytes(blake2b(f"{seed} {candidate.card}".encode(), digest_size=4).digest()) / 2**32
    wanted = candidate.weakness + NEVER_ASKED * candidate.is_new + CHANCE * drawn
    return candidate.recent, -wanted, candidate.card


def _code(candidates: Sequence[Candidate], minutes: float, coding: int | None) -> list[Candidate]:
    if coding is None:
        limit, count = minutes * LONGEST_CODING_SHARE, int(minutes >= CODING_FROM)
    else:
        limit, count = minutes, coding
    chosen: list[Candidate] = []
    for candidate in candidates:
        if len(chosen) < count and _fits(candidate, chosen, limit):
            chosen.append(candidate)
    return chosen


def _talk(candidates: Sequence[Candidate], chosen: Sequence[Candidate], minutes: float) -> list[Candidate]:
    """Add questions to talk about: first by their share of the time, then whatever fits."""
    taken = list(chosen)
    time = minutes - sum(candidate.allotted for candidate in chosen)
    for difficulty, share in TALK_SHARES.items():
        limit = share * time
        mine: list[Candidate] = []
        for candidate in candidates:
            wanted = candidate.difficulty == difficulty and not candidate.recent
            if wanted and _fits(candidate, mine, limit) and _fits(candidate, taken, minutes):
                mine.append(candidate)
                taken.append(candidate)
    for candidate in candidates:
        if candidate not in taken and _fits(candidate, taken, minutes):
            taken.append(candidate)
    return taken


def _fits(candidate: Candidate, taken: Sequence[Candidate], minutes: float) -> bool:
    used = sum(other.allotted for other in taken)
    return used + candidate.allotted <= minutes and not any(other.card in candidate.gives_away for other in taken)


def _place(candidate: Candidate) -> tuple[int, bool, float, str]:
    """Return where a question stands: harder ones later, and among equally hard ones the coding tasks last."""
    rank = DIFFICULTIES.index(candidate.difficulty) if candidate.difficulty else 1
    return rank, candidate.is_code, candidate.allotted, candidate.card


def _slot(candidate: Candidate) -> Slot:
    return Slot(
        candidate.card, candidate.topic, candidate.title, candidate.difficulty, candidate.allotted, candidate.is_code
    )
