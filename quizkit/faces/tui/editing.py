"""Gives the terminal to the person's editor for a while."""

from __future__ import annotations

from textual.app import App, SuspendNotSupported

from quizkit.editor import open_editor
from quizkit.errors import UsageProblem


def edit(app: App[int], file: str, line: int) -> str:
    """Open `file` in the editor and wait until it is closed; returns what went wrong, "" where nothing did."""
    problem = ""
    try:
        with app.suspend():
            try:
                open_editor(file, line)
            except UsageProblem as failure:
                problem = failure.message
                # an error that left this block would leave the terminal suspended for good
    except SuspendNotSupported:
        return "This terminal cannot give way to an editor."
    return problem
