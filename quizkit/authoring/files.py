"""Writes files so that neither a crash nor another program ever sees half of one, and so that none is overwritten."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from quizkit.errors import MachineProblem


def read_text(path: Path) -> str:
    """Return a file's text; bytes that are not UTF-8 survive being written back."""
    with _explained(path):
        return path.read_bytes().decode("utf-8", "surrogateescape")


def write_text(path: Path, text: str) -> None:
    """Put `text` in the place of what a file holds, all at once."""
    with _explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(text.encode("utf-8", "surrogateescape"))
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
            Path(name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise


def write_new(folder: Path, stem: str, text: str) -> Path:
    """Write `text` to STEM.yaml in `folder`, or STEM-2.yaml and so on where that is taken, and return which."""
    with _explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
    names = (f"{stem}.yaml" if number == 1 else f"{stem}-{number}.yaml" for number in count(1))
    path = next(folder / name for name in names if _claimed(folder / name))
    write_text(path, text)
    return path


def _claimed(path: Path) -> bool:
    """Make an empty file, unless there is one."""
    with _explained(path):
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return False
    return True


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise MachineProblem(f"{path} could not be read or written ({error.strerror or error}).") from None
