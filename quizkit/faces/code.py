"""Lays out a coding challenge as lines of text: its prompt, a verdict, hints, the solution."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from quizkit import coding
from quizkit.errors import UsageProblem
from quizkit.faces import findings
from quizkit.faces.page import INDENT, Look, Page
from quizkit.judge.verdict import Finding, Status, Verdict
from quizkit.player import Player
from quizkit.starter import placeholder_line
from quizkit.view import CodeView, View

Editor = Callable[[str, int], None]


def prompt_text(view: View, look: Look) -> str:
    """Return what is asked, with the facts about it."""
    page = Page(look)
    page.line(view.question, "bold")
    page.line(view.facts, "dim")
    if view.coding:
        _prompt(page, view.coding)
    return page.text()


def _prompt(page: Page, code: CodeView) -> None:
    page.paragraphs(findings.paragraphs(code.prompt))


def code_news(before: CodeView | None, view: View, look: Look) -> str:
    """Return what a sitting has to say of a challenge that it had not said `before`."""
    code = view.coding
    assert code is not None
    page = Page(look)
    if before is None:
        _prompt(page, code)
        page.line()
        page.line(f"Write it in {code.path}")
    known = before.hints if before else ()
    for number, hint in enumerate(code.hints[len(known) :], len(known) + 1):
        page.line()
        page.one_line(hint, mark=f"Hint {number}:")
    text = f"\n{page.text()}" if page.text() else ""
    if code.verdict is not (before.verdict if before else None):
        text += f"\n{verdict_text(code, look)}"
    if code.remark and (before is None or before.remark != code.remark):
        text += f"{code.remark}\n"
    if code.solution and not (before and before.solution):
        text += f"\n{code.solution}\n{follow_ups_text(view, look)}"
    return text


def edit_code(player: Player, code: CodeView, editor: Editor) -> View:
    """Open the file in the person's editor, and judge it when they come back.

    Raises:
        UsageProblem: no editor opens; the message says how to go on without one.
    """
    try:
        editor(code.path, line_to_edit(code))
    except UsageProblem as problem:
        raise UsageProblem(f"{problem.message} {findings.by_hand(code)}") from None
    return player.judge()


def line_to_edit(code: CodeView) -> int:
    """Return the line (from 1) where an editor should open: at what failed, or where there is something to write."""
    verdict = code.verdict
    if verdict is not None and verdict.line is not None:
        return verdict.line
    faults = findings.faults(verdict) if verdict else ()
    if faults and faults[0].line is not None:
        return faults[0].line
    try:
        return placeholder_line(Path(code.path).read_text("utf-8", errors="replace"))
    except OSError:
        return 1


def hint_text(code: CodeView, look: Look) -> str:
    """Return the hint that was taken last."""
    page = Page(look)
    page.one_line(code.hints[-1], mark=f"{len(code.hints)}.")
    return page.text()


def verdict_text(code: CodeView, look: Look) -> str:
    """Return the whole verdict, one finding after the other."""
    verdict = code.verdict
    if verdict is None:
        return ""
    page = Page(look)
    style = "bold green" if verdict.accepted else "bold red"
    page.line(f"{findings.title(code)}: {findings.outcome(verdict)}", style)
    _ending(page, verdict, code.path)
    for fault in findings.faults(verdict):
        _fault(page, verdict, fault, code.path)
    _printed(page, verdict)
    if not coding.is_unwritten(verdict):
        _others(page, verdict)
        page.line()
        page.line(findings.figures(verdict), "dim")
    return page.text()


def _ending(page: Page, verdict: Verdict, path: str) -> None:
    if not findings.ending(verdict):
        return
    page.line()
    asked = findings.ended_in(verdict)
    if asked is None:
        page.hanging("✗", f"{findings.place(verdict, path)}: {verdict.message}")
        return
    page.hanging("✗", f"{verdict.message}, when it was asked this:")
    _rows(page, findings.rows(asked))


def _fault(page: Page, verdict: Verdict, fault: Finding, path: str) -> None:
    page.line()
    page.hanging("✗", fault.name, "bold red")
    page.line(fault.statement, "dim", INDENT * 2)
    if fault.message:
        page.line(findings.message(fault, path), indent=INDENT * 2)
    _rows(page, findings.rows(fault))
    if fault.warning:
        page.line(findings.warning(fault, path), "yellow", INDENT * 2)
    if fault.hint:
        page.one_line(fault.hint, indent=INDENT * 2, mark="hint:")
    if findings.also(verdict, fault):
        page.line(findings.also(verdict, fault), "dim", INDENT * 2)
    page.whole_line(f"again: {findings.again(verdict, fault, path)}", "dim", INDENT * 2)


def _rows(page: Page, rows: list[tuple[str, str]]) -> None:
    width = max((len(label) for label, _ in rows), default=0)
    for label, source in rows:
        page.hanging(f"{label:<{width}} ", source, indent=INDENT * 2)


def _printed(page: Page, verdict: Verdict) -> None:
    lines = findings.printed(verdict)
    if lines:
        page.line()
        page.line("Your file printed:")
    for line in lines:
        page.line(line, "dim", INDENT)


def _others(page: Page, verdict: Verdict) -> None:
    """Add what is not at fault, and what an interviewer would also ask about."""
    held, not_run = findings.named(verdict, Status.HELD), findings.named(verdict, Status.NOT_RUN)
    if held or (not_run and findings.faults(verdict)):
        page.line()
    if held:
        page.hanging("✓", " · ".join(held), "green")
    if not_run and findings.faults(verdict):
        page.line(f"Not tried: {' · '.join(not_run)}", "dim")
    remarks = coding.remarks(verdict)
    if remarks:
        page.heading("An interviewer would also ask")
        for remark in remarks:
            _remark(page, verdict, remark)


def _remark(page: Page, verdict: Verdict, remark: Finding) -> None:
    detail = f": {remark.message}" if remark.message and verdict.accepted else ""
    page.hanging("✗", remark.name + detail, indent=INDENT)
    if verdict.accepted and remark.hint:
        page.one_line(remark.hint, "dim", INDENT * 2)


def follow_ups_text(view: View, look: Look) -> str:
    """Return what an interviewer asks once the code is right."""
    page = Page(look)
    for layer in view.layers:
        page.layer(layer)
    return page.text()
