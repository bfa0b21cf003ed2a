"""Shows how far the run over all figures is, and what it came to."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from quizkit.bank.folders import Folder
from quizkit.faces.words import count
from quizkit.recompute import Recomputed, recompute


def run_figures(paths: Sequence[Path], folders: Sequence[Folder]) -> Recomputed:
    """Run the code and the figures of all cards there; on standard error: a bar on a terminal, then count and time.

    Raises as `recompute` does.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    start = time.monotonic()
    columns = (TextColumn("figures"), BarColumn(), MofNCompleteColumn(), TextColumn("cards"))
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not _is_terminal()) as bar:
        task = bar.add_task("figures", total=None)
        found = recompute(paths, folders, lambda done, total: bar.update(task, completed=done, total=total))
    weak = "" if found.jail in ("", "full") else f" The jail is weak here ({found.jail}): quizkit doctor says why."
    took = time.monotonic() - start
    told = f"{count(found.assertions, 'assertion')} on {count(found.cards, 'card')}, {took:.1f} s.{weak}"
    print(told, file=sys.stderr)  # noqa: T201
    return found


def _is_terminal() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM", "") not in ("dumb", "unknown")
