"""How far one is, on a screen of its own over the summary of a sitting."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from quizkit.faces.progress import of_player
from quizkit.player import Player

MARGINS = 8
SCROLLING = {"up", "down", "pageup", "pagedown", "home", "end"}


class Progress(ModalScreen[None]):
    """The figures of `quizkit stats`, as wide as the terminal. Any key that does not scroll goes back."""

    def __init__(self, player: Player) -> None:
        """Show the progress of whoever sits before `player`."""
        super().__init__()
        self._player = player

    def compose(self) -> ComposeResult:
        """Lay out the lines and what to press."""
        with VerticalScroll(id="progress"):
            yield Static("\n".join(of_player(self._player, self.app.size.width - MARGINS)), markup=False)
            yield Static("\nAny key goes back.", classes="muted", markup=False)

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one("#progress").focus()

    def on_key(self, event: events.Key) -> None:
        """Go back."""
        if event.key not in SCROLLING:
            event.stop()
            self.dismiss()
