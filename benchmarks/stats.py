"""Measure how long the figures of one's progress take, beside Anki's own graphs of the same log.

    python benchmarks/stats.py --anki anki-env/bin/python [--reviews 100000] [--cards 10000] [--rounds 15]

Both sides have the same reviews of as many cards, with the same memory states and due days, and are asked in turn, in
a process that stays: quizkit for all that `quizkit stats` shows, Anki's backend for what its window of graphs shows of
the whole collection and all time, with FSRS on, which quizkit always has, and off. Before every round one more card is
answered in quizkit, so that nothing could be kept from the round before. Opening is left out on both sides. Then whole
processes: `quizkit stats`, and a Python that imports Anki, opens the collection and asks for the same graphs. The limit
is 0.4. At last what the figures cost elsewhere: an answer, and a replay of the whole log, as after an upgrade.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from generate import generate_bank, question_id
from start import QUIZKIT, environment, heading, row, whole

from quizkit.clock import SystemClock
from quizkit.memory.fsrs6 import Fsrs6
from quizkit.memory.log import Event, Grade, Kind, Mode
from quizkit.memory.state import after
from quizkit.opening import Desk, opened
from quizkit.overview import overview
from quizkit.store import Store

LIMIT = 0.4
PER_FILE = 50
DAY_MS = 86_400_000
_ANKI_MAKES = """
import json, sys
from anki.collection import AddNoteRequest, Collection
path, log = sys.argv[1:]
reviews, states, today = json.load(open(log))
col = Collection(path)
basic, deck = col.models.by_name("Basic"), col.decks.id("bench")
def note(number):
    made = col.new_note(basic)
    made["Front"], made["Back"] = f"question {number}", "answer"
    return AddNoteRequest(made, deck)
col.add_notes([note(number) for number in range(len(states))])
ids = [row[0] for row in col.db.execute("select id from cards order by id")]
rows = [(at, ids[card], -1, grade, 30, 20, 2500, 8000, 1) for card, at, grade in reviews]
col.db.executemany("insert into revlog values (?,?,?,?,?,?,?,?,?)", rows)
learned = "update cards set type=2, queue=2, ivl=?, due=?, reps=10, factor=2500, data=? where id=?"
for card, (stability, difficulty, due_day, last_day) in zip(ids, states):
    memory = {"s": stability, "d": difficulty, "dr": 0.9, "decay": 0.1542, "lrt": last_day * 86400 + 43200}
    due = col.sched.today + due_day - today
    col.db.execute(learned, max(1, due_day - last_day), due, json.dumps(memory), card)
col.set_config("fsrs", True)
col.close()
"""
_ANKI_ASKS = """
import sys, time
from anki.collection import Collection
col = Collection(sys.argv[1])
for line in sys.stdin:
    col.set_config("fsrs", line == "fsrs\\n")
    start = time.perf_counter()
    graphs = col._backend.graphs(search="", days=0)
    print(time.perf_counter() - start, flush=True)
    assert graphs.fsrs == (line == "fsrs\\n")
"""
_ANKI_WHOLE = """
import sys
from anki.collection import Collection
print(len(Collection(sys.argv[1])._backend.graphs(search="", days=0).true_retention.all_time.__str__()))
"""


def reviews_of(count: int, cards: int) -> list[tuple[int, int, int]]:
    """Return (card, instant in ms, grade) of reviews over the last 400 days, oldest first, no two at one instant."""
    words = random.Random(0)
    first = int(time.time() * 1000) - 400 * DAY_MS
    instants = sorted(words.sample(range(first, first + 399 * DAY_MS), count))
    return [(number % cards, at, words.choice((1, 2, 3, 3, 3, 3, 4))) for number, at in enumerate(instants)]


def make_home(home: Path, reviews: list[tuple[int, int, int]], cards: int) -> None:
    """Write a bank with the cards, and their log."""
    generate_bank(home / "questions", -(-cards // PER_FILE), PER_FILE)
    events = [_event(f"e{number}", *review) for number, review in enumerate(reviews)]
    with Store.open(home) as store:
        store.append(events, Fsrs6())


def _event(uid: str, card: int, at_ms: int, grade: int) -> Event:
    name = question_id(*divmod(card, PER_FILE))
    return Event(uid, Kind.REVIEW, name, at_ms, 0, "s", Mode.STUDY, Grade(grade), 8000)


def make_collection(python: str, place: Path, reviews: list[tuple[int, int, int]], cards: int) -> Path:
    """Write Anki's collection with the same log, and the states and due days that quizkit has."""
    with Store.open(place / "home") as store:
        states = [store.state(question_id(*divmod(card, PER_FILE))) for card in range(cards)]
    today = SystemClock().now().day
    memory = [
        (s.stability, s.difficulty, today if s.due_day is None else s.due_day, s.last_day or today) for s in states
    ]
    (place / "log.json").write_text(json.dumps([reviews, memory, today]), "utf-8")
    collection = place / "collection.anki2"
    subprocess.run([python, "-c", _ANKI_MAKES, collection, place / "log.json"], check=True)
    return collection


