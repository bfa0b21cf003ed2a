"""Editors that scripts play: each opening of a file does the next change."""

from collections.abc import Callable
from pathlib import Path

Change = Callable[[str], str]


def filled(question: str = "What is a stride?", answer: str = "How far the window moves.") -> Change:
    def change(text: str) -> str:
        text = text.replace("    question:\n", f"    question: {question}\n")
        return text.replace("    simple_answer:\n", f"    simple_answer: {answer}\n")

    return change


def replaced(old: str, new: str) -> Change:
    return lambda text: text.replace(old, new)


class Editor:
    """Opens files as a person would, and remembers what was on the screen and at which line."""

    def __init__(self, *changes: Change) -> None:
        self.changes = list(changes)
        self.seen: list[str] = []
        self.lines: list[int] = []

    def __call__(self, file: str, line: int) -> None:
        path = Path(file)
        self.seen.append(path.read_text("utf-8"))
        self.lines.append(line)
        path.write_text(self.changes.pop(0)(self.seen[-1]), "utf-8")
