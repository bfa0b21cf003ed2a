"""Lays a card out as lines of text of a given width."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from quizkit.bank.model import Question
from quizkit.faces.drawing.markdown import UNBROKEN, blocks, spans
from quizkit.faces.words import WRONG, changed_text, option_verdict, summary_lines, things_to_do
from quizkit.marking import Ask
from quizkit.session import Screen
from quizkit.view import Asked, Layer, OptionView, Summary, View

INDENT = 2
WIDEST = 100
# longer lines of prose are hard to read


@dataclass(frozen=True)
class Look:
    """How text may be drawn here."""

    width: int = 80
    ascii: bool = False
    words: bool = False
    # flowcharts in words
    color: bool = False


class Page:
    """Collects parts of a card and gives them as one text."""

    def __init__(self, look: Look) -> None:
        """Begin an empty page."""
        self._look = look
        self._file = io.StringIO()
        self._console = Console(
            file=self._file,
            width=max(20, min(look.width, WIDEST)),
            force_terminal=look.color,
            color_system="standard" if look.color else None,
            no_color=not look.color,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
            safe_box=look.ascii,
        )

    def text(self) -> str:
        """Return what was collected, without blanks at the ends of lines."""
        lines = self._file.getvalue().replace(UNBROKEN, " ").splitlines()
        text = "\n".join(line.rstrip() for line in lines)
        if self._look.ascii:
            from quizkit.faces.drawing.transliterate import to_ascii

            text = to_ascii(text)
        return text.strip("\n") + "\n" if text.strip() else ""

    def line(self, text: str | Text = "", style: str = "", indent: int = 0) -> None:
        """Add one line, wrapped where it is too long."""
        self._console.print(Padding(_text(text, style), (0, 0, 0, indent)))

    def whole_line(self, text: str, style: str = "", indent: int = 0) -> None:
        """Add one line that is never wrapped: a command to copy, or a row of a drawing."""
        self._console.print(Text(" " * indent + text, style=style), no_wrap=True, overflow="ignore", crop=False)

    def heading(self, text: str) -> None:
        """Add a heading after an empty line."""
        self.line()
        self.line(text, "bold")

    def one_line(self, text: str, style: str = "", indent: int = 0, mark: str = "") -> None:
        """Add a short text of the bank (a title, a key point), with a mark before it and its lines under each other."""
        parts = spans(text, ascii=self._look.ascii, whole=True)
        drawn = Text.assemble(*((part.text, "markdown.code" if part.is_code else "") for part in parts), style=style)
        if mark:
            self.hanging(mark, drawn, indent=indent)
        else:
            self.line(drawn, indent=indent)

    def paragraphs(self, paragraphs: Sequence[str]) -> None:
        """Add paragraphs with their code drawn, each after an empty line and with the lines that it has."""
        for paragraph in paragraphs:
            self.line()
            for line in paragraph.split("\n"):
                self.one_line(line)

    def hanging(self, mark: str, text: str | Text, style: str = "", indent: int = 0) -> None:
        """Add a text as it stands, with a mark before it and its lines under each other."""
        width = self._console.width - indent - len(mark) - 1
        wrapped = _text(text, style).wrap(self._console, max(10, width))
        margin = " " * (len(mark) + 1)
        lines = [Text(margin if number else f"{mark} ") + line for number, line in enumerate(wrapped)]
        self._console.print(Padding(Text("\n").join(lines), (0, 0, 0, indent)))

    def markdown(self, text: str, indent: int = INDENT) -> None:
        """Add Markdown with its formulas drawn."""
        from rich.markdown import Markdown  # a quarter of the time to the first question, which needs none of it

        for number, block in enumerate(blocks(text, ascii=self._look.ascii, whole=True)):
            if number:
                self.line()
            if block.kind == "formula":
                self.line(block.text, "bold", indent + 2)
                continue
            if block.kind == "wrong":
                self.line(WRONG, "red", indent)
            body = Markdown(block.text, code_theme="ansi_dark", hyperlinks=False)
            self._console.print(Padding(body, (0, 0, 0, indent)))

    def diagram(self, source: str, indent: int = INDENT) -> None:
        """Add a flowchart, drawn or in words; what cannot be drawn is shown as its source."""
        from quizkit.faces.drawing.flowchart import flowchart, flowchart_words

        self.line()
        if self._look.words:
            for sentence in flowchart_words(source):
                self.one_line(sentence, indent=indent)
            return
        drawing = flowchart(source, width=self._console.width - indent, ascii=self._look.ascii)
        for row in drawing.splitlines():
            self.whole_line(row, indent=indent)

    # -- parts of a view ----------------------------------------------------------------------------------------------

    def question(self, view: View) -> None:
        """Add the question with the facts about it."""
        self.one_line(view.question, "bold")
        if view.facts:
            self.line(view.facts, "dim")
        if view.changed:
            self.line(changed_text(view))
        if view.asked and view.asked.right is None:
            self.options(view.asked)

    def options(self, asked: Asked) -> None:
        """Add the options of a question that the program marks."""
        if asked.options:
            self.line()
        if asked.ask is Ask.SEVERAL:
            self.line("Which of these are true?")
        for number, option in enumerate(asked.options, 1):
            self.one_line(option.text, indent=INDENT, mark=f"{number}")

    def layer(self, layer: Layer) -> None:
        """Add one part of an answer under its heading."""
        self.heading(layer.heading)
        if layer.text:
            self.markdown(layer.text)
        if layer.diagram:
            self.diagram(layer.diagram)
        if layer.analogy:
            self.line()
            self.markdown(f"*Think of it as:* {layer.analogy}" if layer.text else layer.analogy)
        for mistake in layer.mistakes:
            self.one_line(mistake.claim, "red", INDENT, "✗")
            self.one_line(mistake.correction, indent=INDENT + 2)
        for point in layer.key_points:
            self.one_line(point, indent=INDENT, mark="☐")
        for follow_up in layer.follow_ups:
            self.one_line(follow_up.question, "bold", INDENT, "?")
            self.markdown(follow_up.answer, INDENT + 2)

    def verdict(self, asked: Asked) -> None:
        """Add whether an answer that the program marked was right, and what corrects it."""
        self.line("✓ Right." if asked.right else "✗ Not right.", "bold green" if asked.right else "bold red")
        if asked.expected:
            self.line(f"You said {asked.answer}; the answer is {asked.expected}.", indent=INDENT)
        for number, option in enumerate(asked.options, 1):
            if asked.ask is Ask.SEVERAL or option.chosen or option.right:
                self._marked(asked.ask, number, option)

    def _marked(self, ask: Ask, number: int, option: OptionView) -> None:
        good = bool(option.right) == option.chosen
        mark = f"{'✓' if good else '✗'} {number}"
        self.one_line(f"{option.text}  ({option_verdict(ask, option)})", "" if good else "red", INDENT, mark)
        if option.correction and (option.chosen or ask is Ask.SEVERAL):
            self.one_line(option.correction, indent=INDENT + 4)

    def pointers(self, card: View | Question) -> None:
        """Add where to write it, to see it happen and to read on."""
        lines = things_to_do(card.challenge, card.lab)
        lines += [f"See also: {', '.join(card.see_also)}"] if card.see_also else []
        if lines or card.references:
            self.line()
        for line in lines:
            self.line(line, "dim", INDENT)
        for reference in card.references:
            self.one_line(reference, "dim", INDENT)

    def summary(self, summary: Summary) -> None:
        """Add what the sitting came to."""
        for row in summary_lines(summary):
            self.line(row)


def _text(text: str | Text, style: str) -> Text:
    return Text(text, style=style) if isinstance(text, str) else text


def answer_text(view: View, look: Look, already_open: int = 0) -> str:
    """Return the layers of an answer that were opened after the first `already_open`."""
    page = Page(look)
    if view.screen is Screen.MARKED and view.asked:
        page.verdict(view.asked)
    for layer in view.layers[already_open:]:
        page.layer(layer)
    if view.layers and not view.closed and view.screen in (Screen.ANSWER, Screen.MARKED):
        page.pointers(view)
    return page.text()
