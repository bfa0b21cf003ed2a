"""Draws the figures of one's progress as lines of text.

The plots are our own: a character a day and a character a week, in twenty lines, with nothing to import.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from quizkit.faces.output import can_unicode
from quizkit.faces.tables import print_json, write
from quizkit.faces.words import count
from quizkit.progress.figures import FEWEST, Figures, Leech, Recall, TopicFigures, levels, percentage

if TYPE_CHECKING:
    from quizkit.player import Player

BARS = "▁▂▃▄▅▆▇█"
SHADES = "·░▒▓█"
ASCII_BARS = ".:-=+*#@"
ASCII_SHADES = ".-+x#"
WEEK = 7
DAYS = ("Mon", "", "Wed", "", "Fri", "", "Sun")
MARGIN = 6
LEECHES_SHOWN = 5


def show(figures: Figures, as_json: bool) -> None:
    """Print the figures for a person, or as JSON."""
    if as_json:
        print_json({**asdict(figures), "today": str(_date(figures.today)), "calendar": _studied(figures)})
        return
    for line in lines(figures, shutil.get_terminal_size((80, 24)).columns, unicode=can_unicode()):
        write(line)


def _studied(figures: Figures) -> dict[str, int]:
    """Return the reviews of each day of the last year that had any."""
    first = figures.today - len(figures.calendar) + 1
    return {str(_date(day)): reviews for day, reviews in enumerate(figures.calendar, first) if reviews}


def of_player(player: Player, width: int, *, unicode: bool = True) -> list[str]:
    """Return the figures over all topics, as lines, in the middle of a sitting."""
    from quizkit.overview import overview

    figures = overview(player.bank, player.store, player.settings, player.clock.now())
    return lines(figures, width, unicode=unicode)


def lines(figures: Figures, width: int, *, unicode: bool = True) -> list[str]:
    """Return the figures as lines of at most `width` cells, from 40 on."""
    bars, shades = (BARS, SHADES) if unicode else (ASCII_BARS, ASCII_SHADES)
    drawn = [
        *_calendar(figures, width, shades),
        "",
        *_coming(figures.coming, bars),
        "",
        *_recall_lines(figures),
        *(line for topic in figures.topics for line in _topic_lines(topic, alone=len(figures.topics) == 1)),
        "",
        *_rest(figures),
    ]
    return [line if len(line) <= width else f"{line[: width - 1]}…" for line in drawn]


def spark(values: Sequence[int], bars: str = BARS) -> str:
    """Return one character a value, as high as its share of the largest; a zero is the lowest."""
    top = max(values, default=0)
    return "".join(bars[-(-value * (len(bars) - 1) // top) if top else 0] for value in values)


def _coming(coming: Sequence[int], bars: str) -> Iterable[str]:
    """Tell of today in words alone: all that is overdue would make the days after it flat."""
    today, *later = coming
    yield f"Due   {today} today, {sum(later)} in the {len(later)} days after"
    yield f"{'':{MARGIN}}{spark(later, bars)}"


# -- the year ---------------------------------------------------------------------------------------------------------


def _calendar(figures: Figures, width: int, shades: str) -> list[str]:
    """Return a row a weekday and a column a week, as many weeks as fit, under the names of the months."""
    today = _date(figures.today)
    weeks = min(len(figures.calendar) // WEEK + 1, width - MARGIN)
    first = figures.today - today.weekday() - WEEK * (weeks - 1)
    start = figures.today - len(figures.calendar) + 1
    busy = levels(figures.calendar)
    rows = []
    for weekday, name in enumerate(DAYS):
        days = range(first + weekday, figures.today + 1, WEEK)
        cells = (shades[busy[day - start]] if day >= start else " " for day in days)
        rows.append(f"{name:{MARGIN}}{''.join(cells)}".rstrip())
    return [f"{'':{MARGIN}}{_months(first, weeks)}".rstrip(), *rows]


def _date(day: int) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)).date()


def _months(first: int, weeks: int) -> str:
    """Return the names of the months above the weeks in which they begin."""
    text = ""
    for week in range(weeks):
        monday = _date(first + WEEK * week)
        if monday.day <= WEEK and len(text) <= week <= weeks - 3:
            text = f"{text:{week}}{monday:%b}"
    return text


# -- recall -----------------------------------------------------------------------------------------------------------


def _recall_lines(figures: Figures) -> Iterable[str]:
    aim = f"aim {100 * figures.desired_retention:.0f} %"
    yield f"Recalled when due    {_share(figures.young + figures.mature)}    ({aim})"
    yield f"  young    {_share(figures.young)}    mature    {_share(figures.mature)}"


def _share(recall: Recall) -> str:
    percent = percentage(recall)
    if percent is None:
        return f"{recall.recalled} of {recall.reviews}"
    return f"{percent:.0f} % of {recall.reviews}"


def _topic_lines(topic: TopicFigures, *, alone: bool) -> Iterable[str]:
    yield ""
    yield f"{topic.name}    {topic.seen} of {topic.cards} seen, {topic.due} due"
    low, high = (100 * share for share in topic.ready)
    yield f"  recall today of all its cards    {low:.0f} to {high:.0f} %"
    if alone:
        return  # the lines above have said it
    yield f"  recalled    young    {_share(topic.young)}    mature    {_share(topic.mature)}"


# -- the rest ---------------------------------------------------------------------------------------------------------


def _rest(figures: Figures) -> Iterable[str]:
    yield f"Time      {_hours(figures.seconds_lately)} in 30 days, {_hours(figures.seconds)} in all"
    yield f"Streak    {count(figures.streak, 'day')}, the longest {count(figures.longest_streak, 'day')}"
    yield f"Reviews   {figures.reviews}"
    coding = figures.coding
    took = f", half of them within {coding.minutes:.0f} min" if coding.minutes is not None else ""
    yield f"Code      {coding.solved} of {coding.challenges} accepted{took}"
    for number, leech in enumerate(figures.leeches[:LEECHES_SHOWN]):
        yield f"{'' if number else 'Stuck on':10}{_stuck_on(leech)}"
    if len(figures.leeches) > LEECHES_SHOWN:
        yield f"{'':10}and {len(figures.leeches) - LEECHES_SHOWN} more: quizkit list --only leech"
    for number, command in enumerate(figures.advice):
        yield f"{'' if number else 'Do next':10}quizkit {command}"
    if (figures.young + figures.mature).reviews < FEWEST:
        yield f"Shares in per cent appear from {FEWEST} reviews on."


def _stuck_on(leech: Leech) -> str:
    from quizkit.faces.drawing.markdown import plain  # what only few logs need

    return f"{leech.card} ({count(leech.lapses, 'lapse')}) {plain(leech.question)}"


def _hours(seconds: int) -> str:
    minutes = seconds // 60
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
