"""Lays an interview out as lines of text: a question, the debrief, the scorecard."""

from __future__ import annotations

from quizkit.faces import findings
from quizkit.faces.code import verdict_text
from quizkit.faces.interview_words import (
    before_text,
    circumstances,
    headline,
    place_text,
    row_cells,
    time_text,
    topic_cells,
    used_text,
    worth_text,
)
from quizkit.faces.page import INDENT, Look, Page
from quizkit.interview.scorecard import Scorecard
from quizkit.interview.view import Debrief, InterviewView, Line
from quizkit.view import CodeView


def question_text(view: InterviewView, look: Look) -> str:
    """Return what is asked, with the clocks."""
    page = Page(look)
    page.line(f"{place_text(view)} · {time_text(view.clock)}", "dim")
    page.line()
    if view.follow_up:
        page.one_line(view.follow_up, "bold")
        page.one_line(f"after: {view.question}", "dim")
        return page.text()
    page.one_line(view.question, "bold")
    page.line(view.facts, "dim")
    if view.coding:
        _prompt(page, view.coding)
    return page.text()


def _prompt(page: Page, code: CodeView) -> None:
    page.paragraphs(findings.paragraphs(code.prompt))
    page.line()
    page.line(f"Write it in {code.path}")


def trial_text(code: CodeView, look: Look) -> str:
    """Return what a trial run came to: what an interviewer would say, and the verdict where the judge is open."""
    page = Page(look)
    page.line(code.remark, "bold")
    return page.text() + (f"\n{verdict_text(code, look)}" if code.verdict else "")


# -- the debrief ------------------------------------------------------------------------------------------------------


def debrief_text(view: InterviewView, look: Look) -> str:
    """Return a question of the debrief: the own answer beside the model answer, and what there is to tick."""
    page, debrief = Page(look), view.debrief
    assert debrief is not None
    page.line(f"{place_text(view)} · {used_text(debrief)}", "dim")
    page.line()
    page.one_line(view.question, "bold")
    if not view.coding:
        page.heading("You typed")
        _quoted(page, debrief.said or "Nothing: you spoke.")
    for layer in debrief.layers:
        page.layer(layer)
    for reply in debrief.follow_ups:
        page.heading("They asked")
        page.one_line(reply.question, "bold", INDENT)
        _quoted(page, reply.said or "You typed nothing.")
        page.markdown(reply.answer, INDENT * 2)
    text = page.text()
    if view.coding:
        text += _code(view.coding, debrief, look)
    return f"{text}\n{ticks_text(view, look)}"


def _quoted(page: Page, text: str) -> None:
    for line in text.splitlines():
        page.hanging("│", line, indent=INDENT)


def _code(code: CodeView, debrief: Debrief, look: Look) -> str:
    if code.verdict:
        own = f"You wrote\n\n{debrief.code.strip()}\n"
        return f"\n{verdict_text(code, look)}\n{own}\nA solution\n\n{code.solution}\n"
    return f"\nNothing was written.\n\nA solution\n\n{code.solution}\n" if not debrief.waits_for_judge else ""


def ticks_text(view: InterviewView, look: Look) -> str:
    """Return what there is to tick, what is ticked, and what it comes to."""
    page, debrief = Page(look), view.debrief
    assert debrief is not None
    if debrief.points:
        page.line("Did you say", "bold")
        for line in debrief.points:
            page.one_line(line.text + ("  (perhaps said)" if line.suggested and not line.ticked else ""),
                          indent=INDENT, mark=tick_mark(line))  # fmt: skip
    if debrief.mistakes:
        page.heading("Did you fall for")
        for line in debrief.mistakes:
            page.one_line(line.text, "red" if line.ticked else "", INDENT, tick_mark(line))
            page.one_line(line.correction, "dim", INDENT * 4)
    page.line()
    page.line(worth_text(debrief), "bold")
    return page.text()


def tick_mark(line: Line) -> str:
    """Return a line's number and box."""
    return f"{line.number} {'☑' if line.ticked else '☐'}"


# -- the scorecard ----------------------------------------------------------------------------------------------------


def scorecard_text(card: Scorecard, look: Look) -> str:
    """Return the whole scorecard."""
    page = Page(look)
    page.line(f"{card.title}: {headline(card)}", "bold")
    page.line(" · ".join(circumstances(card)), "dim")
    page.line(before_text(card), "dim")
    page.line()
    for row in card.rows:
        page.hanging(f"{row.number:>2}", " · ".join(cell for cell in row_cells(row) if cell), "bold")
        page.one_line(row.slot.title, indent=INDENT + 1)
    page.heading("Topics")
    for topic in card.topics:
        page.line(f"{topic.topic}: {' · '.join(filter(None, topic_cells(topic)))}", indent=INDENT)
    page.heading("Study next")
    for step in card.next_steps:
        page.whole_line(step, indent=INDENT)
    page.line()
    page.line(card.formula, "dim")
    return page.text()
