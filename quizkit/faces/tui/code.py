"""A coding challenge on the full screen: the prompt, a verdict, hints, the solution."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from quizkit import coding
from quizkit.faces import findings
from quizkit.faces.tui.bars import Flow
from quizkit.faces.tui.inline import inline
from quizkit.judge.verdict import Finding, Status, Verdict
from quizkit.memory.log import Mode
from quizkit.view import CodeView, View


def code_widgets(view: View) -> Iterator[Widget]:
    """Yield what is shown of a challenge: what was judged first, what is asked at the end."""
    code = view.coding
    assert code is not None
    written = code.verdict is not None and not coding.is_unwritten(code.verdict)
    if written:
        yield VerdictView(code, titled=view.mode is not Mode.CHALLENGE)
    if code.remark:
        yield Static(code.remark, classes="remark", markup=False)
    if not written:
        yield Prompt(code, titled=False)
    if code.hints:
        yield Hints(code)
    if code.solution:
        yield Solution(code)
    elif written:
        yield Prompt(code, titled=True)


class Prompt(Vertical):
    """What is asked, and where to write it."""

    def __init__(self, code: CodeView, *, titled: bool) -> None:
        """Show the prompt of `code`, under a heading if `titled`."""
        super().__init__()
        self._code, self._titled = code, titled

    def compose(self) -> ComposeResult:
        """Lay out one text a paragraph."""
        if self._titled:
            yield Static("The task", classes="heading", markup=False)
        for paragraph in findings.paragraphs(self._code.prompt):
            lines = Content("\n").join(map(inline, paragraph.split("\n")))
            yield Static(lines, classes="paragraph", markup=False)
        yield Static(f"Write it in {self._code.path}", classes="muted paragraph", markup=False)


class Hints(Vertical):
    """The hints that were taken."""

    def __init__(self, code: CodeView) -> None:
        """Show the hints of `code`."""
        super().__init__()
        self._code = code

    def compose(self) -> ComposeResult:
        """Lay out one row a hint."""
        yield Static(f"Hints · {self._code.hints_left} left", classes="heading", markup=False)
        for number, hint in enumerate(self._code.hints, 1):
            yield _pair(f"{number}", inline(hint), 2)


class Source(Vertical):
    """Python source under a heading."""

    def __init__(self, heading: str, source: str) -> None:
        """Show `source`."""
        super().__init__()
        self._heading, self._source = heading, source

    def compose(self) -> ComposeResult:
        """Lay out the source."""
        from textual.highlight import highlight

        yield Static(self._heading, classes="heading", markup=False)
        yield Static(highlight(self._source.rstrip(), language="python"), classes="source", markup=False)


class Solution(Source):
    """The solution; what an interviewer asks next follows it."""

    def __init__(self, code: CodeView) -> None:
        """Show the solution of `code`."""
        super().__init__("A solution", code.solution)


class VerdictView(Vertical):
    """A verdict: each fault with its counterexample, then what holds, then what an interviewer would also ask."""

    def __init__(self, code: CodeView, *, titled: bool) -> None:
        """Show the verdict of `code`, with a title of its own if `titled`."""
        super().__init__()
        assert code.verdict is not None
        self._code, self._verdict, self._titled = code, code.verdict, titled

    def compose(self) -> ComposeResult:
        """Lay the verdict out."""
        verdict, path = self._verdict, self._code.path
        if self._titled:
            good = "good" if verdict.accepted else "bad"
            text = f"{findings.title(self._code)}: {findings.outcome(verdict)}"
            yield Static(text, classes=f"outcome {good}", markup=False)
        yield from _ending(verdict, path)
        for fault in findings.faults(verdict):
            yield FaultView(verdict, fault, path)
        yield from _printed(verdict)
        yield from _others(verdict)
        yield Static(findings.figures(verdict), classes="muted figures", markup=False)


class FaultView(Vertical):
    """One fault: the property, the smallest counterexample, the hint."""

    def __init__(self, verdict: Verdict, fault: Finding, path: str) -> None:
        """Explain `fault`."""
        super().__init__()
        self._verdict, self._fault, self._path = verdict, fault, path

    def compose(self) -> ComposeResult:
        """Lay the fault out."""
        fault, path = self._fault, self._path
        yield _pair("✗", fault.name, 2, "fault bad")
        yield Static(fault.statement, classes="muted detail", markup=False)
        if fault.message:
            yield Static(findings.message(fault, path), classes="detail", markup=False)
        yield from _rows(fault)
        if fault.warning:
            yield Static(findings.warning(fault, path), classes="warning detail", markup=False)
        if fault.hint:
            yield Static(inline(fault.hint), classes="advice detail", markup=False)
        also = findings.also(self._verdict, fault)
        if also:
            yield Static(also, classes="muted detail", markup=False)


def _ending(verdict: Verdict, path: str) -> Iterator[Widget]:
    """Yield why there is no verdict on single properties."""
    if not findings.ending(verdict):
        return
    asked = findings.ended_in(verdict)
    if asked is None:
        yield _pair("✗", f"{findings.place(verdict, path)}: {verdict.message}", 2, "fault bad ending")
        return
    yield _pair("✗", f"{verdict.message}, when it was asked this:", 2, "fault bad ending")
    yield from _rows(asked)


def _rows(finding: Finding) -> Iterator[Widget]:
    rows = findings.rows(finding)
    width = max((len(label) for label, _ in rows), default=0) + 2
    for number, (label, source) in enumerate(rows):
        yield _pair(label, source, width, "example first" if number == 0 else "example")


def _printed(verdict: Verdict) -> Iterator[Widget]:
    lines = findings.printed(verdict)
    if lines:
        yield Static("Your file printed", classes="heading", markup=False)
        yield Static("\n".join(lines), classes="muted printed", markup=False)


def _others(verdict: Verdict) -> Iterator[Widget]:
    marks = {Status.HELD: ("✓", "$text-success"), Status.NOT_RUN: ("·", "$text-muted")}
    parts = [
        Content.assemble((f"{mark} ", colour), (name, "$text-muted"))
        for status, (mark, colour) in marks.items()
        for name in findings.named(verdict, status)
        if findings.faults(verdict) or status is Status.HELD
    ]
    if parts:
        yield Flow(parts, classes="held")
    remarks = coding.remarks(verdict)
    if remarks:
        yield Static("An interviewer would also ask", classes="heading", markup=False)
    for remark in remarks:
        detail = f": {remark.message}" if remark.message and verdict.accepted else ""
        yield _pair("✗", remark.name + detail, 2, "asked")
        if remark.hint and verdict.accepted:
            yield Static(inline(remark.hint), classes="muted detail", markup=False)


def _pair(label: str, text: str | Content, width: int, kind: str = "") -> Horizontal:
    """Return a label and beside it a text whose lines stay under each other."""
    mark = Static(label, classes="mark", markup=False)
    mark.styles.width = width
    return Horizontal(mark, Static(text, classes="rest", markup=False), classes=f"row {kind}".strip())
