import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import MODEL, NOON, moment

from quizkit import backup
from quizkit.errors import MachineProblem, UsageProblem
from quizkit.home import LOG_FILE
from quizkit.memory.fsrs6 import Fsrs6
from quizkit.memory.log import Event, Grade, Kind, Mode
from quizkit.memory.state import NEW, after, replay
from quizkit.migrations import MIGRATIONS
from quizkit.store import MOST_UNCHECKED, Store

DAY_MS = 86_400_000


def review(uid: str, card: str = "relu", grade: Grade = Grade.GOOD, day: int = 0, **changes: object) -> Event:
    event = Event(uid, Kind.REVIEW, card, NOON + day * DAY_MS, 60, "s", Mode.STUDY, grade, 1234)
    return replace(event, **changes)  # type: ignore[arg-type]


def undo(uid: str, of: Event) -> Event:
    return replace(of, uid=uid, kind=Kind.UNDO, grade=None, undoes=of.uid)


@pytest.fixture
def store(home: Path) -> Store:
    with Store.open(home) as opened:
        yield opened


def test_what_was_appended_is_read_back_unchanged(store: Store) -> None:
    event = review("a", detail='{"answer": "−1"}')
    store.append([event], MODEL)
    assert list(store.events()) == store.history("relu") == [event]


def test_appending_again_is_harmless(store: Store) -> None:
    store.append([review("a")], MODEL)
    first = store.state("relu")
    store.append([review("a"), review("a", grade=Grade.AGAIN)], MODEL)
    assert store.state("relu") == first
    assert len(list(store.events())) == 1


def test_the_log_cannot_be_changed_even_by_hand(store: Store) -> None:
    store.append([review("a")], MODEL)
    by_hand = sqlite3.connect(store.path)
    for statement in ("UPDATE event SET grade = 4", "DELETE FROM event"):
        with pytest.raises(sqlite3.DatabaseError, match="append-only"):
            by_hand.execute(statement)


EVENTS = st.lists(
    st.tuples(st.sampled_from(["a", "b"]), st.sampled_from([*Grade, "undo", "skip", "suspend"]), st.integers(-3, 30)),
    max_size=15,
)


def scripted(script: list[tuple[str, object, int]]) -> list[Event]:
    made: list[Event] = []
    for number, (card, what, day) in enumerate(script):
        base = review(f"e{number}", card, day=day)
        if isinstance(what, Grade):
            made.append(replace(base, grade=what))
        elif what == "undo":
            reviews = [event for event in made if event.card == card and event.kind is Kind.REVIEW]
            made.extend([undo(f"e{number}", reviews[-1])] if reviews else [])
        else:
            made.append(replace(base, kind=Kind(what), grade=None))
    return made


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(script=EVENTS, number=st.integers())
def test_states_are_the_replay_of_the_log_and_can_be_rebuilt(tmp_path_factory, script, number: int) -> None:  # type: ignore[no-untyped-def]
    with Store.open(tmp_path_factory.mktemp("home")) as store:
        store.derive_all(MODEL, {})
        events = scripted(script)
        for event in events:
            store.append([event], MODEL)
        one_by_one = store.states()
        for card, state in one_by_one.items():
            assert state == replay(MODEL, card, [event for event in events if event.card == card])
        other = replace(MODEL, desired_retention=0.8)
        assert store.derive_all(other, {})
        assert store.derive_all(MODEL, {})
        assert store.states() == one_by_one


def test_events_are_ordered_as_they_happened_though_the_clock_was_set_back(store: Store) -> None:
    events = [review("a", day=9), review("b", day=2), review("c", day=1)]
    for event in events:
        store.append([event], MODEL)
    assert list(store.events()) == events
    assert store.last_standing() == events[-1]


def test_an_undone_event_is_passed_over_when_the_last_is_looked_for(store: Store) -> None:
    first, second = review("a"), review("b", "gelu")
    store.append([first, second, undo("c", second)], MODEL)
    assert store.last_standing() == first
    store.append([undo("d", first)], MODEL)
    assert store.last_standing() is None
    assert store.state("relu") == NEW


