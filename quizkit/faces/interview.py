"""What `quizkit interview` prints, and the choice of the face that plays one."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from quizkit import interviews
from quizkit.errors import MachineProblem, UsageProblem
from quizkit.faces.choose import Face, choose
from quizkit.faces.interview_words import history_row, plan_lines, when_text
from quizkit.faces.output import look
from quizkit.faces.tables import print_json, print_rows, write
from quizkit.interview.plan import Plan
from quizkit.interview.record import Record, Stage
from quizkit.interview.scorecard import Scorecard, scorecard
from quizkit.interviewer import Interviewer
from quizkit.interviews import Room
from quizkit.planning import questions_of

REPORTS = (".md", ".html")


def chosen(*, plain: bool, jsonl: bool) -> Face:
    """Return the face to play through."""
    if plain and jsonl:
        raise UsageProblem("--plain and --jsonl exclude each other.")
    return Face.JSONL if jsonl else Face.PLAIN if plain else choose()


def play(face: Face, room: Room, plan: Plan | None, report: Path | None) -> int:
    """Play the interview of `plan`, or without one go on with what was interrupted; returns the exit code.

    Raises:
        UsageProblem: another one is unfinished, or none is there to be resumed.
    """
    open_one = interviews.unfinished(room.store)
    if plan is None:
        if open_one is None:
            raise UsageProblem("There is no interview to resume. Begin one: quizkit interview")
        _must_be_free(room, open_one)
        played = Interviewer.resumed(room, open_one.plan.sitting)
    else:
        if open_one is not None:
            _must_be_free(room, open_one)
            raise UsageProblem(_unfinished(open_one))
        played = Interviewer.begun(room, plan)
    code = _through(face, played, room)
    if report is not None:
        _report_at_end(room, played, report)
    return code


def _must_be_free(room: Room, record: Record) -> None:
    """Refuse to touch an interview that goes on in another window."""
    if interviews.is_played(room, record.plan.sitting, time.sleep):
        raise UsageProblem("An interview goes on in another window. End it there first.")


def _unfinished(record: Record) -> str:
    began = when_text(record.begun_ms, record.offset_min)
    return (
        f"The interview of {began} is unfinished. Go on with it: quizkit interview --resume."
        " Or close it: quizkit interview --abandon."
    )


def _through(face: Face, played: Interviewer, room: Room) -> int:
    from functools import partial

    from quizkit.editor import open_editor
    from quizkit.faces.timed import timed_lines

    if face is Face.FULL:
        from quizkit.faces.tui.interview import run

        return run(played, room.settings)
    if face is Face.JSONL:
        from quizkit.faces import interview_jsonl

        interview_jsonl.play(played, timed_lines(), sys.stdout, partial(open_editor, quiet=True))
        return 0
    from quizkit.faces.interview_plain import PlainInterview

    PlainInterview(played, sys.stdout, look(room.settings), open_editor).play(timed_lines())
    return 0


# -- reports ----------------------------------------------------------------------------------------------------------


def check_report(path: Path | None) -> None:
    """Refuse a report that could not be written, before an hour is spent on the interview.

    Raises:
        UsageProblem: an ending that is not known, or a folder that does not exist.
    """
    if path is None:
        return
    if path.suffix not in REPORTS:
        raise UsageProblem(f"--report writes {' or '.join(REPORTS)} files, not {path.name!r}.")
    if not path.parent.is_dir():
        raise UsageProblem(f"{path.parent} does not exist. Make the folder first, or name another file.")


def _report_at_end(room: Room, played: Interviewer, path: Path) -> None:
    if played.record.stage is not Stage.FINISHED:
        _narrate("The report is written once the debrief is over.")
        return
    _write_report(room, played.record, path)


def _write_report(room: Room, record: Record, path: Path) -> None:
    from quizkit.faces.interview_report import html, markdown

    card, questions = _card(room, record), questions_of(room, record.plan)
    text = html(card, record, questions) if path.suffix == ".html" else markdown(card, record, questions)
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise MachineProblem(
            f"{path} cannot be written ({error.strerror}). Nothing was lost:"
            f" quizkit interview --scorecard {record.plan.sitting} --report OTHER{path.suffix}"
        ) from None
    _narrate(f"The report is {path}.")


def _narrate(text: str) -> None:
    sys.stdout.flush()
    print(f"quizkit: {text}", file=sys.stderr)  # noqa: T201


# -- what is only printed ---------------------------------------------------------------------------------------------


def print_plan(plan: Plan, as_json: bool) -> None:
    """Print a plan."""
    if as_json:
        print_json(plan.as_json())
        return
    for line in plan_lines(plan):
        write(line)


def print_history(room: Room, as_json: bool) -> None:
    """Print the interviews, newest first."""
    from dataclasses import asdict

    listed = interviews.history(room.store)
    if as_json:
        print_json([asdict(each) for each in listed])
        return
    print_rows([history_row(each) for each in listed], 2)
    if not listed:
        _narrate("No interview yet. Begin one: quizkit interview activations --minutes 10")


def print_scorecard(room: Room, name: str, as_json: bool, report: Path | None) -> None:
    """Print the scorecard of an earlier interview, or write its report."""
    from quizkit.faces.interview_page import scorecard_text
    from quizkit.faces.jsonl import as_json as jsonable

    record = interviews.found(room.store, name)
    if record.stage is not Stage.FINISHED:
        raise UsageProblem(f"That interview has no scorecard: it is {_standing(record)}.")
    if report is not None:
        _write_report(room, record, report)
    elif as_json:
        print_json(jsonable(_card(room, record)))
    else:
        sys.stdout.write(scorecard_text(_card(room, record), look(room.settings)))


def _standing(record: Record) -> str:
    return "abandoned" if record.stage is Stage.ABANDONED else "unfinished; quizkit interview --resume goes on with it"


def _card(room: Room, record: Record) -> Scorecard:
    """Return the scorecard of a finished interview beside those before it."""
    listed = interviews.history(room.store)
    place = next(n for n, each in enumerate(listed) if each.sitting == record.plan.sitting)
    return scorecard(record, listed[place + 1 :])


def print_abandoned(room: Room) -> None:
    """Close the interview that was interrupted, and say so."""
    record = interviews.unfinished(room.store)
    if record is None:
        raise UsageProblem("There is no unfinished interview.")
    _must_be_free(room, record)
    interviews.abandon(room, record)
    write(f"The interview of {when_text(record.begun_ms, record.offset_min)} is closed as abandoned; its log is kept.")
