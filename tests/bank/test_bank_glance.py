import os
from collections.abc import Callable
from pathlib import Path

import pytest

from quizkit.bank.folders import ONE_TOPIC, Folder
from quizkit.bank.glance import glance


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    for name in ("one/a.yaml", "one/b.yaml", "two/c.yml"):
        file = tmp_path / "bank" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("questions: []\n", encoding="utf-8")
    return tmp_path / "bank"


def look(bank: Path) -> bytes:
    return glance([Folder(str(bank))])


def later(file: Path) -> None:
    status = file.stat()
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns + 1))


CHANGES: dict[str, Callable[[Path], object]] = {
    "size": lambda bank: (bank / "one/a.yaml").write_text("questions: [ ]\n", encoding="utf-8"),
    "time": lambda bank: later(bank / "one/a.yaml"),
    "new file": lambda bank: (bank / "two/d.yaml").touch(),
    "file gone": lambda bank: (bank / "one/b.yaml").unlink(),
    "renamed": lambda bank: (bank / "one/b.yaml").rename(bank / "one/z.yaml"),
    "new topic": lambda bank: (bank / "three").mkdir(),
    "misplaced file": lambda bank: (bank / "top.yaml").touch(),
}


def test_nothing_changed_looks_the_same(bank: Path) -> None:
    assert look(bank) == look(bank) != b""


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_looks_different(bank: Path, change: Callable[[Path], object]) -> None:
    before = look(bank)
    change(bank)
    assert look(bank) != before


def test_what_is_not_simple_is_left_to_a_careful_look(bank: Path) -> None:
    assert glance([Folder(str(bank / "no-such-bank"))]) == b""
    assert glance([Folder(str(bank / "one"), kind=ONE_TOPIC)]) == b""
    (bank / "one" / "nested").mkdir()
    assert look(bank) == b""
