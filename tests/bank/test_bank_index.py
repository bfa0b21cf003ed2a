"""The compiled index says what the files say, whatever happened to them or to it."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizkit.bank import builder, freshness, index
from quizkit.bank.folders import Folder
from quizkit.bank.library import Bank, Filters

OLD = 1_600_000_000 * 10**9
# a time of change that nobody doubts


def entry(name: str, **fields: str) -> str:
    more = "".join(f"    {key}: {value}\n" for key, value in fields.items())
    return f"  - id: {name}\n    question: What is {name}?\n    simple_answer: So.\n{more}"


def write(path: Path, text: str, mtime_ns: int = OLD) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    os.utime(path, ns=(mtime_ns, mtime_ns))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "bank"
    write(folder / "t" / "one.yaml", "questions:\n" + entry("a") + entry("b"))
    write(folder / "t" / "two.yaml", "questions:\n" + entry("c"))
    write(folder / "u" / "three.yaml", "questions:\n" + entry("d"))
    return folder


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "cache" / "index.db")


def opened(folder: Path, path: str) -> Bank:
    return Bank.open([Folder(str(folder))], path)


@pytest.fixture
def read_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files whose content is parsed, as it happens."""
    names: list[str] = []
    parse = builder.compile_file

    def noted(data: bytes, file: str, *more: object) -> object:
        names.append(Path(file).name)
        return parse(data, file, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(builder, "compile_file", noted)
    return names


# -- what is read again -----------------------------------------------------------------------------------------------


def test_an_unchanged_bank_is_not_read_again(folder: Path, path: str, read_files: list[str]) -> None:
    opened(folder, path).close()
    read_files.clear()
    with opened(folder, path) as bank:
        assert bank.ids() == ["a", "b", "c", "d"]
    assert read_files == []


def test_only_the_edited_file_is_read_again(folder: Path, path: str, read_files: list[str]) -> None:
    with opened(folder, path) as bank:
        read_files.clear()
        write(folder / "t" / "two.yaml", "questions:\n" + entry("cc"), OLD + 1)
        bank.refresh()
        assert bank.ids() == ["a", "b", "cc", "d"]
    assert read_files == ["two.yaml"]


def test_a_new_time_with_the_same_content_is_only_noted(folder: Path, path: str, read_files: list[str]) -> None:
    with opened(folder, path) as bank:
        read_files.clear()
        write(folder / "t" / "two.yaml", "questions:\n" + entry("c"), OLD + 1)
        bank.refresh()
        assert read_files == []
        connection = sqlite3.connect(path)
        assert not freshness.stale(connection, [Folder(str(folder))])
        connection.close()


def test_a_change_of_equal_size_and_time_is_seen_when_the_time_is_young(folder: Path, path: str) -> None:
    young = time.time_ns()
    file = folder / "t" / "two.yaml"
    write(file, "questions:\n" + entry("c"), young)
    with opened(folder, path) as bank:
        write(file, "questions:\n" + entry("x"), young)
        bank.refresh()
        assert bank.ids() == ["a", "b", "x", "d"]


def test_a_young_time_is_trusted_once_it_has_grown_old(folder: Path, path: str, read_files: list[str]) -> None:
    write(folder / "t" / "two.yaml", "questions:\n" + entry("c"), OLD)
    folders = [Folder(str(folder))]
    Bank.open(folders, path, now_ns=lambda: OLD + 10**9).close()
    connection = sqlite3.connect(path)
    assert freshness.stale(connection, folders)
    read_files.clear()
    Bank.open(folders, path, now_ns=lambda: OLD + 3 * 10**9).close()
    assert not freshness.stale(connection, folders)
    assert read_files == []
    connection.close()


def test_a_file_that_could_not_be_read_is_tried_again(folder: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = builder._content

    def refused(path: str) -> bytes:
        if path.endswith("two.yaml"):
            raise PermissionError(13, "Permission denied")
        return content(path)

    monkeypatch.setattr(builder, "_content", refused)
    with opened(folder, path) as bank:
        assert [p.message for p in bank.problems] == ["cannot be read: Permission denied"]
        monkeypatch.undo()
        bank.refresh()
        assert bank.problems == ()
        assert "c" in bank.ids()


# -- edits of every kind ----------------------------------------------------------------------------------------------

names = st.sampled_from(["a", "b", "c", "d"])
entries = st.builds(
    lambda name, see, after, was, fault: entry(
        name, **{k: v for k, v in (("see_also", see), ("after", after), ("was", was), ("minutes", fault)) if v}
    ),
    names,
    st.just("") | names.map("[{}]".format),
    st.just("") | names.map("[{}]".format),
    st.just("") | names.map("[{}]".format),
    st.sampled_from(["", "", "3", "no"]),
)
contents = st.lists(entries, max_size=3).map(lambda parts: "questions:\n" + "".join(parts)) | st.sampled_from(
    ["", "questions: 'open", "questions:\n  - id: a\n    question: 'open", "\ufeff", "x"]
)
places = st.sampled_from(["0/t/1.yaml", "0/t/2.yml", "0/u/1.yaml", "1/t/1.yaml", "0/loose.yaml", "1/t/deep/1.yaml"])
edits = st.tuples(places, contents | st.none()) | st.tuples(st.just("touch"), places)


def state(bank: Bank) -> object:
    """All that can be seen of a bank."""
    ids = bank.ids()
    assert ids == list(bank.iter_ids())
    return ids, [bank.question(name) for name in ids], bank.problems, bank.topics(), bank.aliases()


starts = st.fixed_dictionaries(dict.fromkeys(("0/t/1.yaml", "0/u/1.yaml", "1/t/1.yaml"), contents))


@given(starts, st.lists(st.lists(edits, min_size=1, max_size=2), min_size=1, max_size=4), st.booleans())
@settings(max_examples=100, deadline=None)
def test_after_any_edits_the_index_is_as_if_it_were_new(
    start: dict[str, str], steps: list[list[tuple[str, str | None]]], swap: bool
) -> None:
    with TemporaryDirectory() as place:
        folders = [Folder(str(Path(place) / "0")), Folder(str(Path(place) / "1"))]
        clock = iter(range(OLD, OLD * 2, 10**9))
        for name, content in start.items():
            edit(Path(place), name, content, next(clock))
        bank = Bank.open(folders, str(Path(place) / "index.db"))
        seen: dict[str, set[str]] = {}
        no_id_is_lost_without_a_trace(bank, seen)
        for step in steps:
            for name, changed in step:
                edit(Path(place), name, changed, next(clock))
            bank.refresh()
            with Bank.open(folders, "") as fresh:
                assert state(bank) == state(fresh)
            no_id_is_lost_without_a_trace(bank, seen)
        bank.close()
        other_folders = folders[::-1] if swap else folders[:1]
        with Bank.open(other_folders, str(Path(place) / "index.db")) as bank, Bank.open(other_folders, "") as fresh:
            assert state(bank) == state(fresh)
            no_id_is_lost_without_a_trace(bank, seen)


def no_id_is_lost_without_a_trace(bank: Bank, seen: dict[str, set[str]]) -> None:
    """`seen` is what the bank had so far under each token."""
    token, gone = bank.gone()
    ids = set(bank.ids())
    assert gone.isdisjoint(ids)
    assert seen.setdefault(token, set()) <= ids | gone
    seen[token] |= ids


def edit(place: Path, name: str, content: str | None, mtime_ns: int) -> None:
    if name == "touch":
        path = place / str(content)
        if path.exists():
            os.utime(path, ns=(mtime_ns, mtime_ns))
    elif content is None:
        (place / name).unlink(missing_ok=True)
    else:
        write(place / name, content, mtime_ns)


def test_removing_a_question_makes_the_links_to_it_dangle(folder: Path, path: str) -> None:
    write(folder / "u" / "three.yaml", "questions:\n" + entry("d", see_also="[c]"))
    with opened(folder, path) as bank:
        assert bank.problems == ()
        (folder / "t" / "two.yaml").unlink()
        bank.refresh()
        (dangling,) = bank.problems
        assert (dangling.file, dangling.line) == (str(folder / "u" / "three.yaml"), 5)


def test_removing_the_first_of_two_with_one_id_shows_the_second(folder: Path, path: str) -> None:
    write(folder / "u" / "three.yaml", "questions:\n" + entry("c", analogy="second"))
    with opened(folder, path) as bank:
        assert len(bank.problems) == 1
        (folder / "t" / "two.yaml").unlink()
        bank.refresh()
        assert bank.problems == ()
        assert bank.question("c").analogy == "second"


def test_another_order_of_the_folders_lets_another_question_win(folder: Path, path: str, tmp_path: Path) -> None:
    write(tmp_path / "mine" / "t" / "x.yaml", "questions:\n" + entry("c", analogy="mine"))
    folders = [Folder(str(folder)), Folder(str(tmp_path / "mine"))]
    with Bank.open(folders, path) as bank:
        assert bank.question("c").analogy == ""
    with Bank.open(folders[::-1], path) as bank:
        assert bank.question("c").analogy == "mine"
        assert bank.ids() == ["c", "a", "b", "d"]


def test_an_id_is_gone_from_when_its_question_is_removed_until_it_is_back(folder: Path, path: str) -> None:
    with opened(folder, path) as bank:
        token = bank.gone()[0]
        for number, (content, gone) in enumerate(((["a", "b", "c"], set()), (["b"], {"a"}), (["a"], {"b"}))):
            write(folder / "t" / "one.yaml", "questions:\n" + "".join(map(entry, content)), OLD + number + 1)
            bank.refresh()
            assert bank.gone() == (token, gone)


def test_a_new_index_has_a_token_of_its_own(folder: Path, path: str) -> None:
    with opened(folder, path) as bank:
        first, _ = bank.gone()
    Path(path).unlink()
    with opened(folder, path) as bank:
        assert bank.gone()[0] != first


def test_a_bank_that_lost_very_much_starts_with_another_token(
    folder: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builder, "MOST_GONE", 1)
    with opened(folder, path) as bank:
        first, _ = bank.gone()
        (folder / "t" / "two.yaml").unlink()
        bank.refresh()
        assert bank.gone() == (first, {"c"})
        (folder / "u" / "three.yaml").unlink()
        bank.refresh()
        second, gone = bank.gone()
        assert second != first
        assert gone == set()


def test_edits_leave_nothing_behind_in_the_index(folder: Path, path: str) -> None:
    with opened(folder, path) as bank:
        for number in range(3):
            write(folder / "t" / "two.yaml", "questions:\n" + entry(f"c{number}", tags="[x]"), OLD + number + 1)
            bank.refresh()
    connection = sqlite3.connect(path)
    counts = [
        connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in ("bodies", "labels", "mentions")
    ]
    assert counts == [4, 1, 4]
    connection.close()


# -- the file itself --------------------------------------------------------------------------------------------------


def garbage(path: Path) -> None:
    path.write_bytes(b"this is no database" * 1000)


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-8192])


