import json
import random
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st
from making import question

from quizkit.decks import archive, collection, protobuf
from quizkit.decks.anki_export import FIELDS, export
from quizkit.decks.anki_import import deck_of
from quizkit.decks.archive import UnreadablePackage
from quizkit.decks.deck import Deck
from quizkit.decks.intake import take_in
from quizkit.opening import opened
from quizkit.sync.lines import entries_of, text_of


def read(package: Path) -> Deck:
    unpacked = package.with_suffix(".unpacked")
    with archive.opened(package) as file:
        file.unpack_collection(unpacked)
        return deck_of(collection.read(unpacked, package.name))


def zipped(path: Path, entries: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)


def sound(folder: Path) -> bytes:
    """Return the SQLite file of a package that is in order."""
    export([question()], folder / "sound.apkg", 1_760_000_000)
    with zipfile.ZipFile(folder / "sound.apkg") as file:
        return file.read("collection.anki2")


def changed(folder: Path, *statements: str) -> bytes:
    path = folder / "changed.db"
    path.write_bytes(sound(folder))
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return path.read_bytes()


def media_list(name: str) -> bytes:
    """Return a list of media in the new format, with one name in it."""
    entry = b"\x0a" + bytes([len(name)]) + name.encode()
    return b"\x0a" + bytes([len(entry)]) + entry


def demanding(content: bytes) -> bytes:
    """Pack so that whoever unpacks has to hold the last gigabyte of what was unpacked."""
    compressor = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 30})
    return compressor.compress(content) + compressor.flush()


ENDLESS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, i, i, 0, 0, 0, 0, 0, 0, 0, 0 FROM n"
)
ZEROS = bytes(1 << 20)

HOSTILE: dict[str, Callable[[Path], dict[str, bytes]]] = {
    "a zip file of something else": lambda _: {"readme.txt": b"hello"},
    "a bomb": lambda _: {"collection.anki2": ZEROS * 40},
    "a bomb in the new format": lambda _: {"collection.anki21b": zstd.compress(ZEROS * 40)},
    "a bomb in the list of media": lambda folder: {"collection.anki2": sound(folder), "media": b" " * (40 << 20)},
    "half a stream": lambda folder: {"collection.anki21b": zstd.compress(sound(folder))[:-50]},
    "no stream": lambda folder: {"collection.anki21b": sound(folder)},
    "a path that climbs": lambda f: {"collection.anki2": sound(f), "media": b'{"0": "../../.profile"}', "0": b"rm"},
    "an absolute path": lambda folder: {"collection.anki2": sound(folder), "media": b'{"0": "/etc/passwd"}'},
    "a path of Windows": lambda folder: {"collection.anki2": sound(folder), "media": b'{"0": "..\\\\x.bat"}'},
    "a path in the new format": lambda folder: {
        "collection.anki21b": zstd.compress(sound(folder)),
        "media": zstd.compress(media_list("../x")),
    },
    "a name with a line break": lambda folder: {"collection.anki2": sound(folder), "media": b'{"0": "a\\nb.png"}'},
    "a stream that wants a gigabyte of memory": lambda folder: {"collection.anki21b": demanding(sound(folder))},
    "a list of media that is none": lambda folder: {"collection.anki2": sound(folder), "media": b"[1, 2]"},
    "deep brackets": lambda folder: {"collection.anki2": sound(folder), "media": b"[" * 100_000},
    "no database": lambda _: {"collection.anki2": b"SQLite format 3\0" + random.Random(1).randbytes(5000)},
    "half a database": lambda folder: {"collection.anki2": sound(folder)[:9000]},
    "a database without tables": lambda folder: {"collection.anki2": changed(folder, "DROP TABLE notes")},
    "an endless view": lambda folder: {
        "collection.anki2": changed(folder, "DROP TABLE notes", f"CREATE VIEW notes AS {ENDLESS}")
    },
    "a virtual table": lambda folder: {
        "collection.anki2": changed(folder, "DROP TABLE revlog", "CREATE VIRTUAL TABLE revlog USING fts5(id, cid)")
    },
    "a computed giant": lambda folder: {
        "collection.anki2": changed(
            folder, "ALTER TABLE notes RENAME TO old",
            "CREATE TABLE notes (id, guid, mid, tags, flds AS (zeroblob(999999999)))",
            "INSERT INTO notes SELECT id, guid, mid, tags FROM old",
        )
    },
    "models that are no JSON": lambda folder: {"collection.anki2": changed(folder, "UPDATE col SET models = 'x'")},
    "models of another shape": lambda f: {"collection.anki2": changed(f, "UPDATE col SET models = '{\"1\": 2}'")},
    "notes that are no text": lambda f: {"collection.anki2": changed(f, "UPDATE notes SET mid = x'ff', id = 3")},
    "a review in the year 300000": lambda folder: {
        "collection.anki2": changed(folder, "INSERT INTO revlog VALUES (9e15, 1, 0, 3, 1, 1, 2500, 1, 1)")
    },
    "a card changed in the year 300000": lambda folder: {
        "collection.anki2": changed(folder, "UPDATE cards SET queue = -1, mod = 9e12")
    },
}  # fmt: skip


