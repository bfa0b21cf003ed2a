"""The field to type in during an interview."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual import events
from textual.widgets import TextArea

from quizkit.faces.interview_keys import CONTROLS


class Notes(TextArea):
    """Takes text, and hands on the keys that do something, in the order in which all of them were pressed.

    A priority binding would overtake what was typed just before it: the end of an answer would go to the next question.
    """

    def __init__(self, draft: str, control: Callable[[str], Awaitable[None]]) -> None:
        """Begin with `draft`; `control` does what a key stands for."""
        super().__init__(draft, id="notes", soft_wrap=True, tab_behavior="focus")
        self._control = control
        self.cursor_blink = False
        # a blinking cursor takes more of a core than the clock
        self.border_title = "notes"

    async def _on_key(self, event: events.Key) -> None:
        """Do what a key stands for, or type it."""
        if event.key in CONTROLS:
            event.stop()
            event.prevent_default()
            await self._control(event.key)
        else:
            await super()._on_key(event)
