"""Where a question that the program marks is answered: options to choose, or a number to type."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from quizkit.faces.tui.inline import inline
from quizkit.marking import Ask
from quizkit.view import Asked

_NUMBER_CHARACTERS = set("0123456789.,+-/")


class Choices(Vertical):
    """The options of a question; one is an answer, several are ticked first and submitted with Enter."""

    class Chosen(Message):
        """An option was clicked."""

        def __init__(self, number: int) -> None:
            """The option's number, from 1."""
            super().__init__()
            self.number = number

    def __init__(self, asked: Asked) -> None:
        """Show the options of `asked`."""
        super().__init__()
        self._asked = asked
        self._chosen: set[int] = set()

    def compose(self) -> ComposeResult:
        """Lay out one row an option."""
        for number in range(1, len(self._asked.options) + 1):
            yield OptionRow(number, self._mark(number), inline(self._asked.options[number - 1].text))

    def choose(self, number: int) -> bool:
        """Take or drop an option; returns whether that is the whole answer."""
        if not 1 <= number <= len(self._asked.options):
            return False
        if self._asked.ask is Ask.ONE:
            self._chosen = {number}
            return True
        self._chosen ^= {number}
        for row in self.query(OptionRow):
            row.mark(self._mark(row.number))
        return False

    def answer(self) -> str:
        """Return what is chosen, as the session reads it."""
        return " ".join(str(number) for number in sorted(self._chosen)) or (
            "0" if self._asked.ask is Ask.SEVERAL else ""
        )

    def _mark(self, number: int) -> Content:
        box = "" if self._asked.ask is Ask.ONE else ("☑ " if number in self._chosen else "☐ ")
        return Content.assemble((f"{number} ", "bold $text-accent"), box)


class OptionRow(Horizontal):
    """One option; a click chooses it."""

    def __init__(self, number: int, mark: Content, text: Content) -> None:
        """Show option `number`."""
        super().__init__(Static(mark, classes="number"), Static(text, classes="rest"))
        self.number = number

    def mark(self, mark: Content) -> None:
        """Show another mark before the text."""
        self.query_one(".number", Static).update(mark)

    def on_click(self, event: events.Click) -> None:
        """Choose this option."""
        event.stop()
        self.post_message(Choices.Chosen(self.number))


class NumberInput(Input):
    """Takes a number and leaves every other key to the sitting."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(placeholder="a number, such as 0.12 or 2/3", max_length=40)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key is part of a number here: `e` is one only after a digit, else it edits the card."""
        if character in _NUMBER_CHARACTERS:
            return True
        return character in ("e", "E") and bool(self.value)

    async def _on_key(self, event: events.Key) -> None:
        """Let a key that is no part of a number go on to the sitting instead of into the field."""
        if event.is_printable and not self.check_consume_key(event.key, event.character):
            event.prevent_default()