TIMES = (0, -5, 2**60, -(2**60))
# that answers are said to have taken (ms)


def test_the_log_stays_readable_whatever_a_package_says_of_its_reviews(home: Path, tmp_path: Path) -> None:
    reviews = ", ".join(f"({at}, (SELECT id FROM cards), 0, 3, 1, 1, 2500, {took}, 1)" for at, took in enumerate(TIMES))
    content = changed(tmp_path, f"INSERT INTO revlog VALUES {reviews}", "UPDATE cards SET queue = -1, mod = 0")
    zipped(tmp_path / "odd.apkg", {"collection.anki2": content})
    with opened() as desk:
        outcome = take_in(read(tmp_path / "odd.apkg"), desk, "odd.apkg", "odd", with_history=True)
        entries = list(desk.store.entries())
    assert outcome.reviews == len(TIMES) == len(entries) - 1
    assert entries_of(text_of(entries), "log") == entries


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_package_is_refused_with_a_sentence(name: str, tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    package = inside / "evil.apkg"
    zipped(package, HOSTILE[name](tmp_path))
    with pytest.raises(UnreadablePackage, match=r"evil\.apkg.*[.]$") as refused:
        read(package)
    assert "Traceback" not in refused.value.message
    assert {path.name for path in inside.iterdir()} <= {"evil.apkg", "evil.unpacked"}


@pytest.mark.parametrize("bound", ["MOST_ENTRIES", "MOST_COLLECTION"])
def test_a_package_beyond_a_bound_is_refused(bound: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zipped(tmp_path / "large.apkg", {"collection.anki2": sound(tmp_path), "media": b"{}"})
    assert read(tmp_path / "large.apkg").cards
    monkeypatch.setattr(archive, bound, 1)
    with pytest.raises(UnreadablePackage, match=r"more than 1 files|far more than it should"):
        read(tmp_path / "large.apkg")


def test_what_is_no_zip_file_is_refused(tmp_path: Path) -> None:
    package = tmp_path / "deck.apkg"
    for content in (b"", b"hello", b"PK\x03\x04 broken"):
        package.write_bytes(content)
        with pytest.raises(UnreadablePackage, match="cannot be read as an Anki package"):
            read(package)


@settings(max_examples=60)
@given(flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=20))
def test_a_damaged_database_is_read_or_refused_and_nothing_else(
    flips: list[tuple[float, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    content = bytearray(sound(folder))
    for place, change in flips:
        content[int(place * len(content))] ^= change
    zipped(folder / "damaged.apkg", {"collection.anki2": bytes(content)})
    try:
        read(folder / "damaged.apkg")
    except UnreadablePackage as refused:
        assert refused.message.endswith(".")


@pytest.mark.parametrize("message", [b"\x0a\x05ab", b"\x0a", b"\x0b\x00", b"\x08" + b"\xff" * 11])
def test_a_message_that_ends_too_soon_or_is_none_is_refused(message: bytes) -> None:
    with pytest.raises(ValueError, match=r"too soon|unknown kind"):
        list(protobuf.fields(message))


def test_a_card_in_a_filtered_deck_belongs_to_its_own(tmp_path: Path) -> None:
    path = tmp_path / "filtered.db"
    path.write_bytes(changed(tmp_path, "UPDATE cards SET odid = did, did = 1"))
    (card,) = collection.read(path, "filtered.apkg").cards
    assert card.deck == "quizkit::activations"


def test_fields_stand_in_the_order_that_is_told_not_in_that_of_the_list(tmp_path: Path) -> None:
    path = tmp_path / "shuffled.db"
    path.write_bytes(sound(tmp_path))
    with closing(sqlite3.connect(path)) as connection:
        (models,) = connection.execute("SELECT models FROM col").fetchone()
        shuffled = {number: {**model, "flds": model["flds"][::-1]} for number, model in json.loads(models).items()}
        connection.execute("UPDATE col SET models = ?", [json.dumps(shuffled)])
        connection.commit()
    forms = collection.read(path, "shuffled.apkg").note_types.values()
    assert FIELDS in [form.fields for form in forms]


def test_a_note_that_pretends_to_be_ours_is_read_as_any_other(tmp_path: Path) -> None:
    fake = json.dumps({"question": {"id": "../x", "question": "q"}, "shown": {}}).replace("'", "''")
    fields = "\x1f".join(["Who?", "", "In short it is me", *[""] * 9, fake])
    content = changed(tmp_path, f"UPDATE notes SET flds = '{fields}'")
    zipped(tmp_path / "fake.apkg", {"collection.anki2": content})
    ((card,), _) = (read(tmp_path / "fake.apkg").cards, None)
    assert "id" not in card.entry
    assert card.question == "Who?"
