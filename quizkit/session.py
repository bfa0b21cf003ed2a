"""The rules of a sitting: which card is next, what may be done now, and what it adds to the log.

Pure: a session is a value, `step` returns the next one. The clock, the cards and the memory states come in as
arguments; whoever plays a session stores the events that `step` added to its log before showing the next view.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from quizkit import coding as code
from quizkit.attempts import clock_started_ms, model_for
from quizkit.bank.model import Question
from quizkit.coding import Coding, Entry, Judged, Task
from quizkit.errors import UsageProblem
from quizkit.frozen import frozen, replace
from quizkit.marking import Item, Marking, mark, own_item, statements_item
from quizkit.memory.code import challenge_of
from quizkit.memory.days import LEARN_AHEAD_MS
from quizkit.memory.log import Event, Grade, Kind, Mode, Moment, acts
from quizkit.memory.state import NEW, CardState, MemoryModel, after, replay
from quizkit.substance import changes, noted, substance, with_note

RETRY_MS = 10 * 60 * 1000
# when a forgotten card comes back where no step says so


Waiting = tuple[tuple[int, str], ...]
# (due_ms, card), the earliest first: learning steps that end during the sitting


class Screen(StrEnum):
    """What is in front of the person."""

    QUESTION = "question"
    # to be said aloud; nothing of the answer shows
    ANSWER = "answer"
    # at least one layer of it
    ASKED = "asked"
    # a question that the program marks
    MARKED = "marked"
    CHANGED = "changed"
    # a card that says something else than when it was learned: keep its schedule or start afresh
    CODING = "coding"
    # a challenge to write
    CODED = "coded"
    # a challenge that was accepted or given up
    DONE = "done"


class Do(StrEnum):
    """What a person can do."""

    OPEN = "open"
    OPEN_ALL = "open_all"
    GRADE = "grade"
    MARK = "mark"
    KEEP = "keep"
    AFRESH = "afresh"
    JUDGE = "judge"
    HINT = "hint"
    GIVE_UP = "give_up"
    SOLUTION = "solution"
    NEXT = "next"
    UNDO = "undo"
    SKIP = "skip"
    SUSPEND = "suspend"
    RELOAD = "reload"
    # the question's YAML was edited
    QUIT = "quit"


_ANYTIME = {Do.UNDO, Do.SKIP, Do.SUSPEND, Do.RELOAD, Do.QUIT}
ALLOWED: Mapping[Screen, frozenset[Do]] = MappingProxyType(
    {
        Screen.QUESTION: frozenset({Do.OPEN, Do.OPEN_ALL, *_ANYTIME}),
        Screen.ANSWER: frozenset({Do.OPEN, Do.OPEN_ALL, Do.GRADE, *_ANYTIME}),
        Screen.ASKED: frozenset({Do.MARK, *_ANYTIME}),
        Screen.MARKED: frozenset({Do.NEXT, Do.UNDO, Do.SUSPEND, Do.RELOAD, Do.QUIT}),
        Screen.CHANGED: frozenset({Do.KEEP, Do.AFRESH, *_ANYTIME}),
        Screen.CODING: frozenset(
            {Do.JUDGE, Do.HINT, Do.GIVE_UP, Do.SOLUTION, Do.UNDO, Do.SKIP, Do.SUSPEND, Do.QUIT},
        ),
        Screen.CODED: frozenset({Do.SOLUTION, Do.NEXT, Do.UNDO, Do.SUSPEND, Do.QUIT}),
        Screen.DONE: frozenset({Do.UNDO, Do.QUIT}),
    }
)


class IllegalMove(UsageProblem):
    """An action that the present screen does not offer; nothing changed."""


@frozen
class Action:
    """Something done: `grade` goes with GRADE, `answer` with MARK, `judged` with JUDGE."""

    do: Do
    grade: Grade | None = None
    answer: str = ""
    judged: Judged | None = None


@frozen
class Plan:
    """What does not change during a sitting."""

    sitting: str
    # unique over all machines; begins the uid of every event
    mode: Mode
    title: str
    minutes: float | None = None
    leech_lapses: int = 8


_NOTHING: Mapping[str, CardState] = MappingProxyType({})


class Tasks(Protocol):
    """What a sitting has to know of the challenges in it."""

    def task(self, name: str) -> Task:
        """Return the challenge of this name."""
        ...

    def path(self, name: str) -> str:
        """Return the file in which it is written."""
        ...

    def history(self, card: str) -> Sequence[Event]:
        """Return what the log has said of a card, oldest first, when it was first asked about it."""
        ...


@frozen
class Session:
    """A sitting at one instant."""

    plan: Plan
    model: MemoryModel
    cards: Mapping[str, Question]
    states: Mapping[str, CardState]
    # as they were when the sitting began
    order: tuple[str, ...]
    # the sitting's cards; those from `position` on are still ahead
    tasks: Tasks | None = None
    learned: Mapping[str, str] | None = None
    # what each card said when it was learned, as `substance` puts it, "" where nobody knows; None: nobody asks
    confirmed: frozenset[str] = frozenset()
    # cards that are no longer asked about in this sitting, though they have changed
    fresh: frozenset[str] = frozenset()
    # those of them that had never been reviewed when the sitting began
    position: int = 0
    fresh_left: int = 0
    # how many of the fresh ones are still to be seen
    acted_on: frozenset[str] = frozenset()
    # cards that were answered, skipped or put away in this sitting
    waiting: Waiting = ()
    changed: Mapping[str, CardState] = field(default_factory=dict)
    # states that this sitting has changed
    question: Question | None = None
    # the card in front of the person, as it was when it was shown
    screen: Screen = Screen.DONE
    opened: int = 0
    # layers of the answer that show
    item: Item | None = None
    marking: Marking | None = None
    coding: Coding | None = None
    # the challenge in front of the person
    turn: int = 0
    # counts the questions shown; a card that comes back is another turn
    shown_ms: int = 0
    # steady clock, when the present question first showed
    started_ms: int = 0
    # steady clock
    ended_ms: int | None = None
    log: tuple[Event, ...] = ()
    before: Session | None = field(default=None, repr=False)
    # as it was before the last event that stands, without what grows: log, states and acted_on
    state_before: CardState = NEW
    # the state of that event's card before it
    earlier: tuple[Event, ...] = ()
    # the history of the card that was last acted on in an earlier sitting, that act last
    notice: str = ""

    def state(self, card: str) -> CardState:
        """Return the memory state of a card as of now."""
        return self.changed.get(card) or self.states.get(card, NEW)

    @property
    def ahead(self) -> tuple[str, ...]:
        """The cards still to come, those aside that wait for their step."""
        return self.order[self.position :]

    @property
    def current(self) -> str | None:
        """The id of the card in front of the person."""
        return self.question.id if self.question else None

    @property
    def can_undo(self) -> bool:
        """Whether an undo would take something back."""
        return self.before is not None or bool(self.earlier)


def begin(session: Session, now: Moment) -> Session:
    """Show the first question."""
    return _advance(replace(session, started_ms=now.steady_ms, fresh_left=len(session.fresh)), now)


def allowed(session: Session) -> frozenset[Do]:
    """Return what may be done now."""
    moves = ALLOWED[session.screen]
    if session.screen is Screen.ANSWER and session.opened >= len(layer_names(session.question)):
        moves -= {Do.OPEN, Do.OPEN_ALL}
    if session.coding is not None:
        moves -= _closed_to(session, session.coding)
    return moves if session.can_undo else moves - {Do.UNDO}


def _closed_to(session: Session, coding: Coding) -> frozenset[Do]:
    """Return what a challenge does not offer now."""
    closed = {Do.GIVE_UP} if coding.settled else {Do.SOLUTION}
    if not coding.hints_left:
        closed.add(Do.HINT)
    if session.plan.mode is Mode.CHALLENGE:
        closed |= {Do.SKIP, Do.SUSPEND}
    return frozenset(closed)


def step(session: Session, action: Action, now: Moment) -> Session:
    """Return the session after `action`; events it caused are appended to its log.

    Raises:
        IllegalMove: the present screen does not offer the action.
        UsageProblem: an answer to mark that cannot be read.
    """
    if action.do not in allowed(session):
        raise IllegalMove(_refusal(session, action))
    quiet = replace(session, notice="") if session.notice else session
    return _STEPS[action.do](quiet, action, now)


def _refusal(session: Session, action: Action) -> str:
    if action.do is Do.UNDO:
        return "There is nothing to undo."
    if action.do is Do.GRADE and session.screen is Screen.QUESTION:
        return "Open the answer before grading it."
    if action.do in (Do.OPEN, Do.OPEN_ALL) and session.screen is Screen.ANSWER:
        return "The whole answer is open: grade it, or take another step."
    if session.screen is Screen.CODING and action.do in _REFUSED_WHILE_CODING:
        return _REFUSED_WHILE_CODING[action.do]
    return f"'{action.do}' is not possible now; possible: {', '.join(sorted(allowed(session)))}."


_REFUSED_WHILE_CODING = {
    Do.SOLUTION: "The solution shows once your file is accepted, or when you give up, which counts as again.",
    Do.HINT: "There are no more hints.",
    Do.GIVE_UP: "There is nothing to give up: it is answered already.",
}


# -- the layers of an answer ------------------------------------------------------------------------------------------


def layer_names(question: Question | None) -> tuple[str, ...]:
    """Return the names of the layers in which a question's answer opens."""
    if question is None:
        return ()
    present = {
        "simple": question.simple_answer or question.analogy,
        "technical": question.technical_answer or question.diagram,
        "mistakes": question.mistakes,
        "key_points": question.key_points,
        "follow_ups": question.follow_ups,
    }
    return tuple(name for name, content in present.items() if content)


