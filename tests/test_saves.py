"""A file that a person writes in: every save is noticed once."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from quizkit import saves
from quizkit.saves import Watch


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.py"
    path.write_text("first")
    return path


def test_a_watch_notices_saves_of_every_kind(file: Path, tmp_path: Path) -> None:
    watch = Watch(file)
    assert watch.saved()
    assert not watch.saved()
    file.write_text("two")
    assert watch.saved()
    beside = tmp_path / "new"
    beside.write_text("three")
    beside.replace(file)
    assert watch.saved()
    file.unlink()
    assert not watch.saved()
    file.write_text("")
    assert not watch.saved()  # an editor that empties a file first is not done yet
    file.write_text("four")
    assert watch.saved()


def test_a_save_is_noticed_once_whenever_it_comes(file: Path, tmp_path: Path) -> None:
    watch, count, over = Watch(file), 2000, threading.Event()
    watch.saved()

    def save() -> None:
        beside = tmp_path / "new"
        for number in range(count):
            beside.write_text(f"save {number}")
            beside.replace(file)
        over.set()

    writer = threading.Thread(target=save)
    writer.start()
    noticed = []
    while not over.is_set():
        if watch.saved():
            noticed.append(watch._seen)
    writer.join()
    texts = [seen[1] for seen in noticed if seen]
    assert len(texts) == len(set(texts)) > 0


def waits(watch: Watch) -> threading.Thread:
    waiting = threading.Thread(target=watch.wait)
    waiting.start()
    waiting.join(0.05)
    assert waiting.is_alive()
    return waiting


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("way", ["written", "replaced", "linked"])
def test_whoever_waits_goes_on_at_a_save(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: bool, way: str
) -> None:
    if not told:
        monkeypatch.setattr(saves, "_folders", lambda _: None)
    watched = file
    if way == "linked":
        watched = tmp_path / "elsewhere" / "link.py"
        watched.parent.mkdir()
        watched.symlink_to(file)
    monkeypatch.setattr(saves, "_LOOK_SECONDS", 600.0)
    # only being told ends the wait in time
    watch = Watch(watched)
    watch.saved()
    waiting = waits(watch)
    if way == "replaced":
        beside = tmp_path / "another folder" / "new"
        beside.parent.mkdir()
        beside.write_text("second")
        beside.replace(file)
    else:
        file.write_text("second")
    waiting.join(60)
    assert not waiting.is_alive()
