"""Runs quizkit as a person does: a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def quizkit(
    environment: dict[str, str], *arguments: str | Path, typed: str = "", cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Return what a command said and how it ended, which is never with a traceback."""
    result = subprocess.run(
        [sys.executable, "-m", "quizkit", *map(str, arguments)],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        cwd=cwd,
        check=False,
    )
    assert "Traceback" not in result.stderr, result.stderr
    assert "should not have happened" not in result.stderr, result.stderr
    return result
