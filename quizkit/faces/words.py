"""Sentences and figures that every face shows alike."""

from __future__ import annotations

import os

from quizkit.marking import Ask
from quizkit.view import OptionView, Summary, View

WRONG = "✗ wrong:"
# before code that a card shows as a mistake
KEEP_OR_AFRESH = "Keep its schedule (y), or start afresh (n)?"


def count(number: int, noun: str) -> str:
    """Return a number with its noun, as in "1 card" or "2 cards"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def command(*words: str) -> str:
    """Return a command as it would be typed into a shell of this system."""
    if os.name == "nt":
        from subprocess import list2cmdline

        return list2cmdline(words)
    import shlex

    return shlex.join(words)


def clock_text(seconds: float) -> str:
    """Return a duration as m:ss, or h:mm:ss from an hour on."""
    minutes, rest = divmod(int(seconds), 60)
    if minutes < 60:
        return f"{minutes}:{rest:02}"
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def changed_text(view: View) -> str:
    """Return what has happened to a card whose text changed since it was learned."""
    return f"The {' and the '.join(view.changed)} of this card changed since you learned it."


def progress_text(view: View) -> str:
    """Return how far the sitting is, as in "12 of 30 · 4 new"."""
    new = f" · {view.new} new" if view.new else ""
    return f"{view.done} of {view.total}{new}"


def summary_lines(summary: Summary) -> tuple[str, ...]:
    """Return the closing lines of a sitting."""
    rows = list(_answered(summary))
    if summary.left:
        rows.append(f"{count(summary.left, 'card')} left for another sitting.")
    rows.extend(f"{card} keeps slipping: rewrite it, split it, or suspend it." for card in summary.leeches)
    if summary.due_tomorrow is not None:
        rows.append(f"{count(summary.due_tomorrow, 'card')} due tomorrow.")
    return tuple(rows)


def _answered(summary: Summary) -> tuple[str, ...]:
    if summary.cards:
        share = round(100 * summary.recalled / summary.cards)
        again = f", {summary.answers} answers" if summary.answers != summary.cards else ""
        return (
            f"{count(summary.cards, 'card')} answered{again} in {clock_text(summary.elapsed_s)}.",
            f"{summary.recalled} of {summary.cards} recalled at first ({share} %).",
        )
    if summary.left:
        return ("Nothing was answered.",)
    return ("Nothing is due here now. --new 5 takes five new cards all the same, --cram goes through everything.",)


def things_to_do(challenge: str, lab: tuple[str, ...]) -> list[str]:
    """Return the lines that say how to write what a card is about, and how to see it happen."""
    write = [f"Write it: quizkit challenge {challenge} --start"] if challenge else []
    return [*write, f"See it happen: {', '.join(f'quizkit lab {name}' for name in lab)}"] if lab else write


def option_verdict(ask: Ask, option: OptionView) -> str:
    """Return what an option was, and what was made of it where that was wrong."""
    if ask is Ask.ONE:
        return "the answer" if option.right else "your choice"
    if option.right:
        return "true" if option.chosen else "true: you left it out"
    return "a trap: you ticked it" if option.chosen else "a trap"
