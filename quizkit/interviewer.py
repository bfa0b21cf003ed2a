"""Where an interview meets the clock, the store and the judge: what led to a view is kept before it shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from quizkit.errors import MachineProblem, UsageProblem
from quizkit.frozen import replace
from quizkit.interview import engine
from quizkit.interview.engine import Action, Do, Interview, Screen
from quizkit.interview.plan import Plan
from quizkit.interview.record import Record, Stage, replay
from quizkit.interview.view import Clock, InterviewView, clock, view
from quizkit.interviews import ALIVE_MS, Room, history
from quizkit.memory.code import challenge_of
from quizkit.memory.log import Event, Moment
from quizkit.planning import questions_of
from quizkit.workshop import starter_text

if TYPE_CHECKING:
    from quizkit.bank.model import Question
    from quizkit.coding import Judged
    from quizkit.workshop import Progress

BEAT_MS = 1000
_RUNNING = (Stage.ASKING, Stage.PAUSED)


class Interviewer:
    """Plays one interview: takes actions, keeps what they add to the log, shows views."""

    def __init__(self, room: Room, interview: Interview, draft: str = "") -> None:
        """Go on with `interview`, of whose log the store has all but what is new; `begun` and `resumed` make one."""
        self.room = room
        self.draft = draft
        # what is typed and not said yet
        self._before = history(room.store)
        self._suggested: dict[tuple[str, str], frozenset[int]] = {}
        self._beaten_ms = -BEAT_MS
        self._away = False
        self._interview = interview

    @classmethod
    def begun(cls, room: Room, plan: Plan) -> Interviewer:
        """Begin an interview: ask its first question."""
        interviewer = cls(room, engine.begin(plan, questions_of(room, plan), room.clock.now()))
        interviewer._keep(interviewer._interview.log)
        interviewer._lay_out()
        interviewer.tick()
        return interviewer

    @classmethod
    def resumed(cls, room: Room, sitting: str) -> Interviewer:
        """Go on with an interview where it stood; who plays it elsewhere can do nothing more there."""
        now = room.clock.now()
        events = tuple(room.store.interview_events(sitting))
        _, used_ms, draft = room.store.pulse(sitting) or (0, 0, "")
        plan = replay(events).plan
        interview = engine.resume(events, questions_of(room, plan), used_ms, now)
        interviewer = cls(room, interview, draft)
        interviewer._keep(interview.log[len(events) :])
        interviewer._lay_out()
        interviewer.tick()
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
        if self.record.stage in _RUNNING and abs(now.steady_ms - self._beaten_ms) >= BEAT_MS:
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
        if action.do is Do.QUIT or self.record.stage not in _RUNNING:
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
        possible = engine.allowed(self._interview) & {Do.TRY, Do.JUDGE}
        if not possible:
            raise UsageProblem("There is no code to run here.")
        if judged is None:
            with self.away():
                judged = self.judgement()
        if Do.TRY in possible:
            return self.act(Action(Do.TRY, judged=judged, code=self._code(strictly=True)))
        history = tuple(self.room.store.history(self._interview.slot.card))
        return self.act(Action(Do.JUDGE, judged=judged, history=history))

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
        if events:
            self.room.store.append_once(events, self.room.settings.model())

    def _rest(self) -> None:
        """Let it be known that nobody plays this interview now; what the clock read stays in the log."""
        if self.record.stage in _RUNNING:
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
