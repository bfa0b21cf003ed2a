"""Several machines: whatever comes in whatever order, all of them end with the same log and the same states."""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from commands import quizkit
from hypothesis import given, settings
from hypothesis import strategies as st
from making import MODEL, NOON

from quizkit.errors import UsageProblem
from quizkit.memory.log import Entry, Event, Grade, Kind, Mode
from quizkit.memory.state import NEW, CardState, replay
from quizkit.store import Merged, Store
from quizkit.sync import exchange, folder
from quizkit.sync.lines import Unreadable, entries_of, text_of

DAY_MS = 86_400_000
NAMES = ("laptop", "desk", "phone")


def review(uid: str, card: str = "relu", day: float = 0, **changes: object) -> Event:
    event = Event(uid, Kind.REVIEW, card, NOON + round(day * DAY_MS), 60, "s", Mode.STUDY, Grade.GOOD, 1234)
    return replace(event, **changes)  # type: ignore[arg-type]


@dataclass
class Machine:
    """A store with a clock that is wrong by some days."""

    name: str
    store: Store
    clock_days: int
    made: list[Event] = field(default_factory=list)

    def do(self, what: object, card: str, day: int) -> None:
        uid, day = f"{self.name}-{len(self.made)}", day + self.clock_days
        event = review(uid, card, day)
        if isinstance(what, Grade):
            event = replace(event, grade=what)
        elif what == "undo":
            last = self.store.last_standing()
            if last is None:
                return
            event = replace(event, card=last.card, kind=Kind.UNDO, grade=None, undoes=last.uid)
        else:
            event = replace(event, kind=Kind(what), grade=None)
        self.keep([event])

    def keep(self, events: list[Event]) -> None:
        self.store.append(events, MODEL)
        self.made += events

    def sync(self, place: Path) -> exchange.Synced:
        return exchange.sync(self.store, MODEL, place, self.name)

    def states(self) -> dict[str, CardState]:
        return {card: state for card, state in self.store.states().items() if state != NEW}


DOINGS = st.tuples(
    st.sampled_from(range(len(NAMES))),
    st.one_of(
        st.tuples(st.sampled_from([*Grade, "undo", "suspend", "resume", "skip"]), st.sampled_from("ab")),
        st.just("sync"),
    ),
)


def all_agree(machines: list[Machine]) -> None:
    logs = [list(machine.store.entries()) for machine in machines]
    made = {event.uid for machine in machines for event in machine.made}
    assert logs[0] == logs[1] == logs[2]
    assert {entry.event.uid for entry in logs[0]} == made
    for machine in machines:
        assert machine.states() == machines[0].states()
        for card in machine.store.states():
            assert machine.store.state(card) == replay(MODEL, card, machine.store.history(card))


@settings(max_examples=40)
@given(script=st.lists(DOINGS, max_size=30), clocks=st.tuples(*[st.integers(-400, 400)] * 3), order=st.randoms())
def test_machines_that_sync_now_and_then_with_clocks_that_differ_end_alike(script, clocks, order) -> None:  # type: ignore[no-untyped-def]
    with tempfile.TemporaryDirectory() as place, ExitStack() as open_stores:
        shared = Path(place, "shared")
        shared.mkdir()
        stores = [open_stores.enter_context(Store.open(Path(place, name))) for name in NAMES]
        machines = [Machine(*parts) for parts in zip(NAMES, stores, clocks, strict=True)]
        for day, (number, doing) in enumerate(script):
            if doing == "sync":
                machines[number].sync(shared)
            else:
                machines[number].do(*doing, day)
        rounds = machines * 2
        order.shuffle(rounds)
        for machine in [*rounds, *machines]:
            machine.sync(shared)
        all_agree(machines)


