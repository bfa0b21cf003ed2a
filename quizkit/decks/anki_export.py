"""Questions as an Anki package that Anki updates in place when a later one is imported.

What Anki matches by never changes: a note by its GUID, made of the id that the question had first; the note type and
the decks by numbers of their own. An imported note replaces an older one when its time of change is later, in seconds.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from html import escape
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize
from urllib.parse import unquote

from quizkit.bank.model import Question
from quizkit.decks.entries import entry_of
from quizkit.decks.svg import diagram
from quizkit.decks.to_html import html, inline, items, pairs
from quizkit.errors import MachineProblem, UsageProblem

if TYPE_CHECKING:
    import genanki  # type: ignore[import-untyped]

NOTE_TYPE = 1_763_781_233
# also what tells our notes from others when they come back
SOURCE, ID = "Source", "Id"
LAYERS = (
    "Choices", "In short", "As you would say it", "Answer", "Diagram", "Analogy", "Traps", "Did you say",
    "They also ask", "References",
)  # fmt: skip
FIELDS = ("Question", *LAYERS, ID, SOURCE)
_FRONT = "{{Question}}{{#Choices}}<div class=choices>{{Choices}}</div>{{/Choices}}"
_SHOWN = tuple(name for name in LAYERS if name != "Choices")
_BACK = (
    "{{FrontSide}}<hr id=answer>"
    + "".join(f"{{{{#{name}}}}}<section><h4>{name}</h4>{{{{{name}}}}}</section>{{{{/{name}}}}}" for name in _SHOWN)
    + "<footer>{{Id}}</footer>"
)
_STYLE = """
.card{font:18px/1.5 system-ui,sans-serif;max-width:42rem;margin:1rem auto;padding:0 1rem;text-align:left}
h4{margin:1.2rem 0 .3rem;color:#2459c4}.nightMode h4{color:#8ab0ff}
pre{overflow-x:auto;background:#8882;padding:.5rem}
table{border-collapse:collapse}td,th{border:1px solid #8886;padding:.2rem .5rem}
dt{font-weight:600}dd{margin:0 0 .6rem 1rem}footer{margin-top:1.5rem;color:#888;font-size:.8rem}
"""
MEDIA_FOLDER = "media"
# beside the YAML files of a topic: where its pictures are
_IN_MEDIA = re.compile(rf'(?<=<img src="){MEDIA_FOLDER}/([^"]*)')
_PICTURE = re.compile(rf"!\[[^\]]*\]\(<?{MEDIA_FOLDER}/([^/\\<>()]+)>?\)")
_STAMP_FILE = "anki-export"


def fields_of(question: Question) -> dict[str, str]:
    """Return the fields of a question's note, as HTML, by name."""
    shown = {
        "Question": html(question.question),
        "Choices": items(tuple(choice.text for choice in question.choices)),
        "In short": html(question.simple_answer),
        "As you would say it": html(question.technical_answer),
        "Answer": _answer(question),
        "Diagram": diagram(question.diagram) if question.diagram else "",
        "Analogy": html(question.analogy),
        "Traps": pairs([(one.claim, one.correction) for one in question.mistakes]),
        "Did you say": items(question.key_points),
        "They also ask": pairs([(one.question, one.answer) for one in question.follow_ups]),
        "References": items(question.references),
    }
    shown = {name: _IN_MEDIA.sub(lambda found: unquote(found[1]), text) for name, text in shown.items()}
    source = {"question": entry_of(question), "shown": {name: digest(text) for name, text in shown.items()}}
    return shown | {ID: escape(question.id), SOURCE: escape(json.dumps(source))}


def digest(field: str) -> str:
    """Return what tells a field that was edited in Anki, which keeps Unicode in its composed form."""
    return blake2b(normalize("NFC", field).encode("utf-8", "replace"), digest_size=8).hexdigest()


def _answer(question: Question) -> str:
    corrections = [(choice.text, choice.correction) for choice in question.choices if choice.correction]
    within = f" ± {question.number.tolerance:g}" if question.number and question.number.tolerance else ""
    return (inline(question.answer) + within + pairs(corrections)) if question.answer else ""


def tags_of(question: Question) -> list[str]:
    """Return the tags of a question's note; Anki's hold no spaces."""
    own = [*question.tags]
    own += [f"difficulty::{question.difficulty}"] if question.difficulty else []
    own += [f"company::{company}" for company in question.companies]
    return ["_".join(tag.split()) for tag in own]


def export(questions: Sequence[Question], target: Path, stamp: int) -> None:
    """Write the questions to `target`; `stamp` (seconds since the epoch) is the time of change of all notes.

    Raises:
        UsageProblem: `target` is a folder, or lies in none.
        MachineProblem: it cannot be written; what was there is unchanged.
    """
    if target.is_dir() or not target.resolve().parent.is_dir():
        raise UsageProblem(f"{target} cannot be written to: name a file in a folder that exists, such as deck.apkg.")
    try:
        with tempfile.TemporaryDirectory(prefix=".quizkit-", dir=target.resolve().parent) as folder:
            database = Path(folder, "collection.anki2")
            _write_database(_decks(questions), database, stamp)
            package = Path(folder, "package")
            with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.write(database, "collection.anki2")
                _write_media(archive, _pictures(questions))
            package.replace(target)
    except OSError as error:
        raise MachineProblem(f"{target} could not be written ({error.strerror or error}).") from None


def _write_database(decks: list[genanki.Deck], path: Path, stamp: int) -> None:
    from genanki import Package

    # not Package.write_to_file: that leaves a copy of the database in the temp folder each time
    connection = sqlite3.connect(path)
    try:
        Package(decks).write_to_db(connection.cursor(), stamp, count(stamp * 1000))
        connection.commit()
    finally:
        connection.close()


def _pictures(questions: Iterable[Question]) -> dict[str, Path]:
    """Return where the pictures that questions show are, by name; those that are missing are left out."""
    found: dict[str, Path] = {}
    for question in questions:
        texts = (question.question, question.simple_answer, question.technical_answer, question.analogy)
        for name in pictures_in(texts):
            path = Path(question.file).parent / MEDIA_FOLDER / name
            if path.is_file():
                found.setdefault(name, path)
    return found


def pictures_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the pictures that texts show from the media folder."""
    return tuple(dict.fromkeys(name for text in texts for name in _PICTURE.findall(text)))


def _write_media(archive: zipfile.ZipFile, pictures: dict[str, Path]) -> None:
    for number, path in enumerate(pictures.values()):
        archive.write(path, str(number))
    archive.writestr("media", json.dumps({str(number): name for number, name in enumerate(pictures)}))


def _decks(questions: Iterable[Question]) -> list[genanki.Deck]:
    import genanki

    model = _note_type(genanki)
    decks: dict[str, genanki.Deck] = {}
    for position, question in enumerate(questions):
        deck = decks.setdefault(question.topic, genanki.Deck(_number(question.topic), f"quizkit::{question.topic}"))
        first_id = question.was[0] if question.was else question.id
        fields = fields_of(question)
        deck.add_note(
            genanki.Note(
                model,
                [fields[name] for name in FIELDS],
                guid=genanki.guid_for("quizkit", first_id),
                tags=tags_of(question),
                due=position,
            )
        )
    return list(decks.values())


def _note_type(genanki: Any) -> genanki.Model:
    fields = [{"name": name} for name in FIELDS]
    return genanki.Model(
        NOTE_TYPE, "quizkit", fields, [{"name": "Card", "qfmt": _FRONT, "afmt": _BACK}], css=_STYLE
    )  # fmt: skip


def _number(topic: str) -> int:
    """Return a deck's number: Anki keeps 1 for its own, and JavaScript's numbers end at 2**53."""
    return 2**40 + int.from_bytes(blake2b(f"quizkit deck {topic}".encode(), digest_size=5).digest())


def next_stamp(home: Path, now_s: int) -> int:
    """Return the time of change to write, and remember it: later than every one before, also within one second.

    Anki takes over only what is later than what it has.
    """
    path = home / _STAMP_FILE
    try:
        home.mkdir(parents=True, exist_ok=True)
        with path.open("a+") as file:
            _lock(file.fileno())
            file.seek(0)
            written = file.read().strip()
            stamp = max(now_s, int(written) + 1 if written.isdecimal() else 0)
            file.seek(0)
            file.truncate()
            file.write(f"{stamp}\n")
    except OSError as error:
        raise MachineProblem(f"{path} could not be written ({error.strerror or error}).") from None
    return stamp


def _lock(descriptor: int) -> None:
    """Hold the file until it is closed, so that two exports at once take two stamps."""
    if os.name == "posix":
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)
