"""Draws the figures of one's progress as an SVG or PNG picture, with matplotlib."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from quizkit.errors import MachineProblem, UsageProblem
from quizkit.progress.figures import LEVELS, Figures, Recall, levels, percentage

WIDTH, HEIGHT = 10.0, 7.0
# inches
INK, FAINT, ACCENT = "#1f2933", "#d9dee3", "#2f6f9f"
WEEK = 7


def draw(figures: Figures, path: Path) -> None:
    """Write a picture; its format is the file's ending.

    Raises:
        UsageProblem: matplotlib is not installed.
        MachineProblem: the file cannot be written.
    """
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError:
        raise UsageProblem("Pictures need matplotlib: pip install 'quizkit[pictures]'") from None
    style: dict[str, Any] = {"svg.hashsalt": "quizkit", "font.size": 9, "text.color": INK, "axes.labelcolor": INK}
    with mpl.rc_context(style):
        picture = Figure((WIDTH, HEIGHT), layout="constrained")
        picture.suptitle(_headline(figures), x=0.01, ha="left", fontsize=9)
        rows: Any = picture.subplots(3, 1, height_ratios=(1.1, 1, 0.15 + 0.25 * len(figures.topics)))
        picture.get_layout_engine().set(hspace=0.1)
        _calendar(rows[0], figures)
        _coming(rows[1], figures)
        _topics(rows[2], figures)
        try:
            # without a date the same figures give the same bytes
            picture.savefig(path, dpi=150, metadata={"Date": None} if path.suffix == ".svg" else None)
        except OSError as error:
            raise MachineProblem(f"{path} could not be written ({error.strerror}).") from None


def _headline(figures: Figures) -> str:
    recall, aim = figures.young + figures.mature, f"aim {100 * figures.desired_retention:.0f} %"
    coding = figures.coding
    return "     ".join(
        [
            f"Recalled when due: {_share(recall)} ({aim})",
            f"Streak: {figures.streak} days (longest {figures.longest_streak})",
            f"Time: {figures.seconds / 3600:.1f} h",
            f"Code: {coding.solved} of {coding.challenges} accepted",
            f"Leeches: {len(figures.leeches)}",
        ]
    )


def _share(recall: Recall) -> str:
    percent = percentage(recall)
    return f"{recall.recalled} of {recall.reviews}" if percent is None else f"{percent:.0f} % of {recall.reviews}"


def _calendar(axes: Any, figures: Figures) -> None:
    weekday = (figures.today + 3) % WEEK
    # 1970-01-01 was a Thursday
    padded = [*levels(figures.calendar), *([0] * (WEEK - 1 - weekday))]
    padded = [0] * (-len(padded) % WEEK) + padded
    grid = [padded[row::WEEK] for row in range(WEEK)]
    axes.pcolormesh(grid, cmap="Blues", edgecolors="white", linewidth=1.5, vmin=0, vmax=LEVELS)
    axes.set_aspect("equal")
    axes.invert_yaxis()
    axes.set_yticks([0.5, 2.5, 4.5, 6.5], ["Mon", "Wed", "Fri", "Sun"])
    axes.set_xticks(*_months(figures.today - weekday - len(grid[0]) * WEEK + WEEK, len(grid[0])))
    axes.set_title(f"{sum(figures.calendar)} reviews in a year, at most {max(figures.calendar)} on a day", loc="left")
    _bare(axes)


def _months(first: int, weeks: int) -> tuple[list[int], list[str]]:
    """Return the weeks in which months begin, and their names; `first` is the study day of the first week's Monday."""
    mondays = [
        (week, (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=first + WEEK * week))) for week in range(weeks)
    ]
    begins = [(week, f"{monday:%b}") for week, monday in mondays if monday.day <= WEEK]
    return [week for week, _ in begins], [name for _, name in begins]


def _coming(axes: Any, figures: Figures) -> None:
    axes.bar(range(len(figures.coming)), figures.coming, color=ACCENT, width=0.8)
    axes.set_title(f"{sum(figures.coming)} cards come due in {len(figures.coming)} days", loc="left")
    axes.set_xlabel("days from today")
    axes.set_xlim(-0.6, len(figures.coming) - 0.4)
    axes.yaxis.get_major_locator().set_params(integer=True)
    _bare(axes)


def _topics(axes: Any, figures: Figures) -> None:
    names = [topic.name for topic in figures.topics]
    for row, topic in enumerate(figures.topics):
        low, high = (100 * share for share in topic.ready)
        axes.barh(row, 100, color=FAINT, height=0.5)
        axes.barh(row, high - low, left=low, color=ACCENT, height=0.5)
        axes.text(101, row, f"recalled when due: {_share(topic.young + topic.mature)}", va="center")
    axes.set_yticks(range(len(names)), names)
    axes.set_xlim(0, 140)
    axes.set_xticks(range(0, 101, 25))
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_title("Expected recall today of all cards of a topic, in per cent (from, to)", loc="left")
    _bare(axes)


def _bare(axes: Any) -> None:
    axes.tick_params(length=0, colors=INK)
    for spine in axes.spines.values():
        spine.set_visible(False)
