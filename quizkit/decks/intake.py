"""Takes cards from elsewhere into the user's own bank, and what is known of them into the review log.

Doing it again changes nothing: a card that is there is known by its id or its question, a review by its uid. A card
whose question stands in the bank keeps the bank's text and gets the history.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from hashlib import blake2b
from itertools import count
from pathlib import Path

from quizkit.authoring.files import write_new
from quizkit.authoring.own import own_bank, topic_folder
from quizkit.authoring.template import id_from
from quizkit.bank.check import check
from quizkit.bank.folders import Folder, bank_folders
from quizkit.bank.library import Bank
from quizkit.bank.problem import Problem
from quizkit.bank.values import LONGEST_ID
from quizkit.decks.anki_export import MEDIA_FOLDER
from quizkit.decks.archive import is_safe
from quizkit.decks.deck import Deck, Found, Left
from quizkit.decks.entries import Entry, bank_file
from quizkit.errors import MachineProblem, UsageProblem
from quizkit.faces.drawing.flowchart import flowchart_problem
from quizkit.frozen import frozen, replace
from quizkit.memory.log import Entry as LogEntry
from quizkit.memory.log import Event, Kind, Mode
from quizkit.opening import Desk

SITTING = "anki"
_LINKS = ("after", "see_also")
_TEXTS = ("question", "simple_answer", "technical_answer")
_LINK = re.compile(r"!?\[([^\]]*)\]\(<?[^)]*>?\)")

ReadMedia = Callable[[str], bytes | None]
"""Returns a picture or sound by its name, or None where the package does not hold it."""


@frozen
class Outcome:
    """What an import came to."""

    file: Path | None
    # None where nothing was new
    added: int
    known: int
    # cards that the bank had
    reviews: int
    cards_with_reviews: int
    media: int
    left: tuple[Left, ...]


@frozen
class Placed:
    """A card with the id that it has or gets."""

    id: str
    card: Found
    is_new: bool


def place(cards: Sequence[Found], bank: Bank, topic: str) -> list[Placed]:
    """Give each card its id: that of the same question in the bank, else its own or one made of its question."""
    names = bank.aliases()
    taken: set[str] = set()
    placed = []
    for card in cards:
        wanted = str(card.entry.get("id", ""))
        wanted = names.get(wanted, wanted)
        name, is_new = _free(wanted, card, bank, taken, topic)
        taken.add(name)
        placed.append(Placed(name, card, is_new))
    return placed


def _free(wanted: str, card: Found, bank: Bank, taken: set[str], topic: str) -> tuple[str, bool]:
    """Return the first name that is free, or that names this very card in the bank, and whether it was free."""
    stem = (wanted or id_from(_LINK.sub(r"\1", card.question)) or id_from(topic) or "card")[: LONGEST_ID - 8]
    names = (f"{stem}-{number}" if number > 1 else wanted or stem for number in count(1))
    for name in names:
        if name in taken:
            continue
        there = bank.get(name)
        if there is None or name == wanted or there.question == card.question:
            return name, there is None
    raise AssertionError("count never ends")


# -- files ------------------------------------------------------------------------------------------------------------


def write(
    placed: Sequence[Placed], desk: Desk, topic: str, heading: str
) -> tuple[Path | None, list[Placed], list[Left]]:
    """Write the new cards as one file of the user's bank; returns it, what is in it, and what was left out.

    Raises:
        UsageProblem: no card passed the check.
    """
    folder = topic_folder(own_bank(str(desk.home)), topic)
    new, left = _linked([one for one in placed if one.is_new], desk.bank)
    new, refused = _sound(new, bank_folders(str(desk.home), os.environ), topic, heading)
    left += refused
    if refused and not new:
        raise UsageProblem(f"None of these cards passes the check. The first: {refused[0].what}: {refused[0].reason}")
    if not new:
        return None, [], left
    text = bank_file((one.card.entry for one in new), heading)
    return write_new(folder, id_from(Path(heading).stem) or "import", text), new, left


def _linked(new: Sequence[Placed], bank: Bank) -> tuple[list[Placed], list[Left]]:
    """Put the ids in, and take out links to questions that are neither here nor there."""
    ids = {one.id for one in new}
    left: list[Left] = []
    linked = []
    for one in new:
        entry: Entry = {"id": one.id} | one.card.entry | {"id": one.id}
        for key in (key for key in _LINKS if key in entry):
            gone = [name for name in entry[key] if name not in ids and bank.get(name) is None]
            entry[key] = [name for name in entry[key] if name not in gone]
            left += [Left("links to questions that are not in your banks", f"{one.id}: {name}") for name in gone]
        entry = {key: value for key, value in entry.items() if value != []}
        linked.append(replace(one, card=replace(one.card, entry=entry)))
    return linked, left


def _sound(new: list[Placed], folders: Sequence[Folder], topic: str, heading: str) -> tuple[list[Placed], list[Left]]:
    """Return the cards that pass the check together, and the others with what is wrong."""
    left: list[Left] = []
    with tempfile.TemporaryDirectory(prefix="quizkit-") as folder:
        path = Path(folder, topic, "draft.yaml")
        path.parent.mkdir()
        while new:
            path.write_text(bank_file((one.card.entry for one in new), heading), "utf-8")
            problems = check([path], folders, flowchart_problem)
            faulty = {problem.question_id for problem in problems}
            if not problems:
                break
            left += [Left(problem.message, _where(problem)) for problem in problems]
            kept = [one for one in new if one.id not in faulty]
            new = kept if len(kept) < len(new) else []
    return new, left


def _where(problem: Problem) -> str:
    return problem.question_id or f"line {problem.line}"


def write_media(placed: Sequence[Placed], folder: Path, read: ReadMedia) -> tuple[int, list[Left]]:
    """Put the pictures and sounds of cards beside their file; returns how many, and those that are missing."""
    names = dict.fromkeys(name for one in placed for name in one.card.media)
    left = []
    written = 0
    for name in names:
        content = read(name) if is_safe(name) else None
        if content is None:
            left.append(Left("pictures and sounds that the package does not hold", name))
        else:
            _write_bytes(folder / MEDIA_FOLDER / name, content)
            written += 1
    return written, left


def _write_bytes(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".", dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError as error:
        raise MachineProblem(f"{path} could not be written ({error.strerror or error}).") from None


# -- history ----------------------------------------------------------------------------------------------------------


def events(placed: Sequence[Placed]) -> list[Event]:
    """Return the history of cards as events of the review log."""
    return [event for one in placed for event in _events(one)]


def _events(one: Placed) -> Iterator[Event]:
    for past in one.card.past:
        mode = Mode.STUDY if past.counts else Mode.CRAM
        uid = _uid(one.card.key, past.at_ms)
        moment = (past.at_ms, _offset_min(past.at_ms), SITTING, mode)
        yield Event(uid, Kind.REVIEW, one.id, *moment, past.grade, past.taken_ms)
    if one.card.suspended_ms is not None:
        moment = (one.card.suspended_ms, _offset_min(one.card.suspended_ms), SITTING, Mode.STUDY)
        yield Event(_uid(one.card.key, "suspended"), Kind.SUSPEND, one.id, *moment)


def _uid(key: str, what: object) -> str:
    return f"anki-{blake2b(f'{key} {what}'.encode('utf-8', 'replace'), digest_size=12).hexdigest()}"


def _offset_min(at_ms: int) -> int:
    """Return local time minus UTC at that instant: Anki's log does not keep it."""
    offset = datetime.fromtimestamp(at_ms / 1000).astimezone().utcoffset()
    return round(offset.total_seconds() / 60) if offset else 0


