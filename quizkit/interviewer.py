"""Where an interview meets the clock, the bank, the store and the judge: what led to a view is kept before it shows."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from quizkit.attempts import model_for
from quizkit.errors import MachineProblem, UsageProblem
from quizkit.interview import engine
from quizkit.interview.engine import Action, Do, Interview, Screen
from quizkit.interview.plan import Candidate, Plan, Slot, draw
from quizkit.interview.record import Record, Stage, replay
from quizkit.interview.scorecard import Earlier, earlier
from quizkit.interview.view import Clock, InterviewView, clock, view
from quizkit.memory.code import card_of, challenge_of
from quizkit.memory.log import Event, Kind, Moment
from quizkit.memory.state import NEW, CardState, after
from quizkit.workshop import starter_text

if TYPE_CHECKING:
    from quizkit.bank.filters import Filters
    from quizkit.bank.library import Bank
    from quizkit.bank.model import Question
    from quizkit.clock import Clock as Ticking
    from quizkit.coding import Judged
    from quizkit.settings import Settings
    from quizkit.store import Store
    from quizkit.workshop import Progress, Workshop

LAST_INTERVIEWS = 3
# whose questions are avoided
ALIVE_MS = 5000
# after so long without a beat nobody plays an interview any more
BEAT_MS = 1000
_SEEDS = 1_000_000
_BATCH = 300
# cards read at a time


@dataclass(frozen=True, slots=True)
class Room:
    """What an interview takes place in."""

    home: Path
    bank: Bank
    store: Store
    settings: Settings
    clock: Ticking
    workshop: Workshop


@dataclass(frozen=True, slots=True)
class Wish:
    """What interview is asked for."""

    filters: Filters
    minutes: float = 30.0
    coding: int | None = None
    # tasks; None: one where there is time for it
    seed: int | None = None
    strict: bool = False
    open_judge: bool = False


class Interviewer:
    """Plays one interview: takes actions, keeps what they add to the log, shows views."""

    def __init__(self, room: Room, interview: Interview, draft: str = "") -> None:
        """Go on with `interview`, of whose log the store has all but what is new; `begun` and `resumed` make one."""
        self.room = room
        self.draft = draft
        # what is typed and not said yet
        self._before = [each for each in history(room.store) if each.sitting != interview.plan.sitting]
        self._suggested: dict[tuple[str, str], frozenset[int]] = {}
        self._beaten_ms = 0
        self._away = False
        self._interview = interview

    @classmethod
    def begun(cls, room: Room, plan: Plan) -> Interviewer:
        """Begin an interview: ask its first question."""
        interviewer = cls(room, engine.begin(plan, questions_of(room, plan), room.clock.now()))
        interviewer._keep(interviewer._interview.log)
        interviewer._lay_out()
        return interviewer

    @classmethod
    def resumed(cls, room: Room, sitting: str) -> Interviewer:
        """Go on with an interview where it stood.

        Raises:
            UsageProblem: it goes on in another window.
        """
        now = room.clock.now()
        events = tuple(room.store.interview_events(sitting))
        at_ms, used_ms, draft = room.store.pulse(sitting) or (0, 0, "")
        if 0 <= now.at_ms - at_ms < ALIVE_MS:
            raise UsageProblem("This interview goes on in another window. End it there first.")
        plan = replay(events).plan
        interview = engine.resume(events, questions_of(room, plan), used_ms, now)
        interviewer = cls(room, interview, draft)
        interviewer._keep(interview.log[len(events) :])
        interviewer._lay_out()
        return interviewer

    @property
    def record(self) -> Record:
        """What is kept of the interview."""
        return self._interview.record

    @property
    def questions(self) -> Mapping[str, Question]:
        """The cards of the plan by their ids."""
        return self._interview.questions

    # -- showing ------------------------------------------------------------------------------------------------------

    def view(self) -> InterviewView:
        """Return what to show now."""
        return self._view(self.room.clock.now())

    def clock(self) -> Clock:
        """Return what the clocks show now; cheap enough for every second."""
        return clock(self._interview, self.room.clock.now())

    def _view(self, now: Moment) -> InterviewView:
        return view(self._interview, now, self.path(), self.suggested(), self._before)

    def suggested(self) -> frozenset[int]:
        """Return the positions of the key points that the typed words may have covered."""
        question, said = self._interview.question, self.record.answer.text()
        if question is None or not said or engine.screen(self._interview) is not Screen.DEBRIEF:
            return frozenset()
        if (question.id, said) not in self._suggested:
            from quizkit.interview.suggest import covered

            self._suggested[question.id, said] = covered(question.key_points, said)
        return self._suggested[question.id, said]

    # -- time ---------------------------------------------------------------------------------------------------------

    def tick(self) -> bool:
        """Let time pass, keep how far the clock has come, and say whether there is something new to show.

        To be called once a second while the interview has the screen.
        """
        now, before = self.room.clock.now(), self._interview
        self._interview = engine.tick(before, now, expected=self._away)
        self._expire(now)
        self._beat(now)
        return engine.screen(before) is not engine.screen(self._interview) or before.log is not self._interview.log

    @contextmanager
    def away(self) -> Iterator[None]:
        """Give the screen to something else for a while; its time counts."""
        self._away = True
        try:
            yield
        finally:
            self.tick()
            self._away = False

    def _expire(self, now: Moment) -> bool:
        if not engine.expired(self._interview, now):
            return False
        if self.draft:
            self._go_on(engine.step(self._interview, Action(Do.SAY, self.draft), now))
            self.draft = ""
        self._go_on(engine.expire(self._interview, self._code(), now))
        return True

    def _beat(self, now: Moment) -> None:
        if self.record.stage is Stage.ASKING and abs(now.steady_ms - self._beaten_ms) >= BEAT_MS:
            self._beaten_ms = now.steady_ms
            used_ms = self._interview.watch.read_ms(now)
            self.room.store.beat(self.record.plan.sitting, now.at_ms, used_ms, self.draft)

    # -- doing --------------------------------------------------------------------------------------------------------

    def act(self, action: Action) -> InterviewView:
        """Carry out an action, keep what it adds to the log, and return what to show next.

        Raises:
            IllegalMove, UsageProblem: the action does not fit, or came after the question's time; nothing is lost.
            MachineProblem: the store failed; the interview stays where it was, so the action can be tried again.
        """
        now = self.room.clock.now()
        if action.do is not Do.QUIT and self._expire(now):
            raise UsageProblem(f"{self._interview.notice} '{action.do}' came too late.")
        if action.do in (Do.DONE, Do.MOVE_ON, Do.FINISH):
            action = replace(action, code=self._code(strictly=True))
        if action.do is Do.TICK and not action.number:
            action = replace(action, suggested=self.suggested())
        self._go_on(engine.step(self._interview, action, now))
        if action.do is Do.QUIT or self.record.stage not in (Stage.ASKING, Stage.PAUSED):
            self._rest()
        return self._view(now)

    def judgement(self, progress: Progress | None = None) -> Judged:
        """Judge the code: as it stands while it is asked for, as it was left in the debrief.

        Touches neither the interview nor the store, so that it may run in a thread of its own.

        Raises:
            UsageProblem: there is nothing to judge.
            MachineProblem: the judge's process does not start.
        """
        if not self._interview.slot.is_code:
            raise UsageProblem("There is no code to run here.")
        path = Path(self.path())
        if engine.screen(self._interview) is Screen.DEBRIEF:
            path = path.with_name(f"{path.stem}-as-left.py")
            _write(path, self.record.answer.code)
        return self.room.workshop.judge(challenge_of(self._interview.slot.card), str(path), progress)

    def judge(self, judged: Judged | None = None) -> InterviewView:
        """Take in a judgement, or make one: a trial run while the question is asked, the verdict in the debrief."""
        do = Do.JUDGE if engine.screen(self._interview) is Screen.DEBRIEF else Do.TRY
        if do not in engine.allowed(self._interview):
            raise UsageProblem("There is no code to run here.")
        if judged is None:
            with self.away():
                judged = self.judgement()
        return self.act(Action(do, judged=judged, code=self._code(strictly=True) if do is Do.TRY else ""))

    def path(self) -> str:
        """Return the file in which the present coding task is written, "" for any other question."""
        name = challenge_of(self._interview.slot.card)
        return str(self.room.home / "interviews" / self.record.plan.sitting / f"{name}.py") if name else ""

    def _code(self, *, strictly: bool = False) -> str:
        """Return what stands in the file; where it is gone, what was tried last, or `strictly` a refusal."""
        if not self.path() or self.record.stage is not Stage.ASKING:
            return ""
        try:
            return Path(self.path()).read_text("utf-8", errors="replace")
        except OSError:
            if not strictly:
                return self.record.answer.code
            self._lay_out()
            raise UsageProblem(
                f"{self.path()} was gone. What you tried last, or the starter, was put there: look, then try again."
            ) from None

    def _lay_out(self) -> None:
        """Put the starter, or what was tried last, where a coding task is written and no file is."""
        path = self.path()
        if path and self.record.stage is Stage.ASKING and not Path(path).exists():
            _write(Path(path), self.record.answer.code or starter_text(challenge_of(self._interview.slot.card)))

    def _go_on(self, interview: Interview) -> None:
        """Keep what led to `interview`, and lay out what is needed for it."""
        self._keep(interview.log[len(self._interview.log) :])
        self._interview = interview
        self._lay_out()

    def _keep(self, events: Sequence[Event]) -> None:
        notes = [event for event in events if event.kind is not Kind.REVIEW]
        for event in events:
            if event.kind is Kind.REVIEW:
                self._review(event)
        if notes:
            self.room.store.append_notes(notes)

    def _review(self, event: Event) -> None:
        store, model = self.room.store, model_for(event.card, self.room.settings.model())
        state = store.state(event.card)
        store.append_answer(event, self.room.settings.model(), state, after(model, event.card, state, event))

    def _rest(self) -> None:
        """Let it be known that nobody plays this interview now; what the clock read stays in the log."""
        if self.record.stage in (Stage.ASKING, Stage.PAUSED):
            now = self.room.clock.now()
            used_ms = self._interview.watch.read_ms(now)
            self.room.store.beat(self.record.plan.sitting, now.at_ms - ALIVE_MS, used_ms, self.draft)
        else:
            self.room.store.end_pulse(self.record.plan.sitting)


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise MachineProblem(f"{path} cannot be written ({error.strerror}). Nothing was lost.") from None


# -- the plan ---------------------------------------------------------------------------------------------------------


def planned(room: Room, wish: Wish) -> Plan:
    """Return the plan of a new interview.

    Raises:
        UsageProblem: nothing that passes the filters fits into the time.
    """
    seed = secrets.randbelow(_SEEDS) if wish.seed is None else wish.seed
    slots = draw(_candidates(room, wish.filters), wish.minutes, wish.coding, seed)
    if not slots:
        raise UsageProblem(
            f"Nothing that passes these filters can be asked in {wish.minutes:g} minutes."
            " Give more --minutes or drop a filter. `quizkit list` shows the cards."
        )
    return Plan(secrets.token_hex(8), seed, _title(wish.filters), wish.minutes, slots, wish.strict, wish.open_judge)


def again(room: Room, record: Record) -> Plan:
    """Return the plan of an earlier interview for another go, without the cards that left the bank.

    Raises:
        UsageProblem: all of them have.
    """
    there = questions_of(room, record.plan)
    slots = tuple(slot for slot in record.plan.slots if slot.card in there)
    if not slots:
        raise UsageProblem("None of the questions of that interview is in the bank any more.")
    return replace(record.plan, sitting=secrets.token_hex(8), slots=slots)


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
    recorded = list(_records(store))[-LAST_INTERVIEWS:]
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


# -- the history ------------------------------------------------------------------------------------------------------


def _records(store: Store) -> Iterator[Record]:
    """Yield every interview, oldest first."""
    sittings: dict[str, list[Event]] = {}
    for event in store.interview_events():
        sittings.setdefault(event.sitting, []).append(event)
    for events in sittings.values():
        yield replay(events)


def history(store: Store) -> list[Earlier]:
    """Return every interview, newest first."""
    return [earlier(record) for record in _records(store)][::-1]


def unfinished(store: Store) -> Record | None:
    """Return the interview that is under way or was interrupted, if there is one."""
    open_ones = [record for record in _records(store) if record.stage not in (Stage.FINISHED, Stage.ABANDONED)]
    return open_ones[-1] if open_ones else None


def found(store: Store, name: str) -> Record:
    """Return the interview whose id begins with `name`; "last" is the newest.

    Raises:
        UsageProblem: there is none, or there are several.
    """
    recorded = list(_records(store))
    matching = recorded[-1:] if name == "last" else [r for r in recorded if name and r.plan.sitting.startswith(name)]
    if len(matching) != 1:
        reason = "Several interviews have ids that begin so" if matching else "There is no such interview"
        raise UsageProblem(f"{reason}: {name!r}. `quizkit interview --history` lists them.")
    return matching[0]


def abandon(room: Room, record: Record) -> None:
    """Close an interview that nobody goes on with."""
    events = tuple(room.store.interview_events(record.plan.sitting))
    interview = Interview(replay(events), {}, log=events)
    room.store.append_notes(engine.abandoned(interview, room.clock.now()).log[len(events) :])
    room.store.end_pulse(record.plan.sitting)
