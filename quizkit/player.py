"""Where a session meets the clock, the bank and the store: nothing is shown before what led to it is kept."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from quizkit.bank.model import Question
from quizkit.memory.days import LEARN_AHEAD_MS
from quizkit.memory.log import Mode, Moment
from quizkit.memory.queue import order_due, pick_new, shuffled
from quizkit.memory.state import NEW, CardState
from quizkit.session import Action, Do, Plan, Session, begin, step
from quizkit.view import View, preview, view

if TYPE_CHECKING:
    from quizkit.bank.library import Bank, Filters
    from quizkit.clock import Clock
    from quizkit.settings import Settings
    from quizkit.store import Store

CLOCK_SLACK_MS = 5 * 60 * 1000
QUIZ_LENGTH = 10
READ_AHEAD = 16


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asked to study."""

    mode: Mode
    filters: Filters
    new: int | None = None
    # new cards in this sitting; None: what the day still allows
    limit: int | None = None
    minutes: float | None = None


class Player:
    """Plays one sitting: takes actions, keeps what they add to the log, shows views."""

    def __init__(self, bank: Bank, store: Store, settings: Settings, request: Request, clock: Clock) -> None:
        """Begin a sitting with the cards that `request` asks for."""
        self.bank, self.store, self.clock = bank, store, clock
        self._request = request
        self._cards, self._states = _Cards(bank), _States(store)
        sitting = secrets.token_hex(8)
        now = clock.now()
        plan = Plan(sitting, request.mode, _title(request), request.minutes, settings.leech_lapses)
        cards, fresh = _pick(bank, store, settings, request, now, sitting)
        session = Session(
            plan=plan,
            model=settings.model(),
            cards=self._cards,
            states=self._states,
            order=tuple(cards),
            fresh=fresh,
            notice=_clock_notice(store, now),
        )
        self.session = self._with_earlier(begin(session, now))

    def view(self) -> View:
        """Return what to show now."""
        return self._view(self.clock.now())

    def _view(self, now: Moment) -> View:
        shown = view(self.session, now)
        if shown.summary is None:
            return shown
        return replace(shown, summary=replace(shown.summary, due_tomorrow=self._due_tomorrow(now)))

    def elapsed_s(self) -> float:
        """Return the seconds since the sitting began."""
        return (self.clock.now().steady_ms - self.session.started_ms) / 1000

    def act(self, action: Action) -> View:
        """Carry out an action, keep what it adds to the log, and return what to show next.

        Raises:
            IllegalMove, UsageProblem: the action does not fit; nothing changed.
            MachineProblem: the store failed; the session stays where it was, so the action can be tried again.
        """
        if action.do is not Do.QUIT:
            self._read_ahead()
        now = self.clock.now()
        after = step(self.session, action, now)
        for event in after.log[len(self.session.log) :]:
            self.store.append_answer(event, after.model, self.session.state(event.card), after.state(event.card))
        self.session = self._with_earlier(after)
        return self._view(now)

    def _read_ahead(self) -> None:
        """Read the next cards and what each grade would make of them: one by one it costs twice as much."""
        position = self.session.position
        coming = self.session.order[position : position + READ_AHEAD]
        if coming and coming[0] not in self._cards.read:
            self._cards.read_some(coming)
            self._states.read_some(coming)
            preview(self.session, coming, self.clock.now())

    def edited(self) -> View:
        """Take in that the present card's file was edited; a card that no longer reads stays as it was."""
        shown = self.session.question
        if shown is None:
            return self.view()
        self.bank.refresh()
        self._cards.read.clear()
        problems = [problem for problem in self.bank.problems if problem.file == shown.file]
        if self.bank.get(shown.id) is None and problems:
            self._cards.kept[shown.id] = shown
        else:
            self._cards.kept.pop(shown.id, None)
        self.act(Action(Do.RELOAD))
        if problems:
            more = f" (and {len(problems) - 1} more)" if problems[1:] else ""
            self.session = replace(self.session, notice=f"{problems[0]}{more}")
        return self.view()

    def _with_earlier(self, session: Session) -> Session:
        """Say what an undo would take back once this sitting has nothing left to undo."""
        if session.before is not None or session.earlier:
            return session
        last = self.store.last_standing()
        if last is None:
            return session
        history = [event for event in self.store.history(last.card) if event.uid != last.uid]
        return replace(session, earlier=(*history, last))

    def _due_tomorrow(self, now: Moment) -> int:
        rows = self.store.due(now.day + 1, now.at_ms + 86_400_000)
        return len(self.bank.select((card for card, _, _ in rows), self._request.filters))