def _open(session: Session, _action: Action, _now: Moment) -> Session:
    return replace(session, screen=Screen.ANSWER, opened=session.opened + 1)


def _open_all(session: Session, _action: Action, _now: Moment) -> Session:
    return replace(session, screen=Screen.ANSWER, opened=len(layer_names(session.question)))


# -- answers ----------------------------------------------------------------------------------------------------------


def _grade(session: Session, action: Action, now: Moment) -> Session:
    if action.grade is None:
        raise IllegalMove("A grade is missing: again, hard, good or easy.")
    return _advance(_reviewed(session, action.grade, now), now)


def _mark(session: Session, action: Action, now: Moment) -> Session:
    assert session.item is not None
    marking = mark(session.item, action.answer)
    grade = Grade.GOOD if marking.right else Grade.AGAIN
    detail = json.dumps({"answer": marking.answer, "right": marking.right}, ensure_ascii=False)
    reviewed = _reviewed(session, grade, now, detail)
    return replace(reviewed, screen=Screen.MARKED, marking=marking)


def _next(session: Session, _action: Action, now: Moment) -> Session:
    return _advance(session, now)


def _reviewed(session: Session, grade: Grade, now: Moment, detail: str = "") -> Session:
    if _is_first_told(session):
        detail = with_note(detail, substance(_question(session)))
    logged = _logged(session, Kind.REVIEW, now, grade=grade, taken_ms=_taken_ms(session, now), detail=detail)
    if session.coding is not None:
        return logged
    return _returning(logged, session.current or "", grade, now)


