"""The cards of an Anki collection as questions: quizkit's own come back as they were, others as Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import unescape

from quizkit.bank.model import Question
from quizkit.bank.problem import shown
from quizkit.bank.reader import read
from quizkit.decks.anki_export import ID, SOURCE, digest, pictures_in, tags_of
from quizkit.decks.collection import Card, Collection, Note, NoteType, Review
from quizkit.decks.deck import Deck, Found, Left, Past
from quizkit.decks.entries import Entry, bank_file, entry_of
from quizkit.decks.templates import shown_fields, sides
from quizkit.decks.to_markdown import cleaned, markdown
from quizkit.memory.days import DAY_SECONDS
from quizkit.memory.log import Grade

_TEXTS = {
    "Question": "question",
    "In short": "simple_answer",
    "As you would say it": "technical_answer",
    "Analogy": "analogy",
}
# fields that can be read back after they were edited in Anki
_PREVIEW, _BY_HAND = 3, 4
_LONGEST = 100_000


def deck_of(collection: Collection) -> Deck:
    """Return the cards of a collection, and what of it has no place in quizkit."""
    found: list[Found] = []
    left: list[Left] = []
    several = len({card.deck for card in collection.cards}) > 1
    for card in collection.cards:
        one, lost = _found(card, collection, several)
        found += [one] if one else []
        left += lost
    unlike_ours = (*_by_hand(collection), *_flags(collection), *_hidden_fields(collection), *_styles(collection))
    return Deck(tuple(found), (*left, *unlike_ours))


def _found(card: Card, collection: Collection, several_decks: bool) -> tuple[Found | None, list[Left]]:
    note = collection.notes.get(card.note)
    form = collection.note_types.get(note.note_type) if note else None
    if note is None or form is None:
        return None, [Left("cards without a note or a note type", str(card.note))]
    fields = dict(zip(form.fields, note.fields, strict=False))
    own, left = _ours(note, fields)
    shown_by_own = pictures_in(str(text) for text in own.values()) if own else ()
    entry, media, lost = (own, shown_by_own, left) if own else _theirs(card, note, form, fields, several_decks)
    if not entry:
        return None, lost
    key = f"{note.guid} {card.template}"
    return Found(entry, key, media, _past(card), card.changed_ms if card.is_suspended else None), lost


# -- questions that quizkit exported ----------------------------------------------------------------------------------


def _ours(note: Note, fields: Mapping[str, str]) -> tuple[Entry | None, list[Left]]:
    """Return the entry that a note was made from, with what was changed in Anki since; None for any other note."""
    if SOURCE not in fields or ID not in fields:
        return None, []
    try:
        source = json.loads(unescape(fields[SOURCE]))
        question, exported = _checked(source["question"]), dict(source["shown"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        # typed over in Anki, or made by somebody else
        return None, []
    entry = entry_of(question)
    edited = [name for name in exported if name in fields and digest(fields[name]) != exported[name]]
    for name in edited:
        if name in _TEXTS:
            entry |= {_TEXTS[name]: markdown(fields[name])[0]}
    more = [tag for tag in note.tags if tag not in tags_of(question)]
    if more:
        entry["tags"] = [*entry.get("tags", ()), *more]
    kept = [name for name in edited if name not in _TEXTS]
    reason = "edits in Anki to a part that is more than text; the part stays as quizkit had it"
    left = [Left(reason, f"{question.id}: {name}") for name in kept]
    return {name: value for name, value in entry.items() if value not in ("", [], None)}, left


def _checked(entry: Entry) -> Question:
    """Return the question of an entry that a stranger may have written. Raises ValueError when it breaks a rule."""
    reading = read(bank_file([entry], "from Anki"), "", "")
    if len(reading.questions) != 1 or reading.problems:
        raise ValueError("not a question")
    return reading.questions[0]


# -- any other note ---------------------------------------------------------------------------------------------------


def _theirs(
    card: Card, note: Note, form: NoteType, fields: Mapping[str, str], several_decks: bool
) -> tuple[Entry | None, tuple[str, ...], list[Left]]:
    position = 0 if form.is_cloze else card.template
    name = f"note {note.number}, card {card.template + 1} ({shown(form.name, 40)})"
    if position >= len(form.templates):
        return None, (), [Left("cards whose template is missing", name)]
    template = form.templates[position]
    gap = card.template + 1 if form.is_cloze else None
    front, back = sides(template.front, template.back, fields, gap)
    if len(front) + len(back) > _LONGEST:
        return None, (), [Left(f"cards of more than {_LONGEST} characters", name)]
    question, media = markdown(front)
    answer, more_media = markdown(back)
    if not question or not answer:
        return None, (), [Left(f"cards with an empty {'answer' if question else 'question'}", name)]
    tags = [cleaned(tag) for tag in note.tags] + ([f"deck::{card.deck}"] if several_decks and card.deck else [])
    entry: Entry = {"question": question.replace("\\\n", "\n"), "tags": _distinct(tags), "technical_answer": answer}
    return {key: value for key, value in entry.items() if value}, (*media, *more_media), []


def _distinct(tags: list[str]) -> list[str]:
    return list({tag.casefold(): tag for tag in reversed(tags) if tag.strip()}.values())[::-1]


# -- history ----------------------------------------------------------------------------------------------------------


def _past(card: Card) -> tuple[Past, ...]:
    resets = [review.at_ms for review in card.reviews if _is_reset(review)]
    last_reset = max(resets, default=0)
    return tuple(
        Past(
            review.at_ms,
            Grade(review.ease),
            min(max(0, review.taken_ms), DAY_SECONDS * 1000),
            counts=review.at_ms > last_reset and not (review.kind == _PREVIEW and review.factor == 0),
        )
        for review in card.reviews
        if review.ease in tuple(Grade)
    )


def _is_reset(review: Review) -> bool:
    return review.ease == 0 and review.kind == _BY_HAND and review.factor == 0


def _by_hand(collection: Collection) -> Iterator[Left]:
    """Due dates that a person or an add-on set say nothing of memory; a reset does, and is carried over."""
    moved = sum(review.ease == 0 and not _is_reset(review) for card in collection.cards for review in card.reviews)
    if moved:
        yield Left("due dates that were set without a review", f"{moved} entries of the log")


def _flags(collection: Collection) -> Iterator[Left]:
    flagged = sum(card.is_flagged for card in collection.cards)
    if flagged:
        yield Left("coloured flags", f"of {flagged} cards")


def _hidden_fields(collection: Collection) -> Iterator[Left]:
    for form in _foreign_types(collection):
        shown_somewhere = {name for one in form.templates for name in shown_fields(one.front) | shown_fields(one.back)}
        notes = [note for note in collection.notes.values() if note.note_type == form.number]
        for place, name in enumerate(form.fields):
            if name not in shown_somewhere and any("".join(note.fields[place : place + 1]).strip() for note in notes):
                yield Left("fields that no card shows", f"{form.name}: {name}")


def _styles(collection: Collection) -> Iterator[Left]:
    for form in _foreign_types(collection):
        yield Left("the look of a note type (colours, scripts)", form.name)


def _foreign_types(collection: Collection) -> list[NoteType]:
    """Return the note types of the cards, but for quizkit's own."""
    notes = (collection.notes.get(card.note) for card in collection.cards)
    used = dict.fromkeys(note.note_type for note in notes if note)
    forms = (collection.note_types.get(number) for number in used)
    return [form for form in forms if form and not {ID, SOURCE} <= set(form.fields)]