# -- all of it --------------------------------------------------------------------------------------------------------


def take_in(
    deck: Deck, desk: Desk, name: str, topic: str, with_history: bool = False, read_media: ReadMedia | None = None
) -> Outcome:
    """Take a deck in: the questions first, so that no review is kept of a question that is not.

    `name` is what the file was called.

    Raises:
        UsageProblem: `topic` names no folder, or no card passes the check; nothing was changed.
    """
    placed = place(deck.cards, desk.bank, topic)
    path, new, left = write(placed, desk, topic, name)
    media, missing = write_media(new, path.parent, read_media) if path and read_media else (0, [])
    there = {one.id for one in new}
    kept = [one for one in placed if one.id in there or not one.is_new]
    past = events(kept) if with_history else []
    known = {event.uid for event in desk.store.events()} if past else set()
    # counted, not trusted: the store leaves out itself what it has
    desk.store.merge([LogEntry(event.at_ms, event) for event in past], desk.settings.model())
    # not append: what was answered here since comes after it
    fresh = [event for event in past if event.kind is Kind.REVIEW and event.uid not in known]
    left += [*missing, *_differing(placed, desk.bank)]
    everything = (*deck.left, *left, *(() if with_history else _stays(deck)))
    counted = len(fresh), len({event.card for event in fresh})
    return Outcome(path, len(new), sum(not one.is_new for one in placed), *counted, media, everything)


def _differing(placed: Sequence[Placed], bank: Bank) -> Iterator[Left]:
    """Name the cards whose text in the bank is another one: the bank's stays."""
    for one in placed:
        there = None if one.is_new else bank.get(one.id)
        if there and any(one.card.entry.get(key, "") != getattr(there, key) for key in _TEXTS):
            yield Left("texts that differ from those in your banks, which stay", one.id)


def _stays(deck: Deck) -> Iterator[Left]:
    """Say what stays behind where nobody asked for history."""
    reviews = sum(len(card.past) for card in deck.cards)
    if reviews:
        cards = sum(bool(card.past) for card in deck.cards)
        yield Left("reviews (--with-history takes them along)", f"{reviews} of {cards} cards")
    suspended = sum(card.suspended_ms is not None for card in deck.cards)
    if suspended:
        yield Left("suspension (--with-history takes it along)", f"of {suspended} cards")
