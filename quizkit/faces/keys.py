"""The keys and words for what can be done: one row each, from which footers, help and the plain face derive."""

from __future__ import annotations

from quizkit.frozen import frozen
from quizkit.memory.log import Grade
from quizkit.session import Action, Do, Screen
from quizkit.view import View


@frozen
class Key:
    """One thing to do: its key on the full screen, its word in the plain face, and its help."""

    key: str
    label: str
    help: str
    do: Do | None = None
    grade: Grade | None = None


EDIT = "edit"
WATCH = "watch"
HELP = "help"
PROGRESS = "progress"
KEYS = (
    Key("space", "open", "open the next part of the answer (Enter does, too)", Do.OPEN),
    Key("a", "all", "open the whole answer", Do.OPEN_ALL),
    Key("1", "again", "not recalled: it comes back in this sitting", Do.GRADE, Grade.AGAIN),
    Key("2", "hard", "recalled with an effort, or with a gap", Do.GRADE, Grade.HARD),
    Key("3", "good", "recalled", Do.GRADE, Grade.GOOD),
    Key("4", "easy", "recalled at once, nothing missing", Do.GRADE, Grade.EASY),
    Key("y", "keep", "keep the schedule of a card whose text has changed", Do.KEEP),
    Key("n", "afresh", "start a card whose text has changed like a new one; its history stays in the log", Do.AFRESH),
    Key("enter", "next", "go on to the next question", Do.NEXT),
    Key("enter", "judge", "judge the file as it stands now", Do.JUDGE),
    Key("h", "hint", "show the next hint; what is accepted afterwards counts as hard", Do.HINT),
    Key("g", "give up", "show the solution; counts as again", Do.GIVE_UP),
    Key("s", "solution", "show the solution, or hide it", Do.SOLUTION),
    Key("w", WATCH, "judge the file whenever it is saved, or stop doing so"),
    Key("u", "undo", "take back the last answer; again and again for more, also from the last sitting", Do.UNDO),
    Key("s", "later", "skip this card until tomorrow", Do.SKIP),
    Key("x", "suspend", "put this card away until `quizkit unsuspend`", Do.SUSPEND),
    Key("e", EDIT, "open the card's YAML, or the code to write, in your editor; then go on with what you saved"),
    Key("p", PROGRESS, "show how far you are, as `quizkit stats` does"),
    Key("?", HELP, "show the keys"),
    Key("q", "quit", "end the sitting; every answer is already kept", Do.QUIT),
)


def possible(view: View, *, watches: bool = False) -> tuple[Key, ...]:
    """Return the keys that do something on this screen; only a face that `watches` can judge at every save."""
    asides = {HELP}
    if view.card and view.screen is not Screen.CODED:
        asides.add(EDIT)
    if view.screen is Screen.DONE:
        asides.add(PROGRESS)
    if watches and Do.JUDGE in view.actions:
        asides.add(WATCH)
    return tuple(key for key in KEYS if key.do in view.actions or key.label in asides)


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