@settings(max_examples=40)
@given(script=st.lists(DOINGS, max_size=25), order=st.randoms(), cuts=st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_files_that_are_copied_by_half_wait_and_harm_nothing(script, order, cuts) -> None:  # type: ignore[no-untyped-def]
    """Each machine has a folder of its own; a carrier copies files between them, cut anywhere, in any order."""
    with tempfile.TemporaryDirectory() as place, ExitStack() as open_stores:
        folders = [Path(place, f"folder-{name}") for name in NAMES]
        for one in folders:
            one.mkdir()
        stores = [open_stores.enter_context(Store.open(Path(place, name))) for name in NAMES]
        machines = [Machine(name, store, 0) for name, store in zip(NAMES, stores, strict=True)]
        for day, (number, doing) in enumerate(script):
            if doing == "sync":
                carry(folders, order, cuts)
                machines[number].sync(folders[number])
            else:
                machines[number].do(*doing, day)
        for _ in range(3):
            for machine, own in zip(machines, folders, strict=True):
                machine.sync(own)
            carry(folders, order, [1.0])
        all_agree(machines)


def carry(folders: list[Path], order: random.Random, cuts: list[float]) -> None:
    files = [file for one in folders for file in one.glob("*.jsonl")]
    order.shuffle(files)
    for file in files:
        content = file.read_bytes()
        for target in folders:
            there = target / file.name
            if not there.exists() or there.stat().st_size < len(content):
                there.write_bytes(content[: round(order.choice(cuts) * len(content))])


def test_a_second_sync_gives_and_takes_nothing(home: Path, tmp_path: Path) -> None:
    with Store.open(home) as store:
        store.append([review("a"), review("b", "gelu")], MODEL)
        assert exchange.sync(store, MODEL, tmp_path, "laptop").given == 2
        again = exchange.sync(store, MODEL, tmp_path, "laptop")
    assert (again.given, again.taken) == (0, Merged(0))
    assert len(list(tmp_path.glob("*.jsonl"))) == 1


def test_a_folder_that_lost_its_files_is_filled_again(home: Path, tmp_path: Path) -> None:
    with Store.open(home) as store:
        store.append([review("a")], MODEL)
        for _ in range(2):
            assert exchange.sync(store, MODEL, tmp_path, "laptop").given == 1
            next(tmp_path.glob("*.jsonl")).unlink()


def test_many_small_pieces_are_folded_into_one_that_holds_all(home: Path, tmp_path: Path) -> None:
    with Store.open(home) as store:
        for number in range(exchange.MOST_SMALL + 1):
            store.append([review(f"e{number}", day=number)], MODEL)
            exchange.sync(store, MODEL, tmp_path, "laptop")
        (piece,) = folder.read(tmp_path).pieces
        assert list(piece.entries) == list(store.entries())


def pieces_of(home: Path, place: Path, machine: str) -> int:
    """Fill a folder with as many pieces as are folded at the next sync, one answer each."""
    with Store.open(home) as store:
        for number in range(exchange.MOST_SMALL):
            store.append([review(f"{machine}{number}", day=number)], MODEL)
            exchange.sync(store, MODEL, place, machine)
    return exchange.MOST_SMALL


def test_pieces_that_a_carrier_brings_back_after_they_were_folded_lose_nothing(home: Path, tmp_path: Path) -> None:
    number = pieces_of(home, tmp_path, "laptop")
    kept = {path: path.read_bytes() for path in tmp_path.glob("*.jsonl")}
    with Store.open(home) as store:
        for _ in range(2):
            exchange.sync(store, MODEL, tmp_path, "laptop")
            assert len(list(tmp_path.glob("*.jsonl"))) == 1
            for path, content in kept.items():
                path.write_bytes(content)
        exchange.sync(store, MODEL, tmp_path, "laptop")
    (piece,) = folder.read(tmp_path).pieces
    assert len(piece.entries) == number


def test_a_machine_folds_its_own_pieces_only(home: Path, tmp_path: Path) -> None:
    number = pieces_of(home, tmp_path, "desk")
    with Store.open(tmp_path / "another") as store:
        exchange.sync(store, MODEL, tmp_path, "laptop")
    assert len(list(tmp_path.glob("desk.*.jsonl"))) == number


def test_a_piece_that_was_damaged_on_the_way_waits_and_is_named(home: Path, tmp_path: Path) -> None:
    with Store.open(home) as store:
        store.append([review("a")], MODEL)
        exchange.sync(store, MODEL, tmp_path, "laptop")
    (path,) = tmp_path.glob("*.jsonl")
    path.write_bytes(path.read_bytes().replace(b'"grade":3', b'"grade":4'))
    with Store.open(tmp_path / "another") as store:
        synced = exchange.sync(store, MODEL, tmp_path, "desk")
        assert store.is_empty()
    assert [path.name in sentence for sentence in synced.waiting] == [True]
    assert synced.machines == ("desk",)


def test_history_under_a_former_id_reaches_the_present_card(home: Path) -> None:
    with Store.open(home) as store:
        store.derive_all(MODEL, {"old": "new"})
        store.append([review("a", "new", day=5)], MODEL)
        store.merge([Entry(NOON, review("b", "old"))], MODEL)
        assert store.state("new") == replay(MODEL, "new", store.history("new"))
        assert store.state("new").reviews == 2
        store.append([review("c", "old", day=9)], MODEL)
        assert store.state("new").reviews == 3


def test_cards_that_came_by_merging_are_looked_for_in_the_bank(home: Path) -> None:
    many = [review(f"e{number}", f"card-{number}", day=9) for number in range(600)]
    with Store.open(home) as store:
        store.append(many, MODEL)
        assert store.doubtful("bank", set) == set()
        store.merge([Entry(5, review("early", "unknown"))], MODEL)
        assert "unknown" in store.doubtful("bank", lambda cards: set(cards) - {"unknown"})


def test_an_entry_that_contradicts_one_that_is_there_is_counted_and_left(home: Path) -> None:
    with Store.open(home) as store:
        store.append([review("a")], MODEL)
        before = list(store.entries())
        assert store.merge([Entry(NOON, review("a", grade=Grade.AGAIN))], MODEL) == Merged(0, 1)
        assert list(store.entries()) == before


# -- the text ---------------------------------------------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8)
EVENTS = st.builds(
    Event,
    uid=TEXT,
    kind=st.sampled_from([Kind.REVIEW, Kind.ATTEMPT, Kind.SAID]),
    card=TEXT,
    at_ms=st.integers(0, 2**45),
    offset_min=st.integers(-720, 840),
    sitting=TEXT,
    mode=st.sampled_from(Mode),
    grade=st.sampled_from(Grade),
    taken_ms=st.none() | st.integers(0, 2**40),
    undoes=st.none(),
    detail=st.just("") | st.dictionaries(st.text(), st.text()).map(json.dumps),
)
ENTRIES = st.lists(st.builds(Entry, st.integers(0, 2**50), EVENTS), max_size=5)


@given(entries=ENTRIES)
def test_what_is_written_is_read_back_unchanged(entries: list[Entry]) -> None:
    assert entries_of(text_of(entries), "log") == entries


@given(entries=ENTRIES, share=st.floats(0, 1))
def test_a_text_that_was_cut_off_is_refused(entries: list[Entry], share: float) -> None:
    text = text_of(entries)
    with pytest.raises(Unreadable):
        entries_of(text[: min(len(text) - 1, int(share * len(text)))], "log")


def test_a_text_that_lacks_its_last_line_is_refused() -> None:
    rows = text_of([Entry(NOON, review("a")), Entry(NOON, review("b"))]).splitlines(keepends=True)
    with pytest.raises(Unreadable, match="does not hold the 2 entries"):
        entries_of("".join(rows[:-1]), "log")


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ('{"quizkit": "log", "format": 2, "entries": 0}', "log:1: a newer quizkit wrote this"),
        ('{"quizkit": "log", "format": 1}', "log:1: the number of entries is missing"),
        ('{"questions": []}', "log:1: this is no review log"),
        ("", "log:1: this is no review log"),
    ],
)
def test_what_is_no_log_of_this_format_is_refused(heading: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        entries_of(f"{heading}\n", "log")


@given(entries=ENTRIES.filter(bool), at=st.integers(0), letter=st.characters(codec="ascii"))
def test_a_changed_letter_gives_entries_or_a_sentence_with_its_line(entries, at: int, letter: str) -> None:  # type: ignore[no-untyped-def]
    text = text_of(entries)
    at %= len(text)
    try:
        entries_of(text[:at] + letter + text[at + 1 :], "log")
    except Unreadable as problem:
        assert problem.message.startswith("log")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"tick": 2**63}, "tick is not a whole number"),
        ({"at_ms": -1}, "at_ms is not a whole number"),
        ({"grade": True}, "grade is not a whole number"),
        ({"grade": None}, "grade is not a whole number"),
        ({"kind": "dreamt"}, "a newer quizkit"),
        ({"colour": "red"}, "a newer quizkit"),
        ({"card": "re\x1b[2Jlu"}, "card is not a printable text"),
        ({"card": "\ud800"}, "card is not a printable text"),
        ({"detail": "[1]"}, "detail is no JSON object"),
        ({"detail": '{"a": ' * 9999}, "detail is no JSON object"),
        ({"undoes": "x"}, "an undo, and nothing else"),
        ({"kind": "undo"}, "an undo, and nothing else"),
    ],
)
def test_an_entry_that_makes_no_sense_is_refused_with_its_line(change: dict[str, object], said: str) -> None:
    heading, row, _ = text_of([Entry(NOON, review("a"))]).split("\n")
    changed = json.dumps({**json.loads(row), **change})
    with pytest.raises(Unreadable, match=f"log:2: .*{said}"):
        entries_of(f"{heading}\n{changed}\n", "log")


