"""Anki itself, run beside the tests: does what a list of commands on stdin says and prints what came of each, as JSON.

Runs under any Python that has the `anki` package, and imports nothing of quizkit.
"""

import json
import sys
from pathlib import Path

from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageOptions, ImportAnkiPackageRequest


def take(col, path):
    """Import a package the way Anki's dialog does when nothing was changed in it."""
    done = col.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=ImportAnkiPackageOptions()))
    return {name: len(getattr(done.log, name)) for name in ("new", "updated", "duplicate", "conflicting")}


def give(col, path, legacy):
    """Export everything with its history."""
    options = ExportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True, with_media=True, legacy=legacy)
    return col.export_anki_package(out_path=path, options=options, limit=None)


def add(col, note_type, fields, tags=(), deck="Default"):
    note = col.new_note(col.models.by_name(note_type))
    note.fields = fields
    note.tags = list(tags)
    col.add_note(note, col.decks.id(deck))
    return list(note.card_ids())


def edit(col, note, field, text):
    found = col.get_note(note)
    found[field] = text
    col.update_note(found)


def media(col, name, text):
    Path(col.media.dir(), name).write_text(text)


def answer(col, ease):
    """Answer the card that Anki shows next."""
    col.decks.set_current(col.db.scalar("SELECT did FROM cards ORDER BY id"))
    card = col.sched.getCard()
    card.start_timer()
    col.sched.answerCard(card, ease)
    return card.id


def log(col, card, rows):
    """Write history as it would stand there after years: [ms, ease, kind, factor] each."""
    for at_ms, ease, kind, factor in rows:
        col.db.execute("INSERT INTO revlog VALUES (?, ?, 0, ?, 1, 1, ?, 4321, ?)", at_ms, card, ease, factor, kind)


def suspend(col, card):
    col.sched.suspend_cards([card])


def flag(col, card):
    col.set_user_flag_for_cards(3, [card])


def new_field(col, note_type, name):
    """Add a field that no template shows."""
    form = col.models.by_name(note_type)
    col.models.add_field(form, col.models.new_field(name))
    col.models.update_dict(form)


def dump(col):
    """Return notes, cards and the log."""
    notes = [
        {
            "id": number,
            "guid": col.get_note(number).guid,
            "fields": dict(col.get_note(number).items()),
            "tags": col.get_note(number).tags,
        }
        for number in col.find_notes("")
    ]
    cards = col.db.all("SELECT id, nid, ord, did, queue, reps, ivl, due FROM cards ORDER BY id")
    decks = {deck.id: deck.name for deck in col.decks.all_names_and_ids()}
    return {
        "notes": notes,
        "cards": cards,
        "decks": decks,
        "log": col.db.all(
            "SELECT r.id, c.nid, c.ord, r.ease, r.type FROM revlog r JOIN cards c ON c.id = r.cid ORDER BY r.id"
        ),
    }


def main():
    path, commands = sys.argv[1], json.load(sys.stdin)
    col = Collection(path)
    try:
        print(json.dumps([globals()[name](col, *arguments) for name, *arguments in commands]))
    finally:
        col.close()


if __name__ == "__main__":
    main()
