"""`quizkit interview`: parse, play, show what it came to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizkit.errors import UsageProblem

if TYPE_CHECKING:
    from quizkit.interview.plan import Plan
    from quizkit.interviews import Room
    from quizkit.planning import Wish


def interview(
    topics: Annotated[list[str] | None, typer.Argument(metavar="[TOPIC]...", help="Topics; none means all.")] = None,
    minutes: Annotated[float, typer.Option("--minutes", min=1, max=600, help="For the whole interview.")] = 30,
    coding: Annotated[int | None, typer.Option("--coding", min=0, help="Coding tasks; one from 20 minutes on.")] = None,
    company: Annotated[str, typer.Option("--company", help="Only cards that this company is known to ask.")] = "",
    difficulty: Annotated[str, typer.Option("--difficulty", help="Only easy, medium or hard ones.")] = "",
    seed: Annotated[int | None, typer.Option("--seed", min=0, help="The same seed draws the same questions.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="No overtime and no pause.")] = False,
    open_judge: Annotated[bool, typer.Option("--open-judge", help="Trial runs show the whole verdict.")] = False,
    show_plan: Annotated[bool, typer.Option("--show-plan", help="Print the plan and end.")] = False,
    report: Annotated[Path | None, typer.Option("--report", help="Write the outcome to a .md or .html file.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the one that was interrupted.")] = False,
    abandon: Annotated[bool, typer.Option("--abandon", help="Close the one that was interrupted.")] = False,
    again: Annotated[str, typer.Option("--again", metavar="ID", help="The plan of an earlier one once more.")] = "",
    scorecard: Annotated[str, typer.Option("--scorecard", metavar="ID", help="Show one again; 'last' works.")] = "",
    history: Annotated[bool, typer.Option("--history", help="List the interviews.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --history, --show-plan, --scorecard: JSON.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Plain lines instead of the full screen.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON lines: views and clocks out, actions in.")] = False,
) -> None:
    """A mock interview under the clock, with a scorecard. Example: quizkit interview activations --minutes 30."""
    from quizkit.bank.filters import Filters
    from quizkit.faces import interview as face
    from quizkit.interviews import Room
    from quizkit.opening import opened
    from quizkit.planning import Wish
    from quizkit.workshop import Workshop

    _must_fit(resume, abandon, bool(again), bool(scorecard), history)
    face.check_report(report)
    chosen = face.chosen(plain=plain, jsonl=jsonl)
    with opened() as desk, Workshop(desk.home) as workshop:
        room = Room(desk.home, desk.bank, desk.store, desk.settings, desk.clock, workshop)
        wish = Wish(
            Filters(tuple(topics or ()), "", (), difficulty, company), minutes, coding, seed, strict, open_judge
        )
        if history:
            face.print_history(room, as_json)
        elif scorecard:
            face.print_scorecard(room, scorecard, as_json, report)
        elif abandon:
            face.print_abandoned(room)
        elif show_plan:
            face.print_plan(_plan(room, wish, again), as_json)
        else:
            raise typer.Exit(face.play(chosen, room, None if resume else _plan(room, wish, again), report))


def _plan(room: Room, wish: Wish, again: str) -> Plan:
    from quizkit import interviews, planning

    return planning.again(room, interviews.found(room.store, again)) if again else planning.planned(room, wish)


def _must_fit(*ways: bool) -> None:
    if sum(ways) > 1:
        raise UsageProblem("--resume, --abandon, --again, --scorecard and --history exclude each other.")