def test_due_cards_are_those_of_today_and_before_without_skipped_and_suspended_ones(store: Store) -> None:
    store.append([review(card, card) for card in ("due", "skipped", "suspended")], MODEL)
    due_day = store.state("due").due_day
    assert due_day is not None
    days = due_day - moment().day
    store.append([review("x", "skipped", day=days, kind=Kind.SKIP, grade=None)], MODEL)
    store.append([review("y", "suspended", kind=Kind.SUSPEND, grade=None)], MODEL)
    later = NOON + days * DAY_MS
    everything = {card: store.state(card).due_day or 0 for card in ("due", "skipped", "suspended")}
    latest = max(everything.values())
    assert {card for card, _, _ in store.due(latest, later)} == {"due"} | ({"skipped"} if latest > due_day else set())
    assert {card for card, _, _ in store.due(latest + 1, later)} == {"due", "skipped"}
    assert store.due(moment().day, NOON) == []


def test_a_learning_step_is_due_when_its_time_has_come(store: Store) -> None:
    store.append([review("a", grade=Grade.AGAIN)], MODEL)
    assert store.due(moment().day, NOON + 9 * 60_000) == []
    assert [card for card, _, _ in store.due(moment().day, NOON + 10 * 60_000)] == ["relu"]


def test_a_renamed_card_keeps_its_history(store: Store) -> None:
    store.derive_all(MODEL, {})
    store.append([review("a", "old-name"), review("b", "old-name", day=3)], MODEL)
    learned = store.state("old-name")
    assert store.derive_all(MODEL, {"old-name": "new-name"})
    assert (store.state("new-name").stability, store.state("new-name").reviews) == (learned.stability, 2)
    assert store.state("old-name").reviews == 2
    assert not store.derive_all(MODEL, {"old-name": "new-name"})
    store.append([review("c", "new-name", day=9)], MODEL)
    assert store.state("new-name").reviews == 3
    store.derive_all(MODEL, {})
    assert store.state("new-name").reviews == 1


def test_new_cards_are_counted_on_the_day_they_were_first_answered(store: Store) -> None:
    store.append([review("a"), review("b", "gelu", day=1), review("c", day=1)], MODEL)
    assert [store.introduced(moment().day + day) for day in (0, 1, 2)] == [1, 1, 0]
    assert store.unavailable_as_new(["relu", "elu", "gelu"], moment().day) == {"relu", "gelu"}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(script=EVENTS)
def test_an_answer_whose_outcome_is_known_gives_the_state_of_the_replay(tmp_path_factory, script) -> None:  # type: ignore[no-untyped-def]
    with Store.open(tmp_path_factory.mktemp("home")) as store:
        for event in scripted(script):
            before = store.state(event.card)
            store.append_answer(event, MODEL, before, after(MODEL, event.card, before, event))
            assert store.state(event.card) == replay(MODEL, event.card, store.history(event.card))


def test_an_outcome_worked_out_from_a_state_that_another_process_changed_is_not_taken(store: Store) -> None:
    first, second = review("a", day=1), review("b", day=2)
    store.append_answer(second, MODEL, NEW, after(MODEL, "relu", NEW, second))
    store.append_answer(first, MODEL, NEW, after(MODEL, "relu", NEW, first))
    assert store.state("relu") == replay(MODEL, "relu", [second, first])


def test_the_same_holds_for_a_card_that_was_learned_before(store: Store) -> None:
    first, second, third = review("a"), review("b", day=3, grade=Grade.EASY), review("c", day=4)
    store.append([first], MODEL)
    before = store.state("relu")
    store.append([second], MODEL)
    store.append_answer(third, MODEL, before, after(MODEL, "relu", before, third))
    assert store.state("relu") == replay(MODEL, "relu", [first, second, third])


# -- which cards a bank lacks ------------------------------------------------------------------------------------------

MANY = [f"card-{number:03}" for number in range(MOST_UNCHECKED + 1)]


class SomeBank:
    """Has some cards, and notes how many it is asked about."""

    def __init__(self, *cards: str) -> None:
        self.cards = set(cards)
        self.asked: list[int] = []

    def select(self, cards: Iterable[str]) -> set[str]:
        listed = list(cards)
        self.asked.append(len(listed))
        return self.cards.intersection(listed)


