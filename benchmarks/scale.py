"""Measure quizkit with a bank of 100,000 questions and 50,000 cards of history, beside Anki's own backend.

    pip install anki
    python benchmarks/scale.py [--anki PYTHON] [--files 2000] [--cards 50000] [--missed 0] [--rounds 10] [--answers 600]

`--anki` names the Python of an environment that has the package `anki`, where it is not the one that runs this file.
Not for Windows.

The two collections hold the same. The bank has 2,000 files of 50 questions (generate.py); each question is an Anki note
of the type Basic, its question in front, everything else of its YAML behind. The history is one that could have
happened: each of 50,000 cards was begun on some day of the last 400, and reviewed on every day on which quizkit's
FSRS-6 made it due, until yesterday; so about a thousand are due now, or with `--missed 3`, when nobody studied for
three days, some 3,500. It is appended to quizkit's log through `Store.append`. Anki gets the same memory states
(stability, difficulty, interval, due day, repetitions, lapses) in its cards and the same reviews in its own log,
written to its file after its backend has added the notes.

Anki's settings: FSRS on, desired retention 0.9, one learning and one relearning step of 10 minutes as in quizkit, 9999
reviews a day, and new cards a day as in quizkit (20), because Anki collects the whole day's cards when it builds its
queue. Its environment is bare: where a variable names certificates, Anki spends 60 ms more on reading them. Both write
with a write-ahead log and `synchronous=FULL`: an answer is on the disk when it is acknowledged.

What is timed, everything with warm file caches:
- open and first due card, in a process of its own after the imports: quizkit's `opened()`, a `Player` and its first
  view, beside Anki's `Collection(path)` and `get_queued_cards()`; and both again as whole processes with their imports;
- an answer: `Player.act` twice (open the answer, which also gives the interval of each grade; grade it, which also
  gives the next question). Beside it stands what Anki's reviewer asks of its backend for the same:
  `describe_next_states`, `answer_card`, `get_queued_cards()` and the text of the next card; and then `answer_card` and
  `get_queued_cards()` alone, which bring no text. Both processes stay open and take turns, answer by answer;
- memory: the largest resident set of a process, as the system counts it;
- the first opening after one file of 50 questions was changed, beside an opening with nothing changed;
- a first indexing beside `yaml.load(text, Loader=yaml.CSafeLoader)` of the same texts, both after the imports, with
  Python's garbage collector as it is by default (and, for information, with the collector off for the loader).
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.start import QUIZKIT, environment, first_question, first_words, heading, row, until_painted, whole

PER_FILE = 50
DAYS_OF_HISTORY = 400
GRADES = (1, 2, 3, 4)
GRADE_WEIGHTS = (10, 12, 66, 12)
WARM_UP = 10
MOST_MEGABYTES = 150
MOST_EDIT_MS = 50


# -- quizkit's side, in processes of their own ------------------------------------------------------------------------


def make_history(amount: str, missed: str, notes: str) -> None:
    """Append the history, and write what Anki needs to know of notes and cards to the file `notes`."""
    from quizkit.clock import SystemClock
    from quizkit.opening import opened

    cards, today = int(amount), SystemClock().now().day
    studied_until = today - int(missed) - 1
    with opened() as desk:
        ids = [card for card in desk.bank.ids() if card.startswith("question-")]
        model = desk.settings.model()
        chosen = random.Random(1).sample(ids, cards)
        events: dict[str, list[Any]] = {card: list(_life(model, card, studied_until)) for card in chosen}
        for start in range(0, cards, 5000):
            some = [event for card in chosen[start : start + 5000] for event in events[card]]
            desk.store.append(some, model)
        states = desk.store.states()
        with Path(notes).open("w", encoding="utf-8") as file:
            for number, card in enumerate(ids):
                note = _note(desk.bank.question(card))
                if card in states:
                    note["state"] = _anki_state(states[card], today)
                    note["reviews"] = [(event.at_ms, event.grade) for event in events[card]]
                file.write(json.dumps({**note, "number": number}) + "\n")


def _life(model: Any, card: str, last_day: int) -> Iterator[Any]:
    """Yield the reviews of a card that was reviewed on every day on which it was due, up to `last_day`."""
    from quizkit.memory.days import DAY_SECONDS, ROLLOVER_HOUR
    from quizkit.memory.log import Event, Grade, Kind, Mode
    from quizkit.memory.state import NEW

    chance = random.Random(card)
    state, day = NEW, last_day - chance.randrange(DAYS_OF_HISTORY)
    at_ms = (day * DAY_SECONDS + ROLLOVER_HOUR * 3600) * 1000 + chance.randrange(3600_000, 60_000_000)
    for number in range(1000):
        grade = Grade(chance.choices(GRADES, GRADE_WEIGHTS)[0])
        yield Event(f"{card}-{number}", Kind.REVIEW, card, at_ms, 0, f"sitting-{day}", Mode.STUDY, grade, 8000)
        state = model.review(card, state, grade, day, at_ms)
        if state.due_ms is not None:
            at_ms = state.due_ms
            continue
        if state.due_day > last_day:
            return
        at_ms += (state.due_day - day) * DAY_SECONDS * 1000
        day = state.due_day


def _note(question: Any) -> dict[str, Any]:
    pairs = [f"{mistake.claim}\n{mistake.correction}" for mistake in question.mistakes]
    pairs += [f"{further.question}\n{further.answer}" for further in question.follow_ups]
    texts = [question.simple_answer, question.technical_answer, question.analogy, *question.key_points, *pairs]
    return {"front": question.question, "back": "\n\n".join(texts), "tags": question.tags}


def _anki_state(state: Any, today: int) -> dict[str, Any]:
    return {
        "stability": state.stability,
        "difficulty": state.difficulty,
        "interval": state.due_day - state.last_day,
        "due_in": state.due_day - today,
        "reviewed_in": state.last_day - today,
        "reviews": state.reviews,
        "lapses": state.lapses,
    }


def open_quizkit() -> None:
    """Print the seconds to open everything and have the first due card."""
    import quizkit.bank.library
    import quizkit.opening
    import quizkit.player  # noqa: F401 - imported before the time begins

    start = time.perf_counter()
    with _sitting() as player:
        view = player.view()
        took = time.perf_counter() - start
        assert view.question
    print(took)


def answer_quizkit() -> None:
    """Answer a card at each line of input, with the grade that the line names, and print the seconds."""
    from quizkit.memory.log import Grade
    from quizkit.session import Action, Do, Screen

    with _sitting() as player:
        view = player.view()
        print(json.dumps({"due": view.total}), flush=True)
        for line in sys.stdin:
            start = time.perf_counter()
            player.act(Action(Do.OPEN_ALL))
            view = player.act(Action(Do.GRADE, Grade(int(line))))
            took = time.perf_counter() - start
            assert view.screen is Screen.QUESTION
            print(took, flush=True)
    print(peak_megabytes(), flush=True)


def cram_quizkit() -> None:
    """Begin to cram everything, the most that a sitting can hold, and print the peak memory."""
    with _sitting(cram=True) as player:
        assert player.view().question
    print(peak_megabytes())


def _sitting(*, cram: bool = False) -> Any:
    from contextlib import contextmanager

    from quizkit.bank.library import Filters
    from quizkit.memory.log import Mode
    from quizkit.opening import opened
    from quizkit.player import Player, Request

    @contextmanager
    def sitting() -> Iterator[Player]:
        with opened() as desk:
            request = Request(Mode.CRAM if cram else Mode.STUDY, Filters())
            yield Player(desk.bank, desk.store, desk.settings, request, desk.clock)

    return sitting()


def index_quizkit(bank: str, index: str) -> None:
    """Index a bank for the first time; print the seconds and the peak memory."""
    from quizkit.bank import builder, reader  # noqa: F401 - imported before the time begins
    from quizkit.bank.folders import Folder
    from quizkit.bank.library import Bank

    start = time.perf_counter()
    Bank.open([Folder(bank)], index).close()
    print(time.perf_counter() - start, peak_megabytes())


def load_yaml(bank: str, collector: str) -> None:
    """Load the texts of a bank with PyYAML alone and print the seconds."""
    import gc

    import yaml

    texts = [path.read_bytes() for path in sorted(Path(bank).glob("*/*.yaml"))]
    if collector == "off":
        gc.disable()
    start = time.perf_counter()
    for text in texts:
        yaml.load(text, Loader=yaml.CSafeLoader)
    print(time.perf_counter() - start)


# -- Anki's side ------------------------------------------------------------------------------------------------------


def make_anki(notes: str, path: str) -> None:
    """Build the Anki collection from what `make_history` wrote."""
    from anki.collection import AddNoteRequest, Collection

    described = [json.loads(line) for line in Path(notes).read_text("utf-8").splitlines()]
    col = Collection(path)
    _configure(col)
    basic = col.models.by_name("Basic")
    for start in range(0, len(described), 10_000):
        requests = []
        for one in described[start : start + 10_000]:
            note = col.new_note(basic)
            note.fields, note.tags = [one["front"], one["back"]], one["tags"]
            one["note"] = note
            requests.append(AddNoteRequest(note=note, deck_id=1))
        col.add_notes(requests)
    cards = dict(col.db.all("SELECT nid, id FROM cards"))
    today = col.sched.today
    with_history = [(cards[one["note"].id], one) for one in described if "state" in one]
    col.db.executemany(
        "UPDATE cards SET type = 2, queue = 2, due = ?, ivl = ?, factor = 2500, reps = ?, lapses = ?, data = ?"
        " WHERE id = ?",
        [_anki_card(card, one["state"], today) for card, one in with_history],
    )
    col.db.executemany("INSERT OR IGNORE INTO revlog VALUES (?, ?, -1, ?, ?, ?, 2500, 8000, 1)", _revlog(with_history))
    col.close()


def _configure(col: Any) -> None:
    col.set_config("fsrs", True)
    config = col.decks.config_dict_for_deck_id(1)
    config["new"].update(perDay=20, delays=[10.0])
    config["lapse"].update(delays=[10.0])
    config["rev"].update(perDay=9999)
    config["desiredRetention"] = 0.9
    col.decks.update_config(config)


def _anki_card(card: int, state: Mapping[str, Any], today: int) -> tuple[Any, ...]:
    last = int(time.time()) + state["reviewed_in"] * 86_400
    data = {"s": round(state["stability"], 4), "d": round(state["difficulty"], 3), "dr": 0.9, "lrt": last}
    due = today + state["due_in"]
    return due, state["interval"], state["reviews"], state["lapses"], json.dumps(data), card


def _revlog(cards: Sequence[tuple[int, Mapping[str, Any]]]) -> Iterator[tuple[int, ...]]:
    """Yield the rows of Anki's log, whose ids are instants and must differ."""
    rows = sorted((at_ms, card, grade) for card, one in cards for at_ms, grade in one["reviews"])
    last = 0
    for at_ms, card, grade in rows:
        last = max(last + 1, at_ms)
        yield last, card, grade, 1, 1


