"""Measure how long the figures of one's progress take, beside Anki's own graphs of the same log.

    python benchmarks/stats.py --anki anki-env/bin/python [--reviews 100000] [--cards 10000] [--rounds 9]

Both sides have the same reviews of as many cards, and are asked in turn, in a process that stays: quizkit for all that
`quizkit stats` shows, Anki's backend for what its window of graphs shows of the whole collection and all time. Opening
is left out on both sides. The limit is 0.4.
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
from pathlib import Path
from statistics import median

from generate import generate_bank, question_id
from start import heading, row

from quizkit.memory.fsrs6 import Fsrs6
from quizkit.memory.log import Event, Grade, Kind, Mode
from quizkit.store import Store

LIMIT = 0.4
PER_FILE = 50
DAY_MS = 86_400_000
_ANKI_PROGRAM = """
import json, sys, time
from anki.collection import AddNoteRequest, Collection
path, log = sys.argv[1:]
reviews = json.load(open(log))
cards = 1 + max(card for card, _, _ in reviews)
col = Collection(path)
basic, deck = col.models.by_name("Basic"), col.decks.id("bench")
def note(number):
    made = col.new_note(basic)
    made["Front"], made["Back"] = f"question {number}", "answer"
    return AddNoteRequest(made, deck)
col.add_notes([note(number) for number in range(cards)])
ids = [row[0] for row in col.db.execute("select id from cards order by id")]
rows = [(at, ids[card], -1, grade, 30, 20, 2500, 8000, 1) for card, at, grade in reviews]
col.db.executemany("insert into revlog values (?,?,?,?,?,?,?,?,?)", rows)
learned = "update cards set type=2, queue=2, ivl=30, due=?+abs(random()%60), reps=10, factor=2500"
col.db.execute(learned, col.sched.today)
for _ in sys.stdin:
    start = time.perf_counter()
    col._backend.graphs(search="", days=0)
    print(time.perf_counter() - start, flush=True)
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
    names = [question_id(*divmod(card, PER_FILE)) for card in range(cards)]
    events = [
        Event(f"e{number}", Kind.REVIEW, names[card], at, 0, "s", Mode.STUDY, Grade(grade), 8000)
        for number, (card, at, grade) in enumerate(reviews)
    ]
    with Store.open(home) as store:
        store.append(events, Fsrs6())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--anki", required=True, help="a Python that has Anki's package")
    parser.add_argument("--reviews", type=int, default=100_000)
    parser.add_argument("--cards", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=9)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        reviews = reviews_of(wanted.reviews, wanted.cards)
        (place / "log.json").write_text(json.dumps(reviews), "utf-8")
        make_home(place / "home", reviews, wanted.cards)
        os.environ["QUIZKIT_HOME"] = str(place / "home")
        command = [wanted.anki, "-c", _ANKI_PROGRAM, str(place / "c.anki2"), str(place / "log.json")]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as anki:
            ours, theirs = _in_turn(anki, wanted.rounds)
    print(f"{wanted.reviews:,} reviews of {wanted.cards:,} cards, {wanted.rounds} rounds; {sys.version.split()[0]}")
    print(heading("quizkit", "Anki"))
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    print(row("figures, beside Anki's graphs", median(ours), median(theirs), ratios, LIMIT))


def _in_turn(anki: subprocess.Popen[str], rounds: int) -> tuple[list[float], list[float]]:
    from quizkit.opening import opened
    from quizkit.overview import overview

    gc.set_threshold(100_000)  # as quizkit's own start does
    assert anki.stdin is not None
    assert anki.stdout is not None
    ours: list[float] = []
    theirs: list[float] = []
    with opened() as desk:
        for _ in range(rounds + 1):
            print("again", file=anki.stdin, flush=True)
            theirs.append(float(anki.stdout.readline()))
            start = time.perf_counter()
            overview(desk.bank, desk.store, desk.settings, desk.clock.now())
            ours.append(time.perf_counter() - start)
    anki.stdin.close()
    return ours[1:], theirs[1:]  # the first fills the caches of both


if __name__ == "__main__":
    main()