def _taken_ms(session: Session, now: Moment) -> int | None:
    """Return how long the answer took; None where nobody knows when a file was begun."""
    if session.coding is None or session.plan.mode is not Mode.CHALLENGE:
        return max(0, now.steady_ms - session.shown_ms)
    started_ms = clock_started_ms(session.coding.history, now)
    return None if started_ms is None else max(0, now.at_ms - started_ms)


def _returning(session: Session, card: str, grade: Grade, now: Moment) -> Session:
    """Line the card up again where it was forgotten or its next step ends soon."""
    due_ms = session.state(card).due_ms
    if session.plan.mode is Mode.CRAM or due_ms is None:
        due_ms = now.at_ms + RETRY_MS if grade is Grade.AGAIN else None
    elif grade is not Grade.AGAIN and due_ms > now.at_ms + LEARN_AHEAD_MS:
        due_ms = None
    if due_ms is None:
        return session
    return replace(session, waiting=tuple(sorted((*session.waiting, (due_ms, card)))))


def _skip(session: Session, _action: Action, now: Moment) -> Session:
    skipped = _logged(session, Kind.SKIP, now)
    return _advance(replace(skipped, notice=f"{session.current}: not again before tomorrow."), now)


def _suspend(session: Session, _action: Action, now: Moment) -> Session:
    card = session.current or ""
    suspended = _logged(session, Kind.SUSPEND, now)
    waiting = tuple(entry for entry in suspended.waiting if entry[1] != card)
    notice = f"{card} is suspended; `quizkit unsuspend {card}` brings it back."
    return _advance(replace(suspended, waiting=waiting, notice=notice), now)