def open_anki(path: str) -> None:
    """Print the seconds to open the collection and have the first due card."""
    from anki.collection import Collection

    start = time.perf_counter()
    col = Collection(path)
    queued = col.sched.get_queued_cards()
    took = time.perf_counter() - start
    assert queued.cards
    print(took)
    col.close()


def answer_anki(path: str) -> None:
    """Answer a card at each line of input, with the grade that the line names.

    Prints the seconds of all that the reviewer asks for, and of those the scheduler's alone.
    """
    import anki.collection
    from anki.cards import Card

    col = anki.collection.Collection(path)
    queued = col.sched.get_queued_cards()
    print(json.dumps({"due": queued.review_count}), flush=True)
    card = Card(col, backend_card=queued.cards[0].card)
    card.start_timer()
    for line in sys.stdin:
        states = queued.cards[0].states
        start = time.perf_counter()
        assert len(col.sched.describe_next_states(states)) == len(GRADES)
        described = time.perf_counter()
        col.sched.answer_card(col.sched.build_answer(card=card, states=states, rating=int(line) - 1))
        queued = col.sched.get_queued_cards()
        took_alone = time.perf_counter() - described
        card = Card(col, backend_card=queued.cards[0].card)
        card.start_timer()
        assert card.question()
        print(time.perf_counter() - start, took_alone, flush=True)
    print(peak_megabytes(), flush=True)
    col.close()


