"""The face for another program: a view out, an action in, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from enum import IntEnum
from typing import Any, TextIO

from quizkit.errors import QuizkitError, UsageProblem, nearest
from quizkit.faces.code import edit_code
from quizkit.faces.keys import EDIT
from quizkit.judge.verdict import Verdict
from quizkit.memory.log import Grade
from quizkit.player import Player
from quizkit.session import Action, Do, Screen
from quizkit.view import View

Editor = Callable[[str, int], None]


def play(player: Player, lines: Iterable[str], out: TextIO, editor: Editor) -> None:
    """Show a view, read an action, until a quit or the end of the input; the last view has the summary."""
    _say(out, {"view": as_json(player.view())})
    for line in lines:
        if not line.strip():
            continue
        try:
            view = _do(player, _parse(line), editor)
        except QuizkitError as error:
            _say(out, {"error": error.message})
            continue
        _say(out, {"view": as_json(view)})
        if _is_quit(line):
            return
    if player.view().screen is not Screen.DONE:
        _say(out, {"view": as_json(player.act(Action(Do.QUIT)))})


def as_json(value: Any) -> Any:
    """Return a value of the view as JSON types; what is empty is left out."""
    if isinstance(value, Verdict):
        return value.as_json()
    if is_dataclass(value):
        pairs = ((field.name, getattr(value, field.name)) for field in fields(value))
        return {name: as_json(item) for name, item in pairs if item not in ((), "", None)}
    if isinstance(value, tuple):
        return [as_json(item) for item in value]
    if isinstance(value, IntEnum):
        return value.name.lower()
    return value


def _do(player: Player, request: dict[str, Any], editor: Editor) -> View:
    if request["do"] == EDIT:
        return _edit(player, editor)
    action = _action(request)
    return player.judge(_file(request)) if action.do is Do.JUDGE else player.act(action)


def _edit(player: Player, editor: Editor) -> View:
    view = player.view()
    if not view.card or view.screen is Screen.CODED:
        raise UsageProblem("There is nothing to edit now.")
    if view.coding:
        return edit_code(player, view.coding, editor)
    editor(view.file, view.line)
    return player.edited()


def _file(request: dict[str, Any]) -> str:
    file = request.get("file", "")
    if not isinstance(file, str):
        raise UsageProblem('"file" is a path, as in {"do": "judge", "file": "mine.py"}; without it the view\'s path.')
    return file


def _parse(line: str) -> dict[str, Any]:
    try:
        request = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise UsageProblem(f'Not a JSON object: {error}. Send one a line, as in {{"do": "open"}}.') from None
    if not isinstance(request, dict) or not isinstance(request.get("do"), str):
        raise UsageProblem('Send an object with "do", as in {"do": "open"} or {"do": "grade", "grade": "good"}.')
    unknown = sorted(set(request) - {"do", "grade", "answer", "file"})
    if unknown:
        raise UsageProblem(f"Unknown key {unknown[0]!r}; an action has do, grade, answer and file.")
    return request


def _action(request: dict[str, Any]) -> Action:
    names = [*(do.value for do in Do), EDIT]
    if request["do"] not in names:
        raise UsageProblem(f"Unknown action {request['do']!r}.{nearest(request['do'], names)} All: {', '.join(names)}.")
    answer = request.get("answer", "")
    if not isinstance(answer, str | int | float) or isinstance(answer, bool):
        raise UsageProblem('"answer" is a text or a number, as in "1 3" or 0.119.')
    return Action(Do(request["do"]), _grade(request.get("grade")), str(answer))


def _grade(name: object) -> Grade | None:
    if name is None:
        return None
    names = [grade.name.lower() for grade in Grade]
    if name not in names:
        raise UsageProblem(f"Unknown grade {name!r}. It is one of {', '.join(names)}.")
    return Grade[str(name).upper()]


def _is_quit(line: str) -> bool:
    return bool(json.loads(line)["do"] == Do.QUIT)


def _say(out: TextIO, message: dict[str, Any]) -> None:
    out.write(json.dumps(message, ensure_ascii=False) + "\n")
    out.flush()