@pytest.fixture
def studied(store: Store) -> Store:
    store.derive_all(MODEL, {})
    store.append([review(card, card) for card in MANY], MODEL)
    return store


def test_a_bank_is_asked_about_all_cards_only_once(studied: Store) -> None:
    bank = SomeBank(*MANY[2:])
    assert studied.doubtful("bank", bank.select) == set(MANY[:2])
    assert studied.doubtful("bank", bank.select) == set(MANY[:2])
    assert bank.asked == [len(MANY)]


def test_a_few_cards_are_all_doubtful_and_nothing_is_written(store: Store) -> None:
    store.append([review(card, card) for card in MANY[:-1]], MODEL)
    bank = SomeBank()
    assert store.doubtful("bank", bank.select) == set(MANY[:-1])
    assert bank.asked == []


def test_another_bank_is_asked_anew(studied: Store) -> None:
    studied.doubtful("bank", SomeBank(*MANY).select)
    assert studied.doubtful("other", SomeBank(*MANY[1:]).select) == {MANY[0]}


def test_a_card_that_came_since_is_doubtful_however_it_came(studied: Store) -> None:
    bank = SomeBank(*MANY)
    studied.doubtful("bank", bank.select)
    studied.append([review("a", "in bulk", day=-900)], MODEL)
    first = review("b", "answered", day=-900)
    studied.append_answer(first, MODEL, NEW, after(MODEL, "answered", NEW, first))
    assert studied.doubtful("bank", bank.select) == {"in bulk", "answered"}
    assert bank.asked == [len(MANY)]


def test_many_cards_that_came_since_are_looked_up_once_and_without_the_others(studied: Store) -> None:
    bank = SomeBank(*MANY[1:])
    studied.doubtful("bank", bank.select)
    more = [f"more-{card}" for card in MANY]
    studied.append([review(card, card) for card in more], MODEL)
    bank.cards |= set(more[1:])
    assert studied.doubtful("bank", bank.select) == studied.doubtful("bank", bank.select) == {MANY[0], more[0]}
    assert bank.asked == [len(MANY), 1 + len(more)]


@pytest.mark.parametrize("model", [MODEL, replace(MODEL, desired_retention=0.8)])
def test_a_renamed_card_is_doubtful_under_both_names(studied: Store, model: Fsrs6) -> None:
    bank = SomeBank(*MANY)
    studied.doubtful("bank", bank.select)
    studied.derive_all(model, {MANY[0]: "new-name"})
    assert studied.state("new-name").reviews == 1
    assert studied.doubtful("bank", bank.select) == {MANY[0], "new-name"}
    studied.derive_all(model, {})
    assert studied.doubtful("bank", bank.select) == {MANY[0], "new-name"}
    assert bank.asked == [len(MANY)]


def test_a_card_whose_history_came_under_its_former_name_is_doubtful(studied: Store) -> None:
    bank = SomeBank(*MANY)
    studied.derive_all(MODEL, {"former": "present"})
    studied.doubtful("bank", bank.select)
    studied.append([review("a", "former")], MODEL)
    studied.derive_all(replace(MODEL, desired_retention=0.8), {"former": "present"})
    assert studied.state("present").reviews == 1
    assert studied.doubtful("bank", bank.select) == {"former", "present"}


def test_a_restored_log_knows_what_it_knew_when_it_was_copied(home: Path, studied: Store) -> None:
    bank = SomeBank(*MANY)
    backup.now(home, studied, moment())
    studied.doubtful("bank", bank.select)
    studied.close()
    backup.restore(home, "", moment())
    bank.cards.clear()
    with Store.open(home) as store:
        assert store.doubtful("bank", bank.select) == set(MANY)
        backup.now(home, store, moment(1))
        store.append([review("late", "late")], MODEL)
        bank.cards.add("late")
    backup.restore(home, "", moment())
    with Store.open(home) as store:
        assert store.doubtful("bank", bank.select) == set(MANY)


