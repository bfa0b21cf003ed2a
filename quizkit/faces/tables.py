"""Prints what the commands that only show something have to say: lists, one card, problems, settings, backups."""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizkit.bank.filters import EVERYTHING
from quizkit.errors import UsageProblem, nearest
from quizkit.faces.output import can_unicode, look
from quizkit.faces.words import count
from quizkit.home import home
from quizkit.memory.code import challenge_of
from quizkit.memory.days import LEARN_AHEAD_MS
from quizkit.workshop import Workshop

if TYPE_CHECKING:
    from quizkit.bank.library import Filters
    from quizkit.bank.model import Question
    from quizkit.memory.log import Moment
    from quizkit.memory.state import CardState
    from quizkit.opening import Desk

STANDINGS = ("new", "due", "leech", "suspended")


def print_json(data: Any) -> None:
    """Print data as JSON for people and programs."""
    write(json.dumps(data, ensure_ascii=False, indent=2))


def write(text: str) -> None:
    """Print on standard output whatever its encoding can show."""
    if not can_unicode():
        from quizkit.faces.drawing.transliterate import to_ascii

        text = to_ascii(text)
    print(text)  # noqa: T201


def print_rows(rows: Sequence[tuple[str, ...]], stretch: int) -> None:
    """Print rows in columns; the column `stretch` is cut where the terminal is too narrow."""
    from rich.cells import cell_len, set_cell_size

    if not rows:
        return
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]))]
    spare = shutil.get_terminal_size((100, 24)).columns - sum(widths) - 2 * (len(widths) - 1)
    if sys.stdout.isatty() and spare < 0:
        widths[stretch] = max(20, widths[stretch] + spare)
    for row in rows:
        cells = [_fit(cell, width, set_cell_size) for cell, width in zip(row, widths, strict=True)]
        write("  ".join(cells).rstrip())


def _fit(text: str, width: int, set_cell_size: Any) -> str:
    from rich.cells import cell_len

    if cell_len(text) > width:
        return str(set_cell_size(text, width - 1)) + "…"
    return str(set_cell_size(text, width))


# -- topics and cards -------------------------------------------------------------------------------------------------


def print_topics(as_json: bool) -> None:
    """Print each topic with its number of cards, seen ones and due ones."""
    from quizkit.bank.library import Filters
    from quizkit.opening import opened

    with opened() as desk:
        now = desk.clock.now()
        states = desk.store.states()
        waiting = Counter(_due_challenge_topics(states, now, Workshop(desk.home)))
        rows = []
        for topic in desk.bank.topics():
            cards = desk.bank.ids(Filters(topics=(topic.name,)))
            known = [states[card] for card in cards if card in states]
            seen = sum(1 for state in known if state.reviews)
            due = sum(1 for state in known if state.is_due(now.day, now.at_ms + LEARN_AHEAD_MS))
            rows.append((topic.name, len(cards), seen, due + waiting[topic.name]))
    if as_json:
        print_json([dict(zip(("topic", "cards", "seen", "due"), row, strict=True)) for row in rows])
        return
    print_rows([(name, f"{cards} cards", f"{seen} seen", f"{due} due") for name, cards, seen, due in rows], 0)


def _due_challenge_topics(states: Mapping[str, CardState], now: Moment, workshop: Workshop) -> Iterator[str]:
    """Yield the topic of each challenge that is due; one that is no longer there has none."""
    for card, state in states.items():
        name = challenge_of(card)
        if name and state.is_due(now.day, now.at_ms) and workshop.passes(name, EVERYTHING):
            yield workshop.task(name).topic


