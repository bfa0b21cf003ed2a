"""Sentences and figures of an interview that every face shows alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from quizkit.attempts import Uncounted
from quizkit.coding import practice_text
from quizkit.faces.words import clock_text, count
from quizkit.interview.engine import Screen
from quizkit.interview.marks import Result
from quizkit.interview.plan import Plan
from quizkit.interview.record import Stage
from quizkit.interview.scorecard import Earlier, Row, Scorecard, TopicRow
from quizkit.interview.view import Clock, Debrief, InterviewView, grade_word

ID_LENGTH = 6
# letters of an interview's id that are shown


def time_text(clock: Clock) -> str:
    """Return the clocks, as in "2:41 left · 17:05 in all" or "0:12 over · 9:03 in all"."""
    whole = f"{_countdown(clock.whole_left_s)} in all" if clock.whole_left_s > 0 else "all time is used"
    if clock.left_s > 0:
        return f"{_countdown(clock.left_s)} left · {whole}"
    return f"overtime {clock_text(-clock.left_s)} · {whole}"


def _countdown(seconds: float) -> str:
    """Return a time that is left: 0:01 until the last moment."""
    return clock_text(-(-seconds // 1))


def place_text(view: InterviewView) -> str:
    """Return where the interview stands, as in "question 3 of 6"."""
    place = f"{view.number} of {view.total}"
    return {Screen.DEBRIEF: f"debrief {place}", Screen.SCORECARD: "scorecard"}.get(view.screen, f"question {place}")


def used_text(debrief: Debrief) -> str:
    """Return the time a question took, as in "4:10 of 5:00"."""
    late = debrief.used_s - debrief.allotted_s
    overtime = f" · {clock_text(late)} over" if late >= 1 else ""
    return f"{clock_text(debrief.used_s)} of {clock_text(debrief.allotted_s)}{overtime}"


def worth_text(debrief: Debrief) -> str:
    """Return what a question counts as, as in "60 % · counts as hard"."""
    if debrief.gone:
        return "This card left the bank meanwhile: it is not scheduled."
    if debrief.waits_for_judge and not debrief.result.grade:
        return "The code was not judged: it scores 0 and is not scheduled."
    if debrief.result.practice:
        return f"{percent(debrief.score)} · {practice_text(Uncounted(debrief.result.practice))}"
    return f"{percent(debrief.score)} · counts as {grade_word(debrief.result.grade)}"


def worth_in_short(debrief: Debrief) -> str:
    """Return the same in a few words, as in "60 % · hard"."""
    return f"{percent(debrief.score)} · {kept_as(debrief.result)}"


def kept_as(result: Result) -> str:
    """Return what the memory keeps of a result, in a word or two."""
    return grade_word(result.grade) or ("practice" if result.practice else "not scheduled")


def slept_text(view: InterviewView) -> str:
    """Return the question about time of which nobody knows whether it counts."""
    return f"The clock of this machine says that {clock_text(view.gap_s)} went by unseen. Did you work in that time?"


def plan_lines(plan: Plan) -> list[str]:
    """Return a plan as lines."""
    rows = [
        f"{number:>2}  {slot.minutes:>3g} min  {slot.difficulty:<6}  {'code' if slot.is_code else 'talk'}  {slot.card}"
        for number, slot in enumerate(plan.slots, 1)
    ]
    kind = ", strict" if plan.strict else ""
    total = f"{plan.title}: {count(len(plan.slots), 'question')}, {plan.planned:g} of {plan.minutes:g} min{kind}"
    return [f"{total}, seed {plan.seed}", *rows, *_short(plan)]


def _short(plan: Plan) -> list[str]:
    if plan.planned >= 0.8 * plan.minutes:
        return []
    return [f"There is material for {plan.planned:g} of the {plan.minutes:g} minutes only."]


def when_text(at_ms: int, offset_min: int) -> str:
    """Return an instant as a local date and time."""
    return (datetime.fromtimestamp(at_ms / 1000, UTC) + timedelta(minutes=offset_min)).strftime("%Y-%m-%d %H:%M")


def percent(share: float) -> str:
    """Return a share as in "62 %"."""
    return f"{round(100 * share)} %"


# -- the scorecard ----------------------------------------------------------------------------------------------------


def headline(card: Scorecard) -> str:
    """Return the mark in one line."""
    return f"{card.word} · {percent(card.mark)}"


def circumstances(card: Scorecard) -> list[str]:
    """Return how the interview went, apart from the answers."""
    mode = "strict" if card.strict else "not strict"
    lines = [f"{clock_text(card.used_ms / 1000)} used of {clock_text(card.minutes * 60)}, {mode}"]
    if card.pauses:
        lines.append(f"paused {count(card.pauses, 'time')}")
    if card.interruptions:
        lines.append(f"interrupted {count(card.interruptions, 'time')} and resumed")
    if card.left_out_ms:
        lines.append(f"{clock_text(card.left_out_ms / 1000)} left out, while the machine slept")
    return lines


def row_cells(row: Row) -> tuple[str, str, str, str]:
    """Return the figures of one question: time, coverage or verdict, mistakes, score."""
    result = row.result
    if result is None:
        return "not reached", "", "", "0 %"
    late = f" (+{clock_text(row.late_ms / 1000)})" if row.late_ms >= 1000 else ""
    time = f"{_used_of(result.used_ms, row.slot.minutes)}{late}"
    if row.slot.is_code:
        return time, result.verdict or "not judged", "", percent(row.score)
    return time, f"{result.covered} of {result.points}", _mistakes(result.mistakes), percent(row.score)


def topic_cells(topic: TopicRow) -> tuple[str, str, str, str]:
    """Return the figures of one topic, in the order of a question's."""
    covered = f"{topic.covered} of {topic.points}" if topic.points else ""
    return _used_of(topic.used_ms, topic.minutes), covered, _mistakes(topic.mistakes), percent(topic.score)


def _used_of(used_ms: int, minutes: float) -> str:
    return f"{clock_text(used_ms / 1000)} / {clock_text(minutes * 60)}"


def _mistakes(number: int) -> str:
    return count(number, "mistake") if number else ""


def before_text(card: Scorecard) -> str:
    """Return how the mark compares with earlier ones, "" where there are none."""
    marks = [earlier.mark for earlier in card.before if earlier.mark is not None]
    if not marks:
        return "This is your first interview: nothing to compare with yet."
    change = round(100 * card.mark) - round(100 * marks[0])
    trend = (
        "as the last one" if change == 0 else f"{abs(change)} points {'more' if change > 0 else 'less'} than the last"
    )
    return f"{trend}; before: {', '.join(percent(mark) for mark in marks[:5])}"


def history_row(earlier: Earlier) -> tuple[str, ...]:
    """Return one interview as a row of the history."""
    if earlier.stage is Stage.FINISHED and earlier.mark is not None:
        outcome = percent(earlier.mark)
    else:
        outcome = "abandoned" if earlier.stage is Stage.ABANDONED else "unfinished"
    began = when_text(earlier.begun_ms, earlier.offset_min)
    return earlier.sitting[:ID_LENGTH], began, earlier.title, f"{earlier.minutes:g} min", outcome