def test_a_card_that_another_process_adds_while_a_bank_is_asked_is_doubtful_afterwards(studied: Store) -> None:
    with Store.open(studied.path.parent) as other, ThreadPoolExecutor() as pool:
        bank = SomeBank(*MANY)
        answers: list[Future[None]] = []

        def select(cards: Iterable[str]) -> set[str]:
            answers.append(pool.submit(_late_answer, studied.path.parent))
            wait(answers, timeout=0.2)  # it has to wait in its turn
            return bank.select(cards)

        assert studied.doubtful("bank", select) == set()
        answers[0].result()
        assert other.doubtful("bank", select) == {"late"}
    assert bank.asked == [len(MANY)]


def _late_answer(folder: Path) -> None:
    with Store.open(folder) as store:
        store.append([review("late", "late")], MODEL)


# -- several processes ------------------------------------------------------------------------------------------------


def _answer(folder: str, name: str, count: int) -> None:
    with Store.open(Path(folder)) as store:
        for number in range(count):
            store.append([review(f"{name}-{number}", "shared"), review(f"{name}-own-{number}", name)], MODEL)


def test_eight_processes_answering_at_once_lose_nothing(home: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_answer, args=(str(home), f"p{number}", 12)) for number in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 8
    with Store.open(home) as store:
        assert len(list(store.events())) == 8 * 12 * 2
        assert store.state("shared") == replay(MODEL, "shared", store.history("shared"))
        assert store.state("shared").reviews == 96
        assert store._rows("PRAGMA integrity_check") == [("ok",)]


# -- when the machine fails -------------------------------------------------------------------------------------------


def test_a_full_disk_keeps_what_was_there_and_says_so(store: Store) -> None:
    store.append([review("a")], MODEL)
    pages = store._rows("PRAGMA page_count")[0][0]
    store._rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(MachineProblem, match="disk is full"):
        for number in range(2000):
            store.append([review(f"more-{number}", f"card-{number}")], MODEL)
    kept = list(store.events())
    store._rows("PRAGMA max_page_count = 1000000")
    store.append([review("again", "fits")], MODEL)
    assert [event.uid for event in store.events()] == [*(event.uid for event in kept), "again"]
    assert store._rows("PRAGMA integrity_check") == [("ok",)]


def test_a_damaged_log_is_named_with_the_way_out(home: Path) -> None:
    with Store.open(home) as store:
        store.append([review(f"{number}", f"card-{number}") for number in range(300)], MODEL)
    path = home / LOG_FILE
    content = bytearray(path.read_bytes())
    content[5000:60000] = b"\xff" * 55000
    path.write_bytes(content)
    with pytest.raises(MachineProblem, match="quizkit backup restore"), Store.open(home) as store:
        list(store.events())
        store.append([review("x")], MODEL)
    path.write_bytes(b"this is no database at all, but long enough to be one" * 20)
    with pytest.raises(MachineProblem, match="damaged"):
        Store.open(home)


def test_a_log_of_a_newer_quizkit_is_left_alone(home: Path) -> None:
    Store.open(home).close()
    connection = sqlite3.connect(home / LOG_FILE)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = (home / LOG_FILE).read_bytes()
    with pytest.raises(MachineProblem, match="newer quizkit"):
        Store.open(home)
    assert (home / LOG_FILE).read_bytes() == before


def test_a_home_that_is_a_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(MachineProblem, match="QUIZKIT_HOME"):
        Store.open(tmp_path / "file" / "home")


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_read_only_home_is_refused_with_a_sentence(home: Path) -> None:
    Store.open(home).close()
    (home / LOG_FILE).chmod(0o444)
    home.chmod(0o555)
    code = (
        "import os, sys, sqlite3; from pathlib import Path\n"
        "from quizkit.store import Store; from quizkit.errors import MachineProblem\n"
        "if os.getuid() == 0: os.setgid(65534); os.setuid(65534)\n"  # root may write anywhere
        "try: Store.open(Path(sys.argv[1])).set('retention', '0.8')\n"
        "except MachineProblem as problem: print(problem.message)\n"
    )
    for folder in home.parents:
        if folder.is_relative_to(tempfile.gettempdir()) and folder != Path(tempfile.gettempdir()):
            folder.chmod(0o755)
    result = subprocess.run([sys.executable, "-c", code, str(home)], capture_output=True, text=True, check=True)
    home.chmod(0o755)
    assert "Make the folder writable" in result.stdout


