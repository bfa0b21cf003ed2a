"""What a new interview may ask: cards and challenges with what the memory and the last interviews say of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizkit.attempts import model_for
from quizkit.errors import UsageProblem
from quizkit.frozen import frozen, replace
from quizkit.interview.plan import Candidate, Plan, Slot, draw
from quizkit.interview.record import Record
from quizkit.interviews import Room, records
from quizkit.memory.code import card_of, challenge_of
from quizkit.memory.log import Moment
from quizkit.memory.state import NEW, CardState

if TYPE_CHECKING:
    from quizkit.bank.filters import Filters
    from quizkit.bank.model import Question
    from quizkit.store import Store

LAST_INTERVIEWS = 3
# whose questions are avoided
_SEEDS = 1_000_000
_BATCH = 300
# cards read at a time


@frozen
class Wish:
    """What interview is asked for."""

    filters: Filters
    minutes: float = 30.0
    coding: int | None = None
    # tasks; None: one where there is time for it
    seed: int | None = None
    strict: bool = False
    open_judge: bool = False


def planned(room: Room, wish: Wish) -> Plan:
    """Return the plan of a new interview.

    Raises:
        UsageProblem: nothing that passes the filters fits into the time.
    """
    seed = int.from_bytes(os.urandom(8)) % _SEEDS if wish.seed is None else wish.seed
    slots = draw(_candidates(room, wish.filters), wish.minutes, wish.coding, seed)
    if not slots:
        raise UsageProblem(
            f"Nothing that passes these filters can be asked in {wish.minutes:g} minutes."
            " Give more --minutes or drop a filter. `quizkit list` shows the cards."
        )
    return Plan(os.urandom(8).hex(), seed, _title(wish.filters), wish.minutes, slots, wish.strict, wish.open_judge)


def again(room: Room, record: Record) -> Plan:
    """Return the plan of an earlier interview for another go, without the cards that left the bank.

    Raises:
        UsageProblem: all of them have.
    """
    there = questions_of(room, record.plan)
    slots = tuple(slot for slot in record.plan.slots if slot.card in there)
    if not slots:
        raise UsageProblem("None of the questions of that interview is in the bank any more.")
    return replace(record.plan, sitting=os.urandom(8).hex(), slots=slots)


def _title(filters: Filters) -> str:
    return ", ".join(filters.topics) or "all topics"


def _candidates(room: Room, filters: Filters) -> Iterator[Candidate]:
    """Yield all that passes the filters and can be asked aloud or as a task. Challenges know no tags and companies."""
    from quizkit.bank.filters import Filters
    from quizkit.challenges.library import names

    now, recent = room.clock.now(), _asked_lately(room.store)
    ids = room.bank.ids(filters)
    states = room.store.states([*ids, *map(card_of, names())])

    def candidate(question: Question, gives_away: frozenset[str], *, is_code: bool = False) -> Candidate:
        state = states.get(question.id, NEW)
        return Candidate(
            question.id,
            question.topic,
            question.question,
            question.difficulty,
            question.minutes,
            is_code,
            _weakness(room, question.id, state, now),
            not state.reviews,
            question.id in recent,
            gives_away,
        )

    for start in range(0, len(ids), _BATCH):
        for question in room.bank.get_some(ids[start : start + _BATCH]).values():
            if not (question.choices or question.number or states.get(question.id, NEW).suspended):
                yield candidate(question, _gives_away(question))
    plain = Filters(filters.topics, filters.search, (), filters.difficulty)
    for name in names():
        if room.workshop.passes(name, plain) and not states.get(card_of(name), NEW).suspended:
            yield candidate(room.workshop.task(name).question(), frozenset(), is_code=True)


def _gives_away(question: Question) -> frozenset[str]:
    """Return the cards whose answers stand near a question's own: its neighbours, and the challenge it is about."""
    challenge = (card_of(question.challenge),) if question.challenge else ()
    return frozenset((*question.see_also, *question.after, *challenge))


def _weakness(room: Room, card: str, state: CardState, now: Moment) -> float:
    if not state.reviews or state.stability is None:
        return 1.0
    return 1 - model_for(card, room.settings.model()).retrievability(state, now.day)


def _asked_lately(store: Store) -> set[str]:
    recorded = list(records(store))[-LAST_INTERVIEWS:]
    return {
        slot.card
        for record in recorded
        for slot, answer in zip(record.plan.slots, record.answers, strict=True)
        if answer.asked
    }


def questions_of(room: Room, plan: Plan) -> dict[str, Question]:
    """Return the cards of a plan that are there; a challenge stands as a card with its prompt and its solution."""
    found = {slot.card: _question(room, slot) for slot in plan.slots}
    return {card: question for card, question in found.items() if question is not None}


def _question(room: Room, slot: Slot) -> Question | None:
    if not slot.is_code:
        return room.bank.get(slot.card)
    try:
        task = room.workshop.task(challenge_of(slot.card))
    except UsageProblem:
        return None
    return replace(task.question(), technical_answer=task.prompt, simple_answer=task.solution)
