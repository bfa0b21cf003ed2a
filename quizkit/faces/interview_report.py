"""The report of an interview, as Markdown and as one HTML file that needs nothing from the network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING

from quizkit.bank.model import Question
from quizkit.faces.drawing.markdown import UNBROKEN, Block, blocks, spans
from quizkit.faces.interview_words import (
    before_text,
    circumstances,
    headline,
    kept_as,
    percent,
    row_cells,
    topic_cells,
    when_text,
)
from quizkit.faces.words import WRONG
from quizkit.interview.engine import points
from quizkit.interview.record import Answer, Record
from quizkit.interview.scorecard import Row, Scorecard
from quizkit.interview.view import Reply, replies
from quizkit.judge.verdict import Verdict

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

DIAGRAM_WIDTH = 78
_HEADINGS = ("", "Question", "Time", "Covered", "Mistakes", "Score")


def markdown(card: Scorecard, record: Record, questions: Mapping[str, Question]) -> str:
    """Return the report as Markdown; formulas stay as the bank writes them."""
    lines = [f"# Mock interview: {card.title}", "", *_summary(card), "", *_table(card), "", "## Study next", ""]
    lines += [f"- `{step}`" for step in card.next_steps]
    for row, answer in zip(card.rows, record.answers, strict=True):
        if row.result:
            lines += ["", *_section(row, answer, questions.get(row.slot.card))]
    return "\n".join([*lines, "", card.formula, ""])


def _summary(card: Scorecard) -> list[str]:
    began = when_text(card.begun_ms, card.offset_min)
    return [f"**{headline(card)}**", "", f"{began} · {' · '.join(circumstances(card))}", "", before_text(card)]


def _table(card: Scorecard) -> Iterator[str]:
    yield f"| {' | '.join(_HEADINGS)} |"
    yield "| ---: | --- | --- | --- | --- | ---: |"
    for row in card.rows:
        time, covered, mistakes, worth = row_cells(row)
        yield f"| {row.number} | {_cell(row.slot.title)} | {time} | {covered} | {mistakes} | {worth} |"
    for topic in card.topics:
        yield f"| | **{_cell(topic.topic)}** | {' | '.join(topic_cells(topic))} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _section(row: Row, answer: Answer, question: Question | None) -> Iterator[str]:
    yield f"## {row.number}. {row.slot.title}"
    yield ""
    yield _counted(row)
    yield ""
    yield "### Your answer"
    yield ""
    if row.slot.is_code:
        yield from _fenced(answer.code or "# nothing was written", "python")
    else:
        yield from _quoted(answer.text(0))
    if answer.verdict:
        yield ""
        yield from (f"- {line}" for line in _verdict(answer.verdict))
    if question is None:
        yield "\nThis card is no longer in the bank."
        return
    yield "\n### Model answer\n"
    yield from _fenced(question.simple_answer, "python") if row.slot.is_code else [_model(question)]
    if question.diagram:
        yield ""
        yield from _fenced(question.diagram, "mermaid")
    if not row.slot.is_code:
        yield ""
        yield from (f"- [{'x' if ticked else ' '}] {text}" for text, ticked in _covered(question, answer))
        yield from (f"- Fell for: {claim} {correction}" for claim, correction in _fallen(question, answer))
    for reply in replies(question, answer):
        yield f"\n### {reply.question}\n"
        yield from _quoted(reply.said)
        yield f"\n{reply.answer}"


def _counted(row: Row) -> str:
    assert row.result is not None
    kept = f"kept as {kept_as(row.result)}" if row.result.grade else kept_as(row.result)
    return " · ".join(cell for cell in (*row_cells(row), kept) if cell)


def _model(question: Question) -> str:
    return "\n\n".join(text for text in (question.simple_answer, question.technical_answer) if text)


def _quoted(text: str) -> list[str]:
    return [f"> {line}" for line in text.splitlines()] or ["> (spoken, or nothing)"]


def _fenced(text: str, language: str) -> list[str]:
    fence = "`" * max(3, 1 + max((len(run) for run in text.split() if set(run) == {"`"}), default=0))
    return [f"{fence}{language}", text.rstrip(), fence]


def _covered(question: Question, answer: Answer) -> list[tuple[str, bool]]:
    return [(text, position in answer.ticks) for position, text in enumerate(points(question))]


def _fallen(question: Question, answer: Answer) -> list[tuple[str, str]]:
    first = len(points(question))
    return [
        (mistake.claim, mistake.correction)
        for place, mistake in enumerate(question.mistakes, first)
        if place in answer.ticks
    ]


def _verdict(verdict: Verdict) -> list[str]:
    held, total = verdict.count("required")
    lines = [f"{verdict.outcome}: {held} of {total} properties hold, score {verdict.score}"]
    if verdict.message:
        lines.append(verdict.message)
    for fault in verdict.faults:
        lines.append(f"{fault.name}: {fault.statement or fault.message}")
        if fault.hint:
            lines.append(f"hint: {fault.hint}")
    return lines


# -- HTML -------------------------------------------------------------------------------------------------------------


def html(card: Scorecard, record: Record, questions: Mapping[str, Question]) -> str:
    """Return the report as one HTML file: light and dark, for a phone, a desk and paper."""
    sections = "".join(
        _html_section(row, answer, questions.get(row.slot.card))
        for row, answer in zip(card.rows, record.answers, strict=True)
        if row.result
    )
    steps = "".join(f"<li><code>{_unbroken(step)}</code></li>" for step in card.next_steps)
    title = f"Mock interview: {escape(card.title)}"
    began = when_text(card.begun_ms, card.offset_min)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<style>{_STYLE}</style></head>\n<body><main>"
        f"<header><p class=quiet>{title} · {began}</p><h1>{escape(headline(card))}</h1>"
        f'<div class=bar role=img aria-label="{percent(card.mark)}"><i style="width:{100 * card.mark:.0f}%"></i></div>'
        f"<p>{escape(' · '.join(circumstances(card)))}</p><p class=quiet>{escape(before_text(card))}</p></header>"
        f"<h2>Questions</h2>{_html_table(card)}<h2>Study next</h2><ol class=steps>{steps}</ol>"
        f"{sections}<footer class=quiet>{escape(card.formula)}</footer></main></body></html>\n"
    )


def _unbroken(command: str) -> str:
    """Return a command that wraps between its words only."""
    return " ".join(f"<span>{escape(word)}</span>" for word in command.split())


def _html_table(card: Scorecard) -> str:
    rows = "".join(_html_row(row) for row in card.rows)
    topics = "".join(
        f"<tr class=topic><td></td><td>{escape(topic.topic)}</td>{_cells(topic_cells(topic))}</tr>"
        for topic in card.topics
    )
    headings = "".join(f"<th>{heading}</th>" for heading in _HEADINGS)
    return f"<div class=wide><table><thead><tr>{headings}</tr></thead><tbody>{rows}{topics}</tbody></table></div>"


def _html_row(row: Row) -> str:
    title = _line(row.slot.title)
    name = f'<a href="#q{row.number}">{title}</a>' if row.result else title
    return f"<tr><td>{row.number}</td><td>{name}</td>{_cells(row_cells(row))}</tr>"


def _cells(texts: Iterable[str]) -> str:
    return "".join(f"<td>{escape(text)}</td>" for text in texts)


def _html_section(row: Row, answer: Answer, question: Question | None) -> str:
    own = f"<pre>{escape(answer.code or '# nothing was written')}</pre>" if row.slot.is_code else _said(answer.text(0))
    verdict = "".join(f"<li>{escape(line)}</li>" for line in _verdict(answer.verdict)) if answer.verdict else ""
    model = _html_model(row, question) if question else "<p>This card is no longer in the bank.</p>"
    return (
        f'<section id="q{row.number}"><h2>{row.number}. {_line(row.slot.title)}</h2>'
        f"<p class=quiet>{escape(_counted(row))}</p>"
        f"<div class=beside><div><h3>Your answer</h3>{own}{f'<ul>{verdict}</ul>' if verdict else ''}"
        f"{_html_ticks(row, answer, question)}</div><div><h3>Model answer</h3>{model}</div></div>"
        f"{''.join(map(_html_reply, replies(question, answer)))}</section>"
    )


def _said(text: str) -> str:
    return f"<blockquote>{escape(text)}</blockquote>" if text else "<p class=quiet>Spoken, or nothing.</p>"


def _html_model(row: Row, question: Question) -> str:
    if row.slot.is_code:
        return f"<pre>{escape(question.simple_answer)}</pre>"
    return _prose(_model(question)) + (_drawn(question.diagram) if question.diagram else "")


def _html_ticks(row: Row, answer: Answer, question: Question | None) -> str:
    if question is None or row.slot.is_code:
        return ""
    ticked = "".join(
        f"<li class={'yes' if hit else 'no'}>{_line(text)}</li>" for text, hit in _covered(question, answer)
    )
    fallen = "".join(
        f"<li class=trap>{_line(claim)} <em>{_line(correction)}</em></li>"
        for claim, correction in _fallen(question, answer)
    )
    return f"<ul class=ticks>{ticked}{fallen}</ul>"


def _html_reply(reply: Reply) -> str:
    return (
        f"<h3>{_line(reply.question)}</h3><div class=beside><div>{_said(reply.said)}</div>"
        f"<div>{_prose(reply.answer)}</div></div>"
    )


def _prose(text: str) -> str:
    """Return Markdown as HTML, its formulas drawn; HTML in it shows as text, and pictures are left out."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    return "".join(_block(block, reader) for block in blocks(text, whole=True)).replace(UNBROKEN, "&nbsp;")