@pytest.mark.parametrize("version", range(len(MIGRATIONS)))
def test_a_log_of_every_older_format_is_brought_up_to_date(home: Path, version: int) -> None:
    home.mkdir()
    old = sqlite3.connect(home / LOG_FILE)
    for script in MIGRATIONS[:version]:
        old.executescript(script)
    old.execute(f"PRAGMA user_version = {version}")
    old.close()
    with Store.open(home) as store:
        assert store._rows("PRAGMA user_version") == [(len(MIGRATIONS),)]
        store.append([review("a")], MODEL)
        assert store.state("relu").reviews == 1


# -- backups ----------------------------------------------------------------------------------------------------------


def test_there_is_one_backup_a_day_and_the_last_seven_are_kept(home: Path, store: Store) -> None:
    assert backup.daily(home, store, moment()) is None  # nothing to keep yet
    store.append([review("a")], MODEL)
    for day in range(10):
        today = replace(moment(), at_ms=NOON + day * DAY_MS)
        assert backup.daily(home, store, today) is not None
        assert backup.daily(home, store, today) is None
    names = [copy.name for copy in backup.listed(home)]
    assert len(names) == 7
    assert names == sorted(names, reverse=True)


def test_restoring_brings_the_answers_back_and_puts_the_present_log_aside(home: Path) -> None:
    with Store.open(home) as store:
        store.append([review("a")], MODEL)
        backup.daily(home, store, moment())
        store.append([review("b")], MODEL)
    restored, aside = backup.restore(home, "", moment())
    with Store.open(home) as store:
        assert [event.uid for event in store.events()] == ["a"]
    assert aside is not None
    assert restored.name == backup.listed(home)[0].name
    aside.rename(home / "aside.db")
    connection = sqlite3.connect(home / "aside.db")
    assert connection.execute("SELECT count(*) FROM event").fetchone() == (2,)


def test_restoring_after_a_crash_leaves_nothing_of_the_replaced_log_behind(home: Path, tmp_path: Path) -> None:
    """After a kill the newest answers are in the write-ahead log: it goes with its file and meets no other one."""
    crashed = tmp_path / "crashed"
    with Store.open(home) as store:
        store.append([review("a")], MODEL)
        backup.now(home, store, moment())
        store.append([review("b")], MODEL)
        shutil.copytree(home, crashed)
    assert (crashed / f"{LOG_FILE}-wal").stat().st_size > 0
    _, aside = backup.restore(crashed, "", moment())
    with Store.open(crashed) as store:
        assert [event.uid for event in store.events()] == ["a"]
    assert aside is not None
    connection = sqlite3.connect(aside)
    assert connection.execute("SELECT count(*) FROM event").fetchone() == (2,)
    connection.close()


def test_a_damaged_log_is_replaced_by_the_backup_and_kept(home: Path) -> None:
    with Store.open(home) as store:
        store.append([review("a")], MODEL)
        backup.now(home, store, moment())
    (home / LOG_FILE).write_bytes(b"garbage" * 1000)
    _, aside = backup.restore(home, "", moment())
    with Store.open(home) as store:
        assert [event.uid for event in store.events()] == ["a"]
    assert aside is not None
    assert aside.read_bytes() == b"garbage" * 1000


def test_a_backup_that_is_missing_or_damaged_changes_nothing(home: Path) -> None:
    with Store.open(home) as store:
        store.append([review("a")], MODEL)
        made = backup.now(home, store, moment())
    with pytest.raises(UsageProblem, match="no backup called"):
        backup.restore(home, "yesterday", moment())
    made.path.write_bytes(b"garbage" * 1000)
    with pytest.raises(MachineProblem, match="damaged itself"):
        backup.restore(home, made.name, moment())
    with Store.open(home) as store:
        assert [event.uid for event in store.events()] == ["a"]
