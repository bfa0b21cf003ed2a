"""The SQLite file that keeps the review log, and what is derived from it.

One durable transaction an answer: write-ahead log with `synchronous=FULL`, so an answer that was acknowledged survives
the process and the power. States are replayed from the log inside the same transaction, so that several processes that
answer at once never build on a stale state.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizkit.attempts import model_for
from quizkit.errors import MachineProblem, UsageProblem
from quizkit.frozen import frozen
from quizkit.home import LOG_FILE
from quizkit.memory.code import AMONG_CHALLENGES, AMONG_INTERVIEWS
from quizkit.memory.days import DAY_SECONDS, ROLLOVER_HOUR
from quizkit.memory.log import INTERVIEW_NOTES, NOTES, Entry, Event, Grade, Kind, Mode
from quizkit.memory.state import NEW, CardState, MemoryModel, Phase, replay
from quizkit.migrations import MIGRATIONS

if TYPE_CHECKING:
    from quizkit.progress.figures import Standing

BUSY_SECONDS = 30.0
_EVENT_NAMES = tuple(field.name for field in fields(Event))
_EVENT_COLUMNS = ", ".join(_EVENT_NAMES)
_INSERT_EVENT = (
    f"INSERT OR IGNORE INTO event ({_EVENT_COLUMNS}, tick) VALUES ({', '.join('?' for _ in _EVENT_NAMES)},"
    " max(?, 1 + coalesce((SELECT max(tick) FROM event), 0)))"
)
_INSERT_ENTRY = f"INSERT INTO event ({_EVENT_COLUMNS}, tick) VALUES ({', '.join('?' for _ in _EVENT_NAMES)}, ?)"
_STATE_NAMES = tuple(field.name for field in fields(CardState))
_STATE_COLUMNS = ", ".join(_STATE_NAMES)
_STATE_MARKS = ", ".join("?" for _ in _STATE_NAMES)
_AS_IT_WAS = " AND ".join(f"{name} IS ?" for name in _STATE_NAMES)
_PHASES = {phase.value: phase for phase in Phase}
# asking the enumeration for each of thousands of states takes five times as long
_event_values = attrgetter(*_EVENT_NAMES)
_state_values = attrgetter(*_STATE_NAMES)
# dataclasses.astuple copies deeply and takes twenty times as long
_BATCH = 500
MOST_UNCHECKED = 500
# cards to look up in the bank at every opening, before they are looked up once for all

Progress = Callable[[int, int], None]
Select = Callable[[Iterable[str]], set[str]]
"""Returns those of some cards that a bank has."""


@frozen
class Merged:
    """What a merge came to."""

    new: int
    # entries that were not there
    contradicted: int = 0
    # entries that tell something else under the uid of one that is there, which stays


class Store:
    """The review log of one home folder. Not to be shared between threads."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._names: dict[str, tuple[str, ...]] = {}
        # every id under which a renamed card has history, its present one first

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open the review log in `folder`, making both when they are missing.

        Raises:
            MachineProblem: the folder cannot be written, the file is damaged or comes from a newer quizkit.
        """
        path = folder / LOG_FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise MachineProblem(_unwritable(folder, error.strerror or str(error))) from None
        with _explained(path):
            connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            try:
                _prepare(connection, path)
            except BaseException:
                connection.close()
                raise
        store = cls(path, connection)
        store._names = store._read_names()
        return store

    def close(self) -> None:
        """Close the file; nothing is pending."""
        self._connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- the log ------------------------------------------------------------------------------------------------------

    def append(self, events: Sequence[Event], model: MemoryModel) -> dict[str, CardState]:
        """Append events in one durable transaction and return the new states of their cards.

        An event whose uid is already there is left alone, so appending again is harmless.
        """
        with self._transaction():
            for event in events:
                self._insert(event)
            return {card: self._derive(card, model) for card in self._concerned(events)}

    def merge(self, entries: Sequence[Entry], model: MemoryModel) -> Merged:
        """Take in entries of other logs, each at its own place, in one durable transaction.

        Merging is the union: in any order, any number of times, it leads to the same log and the same states.
        """
        with self._transaction():
            known = {entry.event.uid: entry for entry in self.entries()}
            given = {entry.event.uid: entry for entry in entries}
            new = [entry for uid, entry in given.items() if uid not in known]
            self._connection.executemany(_INSERT_ENTRY, [(*_event_values(e.event), e.tick) for e in new])
            concerned = self._concerned(entry.event for entry in new if entry.event.kind not in INTERVIEW_NOTES)
            for card in concerned:
                self._derive(card, model)
            if concerned:
                self._note_absent("", 0, ())
                # what came may be older than what a bank was looked through for
        return Merged(len(new), sum(known.get(uid, entry) != entry for uid, entry in given.items()))

    def _concerned(self, events: Iterable[Event]) -> list[str]:
        """Return the cards whose states some events change, under the ids in the events and their present ones."""
        present = {name: names[0] for names in self._names.values() for name in names}
        pairs = ((event.card, present.get(event.card, event.card)) for event in events)
        return list(dict.fromkeys(card for pair in pairs for card in pair))

    def append_answer(self, event: Event, model: MemoryModel, before: CardState, after: CardState) -> None:
        """Append one event whose outcome is known: it turns `before` into `after`.

        Where another process has changed the card's state meanwhile, it is replayed from the log instead.
        """
        with self._transaction():
            self._insert(event)
            if event.kind is Kind.UNDO or not self._replaced(event.card, before, after):
                self._derive(event.card, model)

    def history(self, card: str) -> list[Event]:
        """Return all events of a card, oldest first, under every id that it has had."""
        names = self._names.get(card, (card,))
        marks = ", ".join("?" for _ in names)
        return self._events(f"WHERE card IN ({marks}) ORDER BY tick, uid", names)

    def cards_with(self, note: str, cards: Sequence[str]) -> set[str]:
        """Return those of `cards` with an event, under any of their ids, whose detail contains `note`."""
        present = {name: card for card in cards for name in self._names.get(card, (card,))}
        marks = ", ".join("?" for _ in present)
        rows = self._rows(
            f"SELECT DISTINCT card FROM event WHERE card IN ({marks}) AND instr(detail, ?)", *present, note
        )
        return {present[name] for (name,) in rows}

    def events(self) -> Iterator[Event]:
        """Yield the whole log, oldest first."""
        with _explained(self.path):
            for row in self._connection.execute(f"SELECT {_EVENT_COLUMNS} FROM event ORDER BY tick, uid"):
                yield _event(row)

    def entries(self) -> Iterator[Entry]:
        """Yield the whole log with each event's place in it, oldest first."""
        with _explained(self.path):
            for *row, tick in self._connection.execute(f"SELECT {_EVENT_COLUMNS}, tick FROM event ORDER BY tick, uid"):
                yield Entry(tick, _event(row))

    def answers(self) -> list[tuple[str, int, int]]:
        """Return card, study day and grade of each review that stands and moves a schedule, oldest first.

        Reviews under a former id come under the present one; challenges are among them. Grade 0: begun afresh.
        """
        return self._rows(
            "SELECT coalesce(alias.card, event.card),"
            f" (at_ms / 1000 + offset_min * 60 - {ROLLOVER_HOUR * 3600}) / {DAY_SECONDS}, coalesce(grade, 0)"
            " FROM event LEFT JOIN alias ON old = event.card WHERE kind IN ('review', 'afresh') AND mode != 'cram'"
            " AND uid NOT IN (SELECT undoes FROM event WHERE undoes IS NOT NULL) ORDER BY tick, uid"
        )

    def studied(self) -> dict[int, tuple[int, int]]:
        """Return the reviews that stand of each study day that had any, and the time they took (ms)."""
        rows = self._rows("SELECT day, reviews, taken_ms FROM studied WHERE reviews ORDER BY day")
        return {day: (reviews, taken_ms) for day, reviews, taken_ms in rows}

    def challenge_events(self) -> list[Event]:
        """Return what the log says of coding challenges, oldest first."""
        return self._events(f"WHERE {AMONG_CHALLENGES} ORDER BY tick, uid", ())

    def last_standing(self) -> Event | None:
        """Return the newest event that an undo takes back and none has."""
        passed_over = ", ".join(f"'{kind}'" for kind in (Kind.UNDO, *NOTES))
        found = self._events(
            f"WHERE kind NOT IN ({passed_over})"
            " AND NOT EXISTS (SELECT 1 FROM event AS undo WHERE undo.undoes = event.uid)"
            " ORDER BY tick DESC, uid DESC LIMIT 1",
            (),
        )
        return found[0] if found else None

    # -- interviews ---------------------------------------------------------------------------------------------------

    def append_once(self, events: Sequence[Event], model: MemoryModel) -> None:
        """Append events of one interview in one durable transaction; its reviews move the states of their cards.

        Raises:
            UsageProblem: one of them is there already: another process goes on with the same interview. Nothing was
                kept.
        """
        uids = [event.uid for event in events]
        with self._transaction():
            if self._connection.execute(f"SELECT 1 FROM event WHERE uid IN ({_marks(uids)})", uids).fetchone():
                raise UsageProblem("This interview goes on in another window. What you just did was not kept here.")
            for event in events:
                self._insert(event)
            for card in self._concerned(event for event in events if event.kind is Kind.REVIEW):
                self._derive(card, model)

    def interview_events(self, sitting: str = "") -> list[Event]:
        """Return what the log says of one interview, or of all of them, oldest first."""
        one, values = (" AND sitting = ?", [sitting]) if sitting else ("", [])
        return self._events(f"WHERE mode = '{Mode.INTERVIEW}'{one} ORDER BY tick, uid", values)

    def beat(self, sitting: str, at_ms: int, used_ms: int, draft: str) -> None:
        """Keep how far the clock of an interview has come, and what is typed."""
        with self._transaction():
            self._connection.execute(
                "INSERT OR REPLACE INTO pulse VALUES (?, ?, ?, ?)", (sitting, at_ms, used_ms, draft)
            )

    def pulse(self, sitting: str) -> tuple[int, int, str] | None:
        """Return the last beat of an interview: wall clock (ms), time used on its question (ms), what was typed."""
        rows = self._rows("SELECT at_ms, used_ms, draft FROM pulse WHERE sitting = ?", sitting)
        return rows[0] if rows else None

    def end_pulse(self, sitting: str) -> None:
        """Forget the beats of an interview that is over, or that nobody plays any more."""
        with self._transaction():
            self._connection.execute("DELETE FROM pulse WHERE sitting = ?", (sitting,))

    def _events(self, where: str, values: Sequence[object]) -> list[Event]:
        with _explained(self.path):
            rows = self._connection.execute(f"SELECT {_EVENT_COLUMNS} FROM event {where}", values)
            return [_event(row) for row in rows]

    def _insert(self, event: Event) -> None:
        self._connection.execute(_INSERT_EVENT, (*_event_values(event), event.at_ms))

    # -- states -------------------------------------------------------------------------------------------------------

    def state(self, card: str) -> CardState:
        """Return the memory state of a card; a card without history is new."""
        with _explained(self.path):
            return self._stored(card)

    def _stored(self, card: str) -> CardState:
        row = self._connection.execute(f"SELECT {_STATE_COLUMNS} FROM state WHERE card = ?", (card,)).fetchone()
        return _state(row) if row else NEW

    def states(self, cards: Iterable[str] | None = None) -> dict[str, CardState]:
        """Return the states of those of `cards` (or of all cards) that have history."""
        query = f"SELECT card, {_STATE_COLUMNS} FROM state"
        with _explained(self.path):
            if cards is None:
                return {row[0]: _state(row[1:]) for row in self._connection.execute(query)}
            return {
                row[0]: _state(row[1:])
                for batch in _batches(cards)
                for row in self._connection.execute(f"{query} WHERE card IN ({_marks(batch)})", batch)
            }

    def due(self, day: int, at_ms: int) -> list[tuple[str, int | None, int | None]]:
        """Return (card, due_day, due_ms) of every card due on study day `day` or, in a step, at instant `at_ms`."""
        with _explained(self.path):
            return self._connection.execute(
                "SELECT card, due_day, NULL FROM state WHERE suspended = 0 AND skipped_day IS NOT :day"
                " AND due_day <= :day UNION ALL "
                "SELECT card, NULL, due_ms FROM state WHERE suspended = 0 AND skipped_day IS NOT :day"
                " AND due_ms <= :at_ms",
                {"day": day, "at_ms": at_ms},
            ).fetchall()

    def standings(self, day: int) -> list[Standing]:
        """Return how every card with history stands on study day `day`."""
        return self._rows(
            "SELECT card, CASE WHEN suspended THEN NULL WHEN due_day > ?1 THEN due_day - ?1"
            " WHEN due_day IS NULL AND due_ms IS NULL THEN NULL ELSE skipped_day IS ?1 END,"
            " max(0, ?1 - last_day), stability,"
            " young_recalled, young_reviews, mature_recalled, mature_reviews FROM state",
            day,
        )

    def leeches(self, threshold: int) -> list[tuple[str, int]]:
        """Return the leeches that are not put away, with their lapses, the worst first; none for a threshold of 0."""
        query = "SELECT card, lapses FROM state WHERE 0 < ?1 AND ?1 <= lapses AND NOT suspended"
        return self._rows(f"{query} ORDER BY lapses DESC, card", threshold)

    def doubtful(self, token: str, select: Select) -> set[str]:
        """Return the cards with history that a bank may never have had: it had every other one at least once.

        `token` names the bank, and `select` is asked about all cards with history once for each token.
        """
        absent, unchecked = self._doubtful(token)
        if len(unchecked) > MOST_UNCHECKED:
            with self._transaction():
                absent, unchecked = self._doubtful(token)
                # again: from here on no other process adds a card or renames one
                absent |= unchecked
                absent -= select(absent)
                tick = self._rows("SELECT max(tick) FROM event")[0][0]
                self._note_absent(token, tick, absent)
            return absent
        return absent | unchecked

    def _doubtful(self, token: str) -> tuple[set[str], set[str]]:
        """Return the cards with history that were not in the bank, and those that were not looked up in it."""
        known, tick, absent = self._absent()
        if known != token:
            return set(), {card for (card,) in self._rows("SELECT card FROM state")}
        since = self._rows("SELECT card FROM event WHERE tick > ?", tick)
        # not DISTINCT: SQLite would walk the whole log in the order of cards
        return absent, {card for (card,) in since}

    def _absent(self) -> tuple[str, int, set[str]]:
        """Return the token of the bank that was looked through, the tick of the log then, and what it did not have."""
        noted = self._derived("absent")
        token, tick, absent = json.loads(noted) if noted else ("", 0, ())
        return token, tick, set(absent)

    def _note_absent(self, token: str, tick: int, absent: Iterable[str]) -> None:
        noted = json.dumps([token, tick, sorted(absent)])
        self._connection.execute("INSERT OR REPLACE INTO derived VALUES ('absent', ?)", (noted,))

    def unavailable_as_new(self, cards: Sequence[str], day: int) -> set[str]:
        """Return those of `cards` that are not new on study day `day`: seen, suspended or skipped today."""
        query = "SELECT card FROM state WHERE (reviews > 0 OR suspended OR skipped_day = ?) AND card IN"
        with _explained(self.path):
            return {
                row[0]
                for batch in _batches(cards)
                for row in self._connection.execute(f"{query} ({_marks(batch)})", [day, *batch])
            }

    def introduced(self, day: int) -> int:
        """Return how many questions were first reviewed on study day `day`; challenges are no part of its share."""
        rows = self._rows(f"SELECT count(*) FROM state WHERE first_day = ? AND NOT ({AMONG_CHALLENGES})", day)
        return int(rows[0][0])

    def derive_all(self, model: MemoryModel, names: Mapping[str, str], progress: Progress | None = None) -> bool:
        """Bring all states up to date with the model and with the renames `names` (old id -> present id).

        Returns whether anything had to be replayed. Cheap when nothing changed.
        """
        if self._derived_from() == (model.fingerprint, dict(names)):
            return False
        with self._transaction():
            fingerprint, known = self._derived_from()
            # again: another process may have been faster
            self._connection.execute("DELETE FROM alias")
            self._connection.executemany("INSERT INTO alias VALUES (?, ?)", names.items())
            self._names = self._read_names()
            renamed = {word for pair in known.items() ^ dict(names).items() for word in pair}
            if fingerprint == model.fingerprint:
                for card in renamed:
                    self._derive(card, model)
            else:
                self._replay_everything(model, progress)
            token, tick, absent = self._absent()
            self._note_absent(token, tick, absent | renamed | set(names.values()))
            # their history may have come without an event of theirs
            self._connection.execute("INSERT OR REPLACE INTO derived VALUES ('model', ?)", (model.fingerprint,))
        return True

    def _derived_from(self) -> tuple[str, dict[str, str]]:
        return self._derived("model"), dict(self._rows("SELECT old, card FROM alias"))

    def _replay_everything(self, model: MemoryModel, progress: Progress | None) -> None:
        self._connection.execute("DELETE FROM state")
        total = self._rows("SELECT count(*) FROM event")[0][0]
        rows = self._connection.execute(
            f"SELECT {_EVENT_COLUMNS}, coalesce((SELECT a.card FROM alias AS a WHERE a.old = event.card), card)"
            f" AS present FROM event WHERE NOT ({AMONG_INTERVIEWS}) ORDER BY present, tick, uid"
        )
        done = 0
        for card, group in groupby(rows, key=lambda row: row[-1]):
            events = [_event(row[:-1]) for row in group]
            self._keep(card, replay(model_for(card, model), card, events))
            done += len(events)
            if progress:
                progress(done, total)

    def _derive(self, card: str, model: MemoryModel) -> CardState:
        history = self.history(card)
        if not history:
            self._connection.execute("DELETE FROM state WHERE card = ?", (card,))
            return NEW
        state = replay(model_for(card, model), card, history)
        self._keep(card, state)
        return state

    def _replaced(self, card: str, before: CardState, after: CardState) -> bool:
        """Put `after` in the place of `before`; False, and nothing done, where something else is stored."""
        if before == NEW:
            query = f"INSERT OR IGNORE INTO state (card, {_STATE_COLUMNS}) VALUES (?, {_STATE_MARKS})"
            return self._connection.execute(query, (card, *_state_values(after))).rowcount == 1
        was, becomes = _state_values(before), _state_values(after)
        # only what changes, so that SQLite leaves the other indexes, and with them pages of the disk, alone
        changes = {name: new for name, old, new in zip(_STATE_NAMES, was, becomes, strict=True) if old != new}
        if not changes:
            return self._stored(card) == before
        query = f"UPDATE state SET {', '.join(f'{name} = ?' for name in changes)} WHERE card = ? AND {_AS_IT_WAS}"
        return self._connection.execute(query, (*changes.values(), card, *was)).rowcount == 1

    def _keep(self, card: str, state: CardState) -> None:
        query = f"INSERT OR REPLACE INTO state (card, {_STATE_COLUMNS}) VALUES (?, {_STATE_MARKS})"
        self._connection.execute(query, (card, *_state_values(state)))

    # -- settings and the like ----------------------------------------------------------------------------------------

    def settings(self) -> dict[str, str]:
        """Return the settings that the user has changed, as text."""
        return dict(self._rows("SELECT name, value FROM setting"))

    def set(self, name: str, value: str | None) -> None:
        """Keep a setting, or with None go back to its default."""
        with self._transaction():
            self._connection.execute("DELETE FROM setting WHERE name = ?", (name,))
            if value is not None:
                self._connection.execute("INSERT INTO setting VALUES (?, ?)", (name, value))

    def is_empty(self) -> bool:
        """Whether nothing was ever logged."""
        return not self._rows("SELECT 1 FROM event LIMIT 1")

    def last_at_ms(self) -> int | None:
        """Return the latest wall-clock instant in the log (ms since the epoch, UTC)."""
        return self._rows("SELECT max(at_ms) FROM (SELECT at_ms FROM event ORDER BY tick DESC LIMIT 50)")[0][0]  # type: ignore[no-any-return]

    def copy_to(self, path: Path) -> None:
        """Write a consistent copy of the file to `path`, also while others write."""
        with _explained(self.path):
            target = sqlite3.connect(path)
            try:
                self._connection.backup(target)
                target.execute("PRAGMA journal_mode = DELETE")
            finally:
                target.close()

    def _derived(self, name: str) -> str:
        rows = self._rows("SELECT value FROM derived WHERE name = ?", name)
        return rows[0][0] if rows else ""

    def _read_names(self) -> dict[str, tuple[str, ...]]:
        names: dict[str, tuple[str, ...]] = {}
        for old, card in self._rows("SELECT old, card FROM alias ORDER BY old"):
            names[card] = (*names.get(card, (card,)), old)
        return names

    def _rows(self, query: str, *values: object) -> list[Any]:
        with _explained(self.path):
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with _explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise MachineProblem(
            f"{path} was written by a newer quizkit (format {version}; this one knows {len(MIGRATIONS)})."
            " Nothing was changed. Upgrade quizkit, or set QUIZKIT_HOME to another folder."
        )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    if version < len(MIGRATIONS):
        _migrate(connection)


