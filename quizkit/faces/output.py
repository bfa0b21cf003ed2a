"""What standard output can show here."""

from __future__ import annotations

import codecs
import os
import shutil
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizkit.faces.page import Look
    from quizkit.settings import Settings


def look(settings: Settings) -> Look:
    """Return how text may be drawn on standard output."""
    from quizkit.faces.page import Look

    width = shutil.get_terminal_size((80, 24)).columns
    words = settings.diagrams == "words"
    return Look(width, ascii=not can_unicode(), words=words, color=can_color(os.environ))


def can_unicode() -> bool:
    """Whether standard output can show more than ASCII."""
    try:
        return codecs.lookup(sys.stdout.encoding or "ascii").name.startswith("utf")
    except LookupError:
        return False


def can_color(environ: Mapping[str, str]) -> bool:
    """Whether standard output is a terminal with colours that the user has not switched off."""
    return (
        sys.stdout.isatty() and not environ.get("NO_COLOR") and environ.get("TERM", "") not in ("", "dumb", "unknown")
    )