def print_list(filters: Filters, only: str, as_json: bool) -> None:
    """Print the cards that pass the filters, one a line, with their standing."""
    from quizkit.opening import opened

    if only and only not in STANDINGS:
        raise UsageProblem(f"--only takes {', '.join(STANDINGS)}, not {only!r}.{nearest(only, STANDINGS)}")
    with opened() as desk:
        cards = desk.bank.ids(filters)
        states = desk.store.states(cards)
        entries = [_entry(desk, desk.bank.question(card), states.get(card)) for card in cards]
    entries = [entry for entry in entries if not only or only in entry["standing"]]
    if as_json:
        print_json(entries)
        return
    print_rows([_row(entry) for entry in entries], 1)
    print(count(len(entries), "card"), file=sys.stderr)  # noqa: T201


def _entry(desk: Desk, question: Question, state: CardState | None) -> dict[str, Any]:
    now = desk.clock.now()
    return {
        "id": question.id,
        "question": question.question,
        "topic": question.topic,
        "difficulty": question.difficulty,
        "minutes": question.minutes,
        "companies": question.companies,
        "tags": question.tags,
        "standing": _standing(desk, state, now),
        "due_in_days": None if state is None or state.due_day is None else state.due_day - now.day,
    }


def _standing(desk: Desk, state: CardState | None, now: Moment) -> list[str]:
    if state is None:
        return ["new"]
    words = {
        "new": not state.reviews,
        "due": state.is_due(now.day, now.at_ms + LEARN_AHEAD_MS),
        "leech": state.is_leech(desk.settings.leech_lapses),
        "suspended": state.suspended,
    }
    return [word for word, holds in words.items() if holds]


def _row(entry: dict[str, Any]) -> tuple[str, ...]:
    from quizkit.faces.drawing.markdown import plain

    days = entry["due_in_days"]
    standing = ", ".join(entry["standing"]) or (f"in {days} d" if days is not None else "learning")
    return entry["id"], plain(entry["question"], ascii=not can_unicode()), entry["difficulty"], standing


def print_card(card: str, as_json: bool) -> None:
    """Print one whole card."""
    from quizkit.faces.page import Page
    from quizkit.opening import opened
    from quizkit.view import all_layers, facts

    with opened() as desk:
        question = desk.bank.question(card)
        state = desk.store.state(question.id)
        if as_json:
            print_json({key: value for key, value in asdict(question).items() if value not in ((), "", None)})
            return
        page = Page(look(desk.settings))
        page.one_line(question.question, "bold")
        page.line(facts(question, state, desk.clock.now().day, desk.settings.leech_lapses), "dim")
        for layer in all_layers(question):
            page.layer(layer)
        page.pointers(question)
    sys.stdout.write(page.text())


# -- settings, backups ------------------------------------------------------------------------------------------------


WIDEST_SETTING = 24
# in the list: fitted parameters would push all that is beside them out of sight


def print_settings(name: str, as_json: bool) -> None:
    """Print one setting's value, or all settings with what they mean."""
    from quizkit.settings import SETTINGS, Settings, find, from_stored, shown
    from quizkit.store import Store

    with Store.open(Path(home())) as store:
        settings = from_stored(store.settings())
    if as_json:
        chosen = [find(name)] if name else SETTINGS
        print_json({setting.name: shown(settings, setting) for setting in chosen})
    elif name:
        write(shown(settings, find(name)))
    else:
        defaults = Settings()
        rows = [(s.name, _short(shown(settings, s)), f"{s.meaning} (default {shown(defaults, s)})") for s in SETTINGS]
        print_rows(rows, 2)


def _short(value: str) -> str:
    return value if len(value) <= WIDEST_SETTING else f"{value[: WIDEST_SETTING - 1]}…"


def print_backups(as_json: bool) -> None:
    """Print the backups, newest first."""
    from quizkit import backup

    found = backup.listed(Path(home()))
    if as_json:
        print_json([{"name": copy.name, "path": str(copy.path), "bytes": copy.size} for copy in found])
        return
    print_rows([(copy.name, f"{copy.size / 1024:.0f} kB", str(copy.path)) for copy in found], 2)
    if not found:
        print("No backup yet: one is made when a sitting begins and there are answers to keep.", file=sys.stderr)  # noqa: T201
