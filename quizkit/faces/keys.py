"""The keys and words for what can be done: one row each, from which footers, help and the plain face derive."""

from __future__ import annotations

from dataclasses import dataclass

from quizkit.memory.log import Grade
from quizkit.session import Action, Do
from quizkit.view import View


@dataclass(frozen=True, slots=True)
class Key:
    """One thing to do: its key on the full screen, its word in the plain face, and its help."""

    key: str
    label: str
    help: str
    do: Do | None = None
    grade: Grade | None = None


EDIT = "edit"
HELP = "help"
KEYS = (
    Key("space", "open", "open the next part of the answer (Enter does, too)", Do.OPEN),
    Key("a", "all", "open the whole answer", Do.OPEN_ALL),
    Key("1", "again", "not recalled: it comes back in this sitting", Do.GRADE, Grade.AGAIN),
    Key("2", "hard", "recalled with an effort, or with a gap", Do.GRADE, Grade.HARD),
    Key("3", "good", "recalled", Do.GRADE, Grade.GOOD),
    Key("4", "easy", "recalled at once, nothing missing", Do.GRADE, Grade.EASY),
    Key("enter", "next", "go on to the next question", Do.NEXT),
    Key("u", "undo", "take back the last answer; again and again for more, also from the last sitting", Do.UNDO),
    Key("s", "later", "skip this card until tomorrow", Do.SKIP),
    Key("x", "suspend", "put this card away until `quizkit unsuspend`", Do.SUSPEND),
    Key("e", EDIT, "open the card's YAML in your editor, then go on with the edited card"),
    Key("?", HELP, "show the keys"),
    Key("q", "quit", "end the sitting; every answer is already kept", Do.QUIT),
)


def possible(view: View) -> tuple[Key, ...]:
    """Return the keys that do something on this screen."""
    editable = bool(view.card)
    return tuple(key for key in KEYS if key.do in view.actions or (key.label == EDIT and editable) or key.label == HELP)


def action_of(key: Key) -> Action:
    """Return the action of a key that the session understands."""
    assert key.do is not None
    return Action(key.do, key.grade)


def grade_line(view: View) -> str:
    """Return the grades with the interval each would give, as in "1 again 10 min   2 hard 3 d"."""
    labels = {key.grade: key for key in KEYS if key.grade}
    return "   ".join(
        f"{labels[option.grade].key} {labels[option.grade].label} {option.interval}".rstrip() for option in view.grades
    )