def _title(request: Request) -> str:
    return ", ".join(request.filters.topics) or "all topics"


def _clock_notice(store: Store, now: Moment) -> str:
    last = store.last_at_ms()
    if last is None or now.at_ms >= last - CLOCK_SLACK_MS:
        return ""
    return "The clock is earlier than your last answer. Answers are kept in the order given; check the date."


def _pick(
    bank: Bank, store: Store, settings: Settings, request: Request, now: Moment, sitting: str
) -> tuple[list[str], frozenset[str]]:
    """Return the cards of a sitting in order, and those of them that were never reviewed."""
    if request.mode is Mode.CRAM:
        cards, fresh = _cram(bank, store, request, sitting)
    else:
        fresh = _new(bank, store, settings, request, now)
        cards = _due(bank, store, request.filters, now) + fresh
    if request.mode is Mode.QUIZ:
        cards += _not_yet_due(bank, store, request, set(cards), now)
    limit = QUIZ_LENGTH if request.limit is None and request.mode is Mode.QUIZ else request.limit
    chosen = cards[:limit]
    return chosen, frozenset(fresh) & frozenset(chosen)


def _due(bank: Bank, store: Store, filters: Filters, now: Moment) -> list[str]:
    rows = store.due(now.day, now.at_ms + LEARN_AHEAD_MS)
    there = bank.select((card for card, _, _ in rows), filters)
    return order_due((row for row in rows if row[0] in there), now.day)


def _new(bank: Bank, store: Store, settings: Settings, request: Request, now: Moment) -> list[str]:
    allowance = request.new if request.new is not None else settings.new_per_day - store.introduced(now.day)
    if allowance <= 0:
        return []
    return pick_new(bank.iter_ids(request.filters), lambda cards: store.unavailable_as_new(cards, now.day), allowance)


def _cram(bank: Bank, store: Store, request: Request, sitting: str) -> tuple[list[str], list[str]]:
    cards = bank.ids(request.filters)
    states = store.states(cards)
    standing = [card for card in cards if not states.get(card, NEW).suspended]
    return shuffled(standing, sitting), [card for card in standing if not states.get(card, NEW).reviews]


def _not_yet_due(bank: Bank, store: Store, request: Request, already: set[str], now: Moment) -> list[str]:
    """Return the studied cards that come due soonest, for a quiz that has nothing due left."""
    cards = [card for card in bank.ids(request.filters) if card not in already]
    states = store.states(cards)
    seen = [card for card in cards if card in states and states[card].reviews and not states[card].suspended]
    seen = [card for card in seen if states[card].last_day != now.day]
    return sorted(seen, key=lambda card: (states[card].due_day or 0, card))


@dataclass
class _Cards(Mapping[str, Question]):
    """The bank's questions, read when they are shown; edited cards that no longer read stay as they were."""

    bank: Bank
    read: dict[str, Question] = field(default_factory=dict)
    # ahead of being shown
    kept: dict[str, Question] = field(default_factory=dict)

    def read_some(self, cards: Sequence[str]) -> None:
        """Read cards that will be shown soon."""
        self.read = self.bank.get_some(cards)

    def __getitem__(self, card: str) -> Question:
        question = self.kept.get(card) or self.read.get(card) or self.bank.get(card)
        if question is None:
            raise KeyError(card)
        return question

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@dataclass
class _States(Mapping[str, CardState]):
    """The stored memory states, read when they are needed and then kept as they were."""

    store: Store
    read: dict[str, CardState] = field(default_factory=dict)

    def read_some(self, cards: Sequence[str]) -> None:
        """Read the states of cards that will be shown soon."""
        states = self.store.states(cards)
        for card in cards:
            self.read.setdefault(card, states.get(card, NEW))

    def __getitem__(self, card: str) -> CardState:
        if card not in self.read:
            self.read[card] = self.store.state(card)
        return self.read[card]

    def __iter__(self) -> Iterator[str]:
        return iter(self.read)

    def __len__(self) -> int:
        return len(self.read)


def waiting(bank: Bank, store: Store, settings: Settings, filters: Filters, now: Moment) -> tuple[int, int]:
    """Return how many cards are due now and how many new ones the day still allows."""
    due = _due(bank, store, filters, now)
    return len(due), len(_new(bank, store, settings, Request(Mode.STUDY, filters), now))
