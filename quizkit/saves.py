"""Notices when a file is saved, also by editors that put another file in its place."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

_LOOK_SECONDS = 0.25
# between two looks where the system tells of changes; some it does not tell of, as those of another machine
_POLL_SECONDS = 0.004
# where it tells of none
_CLOSED_AFTER_WRITING, _MOVED_HERE = 0x8, 0x80
# IN_CLOSE_WRITE and IN_MOVED_TO of sys/inotify.h


class Watch:
    """One file that a person writes in."""

    def __init__(self, path: Path) -> None:
        """Watch `path`; as it stands now it counts as saved."""
        self._path = path
        self._seen: tuple[int, bytes] | None = None

    def saved(self) -> bool:
        """Whether the file was saved since the last call. One that is missing or empty is being written just now."""
        try:
            with self._path.open("rb") as file:
                # of one and the same file, whatever takes its place meanwhile
                seen = os.fstat(file.fileno()).st_mtime_ns, file.read()
        except OSError:
            return False
        if seen == self._seen or not seen[1]:
            return False
        self._seen = seen
        return True

    def wait(self) -> None:
        """Return when the file was saved."""
        while not self.saved():
            if self._folders is None:
                time.sleep(_POLL_SECONDS)
            else:
                self._folders.wait(_LOOK_SECONDS)

    @cached_property
    def _folders(self) -> _Folders | None:
        return _folders({self._path.absolute().parent, self._path.resolve().parent})


class _Folders:
    """Some folders of which the system tells when a file in them was written, or moved there (Linux)."""

    def __init__(self, folders: Iterable[Path]) -> None:
        """Raise OSError where the system does not."""
        import ctypes

        libc = ctypes.CDLL(None, use_errno=True)
        self._events = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        watched = [
            libc.inotify_add_watch(self._events, os.fsencode(folder), _CLOSED_AFTER_WRITING | _MOVED_HERE)
            for folder in folders
        ]
        if min(watched) < 0:
            number = ctypes.get_errno()
            if self._events >= 0:
                os.close(self._events)
            raise OSError(number, "inotify")

    def wait(self, seconds: float) -> None:
        """Return at the next change, or after some time."""
        import select

        if select.select([self._events], [], [], seconds)[0]:
            os.read(self._events, 1 << 16)


def _folders(folders: Iterable[Path]) -> _Folders | None:
    if sys.platform != "linux":
        return None
    try:
        return _Folders(folders)
    except (OSError, AttributeError):
        # no more of them for this user, or a C library without
        return None
