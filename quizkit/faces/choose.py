"""Chooses the face that fits where quizkit runs, and plays a sitting through it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

from quizkit.faces.output import can_unicode, look

if TYPE_CHECKING:
    from quizkit.player import Player
    from quizkit.settings import Settings


class Face(StrEnum):
    """How a sitting is shown."""

    FULL = "full"
    PLAIN = "plain"
    JSONL = "jsonl"


def choose() -> Face:
    """Return the full screen where there is a terminal that can show it, else plain lines.

    Asked before Textual is imported: without a terminal it never ends, and it ignores TERM=dumb.
    """
    terminal = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "") not in ("dumb", "unknown")
    named = os.name == "nt" or bool(os.environ.get("TERM"))
    return Face.FULL if terminal and named and can_unicode() else Face.PLAIN


def play(face: Face, player: Player, settings: Settings, *, watch: bool = False) -> int:
    """Play the sitting and return the exit code; `watch`: judge a challenge's file whenever it is saved."""
    if face is Face.FULL:
        from quizkit.faces.tui.app import run

        return run(player, settings, watch=watch)
    if face is Face.JSONL:
        from quizkit.faces import jsonl

        jsonl.play(player, _lines(), sys.stdout, _quiet_editor)
        return 0
    from quizkit.faces.plain import Plain

    Plain(player, sys.stdout, look(settings), _editor).play(_lines())
    return 0


def _lines() -> Iterator[str]:
    """Read standard input line by line; bytes that are not text become question marks, never a crash."""
    for line in sys.stdin.buffer:
        yield line.decode(sys.stdin.encoding or "utf-8", errors="replace")


def _editor(file: str, line: int) -> None:
    from quizkit.editor import open_editor

    open_editor(file, line)


def _quiet_editor(file: str, line: int) -> None:
    from quizkit.editor import open_editor

    open_editor(file, line, quiet=True)