def peak_megabytes(process: int | str = "self") -> float:
    """Return the largest resident set that a process has had.

    From the system's table where there is one: `getrusage` counts a parent's memory as its child's.
    """
    status = Path(f"/proc/{process}/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text("utf-8").splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


# -- the comparisons --------------------------------------------------------------------------------------------------


class Bench:
    """The generated data of one run, and how to start its processes."""

    def __init__(self, place: Path, anki: str, options: argparse.Namespace) -> None:
        """Use `place` for everything that is written."""
        self.place, self.anki_python, self.options = place, anki, options
        self.bank, self.notes, self.collection = place / "bank", place / "notes.jsonl", place / "anki" / "c.anki2"
        self.environ = environment(place / "home", QUIZKIT_BANKS=str(self.bank))

    def command(self, role: Callable[..., None], *arguments: object) -> list[str]:
        """Return the command that runs one of the functions above in a process of its own."""
        python = self.anki_python if role.__name__.endswith("anki") else sys.executable
        return [python, __file__, role.__name__, *map(str, arguments)]

    def call(self, role: Callable[..., None], *arguments: object) -> list[float]:
        """Run one of the functions above in a process of its own and return the numbers it prints."""
        command = self.command(role, *arguments)
        done = subprocess.run(command, env=self.environ, check=True, stdout=subprocess.PIPE, text=True)
        return [float(word) for word in done.stdout.split()]

    def prepare(self) -> None:
        """Make the bank, the history and the Anki collection."""
        from benchmarks.generate import generate_bank

        generate_bank(self.bank, self.options.files, PER_FILE)
        size = sum(path.stat().st_size for path in self.bank.glob("*/*.yaml"))
        questions = self.options.files * PER_FILE
        print(f"{questions:,} questions in {self.options.files:,} files, {size / questions:.0f} bytes each")
        time.sleep(2.1)  # a file as young as that is read again when it is next opened
        self.call(make_history, self.options.cards, self.options.missed, self.notes)
        self.collection.parent.mkdir()
        self.call(make_anki, self.notes, self.collection)


def compare_opening(bench: Bench) -> None:
    """Open and first due card."""
    first_of_day = bench.call(open_quizkit)[0]
    bench.call(open_anki, bench.collection)
    rounds = range(bench.options.rounds)
    pairs = [(bench.call(open_quizkit)[0], bench.call(open_anki, bench.collection)[0]) for _ in rounds]
    print_pairs("open and first due card, imports left out", pairs, 0.5)
    ours, theirs = bench.command(open_quizkit), bench.command(open_anki, bench.collection)
    pairs = [(whole(ours, bench.environ), whole(theirs, bench.environ)) for _ in rounds]
    print_pairs("the same as whole processes", pairs, 0.5)
    print(f"{'the first of a day, with its backup':46} {first_of_day * 1000:9.2f} ms")


def print_pairs(name: str, pairs: Sequence[tuple[float, float]], limit: float) -> None:
    """Print the medians of both sides and the median of the pairs' ratios."""
    ours, theirs = zip(*pairs, strict=True)
    print(row(name, median(ours), median(theirs), [a / b for a, b in pairs], limit))


def compare_answers(bench: Bench) -> None:
    """Next card plus durable answer, the two taking turns; then the memory they took."""
    grades = random.Random(2).choices(GRADES, GRADE_WEIGHTS, k=WARM_UP + bench.options.answers)
    commands = bench.command(answer_quizkit), bench.command(answer_anki, bench.collection)
    workers = [
        subprocess.Popen(command, env=bench.environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for command in commands
    ]
    due = [json.loads(worker.stdout.readline())["due"] for worker in workers]  # type: ignore[union-attr]
    taken = [[_ask(worker, grade) for worker in workers] for grade in grades][WARM_UP:]
    peaks = [float(worker.communicate()[0]) for worker in workers]
    ours = [seconds[0] for seconds, _ in taken]
    for number, beside in enumerate(("Anki's reviewer", "its scheduler alone")):
        theirs = [seconds[number] for _, seconds in taken]
        high = [quantiles(side, n=100)[98] for side in (ours, theirs)]
        print(
            row(f"answer, next card, beside {beside}", median(ours), median(theirs), [median(ours) / median(theirs)], 1)
        )
        print(row("the same, p99", *high, [high[0] / high[1]], 1))
    print(f"{'in that sitting (quizkit), to review (Anki)':46} {due[0]:9,}    {due[1]:9,} cards")
    print_memory("memory of those processes at their peak", peaks)


def _ask(worker: subprocess.Popen[str], grade: int) -> list[float]:
    assert worker.stdin and worker.stdout
    worker.stdin.write(f"{grade}\n")
    worker.stdin.flush()
    return [float(word) for word in worker.stdout.readline().split()]


def print_memory(name: str, peaks: Sequence[float]) -> None:
    """Print megabytes of quizkit, and of Anki where there are any."""
    verdict = "holds" if peaks[0] < MOST_MEGABYTES else "MISSED"
    theirs = f"{peaks[1]:9.1f} MB" if peaks[1:] else f"{'':12}"
    print(f"{name:46} {peaks[0]:9.1f} MB {theirs} {'':7}   limit {MOST_MEGABYTES} MB {verdict}")


def measure_memory(bench: Bench) -> None:
    """Memory of the full screen, and of the largest sitting there is."""
    peaks: list[float] = []
    words = first_words(first_question(bench.environ))
    until_painted([QUIZKIT, "study"], bench.environ, words, lambda process: peaks.append(peak_megabytes(process)))
    print_memory("full screen with its first card", peaks)
    print_memory("a sitting that crams all questions", bench.call(cram_quizkit))


def compare_edit(bench: Bench) -> None:
    """Open after one file was edited, beside an opening with nothing changed."""
    edited, settled, unchanged = [], [], []
    paths = sorted(bench.bank.glob("*/*.yaml"))
    for number in range(bench.options.rounds):
        path = paths[number * 37 % len(paths)]
        path.write_text(f"{path.read_text('utf-8')}    references: [edit {number}]\n", "utf-8")
        edited += bench.call(open_quizkit)
        time.sleep(2.1)  # a file as young as that is read again when it is next opened
        settled += bench.call(open_quizkit)
        unchanged += bench.call(open_quizkit)
    more = median(after - before for after, before in zip(edited, unchanged, strict=True)) * 1000
    verdict = "holds" if more <= MOST_EDIT_MS else "MISSED"
    name = "open after an edit, beside unchanged"
    times = f"{median(edited) * 1000:9.2f} ms {median(unchanged) * 1000:9.2f} ms"
    print(f"{name:46} {times} {more:+5.1f} ms   limit +{MOST_EDIT_MS} ms {verdict}")
    print(f"{'the one after it, which reads the file again':46} {median(settled) * 1000:9.2f} ms")


def compare_indexing(bench: Bench) -> None:
    """First indexing, beside the YAML loader alone."""
    pairs, peaks, without = [], [], []
    for number in range(max(2, bench.options.rounds // 5)):
        took, peak = bench.call(index_quizkit, bench.bank, bench.place / f"index-{number}.db")
        pairs.append((took, *bench.call(load_yaml, bench.bank, "on")))
        without += bench.call(load_yaml, bench.bank, "off")
        peaks.append(peak)
    print_pairs("first indexing, beside the YAML loader alone", pairs, 1.1)
    print(f"{'the loader with the garbage collector off':46} {'':12} {median(without) * 1000:9.2f} ms")
    print_memory("memory of a first indexing at its peak", [median(peaks)])


def main() -> None:
    """Make the data, measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--anki", default=sys.executable, metavar="PYTHON", help="a Python that has the package anki")
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--cards", type=int, default=50_000, help="cards with history")
    parser.add_argument("--missed", type=int, default=0, help="days without study before today")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--answers", type=int, default=600)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the generated data there, and use it again")
    options = parser.parse_args()
    if subprocess.run([options.anki, "-c", "import anki"], capture_output=True).returncode:
        raise SystemExit("The package anki is missing: pip install anki, or name a Python that has it with --anki.")
    place = options.keep or Path(tempfile.mkdtemp(prefix="quizkit-scale-"))
    try:
        bench = Bench(place, options.anki, options)
        if not bench.collection.exists():
            place.mkdir(parents=True, exist_ok=True)
            bench.prepare()
        print(heading("quizkit", "beside"))
        for compare in (compare_opening, compare_answers, measure_memory, compare_edit, compare_indexing):
            compare(bench)
    finally:
        if not options.keep:
            shutil.rmtree(place, ignore_errors=True)


ROLES = (
    make_history,
    open_quizkit,
    answer_quizkit,
    cram_quizkit,
    index_quizkit,
    load_yaml,
    make_anki,
    open_anki,
    answer_anki,
)

if __name__ == "__main__":
    gc.set_threshold(100_000)  # as quizkit does when it starts
    role = next((role for role in ROLES if sys.argv[1:2] == [role.__name__]), None)
    if role is None:
        main()
    else:
        role(*sys.argv[2:])