class Sides:
    """Both sides, ready to be asked."""

    def __init__(self, desk: Desk, anki: subprocess.Popen[str]) -> None:
        self._desk, self._anki, self._answers = desk, anki, 0

    def answer(self) -> float:
        """Answer one card in quizkit and return the seconds."""
        now, self._answers = self._desk.clock.now(), self._answers + 1
        event = _event(f"again{self._answers}", self._answers, now.at_ms, 3)
        before = self._desk.store.state(event.card)
        model = self._desk.settings.model()
        done = after(model, event.card, before, event)
        start = time.perf_counter()
        self._desk.store.append_answer(event, model, before, done)
        return time.perf_counter() - start

    def ours(self) -> float:
        """Return the seconds that quizkit's figures take."""
        desk = self._desk
        start = time.perf_counter()
        overview(desk.bank, desk.store, desk.settings, desk.clock.now())
        return time.perf_counter() - start

    def theirs(self, memory: str) -> float:
        """Return the seconds that Anki's graphs take, with `memory` "fsrs" or "off"."""
        assert self._anki.stdin is not None
        assert self._anki.stdout is not None
        print(memory, file=self._anki.stdin, flush=True)
        return float(self._anki.stdout.readline())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--anki", required=True, help="a Python that has Anki's package")
    parser.add_argument("--reviews", type=int, default=100_000)
    parser.add_argument("--cards", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    wanted = parser.parse_args()
    gc.set_threshold(100_000)  # as quizkit's own start does
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        reviews = reviews_of(wanted.reviews, wanted.cards)
        make_home(place / "home", reviews, wanted.cards)
        collection = make_collection(wanted.anki, place, reviews, wanted.cards)
        os.environ["QUIZKIT_HOME"] = str(place / "home")
        print(f"{wanted.reviews:,} reviews of {wanted.cards:,} cards, {wanted.rounds} rounds; {sys.version.split()[0]}")
        print(heading("quizkit", "Anki"))
        _staying([wanted.anki, "-c", _ANKI_ASKS, str(collection)], wanted.rounds)
        _whole([wanted.anki, "-c", _ANKI_WHOLE, str(collection)], place / "home", wanted.rounds)
        _replay()


def _staying(command: list[str], rounds: int) -> None:
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as anki, opened() as desk:
        sides = Sides(desk, anki)
        seen = [(sides.answer(), sides.ours(), sides.theirs("fsrs"), sides.theirs("off")) for _ in range(rounds + 1)]
        assert anki.stdin is not None
        anki.stdin.close()
    answers, ours, fsrs, off = zip(*seen[1:], strict=True)  # the first fills the caches of both
    _row("figures, beside Anki's graphs with FSRS", ours, fsrs)
    _row("the same, its FSRS off", ours, off)
    print(f"{'an answer, with all that is counted':46} {median(answers) * 1000:9.2f} ms")


def _whole(anki: list[str], home: Path, rounds: int) -> None:
    ours = [str(QUIZKIT), "stats"]
    pairs = [(whole(ours, environment(home)), whole(anki, os.environ)) for _ in range(rounds + 1)]
    _row("the same as whole processes", *zip(*pairs[1:], strict=True))


def _replay() -> None:
    with opened() as desk:
        start = time.perf_counter()
        desk.store.derive_all(Fsrs6(desired_retention=0.8), {})
        print(f"{'a replay of the whole log':46} {(time.perf_counter() - start) * 1000:9.2f} ms")


def _row(name: str, ours: Sequence[float], theirs: Sequence[float]) -> None:
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    print(row(name, median(ours), median(theirs), ratios, LIMIT))


if __name__ == "__main__":
    main()