def _logged(session: Session, kind: Kind, now: Moment, **what: object) -> Session:
    """Append an event about the present card, and remember how things were for an undo."""
    event = _event(session, kind, session.current or "", now, **what)
    state = after(model_for(event.card, session.model), event.card, session.state(event.card), event)
    first_sight = event.card in session.fresh and event.card not in session.acted_on
    return replace(
        session,
        log=(*session.log, event),
        changed={**session.changed, event.card: state},
        fresh_left=session.fresh_left - first_sight,
        acted_on=session.acted_on | {event.card},
        before=replace(session, log=(), changed=_NOTHING, acted_on=frozenset()),
        state_before=session.state(event.card),
        earlier=(),
    )


def _event(session: Session, kind: Kind, card: str, now: Moment, **what: object) -> Event:
    uid = f"{session.plan.sitting}-{len(session.log)}"
    return Event(uid, kind, card, now.at_ms, now.offset_min, session.plan.sitting, session.plan.mode, **what)  # type: ignore[arg-type]


# -- cards that have changed ------------------------------------------------------------------------------------------


def changed_parts(session: Session, question: Question) -> tuple[str, ...]:
    """Return what of a card has changed in substance since it was learned, and was not yet agreed to."""
    if session.learned is None or question.id in session.confirmed or not session.state(question.id).reviews:
        return ()
    before = session.learned.get(question.id, "")
    return changes(before, substance(question)) if before else ()


def _is_first_told(session: Session) -> bool:
    """Whether a review now is the first that can tell what the card says."""
    card = session.current or ""
    if session.learned is None or card in session.acted_on or challenge_of(card):
        return False
    return not session.learned.get(card, "")


def _keep(session: Session, _action: Action, now: Moment) -> Session:
    return _agreed(session, Kind.KEPT, now)


def _afresh(session: Session, _action: Action, now: Moment) -> Session:
    return _agreed(session, Kind.AFRESH, now)


def _agreed(session: Session, kind: Kind, now: Moment) -> Session:
    """Append what was decided about a card that has changed, and ask it."""
    question = _question(session)
    logged = _logged(session, kind, now, detail=noted(substance(question)))
    agreed = replace(logged, confirmed=logged.confirmed | {question.id})
    return _shown(agreed, question, now, session.position, agreed.waiting)


def _question(session: Session) -> Question:
    assert session.question is not None
    return session.question


# -- challenges -------------------------------------------------------------------------------------------------------


def _start_coding(session: Session, task: Task, now: Moment) -> Session:
    """Put a challenge in front of the person; in a sitting its clock starts now."""
    assert session.tasks is not None
    card, state = session.current or "", session.state(session.current or "")
    settled = state.reviews > 0 and not state.is_due(now.day, now.at_ms)
    coding = Coding(task, session.tasks.path(task.name), _history(session, card), settled)
    begun = replace(session, screen=Screen.CODING, coding=coding)
    return begun if session.plan.mode is Mode.CHALLENGE else open_prompt(begun, now)


def open_prompt(session: Session, now: Moment) -> Session:
    """Note that the challenge's prompt is seen."""
    assert session.coding is not None
    entry = code.opened(session.coding, now)
    return session if entry is None else _noted(session, entry, now)


