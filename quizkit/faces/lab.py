"""Shows the lab: the list of experiments, and a run by lines, as JSON or on the full screen."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizkit.errors import QuizkitError, UsageProblem, nearest
from quizkit.faces.choose import Face, choose
from quizkit.faces.lab_page import Run, keep_picture, report
from quizkit.faces.output import look
from quizkit.faces.plots import check_name
from quizkit.faces.tables import print_json, print_rows, write
from quizkit.faces.words import command
from quizkit.frozen import frozen
from quizkit.lab.experiment import Experiment, Settings, Step, Steps
from quizkit.lab.experiments.library import EXPERIMENTS, find
from quizkit.lab.experiments.mine import PAIRS, experiment
from quizkit.session import Action, Do, Screen

if TYPE_CHECKING:
    from quizkit.faces.page import Look
    from quizkit.opening import Desk
    from quizkit.player import Player
    from quizkit.view import View

TAG = "lab-"
# a question with the tag lab-NAME is the prediction for the experiment NAME


@frozen
class Wanted:
    """What was asked for on the command line."""

    name: str
    settings: Settings
    file: Path | None = None
    function: str = "leaky_relu"
    plot: Path | None = None
    no_predict: bool = False
    as_json: bool = False
    plain: bool = False
    jsonl: bool = False


def run(wanted: Wanted) -> int:
    """Do what was asked for, and return the exit code."""
    if wanted.plain + wanted.jsonl + wanted.as_json > 1:
        raise UsageProblem("--plain, --json and --jsonl exclude each other.")
    if not wanted.name:
        _list(wanted.as_json or wanted.jsonl)
        return 0
    if wanted.plot is not None:
        check_name(wanted.plot)
    with opened_run(wanted) as prepared:
        if wanted.as_json or wanted.jsonl:
            return _as_json(prepared, wanted)
        if not wanted.plain and choose() is Face.FULL:
            from quizkit.faces.tui.lab import CARDS, play

            code = _with_prediction(prepared, wanted, lambda player: play(prepared, player, wanted.plot))
            return _study(prepared.experiment.name) if code == CARDS else code
        return _with_prediction(prepared, wanted, lambda player: _plain(prepared, player, wanted.plot))


def _study(name: str) -> int:
    """Study the cards that an experiment explains, as `quizkit study --lab NAME` does."""
    from quizkit.bank.filters import Filters
    from quizkit.faces.choose import play
    from quizkit.memory.log import Mode
    from quizkit.opening import opened
    from quizkit.player import Player, Request

    with opened() as desk:
        request = Request(Mode.STUDY, Filters(lab=name))
        return play(Face.FULL, Player(desk.bank, desk.store, desk.settings, request, desk.clock), desk.settings)


def _list(as_json: bool) -> None:
    if as_json:
        print_json([{"name": each.name, "question": each.question} for each in EXPERIMENTS])
        return
    print_rows([(each.name, each.question) for each in EXPERIMENTS], 1)
    print("Try: quizkit lab deck", file=sys.stderr)  # noqa: T201


@contextmanager
def opened_run(wanted: Wanted) -> Iterator[Run]:
    """Give the experiment that was named, with the user's own functions in it where it needs them."""
    found = find(wanted.name)
    if not found.needs_file:
        if wanted.file:
            raise UsageProblem(f"--file is for quizkit lab mine, not for {found.name}.")
        yield _run(found, wanted)
        return
    if wanted.function not in PAIRS:
        hint = nearest(wanted.function, list(PAIRS))
        raise UsageProblem(f"No pair {wanted.function!r} trains a network.{hint} There are: {', '.join(PAIRS)}.")
    if wanted.file is None:
        raise UsageProblem(
            f"Name the file with your {wanted.function} and {wanted.function}_grad: quizkit lab mine --file mine.py"
        )
    from quizkit.borrowed import borrowed

    with borrowed(wanted.file, wanted.function) as mine:
        yield _run(experiment(wanted.function, mine), wanted)


def _run(found: Experiment, wanted: Wanted) -> Run:
    settings = found.settings(wanted.settings)
    words = found.again(settings)
    if wanted.file:
        words += ("--file", str(wanted.file), "--function", wanted.function)
    return Run(found, settings, command(*words), _cards(found.name))


def _cards(name: str) -> tuple[str, ...]:
    """Return the ids of the cards that name an experiment, in the order of the bank."""
    from quizkit.bank.filters import Filters
    from quizkit.opening import open_bank

    with open_bank() as bank:
        return tuple(bank.ids(Filters(lab=name)))


# -- the prediction ---------------------------------------------------------------------------------------------------


