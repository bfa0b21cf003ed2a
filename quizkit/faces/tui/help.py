"""The list of keys, over the card."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from quizkit.faces.keys import Key


class Help(ModalScreen[None]):
    """What can be done now. Any key closes it."""

    def __init__(self, keys: tuple[Key, ...]) -> None:
        """List `keys`."""
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """Lay out one row a key."""
        with VerticalScroll(id="help"):
            for key in self._keys:
                mark = Static(Content.styled(key.key, "bold $text-accent"), classes="key")
                text = Static(f"{key.label}: {key.help}", classes="rest", markup=False)
                yield Horizontal(mark, text, classes="row")
            yield Static("j k, arrows and the wheel scroll. Any key closes this.", classes="muted", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Close."""
        event.stop()
        self._close()

    def on_click(self) -> None:
        """Close."""
        self._close()

    def _close(self) -> None:
        """Give way, once: several keys may be under way when the first one closes it."""
        if self.is_current:
            self.dismiss()