def _history(session: Session, card: str) -> tuple[Event, ...]:
    """Return all that the log says of a card, this sitting's events included."""
    assert session.tasks is not None
    earlier = session.tasks.history(card)
    known = {event.uid for event in earlier}
    return (*earlier, *(event for event in session.log if event.card == card and event.uid not in known))


def _noted(session: Session, entry: Entry, now: Moment) -> Session:
    """Append an event that moves no schedule and that no undo takes back."""
    event = _event(session, entry.kind, session.current or "", now, detail=entry.detail)
    noted = replace(session, log=(*session.log, event))
    return replace(noted, coding=replace(_coding(noted), history=_history(noted, event.card)))


def _coding(session: Session) -> Coding:
    assert session.coding is not None
    return session.coding


def _judge(session: Session, action: Action, now: Moment) -> Session:
    if action.judged is None:
        raise IllegalMove("A verdict is missing.")
    coding, entry = code.judged(_coding(session), action.judged, now)
    if entry is not None and entry.grade is not None:
        return _settled(session, coding, entry.grade, entry.detail, now)
    judged = replace(session, coding=coding)
    return judged if entry is None else _noted(judged, entry, now)


def _settled(session: Session, coding: Coding, grade: Grade, detail: str, now: Moment) -> Session:
    """Append the review that a challenge came to; an undo goes back to before it was judged."""
    reviewed = _reviewed(session, grade, now, detail)
    settled = replace(coding, history=_history(reviewed, session.current or ""), settled=True)
    screen = Screen.CODING if session.plan.mode is Mode.CHALLENGE else Screen.CODED
    return replace(reviewed, coding=settled, screen=screen)


def _hint(session: Session, _action: Action, now: Moment) -> Session:
    return _noted(session, code.hinted(_coding(session)), now)


def _give_up(session: Session, _action: Action, now: Moment) -> Session:
    coding, detail = code.given_up(_coding(session))
    return _settled(session, coding, Grade.AGAIN, detail, now)


def _solution(session: Session, _action: Action, _now: Moment) -> Session:
    coding = _coding(session)
    return replace(session, coding=replace(coding, solution_open=not coding.solution_open))


# -- undo -------------------------------------------------------------------------------------------------------------


def _undo(session: Session, _action: Action, now: Moment) -> Session:
    if session.before is None:
        return _undo_earlier(session, now)
    undone = acts(session.log)[-1]
    undo = _event(session, Kind.UNDO, undone.card, now, undoes=undone.uid)
    back = replace(
        session.before,
        log=(*session.log, undo),
        changed={**session.changed, undone.card: session.state_before},
        acted_on=frozenset(event.card for event in acts((*session.log, undo))),
        turn=session.turn + 1,
        shown_ms=now.steady_ms,
        ended_ms=None,
        notice=_undone(undone),
    )
    if back.coding is None:
        return back
    return replace(back, coding=replace(back.coding, history=_history(back, undone.card)))


def _undo_earlier(session: Session, now: Moment) -> Session:
    *history, undone = session.earlier
    undo = _event(session, Kind.UNDO, undone.card, now, undoes=undone.uid)
    state = replay(model_for(undone.card, session.model), undone.card, history)
    put_back = (undone.card, *((session.current,) if session.current else ()))
    order = (*put_back, *(card for card in session.ahead if card not in put_back))
    waiting = tuple(entry for entry in session.waiting if entry[1] != undone.card)
    back = replace(
        session,
        log=(*session.log, undo),
        changed={**session.changed, undone.card: state},
        order=order,
        position=0,
        waiting=waiting,
        earlier=(),
        ended_ms=None,
    )
    return replace(_show_next(back, now), notice=_undone(undone))


def _undone(event: Event) -> str:
    what = f"graded {event.grade.name.lower()}" if event.grade else f"{event.kind}"
    return f"Undone: {event.card}, {what}."


# -- from card to card ------------------------------------------------------------------------------------------------