def test_a_review_without_a_grade_is_refused() -> None:
    text = text_of([Entry(NOON, review("a"))])
    with pytest.raises(Unreadable, match="log:2: a review has no grade"):
        entries_of(text.replace('"grade":3,', ""), "log")


# -- the commands -----------------------------------------------------------------------------------------------------


def on(environment: dict[str, str], home: Path) -> dict[str, str]:
    """Return the environment of another machine."""
    return {**environment, "QUIZKIT_HOME": str(home)}


def test_a_log_goes_to_another_machine_by_a_file(environment: dict[str, str], tmp_path: Path) -> None:
    one, two, file = tmp_path / "one", tmp_path / "two", tmp_path / "log.jsonl"
    with Store.open(one) as store:
        store.append([review("a"), review("b", "gelu")], MODEL)
        states = store.states()
    assert quizkit(on(environment, one), "log", "export", str(file)).stderr == "2 entries written.\n"
    assert quizkit(on(environment, two), "log", "import", str(file)).stdout == "2 entries taken in.\n"
    assert quizkit(on(environment, two), "log", "import", str(file)).stdout == "0 entries taken in.\n"
    with Store.open(two) as store:
        assert store.states() == states
    file.write_text(file.read_text()[:-30])
    refused = quizkit(on(environment, two), "log", "import", str(file))
    assert refused.returncode == 2
    assert "was cut off" in refused.stderr