def _with_prediction(prepared: Run, wanted: Wanted, play: Callable[[Player | None], int]) -> int:
    """Play with the question that goes with the experiment, where it is asked.

    It tells of the experiment as it is without options, so with other settings it is not asked.
    """
    if wanted.no_predict or prepared.settings != prepared.experiment.defaults:
        return play(None)
    from quizkit.opening import opened

    with opened() as desk:
        return play(prediction(desk, prepared.experiment.name))


def prediction(desk: Desk, name: str) -> Player | None:
    """Return a sitting of the one question that predicts an experiment; None if it was answered today or put away."""
    from quizkit.bank.library import Filters
    from quizkit.memory.log import Mode
    from quizkit.player import Player, Request

    filters = Filters(tags=(f"{TAG}{name}",), markable=True)
    try:
        player = Player(desk.bank, desk.store, desk.settings, Request(Mode.QUIZ, filters, 1, 1), desk.clock)
    except UsageProblem:
        # banks without such a question are banks all the same
        return None
    return player if player.view().screen is Screen.ASKED else None


# -- lines ------------------------------------------------------------------------------------------------------------


def _plain(prepared: Run, player: Player | None, picture: Path | None) -> int:
    """Ask, run, and show everything at the end: a screen reader would not thank us for a moving curve."""
    from quizkit.faces.page import answer_text

    appearance = _look()
    marked = _asked_by_lines(player, appearance) if player else None
    steps = list(prepared.steps())
    for row in report(prepared, steps, min(appearance.width, 100)):
        write(row)
    if marked:
        write("\nYour prediction:\n" + answer_text(marked, appearance).rstrip())
    keep_picture(prepared, steps, picture)
    return 0


def _look() -> Look:
    from quizkit.settings import Settings as Preferences

    return look(Preferences())


def _asked_by_lines(player: Player, appearance: Look) -> View | None:
    """Put the prediction's question and return what was made of the answer; None where none came."""
    from quizkit.faces.page import Page
    from quizkit.faces.plain import prompt

    view = player.view()
    page = Page(appearance)
    page.line("Before it runs: what do you expect? An empty line skips the question.", "dim")
    page.line()
    page.question(view)
    write(page.text())
    while True:
        sys.stdout.write(f"{prompt(view).replace(' (? help)', '')} ")
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line.strip():
            write("")
            return None
        try:
            marked = player.act(Action(Do.MARK, answer=line))
        except QuizkitError as problem:
            write(problem.message)
            continue
        write("")
        return marked


def _as_json(prepared: Run, wanted: Wanted) -> int:
    if wanted.jsonl:
        return _with_prediction(prepared, wanted, lambda player: _json_run(prepared, player, wanted.plot))
    return _json_run(prepared, None, wanted.plot)


def _json_run(prepared: Run, player: Player | None, picture: Path | None) -> int:
    """Write an object for each step as it comes, then the summary."""
    if player:
        _asked_in_json(player)
    steps = []
    for step in prepared.steps():
        _say(step_as_json(prepared.experiment, step))
        steps.append(step)
    _say({"summary": summary_as_json(prepared, steps)})
    keep_picture(prepared, steps, picture)
    return 0


def _asked_in_json(player: Player) -> None:
    """Put the question as a view and take one action, as a sitting would; the end of the input skips it."""
    from quizkit.faces import jsonl

    def first(lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            yield line
            if player.view().screen is not Screen.ASKED:
                return

    jsonl.play(player, first(sys.stdin), sys.stdout, lambda _file, _line: None)


def step_as_json(experiment: Experiment, step: Step) -> dict[str, Any]:
    """Return a step: means over the seeds, and their range where there are several; what is not finite is null."""
    record: dict[str, Any] = {"series": step.series, "epoch" if experiment.axes.x == "epoch" else "at": step.at}
    for name, values in step.values.items():
        record[name] = _finite(step.mean(name))
        if len(values) > 1:
            record[f"{name} range"] = [_finite(min(values)), _finite(max(values))]
    if step.units:
        record["active"] = [[round(share, 4) for share in layer] for layer in step.units]
    return record


def summary_as_json(prepared: Run, steps: Steps) -> dict[str, Any]:
    """Return what a run came to."""
    seen = prepared.seen(steps)
    return {
        "experiment": prepared.experiment.name,
        "question": prepared.experiment.question,
        "settings": dict(prepared.settings.chosen()),
        "table": [{name: _finite(cell) for name, cell in row.items()} for row in seen.table.records()],
        "seen": list(seen.sentences),
        "again": prepared.again,
        "cards": list(prepared.cards),
    }


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _say(record: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n")
    sys.stdout.flush()
