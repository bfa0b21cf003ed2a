"""Parameters are fitted to one's own log, and adopted where they predict it best: with simulated learners."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from math import log
from pathlib import Path
from statistics import fmean

import pytest
from making import MODEL, NOON
from test_progress import quizkit

from quizkit import tuning
from quizkit.errors import UsageProblem
from quizkit.memory.fit import fit
from quizkit.memory.fsrs6 import Fsrs6
from quizkit.memory.log import Event, Grade, Kind, Mode
from quizkit.memory.optimise import (
    AVERAGED,
    FEWEST_REVIEWS,
    Declined,
    Review,
    Trial,
    moving_average,
    numbered,
    predictions,
    surprise,
    trial,
)
from quizkit.memory.state import NEW, CardState
from quizkit.opening import opened
from quizkit.settings import from_stored, parse_parameters, show_parameters
from quizkit.store import Store

DAY_MS = 86_400_000
PLAIN = Fsrs6(learning_steps=(), relearning_steps=())
DEFAULTS = tuple(PLAIN._scheduler.parameters)


def scaled(share: float) -> tuple[float, ...]:
    """Return the default parameters of a memory that starts at `share` times the stability and grows as much slower."""
    initial, growth = (share * number for number in DEFAULTS[:4]), DEFAULTS[8] + log(share)
    return tuple(round(number, 4) for number in (*initial, *DEFAULTS[4:8], growth, *DEFAULTS[9:]))


def simulated(memory: Fsrs6 | None, cards: int = 400, days: int = 200, seed: int = 1) -> list[Review]:
    """Return what somebody answers who studies by the default schedule and forgets by `memory`.

    Without one, recall has nothing to do with the schedule: good weeks and bad weeks follow each other.
    """
    chance = random.Random(seed)
    known: dict[int, tuple[CardState, CardState]] = dict.fromkeys(range(cards), (NEW, NEW))
    reviews = []
    for day in range(days):
        for card, (planned, remembered) in known.items():
            due = planned.due_day if planned.reviews else card * 60 // cards
            if due is None or due > day:
                continue
            likely = memory.retrievability(remembered, day) if memory else (0.99 if day // 20 % 2 else 0.4)
            recalled = not planned.reviews or chance.random() < likely
            grade = Grade.GOOD if recalled else Grade.AGAIN
            remembered = (memory or PLAIN).review("", remembered, grade, day, 0)
            known[card] = PLAIN.review(str(card), planned, grade, day, 0), remembered
            reviews.append(Review(card, day, grade))
    return reviews


def best_of_a_few(reviews: Sequence[Review]) -> tuple[float, ...]:
    """Fit by trying: the share of the defaults' stability with the least log loss on what is given."""

    def loss(parameters: tuple[float, ...]) -> float:
        chances = predictions(reviews, PLAIN.with_parameters(parameters))
        return fmean(surprise(p, r.grade is not Grade.AGAIN) for p, r in zip(chances, reviews, strict=True) if p)

    return min(map(scaled, (0.2, 0.5, 1, 2, 5)), key=loss)


FORGETFUL = Fsrs6(learning_steps=(), relearning_steps=(), parameters=scaled(0.2))


@pytest.fixture(scope="module")
def forgetful() -> list[Review]:
    return simulated(FORGETFUL)


# -- the trial --------------------------------------------------------------------------------------------------------


def test_a_surprise_is_large_where_the_unlikely_happened_and_never_infinite() -> None:
    assert surprise(0.5, True) == surprise(0.5, False) == pytest.approx(log(2))
    assert surprise(0.9, False) == pytest.approx(-log(0.1))
    assert surprise(1.0, False) < 20


def test_a_moving_average_knows_what_came_before_and_forgets_what_is_long_past() -> None:
    happened = [False] * 50 + [True] * AVERAGED + [False]
    chances = moving_average(happened, [True] * len(happened))
    assert chances[0] == 0.5
    assert chances[50] == pytest.approx(1 / 52)
    assert chances[-1] == pytest.approx((AVERAGED + 1) / (AVERAGED + 2))
    assert moving_average(happened, [False] * len(happened)) == [0.5] * len(happened)


def test_a_small_log_is_declined_and_nothing_is_fitted(forgetful: list[Review]) -> None:
    def never(_: Sequence[Review]) -> tuple[float, ...]:
        raise AssertionError

    outcome = trial(forgetful[: FEWEST_REVIEWS - 1], never, PLAIN)
    assert isinstance(outcome, Declined)
    assert "1999 reviews" in outcome.reason