def test_a_sync_wants_a_name_once_and_a_folder_that_is_there(environment: dict[str, str], tmp_path: Path) -> None:
    home, shared = tmp_path / "one", tmp_path / "shared"
    nameless = quizkit(on(environment, home), "sync", str(shared))
    assert (nameless.returncode, "--as laptop" in nameless.stderr) == (2, True)
    missing = quizkit(on(environment, home), "sync", str(shared), "--as", "laptop")
    assert (missing.returncode, "no folder" in missing.stderr) == (2, True)
    shared.mkdir()
    assert quizkit(on(environment, home), "sync", str(shared)).returncode == 0
    assert quizkit(on(environment, home), "sync", str(shared), "--as", "../up").returncode == 2


def test_what_waits_and_what_contradicts_is_said(environment: dict[str, str], tmp_path: Path) -> None:
    home, shared = tmp_path / "one", tmp_path / "shared"
    shared.mkdir()
    (shared / "desk.0123456789abcdef.jsonl").write_text("half of it")
    folder.write(shared, "phone", [Entry(NOON, review("a"))])
    with Store.open(home) as store:
        store.append([review("a", grade=Grade.AGAIN)], MODEL)
    told = quizkit(on(environment, home), "sync", str(shared), "--as", "laptop")
    differs = "1 entry differs from the one of the same id here, which stays."
    assert told.stdout == f"0 entries taken in. {differs} 0 entries given. Others: phone.\n"
    assert "desk.0123456789abcdef.jsonl is not whole" in told.stderr
    as_json = json.loads(quizkit(on(environment, home), "sync", str(shared), "--json").stdout)
    assert (as_json["taken"], as_json["machines"]) == ({"new": 0, "contradicted": 1}, ["laptop", "phone"])
    assert len(as_json["waiting"]) == 1


