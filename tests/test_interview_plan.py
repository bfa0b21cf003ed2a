"""The plan of an interview holds its rules for any bank, filter and history."""

from hypothesis import given
from hypothesis import strategies as st
from making import moment

from quizkit.interview import watch
from quizkit.interview.plan import CODING_FROM, LONGEST_CODING_SHARE, Candidate, Plan, draw, from_json
from quizkit.memory.log import Moment

CARDS = [f"card-{number}" for number in range(24)]


@st.composite
def materials(draw_: st.DrawFn) -> list[Candidate]:
    cards = draw_(st.lists(st.sampled_from(CARDS), unique=True, max_size=len(CARDS)))
    return [
        Candidate(
            card,
            draw_(st.sampled_from(["activations", "losses"])),
            f"What is {card}?",
            draw_(st.sampled_from(["", "easy", "medium", "hard"])),
            draw_(st.sampled_from([None, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0])),
            draw_(st.booleans()),
            draw_(st.floats(0, 1)),
            draw_(st.booleans()),
            draw_(st.booleans()),
            frozenset(draw_(st.lists(st.sampled_from(CARDS), max_size=3))),
        )
        for card in cards
    ]


MINUTES = st.floats(1, 120)
CODING = st.none() | st.integers(0, 4)
SEEDS = st.integers(0, 1000)


def apart(one: Candidate, other: Candidate) -> bool:
    return other.card not in one.gives_away and one.card not in other.gives_away


@given(materials(), MINUTES, CODING, SEEDS)
def test_a_plan_fits_the_time_repeats_nothing_and_gives_nothing_away(
    material: list[Candidate], minutes: float, coding: int | None, seed: int
) -> None:
    slots = draw(material, minutes, coding, seed)
    known = {candidate.card: candidate for candidate in material}
    chosen = [known[slot.card] for slot in slots]
    assert sum(slot.minutes for slot in slots) <= minutes
    assert len({slot.card for slot in slots}) == len(slots)
    assert all(apart(one, other) for one in chosen for other in chosen if one is not other)


@given(materials(), MINUTES, CODING, SEEDS)
def test_a_plan_rises_from_easy_to_hard(
    material: list[Candidate], minutes: float, coding: int | None, seed: int
) -> None:
    ranks = [{"easy": 0, "": 1, "medium": 1, "hard": 2}[s.difficulty] for s in draw(material, minutes, coding, seed)]
    assert ranks == sorted(ranks)


@given(materials(), MINUTES, CODING, SEEDS)
def test_coding_tasks_are_as_many_as_asked_for_or_one_where_there_is_time(
    material: list[Candidate], minutes: float, coding: int | None, seed: int
) -> None:
    tasks = [slot for slot in draw(material, minutes, coding, seed) if slot.is_code]
    fitting = [
        c for c in material if c.is_code and c.allotted <= (minutes if coding else minutes * LONGEST_CODING_SHARE)
    ]
    if coding is None:
        assert len(tasks) == (1 if fitting and minutes >= CODING_FROM else 0)
    else:
        assert len(tasks) <= coding
        assert bool(tasks) == (coding > 0 and bool(fitting))


@given(materials(), MINUTES, SEEDS)
def test_what_was_asked_lately_comes_only_where_nothing_else_fits(
    material: list[Candidate], minutes: float, seed: int
) -> None:
    known = {candidate.card: candidate for candidate in material}
    chosen = [known[slot.card] for slot in draw(material, minutes, 0, seed)]
    fresh = [candidate for candidate in chosen if not candidate.recent]
    used = sum(candidate.allotted for candidate in fresh)
    left_out = [c for c in material if not (c.recent or c.is_code or c in chosen)]
    for candidate in left_out:
        blocked = not all(apart(candidate, other) for other in fresh)
        assert blocked or used + candidate.allotted > minutes


@given(materials(), MINUTES, CODING, SEEDS, st.randoms())
def test_the_same_seed_draws_the_same_plan_however_the_bank_is_ordered(
    material: list[Candidate], minutes: float, coding: int | None, seed: int, chance: object
) -> None:
    shuffled = list(material)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert draw(material, minutes, coding, seed) == draw(shuffled, minutes, coding, seed)


def test_a_coding_task_comes_from_twenty_minutes_on_and_takes_no_more_than_its_share() -> None:
    short, long = (Candidate(f"task-{m}", "t", "?", "medium", float(m), is_code=True) for m in (5, 13))
    assert [slot.is_code for slot in draw([short], 20, None, 1)] == [True]
    assert draw([short], 19.9, None, 1) == ()
    assert draw([long], 20, None, 1) == ()
    assert draw([long], 20, 1, 1) != ()


