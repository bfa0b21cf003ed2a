"""Reads an Anki package as a stranger's file: nothing is unpacked by its own names, and nothing beyond a bound."""

from __future__ import annotations

import json
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Literal

from quizkit.bank.problem import shown
from quizkit.decks import protobuf
from quizkit.errors import UsageProblem
from quizkit.frozen import frozen

MOST_ENTRIES = 100_000
MOST_COLLECTION = 1 << 30
MOST_MEDIA = 64 << 20
# bytes of one file, unpacked
MOST_RATIO = 200
# unpacked bytes for each packed one; SQLite and text pack 5 to 30 times
_FREE_RATIO = 8 << 20
# bytes below which no ratio is asked for
_CHUNK = 1 << 20
_COLLECTIONS = ("collection.anki21b", "collection.anki21", "collection.anki2")
# the newest first: the others beside it hold a note for older programs
_UNREADABLE = (OSError, EOFError, RuntimeError, NotImplementedError, ValueError, zipfile.BadZipFile, zlib.error)
# what zipfile says of damage, of encryption and of methods that it does not know

Format = Literal["sqlite", "zstd"]


class UnreadablePackage(UsageProblem):
    """A package that is damaged, hostile or not one at all."""


@frozen
class Archive:
    """An open package."""

    path: Path
    zip: zipfile.ZipFile
    media: dict[str, str]
    # name in the collection -> name in the archive
    is_zstd: bool
    # the format since Anki 2.1.50: its parts are packed with Zstandard

    def unpack_collection(self, target: Path) -> None:
        """Write the collection's SQLite file to `target`."""
        name = next(name for name in _COLLECTIONS if name in self.zip.NameToInfo)
        with _explained(self.path), target.open("wb") as file:
            for chunk in _chunks(self, name, MOST_COLLECTION):
                file.write(chunk)

    def read_media(self, name: str) -> bytes | None:
        """Return a media file by its name in the collection, or None where the package does not hold it."""
        entry = self.media.get(name)
        if entry is None or entry not in self.zip.NameToInfo:
            return None
        with _explained(self.path):
            return b"".join(_chunks(self, entry, MOST_MEDIA))


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open a package.

    Raises:
        UnreadablePackage: it is damaged, hostile or not an Anki package.
        UsageProblem: there is no such file.
    """
    if not path.is_file():
        raise UsageProblem(f"There is no file {path}.")
    with _explained(path):
        file = zipfile.ZipFile(path)
    with file:
        if len(file.NameToInfo) > MOST_ENTRIES:
            raise UnreadablePackage(f"{path} holds more than {MOST_ENTRIES} files. Nothing was read.")
        if not any(name in file.NameToInfo for name in _COLLECTIONS):
            raise UnreadablePackage(f"{path} is a zip file, but not an Anki package: export it from Anki as .apkg.")
        archive = Archive(path, file, {}, _COLLECTIONS[0] in file.NameToInfo)
        with _explained(path):
            archive.media.update(_media(archive))
        yield archive


def _media(archive: Archive) -> dict[str, str]:
    if "media" not in archive.zip.NameToInfo:
        return {}
    listed = b"".join(_chunks(archive, "media", MOST_MEDIA))
    if archive.is_zstd:
        entries = protobuf.messages(listed, 1)
        named: dict[str, str] = {protobuf.text(entry, 1): str(number) for number, entry in enumerate(entries)}
    else:
        named = {str(name): str(entry) for entry, name in _object(json.loads(listed)).items()}
    for name in named:
        if not is_safe(name):
            raise UnreadablePackage(
                f"{archive.path} holds media called {shown(ascii(name))}, which is no file name but a path."
                " Nothing was read."
            )
    return named


def is_safe(name: str) -> bool:
    """Whether a media file's name names a file in a folder, and nothing elsewhere."""
    return name not in ("", ".", "..") and name.isprintable() and not set(name) & set('/\\:*?"<>|') and len(name) < 200


def _object(value: Any) -> dict[Any, Any]:
    if not isinstance(value, dict):
        raise ValueError("its list of media is none")
    return value


def _chunks(archive: Archive, name: str, most: int) -> Iterator[bytes]:
    """Yield what an entry holds, unpacked twice where the format packs twice, and stop a bomb before it is large."""
    packed = archive.zip.NameToInfo[name].compress_size
    total = 0
    with archive.zip.open(name) as file:
        for chunk in _unpacked(file) if archive.is_zstd else iter(lambda: file.read(_CHUNK), b""):
            total += len(chunk)
            if total > most or total > max(_FREE_RATIO, MOST_RATIO * packed):
                raise UnreadablePackage(
                    f"{archive.path} unpacks to far more than it should ({name}: over {total >> 20} MB)."
                    " Nothing was read."
                )
            yield chunk


def _unpacked(file: IO[bytes]) -> Iterator[bytes]:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    decompressor = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: 27})
    while not decompressor.eof:
        chunk = file.read(_CHUNK) if decompressor.needs_input else b""
        if decompressor.needs_input and not chunk:
            raise EOFError("it ends too soon")
        try:
            yield decompressor.decompress(chunk, _CHUNK)
        except zstd.ZstdError as error:
            raise ValueError(error) from None


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except _UNREADABLE as error:
        raise UnreadablePackage(f"{path} cannot be read as an Anki package ({error}). Nothing was read.") from None