def _line(text: str) -> str:
    """Return a short text of the bank as HTML, its formulas and code drawn."""
    parts = ((escape(span.text).replace(UNBROKEN, "&nbsp;"), span.is_code) for span in spans(text, whole=True))
    return "".join(f"<code>{part}</code>" if is_code else part for part, is_code in parts)


def _block(block: Block, reader: MarkdownIt) -> str:
    if block.kind == "formula":
        return f"<pre class=formula>{escape(block.text)}</pre>"
    label = f"<p class=wrong>{WRONG}</p>" if block.kind == "wrong" else ""
    return f"{label}{reader.render(block.text)}"


def _drawn(diagram: str) -> str:
    from quizkit.faces.drawing.flowchart import flowchart

    return f"<pre>{escape(flowchart(diagram, width=DIAGRAM_WIDTH))}</pre>"


_STYLE = """
:root{--text:#1d2330;--quiet:#626b7c;--paper:#fff;--box:#f3f5f9;--line:#d9dee8;--accent:#2459c4;--good:#17703f;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--text:#e4e8f0;--quiet:#97a1b5;--paper:#14171d;--box:#1e232c;--line:#333b49;
--accent:#8ab0ff;--good:#6fd197;--bad:#ff9a91}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--text);font:16px/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:70rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:2.2rem;line-height:1.2;margin:.2rem 0 .8rem}h2{font-size:1.25rem;margin:2.2rem 0 .5rem}
h3{font-size:1rem;margin:1.2rem 0 .4rem;color:var(--accent)}
.quiet{color:var(--quiet);font-size:.9rem}a{color:inherit;text-decoration-color:var(--line)}
.bar{height:.5rem;background:var(--box);border-radius:1rem;overflow:hidden;border:1px solid var(--line)}
.bar i{display:block;height:100%;background:var(--accent)}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
td,th{text-align:left;padding:.4rem .7rem .4rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--quiet);font-weight:500;font-size:.85rem}td:nth-child(2){min-width:12rem}
.wide td:not(:nth-child(2)),.wide th{white-space:nowrap}.topic td{font-weight:600}
section{border-top:2px solid var(--line);margin-top:2.5rem}section h2{margin-top:1.2rem}
.beside{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 2.5rem}
.steps{padding-left:1.5rem}.steps span{white-space:nowrap}
@media(max-width:46rem){.beside{grid-template-columns:minmax(0,1fr)}h1{font-size:1.7rem}.wide thead{display:none}
.wide tr{display:flex;flex-wrap:wrap;gap:0 1rem;padding:.5rem 0;border-bottom:1px solid var(--line)}
.wide td{border:0;padding:0;color:var(--quiet)}.wide td:nth-child(2){flex:1 0 80%;color:var(--text)}
.wide td:empty{display:none}}
pre{background:var(--box);padding:.7rem .9rem;border-radius:.4rem;overflow-x:auto;font-size:.85rem;line-height:1.4}
pre.formula{background:none;padding:0 0 0 1.5rem;font-weight:600}pre,code{font-family:ui-monospace,monospace;
overflow-wrap:normal}blockquote{margin:0;padding:.2rem 0 .2rem .9rem;border-left:3px solid var(--accent);
white-space:pre-wrap}.ticks{list-style:none;padding:0}.ticks li{padding-left:1.4rem;text-indent:-1.4rem;margin:.25rem 0}
.yes:before{content:"✓\\2002";color:var(--good)}.no{color:var(--quiet)}.no:before{content:"○\\2002"}
.trap:before{content:"✗\\2002";color:var(--bad)}.wrong{color:var(--bad);margin-bottom:0}
footer{margin-top:3rem;border-top:1px solid var(--line);padding-top:1rem}
@media print{main{max-width:none;padding:0}section{break-inside:auto}h2,h3{break-after:avoid}body{font-size:11pt}
pre{white-space:pre-wrap}.wide{overflow:visible}}
"""
