"""A fence around files, TCP and signals (Linux 5.13 and later, Landlock) that a process puts up around itself."""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from collections.abc import Iterable
from functools import cache

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
# the same numbers on every architecture
_ASK_VERSION = 1
_PATH_BENEATH = 1
_OUT_OF_THE_WAY = 100

_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_ALL_FILES = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
_ALL_FILES_SINCE_5 = (1 << 16) - 1
_ALL_TCP = 0b11
# bind and connect
_ALL_SCOPES = 0b11
# abstract Unix sockets and signals of processes outside the fence


def version() -> int:
    """Return the version of Landlock's interface, 0 where there is none."""
    return max(0, int(_libc().syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint(_ASK_VERSION))))


def fence(readable: Iterable[str]) -> int:
    """Return the descriptor of a fence in which only `readable` files and folders can be read, and nothing written.

    Raises:
        OSError: the machine has no Landlock.
    """
    import fcntl

    low = _call(_CREATE_RULESET, *_ruleset(version()), 0)
    # out of the way of the low numbers that a child gives to its own descriptors
    descriptor = fcntl.fcntl(low, fcntl.F_DUPFD_CLOEXEC, _OUT_OF_THE_WAY)
    os.close(low)
    for path in readable:
        _allow_reading(descriptor, path)
    return descriptor


def enter(descriptor: int) -> None:
    """Put this thread, and what it starts, behind the fence for good; no-new-privileges has to be set.

    Raises:
        OSError: the kernel refuses.
    """
    _call(_RESTRICT_SELF, descriptor, 0)


def _ruleset(known: int) -> tuple[bytes, ctypes.c_size_t]:
    """Return the attributes, and their size, that a kernel of this version knows."""
    fields = [_ALL_FILES.get(known, _ALL_FILES_SINCE_5)]
    if known >= 4:
        fields.append(_ALL_TCP)
    if known >= 6:
        fields.append(_ALL_SCOPES)
    attributes = struct.pack(f"={len(fields)}Q", *fields)
    return attributes, ctypes.c_size_t(len(attributes))


def _allow_reading(descriptor: int, path: str) -> None:
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        # what is not there needs no permission
        return
    try:
        rights = _READ_FILE | _READ_DIR if stat.S_ISDIR(os.fstat(handle).st_mode) else _READ_FILE
        _call(_ADD_RULE, descriptor, _PATH_BENEATH, struct.pack("=Qi", rights, handle), 0)
    finally:
        os.close(handle)


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(number: int, *arguments: object) -> int:
    result = int(_libc().syscall(number, *arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), "Landlock")
    return result
