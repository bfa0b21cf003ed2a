"""The interview for another program: views and clocks out, actions in, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any, TextIO

from quizkit.errors import QuizkitError, UsageProblem, nearest
from quizkit.faces.code import line_to_edit
from quizkit.faces.interview_keys import EDIT
from quizkit.faces.jsonl import as_json
from quizkit.interview.engine import Action, Do, Screen
from quizkit.interview.view import InterviewView
from quizkit.interviewer import Interviewer
from quizkit.memory.log import Grade

Editor = Callable[[str, int], None]
LOOK = "look"
SUGGESTED = "suggested"
_KEYS = {"do", "text", "number", "grade"}


def play(interviewer: Interviewer, lines: Iterable[str | None], out: TextIO, editor: Editor) -> None:
    """Show a view, read an action, until the scorecard, a quit or the end of the input.

    While nothing comes (None in `lines` is a second), the clocks are told; a view that time alone has changed is shown.
    """
    _say(out, {"view": as_json(_judged(interviewer, out))})
    for line in lines:
        changed = interviewer.tick()
        if changed:
            _say(out, {"view": as_json(_judged(interviewer, out))})
        elif line is None and interviewer.view().screen is Screen.QUESTION:
            _say(out, {"clock": asdict(interviewer.clock())})
        if line is None or not line.strip():
            continue
        if changed and interviewer.view().screen is not Screen.SLEPT:
            _say(out, {"error": "That came too late for the question before: look at the view, then send again."})
        elif _is_over(interviewer, line, out, editor):
            return
    interviewer.act(Action(Do.QUIT))


def _is_over(interviewer: Interviewer, line: str, out: TextIO, editor: Editor) -> bool:
    try:
        request = _parse(line)
        _do(interviewer, request, editor)
    except QuizkitError as error:
        _say(out, {"error": error.message})
        return False
    view = _judged(interviewer, out)
    _say(out, {"view": as_json(view)})
    return view.screen is Screen.SCORECARD or request["do"] == Do.QUIT


def _judged(interviewer: Interviewer, out: TextIO) -> InterviewView:
    """Return the view, the code of a debrief judged where that is possible."""
    view = interviewer.view()
    if view.debrief and view.debrief.waits_for_judge:
        try:
            return interviewer.judge()
        except QuizkitError as error:
            _say(out, {"error": error.message})
    return view


def _do(interviewer: Interviewer, request: dict[str, Any], editor: Editor) -> None:
    if request["do"] == LOOK:
        return
    if request["do"] == EDIT:
        _edit(interviewer, editor)
    elif request["do"] in (Do.TRY, Do.JUDGE):
        interviewer.judge()
    else:
        interviewer.act(_action(request))


def _edit(interviewer: Interviewer, editor: Editor) -> None:
    code = interviewer.view().coding
    if code is None or Do.TRY not in interviewer.view().actions:
        raise UsageProblem("There is nothing to edit now.")
    with interviewer.away():
        editor(code.path, line_to_edit(code))


def _parse(line: str) -> dict[str, Any]:
    try:
        request = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise UsageProblem(f'Not a JSON object: {error}. Send one a line, as in {{"do": "done"}}.') from None
    if not isinstance(request, dict) or not isinstance(request.get("do"), str):
        raise UsageProblem('Send an object with "do", as in {"do": "say", "text": "..."}.')
    unknown = sorted(set(request) - _KEYS)
    if unknown:
        raise UsageProblem(f"Unknown key {unknown[0]!r}; an action has do, text, number and grade.")
    names = [*(do.value for do in Do), EDIT, LOOK, SUGGESTED]
    if request["do"] not in names:
        raise UsageProblem(f"Unknown action {request['do']!r}.{nearest(request['do'], names)} All: {', '.join(names)}.")
    return request


def _action(request: dict[str, Any]) -> Action:
    if request["do"] == SUGGESTED:
        return Action(Do.TICK)
    text, number, grade = request.get("text", ""), request.get("number"), request.get("grade")
    if not isinstance(text, str):
        raise UsageProblem('"text" is a text.')
    if request["do"] == Do.TICK and (not isinstance(number, int) or isinstance(number, bool) or number < 1):
        raise UsageProblem('"number" is that of a line, from 1, as in {"do": "tick", "number": 2}.')
    names = [each.name.lower() for each in Grade]
    if grade is not None and grade not in names:
        raise UsageProblem(f"Unknown grade {grade!r}. It is one of {', '.join(names)}, or null for the derived one.")
    return Action(Do(request["do"]), text, number or 0, grade=Grade[grade.upper()] if grade else None)


def _say(out: TextIO, message: dict[str, Any]) -> None:
    out.write(json.dumps(message, ensure_ascii=False) + "\n")
    out.flush()
