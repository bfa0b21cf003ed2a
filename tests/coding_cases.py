"""Verdicts and challenges made by hand, for what knows no judge."""

from dataclasses import dataclass, field, replace

from making import MODEL, moment

from quizkit.bank.model import FollowUp
from quizkit.coding import Judged, Task
from quizkit.judge.verdict import Finding, Outcome, Status, Verdict
from quizkit.memory.code import card_of
from quizkit.memory.log import Event, Mode
from quizkit.memory.state import CardState, Phase
from quizkit.session import Plan, Session, begin

DUE = CardState(Phase.REVIEW, None, 3.0, 5.0, moment().day, None, moment().day - 9, moment().day - 9, 1)
# reviewed once, and due again today

TASK = Task(
    name="softmax",
    title="Softmax",
    prompt="Turn logits into probabilities.\n\nKeep `z` as it is.",
    topic="activations",
    difficulty="medium",
    minutes=8,
    hints=("Think of one row.", "Which number is largest?"),
    follow_ups=(FollowUp("Why?", "Because."),),
    solution="def softmax(z):\n    return z\n",
)

HELD = Finding("shape", "required", Status.HELD, "The result has the right shape.")
UNSTABLE = Finding(
    "stable for large logits",
    "required",
    Status.BROKEN,
    "The values stay finite.",
    counterexample={"z": "np.array([1000.0])"},
    expected="np.array([1.0])",
    got="np.array([np.nan])",
    warning="RuntimeWarning: overflow encountered in exp",
    line=5,
    hint="A constant may be added to every logit.",
)
SUMS = replace(UNSTABLE, name="sums to one", because_of=UNSTABLE.name, counterexample=None)
UNWRITTEN = Finding("shape", "required", Status.CRASHED, message="NotImplementedError", line=14)
REMARK = Finding("float32", "polish", Status.BROKEN, message="float64 came back", hint="Which constant?")


def verdict(outcome: Outcome, *findings: Finding, **changes: object) -> Verdict:
    made = Verdict("softmax", outcome, findings, None, 13, 0.12, "full")
    return replace(made, **changes)  # type: ignore[arg-type]


ACCEPTED = verdict(Outcome.ACCEPTED, HELD, REMARK)
REJECTED = verdict(Outcome.REJECTED, HELD, UNSTABLE, SUMS)
STARTER = verdict(Outcome.REJECTED, UNWRITTEN)
BROKEN_FILE = verdict(Outcome.UNUSABLE, message="expected ':'", line=3, column=24)


def judged(what: Verdict, digest: str = "mine", *, partial: bool = False) -> Judged:
    return Judged(what, "mine.py", digest, partial)


@dataclass
class Tasks:
    """What a sitting knows of challenges, without a library, a disk or a log."""

    events: list[Event] = field(default_factory=list)

    def task(self, name: str) -> Task:
        return replace(TASK, name=name)

    def path(self, name: str) -> str:
        return f"{name}.py"

    def history(self, card: str) -> list[Event]:
        return [event for event in self.events if event.card == card]


def coding_session(
    *names: str, mode: Mode = Mode.STUDY, state: CardState = DUE, history: tuple[Event, ...] = ()
) -> Session:
    """Begin a sitting with some challenges."""
    tasks = Tasks(list(history))
    cards = {card_of(name): tasks.task(name).question() for name in names or ("softmax",)}
    fresh = Session(
        plan=Plan("s", mode, "activations"),
        model=MODEL,
        cards=cards,
        states=dict.fromkeys(cards, state),
        order=tuple(cards),
        tasks=tasks,
    )
    return begin(fresh, moment())