def test_talking_is_shared_among_the_difficulties_where_there_is_material() -> None:
    material = [Candidate(f"{d}-{n}", "t", "?", d, 1.0) for d in ("easy", "medium", "hard") for n in range(40)]
    task = Candidate("task", "t", "?", "hard", 10.0, is_code=True)
    drawn = [slot.difficulty for slot in draw([*material, task], 30, 1, 3) if not slot.is_code]
    assert {difficulty: drawn.count(difficulty) for difficulty in drawn} == {"easy": 6, "medium": 9, "hard": 5}


def test_code_comes_after_talk_that_is_as_hard() -> None:
    talk, task = Candidate("talk", "t", "?", "easy", 9.0), Candidate("task", "t", "?", "easy", 1.0, is_code=True)
    assert [slot.card for slot in draw([talk, task], 10, 1, 1)] == ["talk", "task"]


def test_another_seed_draws_another_plan() -> None:
    material = [Candidate(card, "activations", card, "medium", 5.0) for card in CARDS]
    assert len({draw(material, 20, 0, seed) for seed in range(10)}) > 5


def test_what_is_weak_and_what_was_never_asked_goes_before_what_is_known() -> None:
    known = [Candidate(f"known-{n}", "t", "?", "medium", 5.0, weakness=0.05, is_new=False) for n in range(10)]
    weak = [Candidate(f"weak-{n}", "t", "?", "medium", 5.0, weakness=0.6, is_new=False) for n in range(2)]
    new = [Candidate(f"new-{n}", "t", "?", "medium", 5.0) for n in range(2)]
    assert {slot.card for slot in draw([*known, *weak, *new], 20, 0, 7)} == {"weak-0", "weak-1", "new-0", "new-1"}

    asked = Candidate("asked", "t", "?", "medium", 5.0, weakness=1.0, is_new=False)
    assert {draw([asked, new[0]], 5, 0, seed)[0].card for seed in range(20)} == {"new-0"}


@given(materials(), SEEDS)
def test_a_plan_comes_back_from_the_log_as_it_was(material: list[Candidate], seed: int) -> None:
    plan = Plan("s", seed, "all", 30, draw(material, 30, None, seed), strict=True)
    assert from_json(plan.as_json()) == plan


# -- the clock --------------------------------------------------------------------------------------------------------


def test_the_clock_does_not_drift_over_half_an_hour_of_uneven_ticks() -> None:
    running, now, milliseconds = watch.start(moment()), moment(), 0
    while milliseconds < 30 * 60_000:
        milliseconds += 997 + milliseconds % 13
        now = Moment(moment().at_ms + milliseconds, 0, milliseconds)
        running = watch.look(running, now, expected=False)
    assert running.read_ms(now) == milliseconds


def test_a_machine_that_slept_is_asked_about_and_costs_nothing_before_the_answer() -> None:
    running = watch.look(watch.start(moment()), moment(0.1), expected=False)
    woken = Moment(moment(10).at_ms, 0, moment(0.2).steady_ms)
    asleep = watch.look(running, woken, expected=False)
    assert asleep.seen is None
    assert asleep.used_ms == 12_000
    assert asleep.gap_ms == moment(9.8).steady_ms
    assert watch.settle(asleep, woken, counted=False).read_ms(woken) == 12_000
    assert watch.settle(asleep, woken, counted=True).read_ms(woken) == 600_000


def test_a_process_that_stood_still_is_asked_about_unless_something_else_had_the_screen() -> None:
    running = watch.start(moment())
    assert watch.look(running, moment(5), expected=False).gap_ms == 300_000
    assert watch.look(running, moment(5), expected=True).used_ms == 300_000


def test_a_machine_that_slept_is_asked_about_though_an_editor_had_the_screen() -> None:
    running = watch.start(moment())
    woken = Moment(moment(20).at_ms, 0, 60_000)
    asleep = watch.look(running, woken, expected=True)
    assert (asleep.used_ms, asleep.gap_ms) == (60_000, 19 * 60_000)


def test_a_process_that_stood_still_while_the_machine_slept_is_asked_about_both() -> None:
    running = watch.start(moment())
    assert watch.look(running, Moment(moment(20).at_ms, 0, 60_000), expected=False).gap_ms == 20 * 60_000


def test_a_short_stall_and_a_small_step_of_the_wall_clock_are_not_asked_about() -> None:
    running = watch.start(moment())
    stalled = Moment(moment().at_ms + watch.STALL_MS + watch.SLEEP_MS, 0, watch.STALL_MS)
    assert watch.look(running, stalled, expected=False).used_ms == watch.STALL_MS


def test_a_wall_clock_that_is_set_back_changes_nothing() -> None:
    running = watch.start(moment())
    back = Moment(moment(-600).at_ms, 0, 5_000)
    assert watch.look(running, back, expected=False).used_ms == 5_000