@pytest.mark.parametrize("name", ["Max's Laptop", "laptop/desk", "laptop.old", "-laptop", "a" * 32])
def test_a_name_that_some_file_system_refuses_is_refused(home: Path, name: str) -> None:
    with Store.open(home) as store, pytest.raises(UsageProblem, match="a-z, 0-9"):
        exchange.named(store, name)


SYNCING = """
import sys
from pathlib import Path
from quizkit.memory.fsrs6 import Fsrs6
from quizkit.store import Store
from quizkit.sync import exchange
home, shared, name = sys.argv[1:]
with Store.open(Path(home)) as store:
    print("begins", flush=True)
    exchange.sync(store, Fsrs6(), Path(shared), name)
"""
LONGEST_S = 0.06
# an undisturbed sync of these logs takes 20 to 50 ms


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_sync_that_is_killed_at_any_instant_loses_nothing(environment: dict[str, str], tmp_path: Path) -> None:
    shared, moments = tmp_path / "shared", random.Random(0)
    shared.mkdir()
    with ExitStack() as open_stores:
        machines = []
        for name in NAMES:
            machines.append(Machine(name, open_stores.enter_context(Store.open(tmp_path / name)), 0))
            machines[-1].keep([review(f"{name}-{n}", f"card-{n % 40}", day=n % 90) for n in range(300)])
        for number in range(24):
            machine = machines[number % 3]
            machine.keep([review(f"{machine.name}-more-{number}", "late", day=number)])
            _killed_sync(environment, tmp_path / machine.name, shared, moments.uniform(0, LONGEST_S))
        for machine in machines * 2:
            machine.sync(shared)
        all_agree(machines)
    assert not list(shared.glob(".*"))


def _killed_sync(environment: dict[str, str], home: Path, shared: Path, seconds: float) -> None:
    """Kill a sync some time after it began; that of the interpreter, which is longer, is not counted."""
    command = [sys.executable, "-c", SYNCING, home, shared, home.name]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begins\n"
        time.sleep(seconds)
        process.kill()


def test_two_machines_of_the_same_name_lose_nothing(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    with Store.open(tmp_path / "one") as one, Store.open(tmp_path / "two") as two:
        one.append([review("a")], MODEL)
        two.append([review("b")], MODEL)
        for store in (one, two, one):
            exchange.sync(store, MODEL, shared, "laptop")
        assert list(one.entries()) == list(two.entries())


def test_what_a_carrier_or_another_machine_is_writing_is_left_alone(home: Path, tmp_path: Path) -> None:
    with Store.open(home) as store:
        store.append([review("a")], MODEL)
        exchange.sync(store, MODEL, tmp_path, "laptop")
        piece = next(tmp_path.glob("*.jsonl"))
        shutil.copy(piece, tmp_path / f"{piece.stem} (conflicted copy).jsonl")
        (tmp_path / f"{piece.name}.part").write_text("half of it")
        (tmp_path / ".desk.0123456789abcdef.jsonl.7.half").write_text("being written by another machine")
        before = sorted(tmp_path.iterdir())
        store.append([review("b")], MODEL)
        assert exchange.sync(store, MODEL, tmp_path, "laptop").waiting == ()
        assert set(before) < set(tmp_path.iterdir())