def test_a_log_without_nights_in_it_is_declined() -> None:
    crammed = [Review(number % 40, 7, Grade.GOOD) for number in range(3000)]
    outcome = trial(crammed, best_of_a_few, PLAIN)
    assert isinstance(outcome, Declined)
    assert "after a night" in outcome.reason


def test_the_fit_sees_the_older_four_fifths_and_nothing_of_the_rest(forgetful: list[Review]) -> None:
    given: list[Review] = []

    def spying(reviews: Sequence[Review]) -> tuple[float, ...]:
        given.extend(reviews)
        return scaled(1)

    trial(forgetful, spying, PLAIN)
    assert given == forgetful[: round(0.8 * len(forgetful))]


def test_parameters_near_the_truth_are_adopted(forgetful: list[Review]) -> None:
    outcome = trial(forgetful, best_of_a_few, PLAIN)
    assert isinstance(outcome, Trial)
    assert outcome.parameters == scaled(0.2)
    assert outcome.helps
    assert outcome.fitted < outcome.defaults


def test_who_forgets_as_the_defaults_say_keeps_them() -> None:
    outcome = trial(simulated(PLAIN), lambda _: scaled(0.2), PLAIN)
    assert isinstance(outcome, Trial)
    assert outcome.defaults < outcome.fitted
    assert not outcome.helps


def test_a_lead_that_may_be_chance_is_not_enough() -> None:
    outcomes = [trial(simulated(PLAIN, seed=seed), lambda _: scaled(1.05), PLAIN) for seed in range(5)]
    leads = [outcome.defaults - outcome.fitted for outcome in outcomes if isinstance(outcome, Trial)]
    assert max(leads) > 0
    assert sum(outcome.helps for outcome in outcomes if isinstance(outcome, Trial)) <= 1


def test_the_same_as_the_defaults_is_no_help(forgetful: list[Review]) -> None:
    outcome = trial(forgetful, lambda _: DEFAULTS, PLAIN)
    assert isinstance(outcome, Trial)
    assert outcome.fitted == outcome.defaults
    assert not outcome.helps


def test_what_a_moving_average_predicts_better_is_not_adopted() -> None:
    outcome = trial(simulated(None), best_of_a_few, PLAIN)
    assert isinstance(outcome, Trial)
    assert outcome.moving_average < outcome.fitted
    assert not outcome.helps


def test_only_the_settings_of_the_model_matter_not_the_parameters_in_force(forgetful: list[Review]) -> None:
    assert trial(forgetful, best_of_a_few, PLAIN) == trial(forgetful, best_of_a_few, FORGETFUL)


def test_a_card_begun_afresh_is_another_card() -> None:
    reviews = numbered([("a", 1, 3), ("b", 1, 3), ("a", 2, 0), ("c", 3, 0), ("a", 4, 1), ("a", 5, 2)])
    assert [review.card for review in reviews] == [0, 1, 4, 4]
    assert [review.grade for review in reviews] == [Grade.GOOD, Grade.GOOD, Grade.AGAIN, Grade.HARD]


# -- adopting ---------------------------------------------------------------------------------------------------------


def write(home: Path, reviews: Sequence[Review]) -> None:
    events = [
        Event(f"e{n}", Kind.REVIEW, f"card-{card}", NOON + day * DAY_MS + n, 0, "s", Mode.STUDY, grade)
        for n, (card, day, grade) in enumerate(reviews)
    ]
    with Store.open(home) as store:
        store.append(events, MODEL)


def test_adopted_parameters_are_a_setting_and_all_states_follow_there_and_back(
    home: Path, forgetful: list[Review]
) -> None:
    write(home, forgetful)
    with opened() as desk:
        before = desk.store.states()
        assert isinstance(tuning.tune(desk, best_of_a_few), Trial)
        settings = from_stored(desk.store.settings())
        assert settings.parameters == scaled(0.2)
        after = desk.store.states()
        assert all(after[card].stability != before[card].stability for card in before)
    with Store.open(home) as store:
        assert not store.derive_all(settings.model(), {})
        assert store.states() == after
    with opened() as desk:
        tuning.forget(desk)
        assert desk.store.settings() == {}
        assert desk.store.states() == before


