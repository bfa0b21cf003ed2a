"""The keys and words of an interview: one row each, from which footers, help and the plain face derive."""

from __future__ import annotations

from quizkit.frozen import frozen
from quizkit.interview.engine import Do, Screen
from quizkit.interview.view import InterviewView
from quizkit.memory.log import Grade

EDIT = "edit"
HELP = "help"


@frozen
class Key:
    """One thing to do: its key on the full screen, its word in the plain face, and its help."""

    key: str
    label: str
    help: str
    do: Do | None = None
    grade: Grade | None = None


KEYS = (
    Key("ctrl+n", "done", "done with this: a follow-up comes while time lasts, then the next question", Do.DONE),
    Key("ctrl+t", "run", "run the file: says only whether it runs", Do.TRY),
    Key("ctrl+e", EDIT, "open the file in your editor; any other editor does as well"),
    Key("ctrl+p", "pause", "stop the clock; it is recorded", Do.PAUSE),
    Key("ctrl+p", "go on", "start the clock again", Do.CONTINUE),
    Key("y", "yes", "count that time", Do.COUNT),
    Key("n", "no", "leave it out; it is recorded", Do.LEAVE_OUT),
    Key("ctrl+g", "next", "go on to the next question without follow-ups", Do.MOVE_ON),
    Key("ctrl+f", "finish", "end here: straight to the debrief", Do.FINISH),
    Key("1", "tick", "tick a line, or take the tick back", Do.TICK),
    Key("s", "suggested", "tick what your words seem to have covered", Do.TICK),
    Key("enter", "next", "go on: the review is kept as it stands", Do.NEXT),
    Key("a", "again", "call it not recalled", Do.GRADE, Grade.AGAIN),
    Key("h", "hard", "call it recalled with a gap", Do.GRADE, Grade.HARD),
    Key("g", "good", "call it recalled", Do.GRADE, Grade.GOOD),
    Key("e", "easy", "call it recalled at once", Do.GRADE, Grade.EASY),
    Key("ctrl+o", HELP, "show the keys"),
    Key("ctrl+q", "quit", "leave; `quizkit interview --resume` goes on where you were", Do.QUIT),
)

CONTROLS = tuple(dict.fromkeys(key.key for key in KEYS if key.key.startswith("ctrl+")))
# those that work while something is typed


def possible(view: InterviewView) -> tuple[Key, ...]:
    """Return the keys that do something on this screen."""
    asides = {HELP, EDIT} if view.coding and view.screen is Screen.QUESTION else {HELP}
    keys = (key for key in KEYS if key.do in view.actions or key.label in asides)
    return tuple(key for key in keys if key.label != "suggested" or _suggests(view))


def _suggests(view: InterviewView) -> bool:
    return view.debrief is not None and any(line.suggested and not line.ticked for line in view.debrief.points)