def _migrate(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        # read again: another process may have migrated while this one waited for the lock
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        for script in MIGRATIONS[version:]:
            for statement in _statements(script):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    """Split a script: `executescript` would commit between the statements of one step."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _event(row: Sequence[Any]) -> Event:
    uid, kind, card, at_ms, offset_min, sitting, mode, grade, taken_ms, undoes, detail = row
    grade = None if grade is None else Grade(grade)
    return Event(uid, Kind(kind), card, at_ms, offset_min, sitting, Mode(mode), grade, taken_ms, undoes, detail)


def _state(row: Sequence[Any]) -> CardState:
    columns = (_PHASES[row[0]], *row[1:-2], bool(row[-2]), row[-1])
    return CardState(*columns)


def _batches(cards: Iterable[str]) -> Iterator[list[str]]:
    listed = list(cards)
    for start in range(0, len(listed), _BATCH):
        yield listed[start : start + _BATCH]


def _marks(batch: Sequence[str]) -> str:
    return ", ".join("?" for _ in batch)


def _unwritable(folder: Path, reason: str) -> str:
    return (
        f"Cannot write to {folder} ({reason}). Nothing was lost."
        " Make the folder writable, or set QUIZKIT_HOME to one that is."
    )


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what SQLite says into what a person can do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise MachineProblem(_explanation(path, error)) from error


def _explanation(path: Path, error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "")
    reason = str(error)
    if name.startswith("SQLITE_FULL"):
        return f"The disk is full: what you just did was not kept in {path}. Free some space, then do it again."
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return _unwritable(path.parent, reason)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return f"Another program has held {path} for {BUSY_SECONDS:.0f} seconds. Close it, then try again."
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return (
            f"{path} is damaged ({reason}). Your backups are untouched: `quizkit backup` lists them,"
            " `quizkit backup restore` brings the newest back and keeps the damaged file."
        )
    return (
        f"{path} could not be read or written ({reason}): what you just did was not kept, all before it is."
        " The disk may be full or failing."
    )