def _advance(session: Session, now: Moment) -> Session:
    """Go to the next card, or end when the time is over or nothing is left."""
    limit = session.plan.minutes
    if limit is not None and now.steady_ms - session.started_ms >= limit * 60_000:
        return _ended(session, now)
    return _show_next(session, now)


def _show_next(session: Session, now: Moment) -> Session:
    """Show a step that has ended, else what is ahead, else a step that has not ended yet."""
    position, waiting = session.position, session.waiting
    while waiting or position < len(session.order):
        if waiting and (waiting[0][0] <= now.at_ms or position == len(session.order)):
            (_, card), *rest = waiting
            waiting = tuple(rest)
        else:
            card = session.order[position]
            position += 1
        question = session.cards.get(card)
        if question is not None:
            return _shown(session, question, now, position, waiting)
        # that one left the bank meanwhile
    return _ended(replace(session, position=position, waiting=()), now)


def _shown(session: Session, question: Question, now: Moment, position: int, waiting: Waiting) -> Session:
    if changed_parts(session, question):
        return replace(_shown_as(session, question, now, position, waiting, None), screen=Screen.CHANGED)
    shown = _shown_as(session, question, now, position, waiting, _item(session, question))
    challenge = challenge_of(question.id)
    if not challenge or session.tasks is None:
        return shown
    return _start_coding(shown, session.tasks.task(challenge), now)


def _shown_as(
    session: Session, question: Question, now: Moment, position: int, waiting: Waiting, item: Item | None
) -> Session:
    return replace(
        session,
        question=question,
        position=position,
        waiting=waiting,
        screen=Screen.QUESTION if item is None else Screen.ASKED,
        item=item,
        marking=None,
        coding=None,
        opened=0,
        turn=session.turn + 1,
        shown_ms=now.steady_ms,
    )


def _item(session: Session, question: Question) -> Item | None:
    seed = f"{session.plan.sitting}:{question.id}:{session.state(question.id).reviews}"
    item = own_item(question, seed)
    if item is None and session.plan.mode is Mode.QUIZ:
        return statements_item(question, seed)
    return item


def _ended(session: Session, now: Moment) -> Session:
    return replace(
        session,
        question=None,
        screen=Screen.DONE,
        item=None,
        marking=None,
        coding=None,
        opened=0,
        ended_ms=now.steady_ms,
    )


def _quit(session: Session, _action: Action, now: Moment) -> Session:
    if session.screen is Screen.DONE:
        return session
    answered = session.screen in (Screen.MARKED, Screen.CODED)
    unanswered = (session.current,) if session.current and not answered else ()
    return _ended(replace(session, order=(*unanswered, *session.ahead), position=0), now)


def _reload(session: Session, _action: Action, now: Moment) -> Session:
    question = session.cards.get(session.current or "")
    if question is None:
        notice = f"{session.current} is no longer in the bank; its history is kept."
        return _advance(replace(session, notice=notice), now)
    if session.screen is Screen.MARKED:
        return replace(session, question=question)
    if session.screen is not Screen.CHANGED:
        session = replace(session, confirmed=session.confirmed | {question.id})  # the next sitting asks
    shown = replace(_shown(session, question, now, session.position, session.waiting), shown_ms=session.shown_ms)
    if session.screen is Screen.ANSWER and shown.item is None:
        opened = min(session.opened, len(layer_names(question)))
        return replace(shown, screen=Screen.ANSWER, opened=opened)
    return shown


_STEPS = MappingProxyType(
    {
        Do.OPEN: _open,
        Do.OPEN_ALL: _open_all,
        Do.GRADE: _grade,
        Do.MARK: _mark,
        Do.KEEP: _keep,
        Do.AFRESH: _afresh,
        Do.JUDGE: _judge,
        Do.HINT: _hint,
        Do.GIVE_UP: _give_up,
        Do.SOLUTION: _solution,
        Do.NEXT: _next,
        Do.UNDO: _undo,
        Do.SKIP: _skip,
        Do.SUSPEND: _suspend,
        Do.RELOAD: _reload,
        Do.QUIT: _quit,
    }
)
