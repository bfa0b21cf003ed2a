"""The user's own bank: what goes into it, and what is taken out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quizkit.authoring.files import read_text, write_new, write_text
from quizkit.authoring.schema import schema_text
from quizkit.authoring.source import cut
from quizkit.authoring.template import SCHEMA_FILE
from quizkit.bank.model import Question
from quizkit.bank.problem import shown
from quizkit.bank.reader import read
from quizkit.errors import UsageProblem
from quizkit.frozen import frozen

_YAML = (".yaml", ".yml")


def own_bank(home: str) -> Path:
    """Return the folder of the user's own bank; it may not exist yet."""
    return Path(home, "questions")


def topic_folder(bank: Path, topic: str) -> Path:
    """Return the folder of a topic in a bank.

    Raises:
        UsageProblem: `topic` cannot be the name of a folder.
    """
    if not topic.strip() or topic.startswith(".") or not topic.isprintable() or set(topic) & set('/\\:*?"<>|'):
        raise UsageProblem(f"{shown(topic)} cannot be a topic: it names a folder, such as convolutions.")
    return bank / topic


def write_schema(bank: Path) -> None:
    """Put the schema of the format where the files of a bank look for it, unless it is there."""
    path, text = bank / SCHEMA_FILE, schema_text()
    if not path.exists() or read_text(path) != text:
        write_text(path, text)


# -- adding -----------------------------------------------------------------------------------------------------------


@frozen
class Copy:
    """One file to take into a bank."""

    source: Path
    topic: str


def copies(path: Path, topic: str) -> list[Copy]:
    """Return the files to copy for a file, a folder of files (a topic) or a folder of topics.

    A file's topic is its own name, a topic folder's the folder's, unless `topic` says otherwise.

    Raises:
        UsageProblem: there is nothing, or nothing that can be added.
    """
    if path.is_file():
        return [Copy(path, topic or path.stem)]
    if not path.is_dir():
        raise UsageProblem(f"There is no file or folder {shown(str(path), 200)}.")
    flat = [Copy(file, topic or path.resolve().name) for file in _yaml_files(path)]
    deep = [] if topic else [Copy(file, folder.name) for folder in _folders(path) for file in _yaml_files(folder)]
    if not flat and not deep:
        raise UsageProblem(f"{path} holds no YAML files: a bank is a folder of topics, and a topic a folder of files.")
    return flat + deep


def _yaml_files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.suffix in _YAML and not file.name.startswith("."))


def _folders(path: Path) -> list[Path]:
    return sorted(folder for folder in path.iterdir() if folder.is_dir() and not folder.name.startswith("."))


def add(bank: Path, wanted: Sequence[Copy]) -> list[Path]:
    """Copy files that were checked into a bank, all or none, and return where they are.

    Raises:
        UsageProblem: one of them is in the bank, or another file has its place; nothing was copied.
    """
    targets = [topic_folder(bank, copy.topic) / f"{copy.source.stem}.yaml" for copy in wanted]
    for copy, target in zip(wanted, targets, strict=True):
        if copy.source.resolve().is_relative_to(bank.resolve()):
            raise UsageProblem(f"{copy.source} is in your bank already.")
        if target.exists() or targets.count(target) > 1:
            raise UsageProblem(f"{copy.source}: there is a {target} already. Give the file another name.")
    texts = [read_text(copy.source) for copy in wanted]
    done: list[Path] = []
    try:
        for target, text in zip(targets, texts, strict=True):
            write_text(target, text)
            done.append(target)
    except BaseException:
        for target in done:
            target.unlink()
        raise
    return targets


def ids_in(path: Path) -> list[str]:
    """Return the ids of the questions in a file."""
    return [question.id for question in read(read_text(path), str(path), "").questions]


# -- removing ---------------------------------------------------------------------------------------------------------


def remove(home: str, question: Question) -> Path:
    """Take a question out of the user's own bank and return the file that keeps its text.

    Raises:
        UsageProblem: it is in another bank, or its lines cannot be told from its neighbours'; nothing was changed.
    """
    path = Path(question.file)
    if not path.resolve().is_relative_to(own_bank(home).resolve()):
        advice = f"`quizkit suspend {question.id}` puts it away"
        raise UsageProblem(f"{question.id} is not in your own bank but in {path}: {advice}, or edit that file.")
    found = cut(read_text(path), question.id, question.file)
    kept = write_new(Path(home, "removed", path.parent.name), question.id, f"questions:\n{found.entry}")
    if found.rest:
        write_text(path, found.rest)
    else:
        path.unlink()
    return kept
