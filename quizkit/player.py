"""Where a session meets the clock, the bank and the store: nothing is shown before what led to it is kept."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizkit.bank.filters import EVERYTHING
from quizkit.bank.model import Question
from quizkit.coding import Judged, Task
from quizkit.errors import UsageProblem
from quizkit.frozen import frozen, replace
from quizkit.memory.code import card_of, challenge_of
from quizkit.memory.days import LEARN_AHEAD_MS
from quizkit.memory.log import Event, Mode, Moment
from quizkit.memory.queue import behind_what_they_stand_on, order_due, pick_new, shuffled
from quizkit.memory.state import NEW, CardState
from quizkit.session import Action, Do, Plan, Session, begin, open_prompt, step
from quizkit.substance import NOTE, learned, substance
from quizkit.view import View, preview, view

if TYPE_CHECKING:
    from quizkit.bank.library import Bank, Filters
    from quizkit.clock import Clock
    from quizkit.settings import Settings
    from quizkit.store import Store
    from quizkit.workshop import Progress, Workshop

CLOCK_SLACK_MS = 5 * 60 * 1000
QUIZ_LENGTH = 10
READ_AHEAD = 16

Due = tuple[str, int | None, int | None]
# card, due_day, due_ms


@frozen
class Request:
    """What a person asked to study."""

    mode: Mode
    filters: Filters
    new: int | None = None
    # new cards in this sitting; None: what the day still allows
    limit: int | None = None
    minutes: float | None = None
    challenge: str = ""
    # the only thing to do, where the mode is CHALLENGE
    path: str = ""
    # of the file it is written in; "": the workshop's own


class Player:
    """Plays one sitting: takes actions, keeps what they add to the log, shows views."""

    def __init__(
        self,
        bank: Bank,
        store: Store,
        settings: Settings,
        request: Request,
        clock: Clock,
        workshop: Workshop | None = None,
    ) -> None:
        """Begin a sitting with the cards that `request` asks for; challenges are among them where there is a workshop.

        Raises:
            UsageProblem: there is no challenge of the name that `request` asks for.
        """
        self.bank, self.store, self.clock, self.workshop = bank, store, clock, workshop
        self.settings = settings
        self._request = request
        self._tasks = _Tasks(store, workshop, request.path) if workshop else None
        self._learned = _Learned(store)
        self._cards, self._states = _Cards(bank, self._tasks), _States(store)
        self._laid_out: set[str] = set()
        # challenges whose starter was laid out in this sitting
        sitting = os.urandom(8).hex()
        now = clock.now()
        plan = Plan(sitting, request.mode, _title(request), request.minutes, settings.leech_lapses)
        cards, fresh = _pick(bank, store, settings, request, now, sitting, workshop)
        session = Session(
            plan=plan,
            model=settings.model(),
            cards=self._cards,
            states=self._states,
            order=tuple(cards),
            tasks=self._tasks,
            learned=None if request.mode is Mode.CRAM else self._learned,
            fresh=fresh,
            notice=_clock_notice(store, now),
        )
        self.session = session
        self._go_on(begin(session, now))

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
        self._go_on(step(self.session, action, now))
        return self._view(now)

    def _go_on(self, after: Session) -> None:
        """Keep what led to the session `after`, and lay out what is needed for it."""
        for event in after.log[len(self.session.log) :]:
            self.store.append_answer(event, after.model, self.session.state(event.card), after.state(event.card))
        self.session = self._lay_out(self._with_earlier(after))

    def _read_ahead(self) -> None:
        """Work out what the next cards say and what each grade makes of them: one by one it costs twice as much."""
        position = self.session.position
        coming = self.session.order[position : position + READ_AHEAD]
        if coming and coming[0] not in self._cards.read:
            self._cards.read_some(coming)
            self._states.read_some(coming)
            self._learned.read_some(coming)
            preview(self.session, coming, self.clock.now())
            for question in filter(None, map(self._cards.read.get, coming)):
                substance(question)

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

    # -- challenges ---------------------------------------------------------------------------------------------------

    def judgement(self, path: str = "", progress: Progress | None = None) -> Judged:
        """Judge a file ("": the one that the view names) for the challenge in front of the person.

        Touches neither the session nor the store, so that it may run in a thread of its own.

        Raises:
            UsageProblem: no challenge is asked now, or there is no such file.
            MachineProblem: the judge's process does not start.
        """
        coding = self.session.coding
        if coding is None or self.workshop is None:
            raise UsageProblem("There is nothing to judge now.")
        return self.workshop.judge(coding.task.name, path or coding.path, progress)

    def judge(self, path: str = "", progress: Progress | None = None) -> View:
        """Judge a file and return what to show next."""
        return self.act(Action(Do.JUDGE, judged=self.judgement(path, progress)))

    def open_prompt(self) -> View:
        """Keep in the log that the prompt of the only challenge is seen: its clock starts."""
        now = self.clock.now()
        self._go_on(open_prompt(self.session, now))
        return self._view(now)

    def _lay_out(self, session: Session) -> Session:
        """Put a fresh starter where a challenge of this sitting is written, once; an older attempt stays beside it."""
        coding = session.coding
        if coding is None or self.workshop is None or self._request.mode is Mode.CHALLENGE:
            return session
        if coding.task.name in self._laid_out:
            return session
        kept = self.workshop.fresh(coding.task.name)
        self._laid_out.add(coding.task.name)
        return replace(session, notice=f"Your last attempt is kept as {kept}.") if kept else session

    def _with_earlier(self, session: Session) -> Session:
        """Say what an undo would take back once this sitting has nothing left to undo."""
        if session.before is not None or session.earlier or self._request.mode is Mode.CHALLENGE:
            return session
        last = self.store.last_standing()
        if last is None:
            return session
        history = [event for event in self.store.history(last.card) if event.uid != last.uid]
        return replace(session, earlier=(*history, last))

    def _due_tomorrow(self, now: Moment) -> int:
        rows = self.store.due(now.day + 1, now.at_ms + 86_400_000)
        return len(_offered(self.bank, self.store, self._request.filters, rows, self.workshop))


def _title(request: Request) -> str:
    if request.challenge:
        return request.challenge
    return ", ".join(request.filters.topics) or "all topics"


def _clock_notice(store: Store, now: Moment) -> str:
    last = store.last_at_ms()
    if last is None or now.at_ms >= last - CLOCK_SLACK_MS:
        return ""
    return "The clock is earlier than your last answer. Answers are kept in the order given; check the date."


def _pick(
    bank: Bank,
    store: Store,
    settings: Settings,
    request: Request,
    now: Moment,
    sitting: str,
    workshop: Workshop | None,
) -> tuple[list[str], frozenset[str]]:
    """Return the cards of a sitting in order, and those of them that were never reviewed."""
    if request.mode is Mode.CHALLENGE:
        return [card_of(request.challenge)], frozenset()
    if request.mode is Mode.CRAM:
        cards, fresh = _cram(bank, store, request, sitting)
    else:
        fresh = _new(bank, store, settings, request, now)
        cards = _due(bank, store, request.filters, now, workshop) + fresh
    if request.mode is Mode.QUIZ:
        cards += _not_yet_due(bank, store, request, set(cards), now)
    limit = QUIZ_LENGTH if request.limit is None and request.mode is Mode.QUIZ else request.limit
    chosen = cards[:limit]
    return chosen, frozenset(fresh) & frozenset(chosen)


def _due(bank: Bank, store: Store, filters: Filters, now: Moment, workshop: Workshop | None) -> list[str]:
    rows = store.due(now.day, now.at_ms + LEARN_AHEAD_MS)
    offered = _offered(bank, store, filters, rows, workshop)
    return order_due((row for row in rows if row[0] in offered), now.day)


def _offered(bank: Bank, store: Store, filters: Filters, rows: Sequence[Due], workshop: Workshop | None) -> set[str]:
    """Return those of some due cards that are there and pass."""
    cards = {card for card, _, _ in rows}
    challenges = {card for card in cards if challenge_of(card)}
    passing = _passing(bank, store, cards - challenges, filters)
    if workshop is None:
        return passing
    return passing | {card for card in challenges if workshop.passes(challenge_of(card), filters)}


def _passing(bank: Bank, store: Store, cards: set[str], filters: Filters) -> set[str]:
    """Return those of some cards with history that are in the bank and pass.

    Without filters nearly all do; to look up a thousand cards took a quarter of the time until the first one showed.
    """
    if filters != EVERYTHING:
        return bank.select(cards, filters)
    token, gone = bank.gone()
    doubtful = cards & (gone | store.doubtful(token, bank.select))
    return cards - doubtful | bank.select(doubtful)


def _new(bank: Bank, store: Store, settings: Settings, request: Request, now: Moment) -> list[str]:
    allowance = request.new if request.new is not None else settings.new_per_day - store.introduced(now.day)
    if allowance <= 0:
        return []

    def unavailable(cards: Sequence[str]) -> set[str]:
        return store.unavailable_as_new(cards, now.day)

    picked = pick_new(bank.iter_ids(request.filters), unavailable, allowance)
    order = behind_what_they_stand_on(picked, bank.stands_on, unavailable)
    passing = {*picked, *bank.select(set(order).difference(picked), request.filters)}
    # who filters has asked for these cards: what they stand on does not hold them back where it does not pass
    return [card for card in order if card in passing][:allowance]


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
    tasks: _Tasks | None
    read: dict[str, Question] = field(default_factory=dict)
    # ahead of being shown
    kept: dict[str, Question] = field(default_factory=dict)

    def read_some(self, cards: Sequence[str]) -> None:
        """Read cards that will be shown soon."""
        self.read = self.bank.get_some(cards)

    def __getitem__(self, card: str) -> Question:
        if self.tasks is not None and challenge_of(card):
            return self.tasks.task(challenge_of(card)).question()
        question = self.kept.get(card) or self.read.get(card) or self.bank.get(card)
        if question is None:
            raise KeyError(card)
        return question

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@dataclass
class _Tasks:
    """What the session has to know of challenges."""

    store: Store
    workshop: Workshop
    chosen: str
    # the file to write in; "": the workshop's own
    read: dict[str, tuple[Event, ...]] = field(default_factory=dict)

    def task(self, name: str) -> Task:
        return self.workshop.task(name)

    def path(self, name: str) -> str:
        return self.chosen or str(self.workshop.path(name))

    def history(self, card: str) -> Sequence[Event]:
        if card not in self.read:
            self.read[card] = tuple(self.store.history(card))
        return self.read[card]


@dataclass
class _Learned(Mapping[str, str]):
    """What cards said when they were learned, read when they are shown and then kept as it was."""

    store: Store
    read: dict[str, str] = field(default_factory=dict)

    def read_some(self, cards: Sequence[str]) -> None:
        """Look up which of the cards shown soon have nothing told of them: most have not, and a history is saved."""
        telling = self.store.cards_with(NOTE, cards)
        self.read |= {card: "" for card in cards if card not in telling and card not in self.read}

    def __getitem__(self, card: str) -> str:
        if card not in self.read:
            self.read[card] = learned(self.store.history(card))
        return self.read[card]

    def __iter__(self) -> Iterator[str]:
        return iter(self.read)

    def __len__(self) -> int:
        return len(self.read)


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


def waiting(
    bank: Bank, store: Store, settings: Settings, filters: Filters, now: Moment, workshop: Workshop | None = None
) -> tuple[int, int]:
    """Return how many cards are due now and how many new ones the day still allows."""
    due = _due(bank, store, filters, now, workshop)
    return len(due), len(_new(bank, store, settings, Request(Mode.STUDY, filters), now))