def test_what_does_not_help_changes_nothing(home: Path, forgetful: list[Review]) -> None:
    write(home, forgetful)
    with opened() as desk:
        before = desk.store.states()
        outcome = tuning.tune(desk, lambda _: scaled(5))
        assert isinstance(outcome, Trial)
        assert not outcome.helps
        assert desk.store.settings() == {}
        assert desk.store.states() == before


def test_answers_leave_out_what_moves_no_schedule(home: Path) -> None:
    first = Event("a", Kind.REVIEW, "old", NOON, 0, "s", Mode.STUDY, Grade.GOOD)
    crammed = replace(first, uid="b", mode=Mode.CRAM)
    undone = replace(first, uid="c", at_ms=NOON + DAY_MS)
    undo = replace(undone, uid="d", kind=Kind.UNDO, grade=None, undoes="c")
    afresh = replace(first, uid="e", kind=Kind.AFRESH, grade=None, at_ms=NOON + 2 * DAY_MS)
    with Store.open(home) as store:
        store.derive_all(MODEL, {"old": "new"})
        store.append([first, crammed, undone, undo, afresh], MODEL)
        assert store.answers() == [("new", first.day, 3), ("new", first.day + 2, 0)]


@pytest.mark.parametrize("parameters", [(), DEFAULTS, scaled(0.2), (99.1234, *DEFAULTS[1:])])
def test_parameters_are_read_as_they_are_shown(parameters: tuple[float, ...]) -> None:
    assert parse_parameters(show_parameters(parameters)) == parameters


@pytest.mark.parametrize("text", ["", "0.4 1.2", "a b c", show_parameters((*DEFAULTS[:20], 9.0)), "nan " * 21])
def test_other_words_than_parameters_are_refused(text: str) -> None:
    with pytest.raises(UsageProblem, match="expected 'built-in' or"):
        parse_parameters(text)


# -- the command ------------------------------------------------------------------------------------------------------


def test_a_small_log_is_declined_with_the_reason(environment: dict[str, str]) -> None:
    said = quizkit(environment, "optimize")
    assert (said.returncode, said.stdout) == (1, "")
    assert "Your log holds 0 reviews. Below 2000" in said.stderr


def test_forgetting_is_harmless_where_nothing_was_adopted(environment: dict[str, str]) -> None:
    assert quizkit(environment, "optimize", "--forget").returncode == 0
    assert quizkit(environment, "config", "parameters").stdout == "built-in\n"


def test_the_list_of_settings_shows_the_beginning_of_fitted_parameters(environment: dict[str, str]) -> None:
    assert quizkit(environment, "config", "parameters", show_parameters(scaled(0.2))).returncode == 0
    (row,) = [line for line in quizkit(environment, "config").stdout.splitlines() if line.startswith("parameters")]
    assert row.split("…")[0].endswith(show_parameters(scaled(0.2))[:23])
    assert row.endswith("the memory model's, fitted by quizkit optimize (default built-in)")


@pytest.mark.skipif(find_spec("torch") is not None, reason="the extra is installed")
def test_without_the_extra_it_says_what_to_install(
    environment: dict[str, str], home: Path, forgetful: list[Review]
) -> None:
    write(home, forgetful)
    said = quizkit(environment, "optimize")
    assert said.returncode == 2
    assert "pip install 'quizkit[optimize]'" in said.stderr


@pytest.mark.skipif(find_spec("torch") is None, reason="needs the extra `optimize`")
def test_the_packages_optimizer_finds_a_memory_that_helps(
    environment: dict[str, str], home: Path, forgetful: list[Review]
) -> None:
    write(home, forgetful)
    said = quizkit(environment, "optimize", "--json")
    assert said.returncode == 0, said.stderr
    outcome = json.loads(said.stdout)
    assert outcome["adopted"]
    assert outcome["fitted"] < min(outcome["defaults"], outcome["moving_average"])
    assert outcome["parameters"][2] < 0.7 * DEFAULTS[2]
    assert quizkit(environment, "config", "parameters").stdout.split()[2] == str(outcome["parameters"][2])


@pytest.mark.skipif(find_spec("torch") is None, reason="needs the extra `optimize`")
def test_the_packages_optimizer_leaves_a_very_small_log_at_the_defaults() -> None:
    assert fit(simulated(PLAIN, cards=10), lambda _: None) == DEFAULTS