def zeroed(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:8192] + bytes(len(data) - 8192))


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def foreign(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.executescript(
        "CREATE TABLE files (x); CREATE VIEW questions AS SELECT * FROM files; PRAGMA user_version = 9"
    )
    connection.close()


def of_another_version(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE made SET maker = '0 older'")
    connection.commit()
    connection.close()


def without_a_column(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("ALTER TABLE questions RENAME COLUMN hidden TO secret")
    connection.close()


def with_a_senseless_record(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE bodies SET record = 'nonsense'")
    connection.commit()
    connection.close()


def with_bytes_that_are_no_text(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE bodies SET record = CAST(x'ff00fe' AS TEXT)")
    connection.commit()
    connection.close()


damages = [
    garbage,
    truncated,
    zeroed,
    emptied,
    foreign,
    of_another_version,
    without_a_column,
    with_a_senseless_record,
    with_bytes_that_are_no_text,
]


@pytest.mark.parametrize("damage", damages, ids=lambda damage: damage.__name__)
def test_a_damaged_index_is_built_anew_in_silence(damage: Callable[[Path], None], folder: Path, path: str) -> None:
    opened(folder, path).close()
    damage(Path(path))
    with opened(folder, path) as bank:
        assert bank.ids() == ["a", "b", "c", "d"]
        assert bank.question("b").question == "What is b?"
        assert bank.problems == ()
    connection = sqlite3.connect(path)
    assert not freshness.stale(connection, [Folder(str(folder))])
    connection.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not delete an open file")
def test_deleting_the_index_while_it_is_open_is_safe(folder: Path, path: str) -> None:
    with opened(folder, path) as bank:
        Path(path).unlink()
        assert bank.question("a").id == "a"
        write(folder / "t" / "two.yaml", "questions:\n" + entry("new"), OLD + 1)
        bank.refresh()
        assert bank.ids() == ["a", "b", "new", "d"]
        assert Path(path).exists()
        with opened(folder, path) as other:
            assert other.ids() == bank.ids()


def test_without_a_place_to_write_a_private_index_is_used(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for unwritable in (tmp_path / "file" / "index.db", tmp_path):
        with opened(folder, str(unwritable)) as bank:
            assert bank.ids() == ["a", "b", "c", "d"]
            write(folder / "t" / "two.yaml", "questions:\n" + entry("e"), OLD + 1)
            bank.refresh()
            assert bank.ids() == ["a", "b", "e", "d"]
            write(folder / "t" / "two.yaml", "questions:\n" + entry("c"), OLD)
            bank.refresh()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_index_serves_as_long_as_it_is_fresh(folder: Path, path: str, read_files: list[str]) -> None:
    opened(folder, path).close()
    Path(path).chmod(0o444)
    Path(path).parent.chmod(0o555)
    read_files.clear()
    with opened(folder, path) as bank:
        assert bank.ids() == ["a", "b", "c", "d"]
        assert read_files == []
    Path(path).parent.chmod(0o755)


def test_an_index_that_another_process_keeps_locked_is_not_waited_for_without_end(
    folder: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "PATIENCE", 0.1)
    opened(folder, path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with opened(folder, path) as bank:
        assert bank.ids() == ["a", "b", "c", "d"]
    other.close()


def test_a_full_disk_leaves_the_bank_usable(folder: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(connection: sqlite3.Connection) -> None:
        if connection.execute("PRAGMA database_list").fetchone()[2]:
            connection.execute("PRAGMA max_page_count = 3")

    configure = index._configure
    monkeypatch.setattr(index, "_configure", lambda connection: (configure(connection), full(connection)))
    with opened(folder, path) as bank:
        assert bank.ids() == ["a", "b", "c", "d"]


def test_a_build_that_is_interrupted_leaves_nothing_half_done(
    folder: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(folder, path).close()
    write(folder / "t" / "two.yaml", "questions:\n" + entry("e"), OLD + 1)

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(builder, "_check_names", interrupted)
    with pytest.raises(KeyboardInterrupt):
        opened(folder, path)
    connection = sqlite3.connect(path)
    assert [name for (name,) in connection.execute("SELECT id FROM questions ORDER BY id")] == ["a", "b", "c", "d"]
    connection.close()


EIGHT = """
import sys, time
from quizkit.bank.folders import Folder
from quizkit.bank.library import Bank
while time.time() < float(sys.argv[3]): pass
with Bank.open([Folder(sys.argv[1])], sys.argv[2]) as bank:
    ids = bank.ids()
    assert len(ids) == 300, len(ids)
    assert all(bank.question(id).id == id for id in ids[::30])
    assert bank.problems == ()
    assert bank._index.connection.execute("PRAGMA database_list").fetchone()[2], "fell back to a private index"
print(len(ids))
"""


@pytest.mark.parametrize("before", ["missing", "garbage", "older"])
def test_eight_processes_build_at_once(before: str, folder: Path, path: str) -> None:
    for number in range(6):
        names = [f"q{number}-{n}" for n in range(50)]
        write(folder / "many" / f"{number}.yaml", "questions:\n" + "".join(map(entry, names)))
    for name in ("t/one.yaml", "t/two.yaml", "u/three.yaml"):
        (folder / name).unlink()
    if before != "missing":
        opened(folder, path).close()
        (garbage if before == "garbage" else of_another_version)(Path(path))
    arguments = [sys.executable, "-c", EIGHT, str(folder), path, str(time.time() + 0.7)]
    running = [subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(8)]
    outcomes = [process.communicate(timeout=60) for process in running]
    assert [(out.strip(), err) for out, err in outcomes] == [(b"300", b"")] * 8
    with opened(folder, path) as bank:
        assert len(bank.ids()) == 300
    check = sqlite3.connect(path)
    assert check.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    check.close()


LIGHT = """
import sys
import quizkit.bank.folders, quizkit.bank.freshness
heavy = {"typing", "re", "pathlib", "dataclasses", "json", "enum", "yaml", "sqlite3", "collections"} & set(sys.modules)
assert not heavy, heavy
import quizkit.bank.library
assert "yaml" not in sys.modules
"""


def test_looking_whether_the_index_is_fresh_imports_next_to_nothing() -> None:
    subprocess.run([sys.executable, "-S", "-c", LIGHT], check=True, cwd=Path(builder.__file__).parents[2])


def test_the_garbage_collector_is_switched_on_again(folder: Path, path: str) -> None:
    import gc

    with opened(folder, path):
        assert gc.isenabled()


def test_the_whole_bank_is_found_by_filters_too(folder: Path, path: str) -> None:
    with opened(folder, path) as bank:
        assert bank.ids(Filters(topics=("u",))) == ["d"]
