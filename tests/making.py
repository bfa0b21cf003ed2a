"""Small values that many tests need: questions, moments, a session, a clock that is set by hand."""

from dataclasses import dataclass, replace

from quizkit.bank.model import Choice, FollowUp, Mistake, Number, Question
from quizkit.memory.fsrs6 import Fsrs6
from quizkit.memory.log import Mode, Moment
from quizkit.memory.state import CardState
from quizkit.session import Plan, Session, begin

NOON = 1_700_000_000_000 - 1_700_000_000_000 % 86_400_000 + 12 * 3_600_000
# 12:00 UTC of some day

MODEL = Fsrs6()


def question(name: str = "relu", **changes: object) -> Question:
    card = Question(
        id=name,
        topic="activations",
        question=f"What is {name}?",
        difficulty="easy",
        minutes=3.0,
        simple_answer="A one-way door.",
        technical_answer="It is $\\max(0, z)$.",
        mistakes=(Mistake(f"{name} is linear.", "It has a kink."), Mistake(f"{name} is smooth.", "Not at 0.")),
        key_points=(f"{name} is cheap.", f"{name} is sparse.", f"{name} passes positives."),
        follow_ups=(FollowUp("Why?", "Because."),),
        file="bank.yaml",
        line=2,
    )
    return replace(card, **changes)  # type: ignore[arg-type]


def choice_question(name: str = "pick") -> Question:
    return question(name, choices=(Choice("right"), Choice("wrong", "No: it is right."), Choice("odd")), answer="right")


def number_question(name: str = "count") -> Question:
    return question(name, number=Number(0.119, 0.001), answer="0.119")


def moment(minutes: float = 0, offset_min: int = 0) -> Moment:
    return Moment(NOON + round(minutes * 60_000), offset_min, round(minutes * 60_000))


@dataclass
class HandClock:
    """A clock that stands still until it is moved."""

    minutes: float = 0.0
    offset_min: int = 0
    set_back_ms: int = 0

    def now(self) -> Moment:
        shown = moment(self.minutes, self.offset_min)
        return replace(shown, at_ms=shown.at_ms - self.set_back_ms)


def session(
    *cards: Question, mode: Mode = Mode.STUDY, states: dict[str, CardState] | None = None, **plan: object
) -> Session:
    material = {card.id: card for card in cards}
    fresh = Session(
        plan=Plan("s", mode, "activations", **plan),  # type: ignore[arg-type]
        model=MODEL,
        cards=material,
        states=states or {},
        order=tuple(material),
        fresh=frozenset(material) - frozenset(states or ()),
    )
    return begin(fresh, moment())
