"""Reads lines without letting time stand still: a None a second while none comes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

SECOND = 1.0


def timed_lines() -> Iterator[str | None]:
    """Yield the lines of standard input, and None for each second without one; bytes that are no text become marks.

    Reads only when asked, so that an editor that has the terminal meanwhile gets its keys. Windows cannot wait for a
    console with a limit: there only lines come, and time passes between them.
    """
    encoding = sys.stdin.encoding or "utf-8"
    if os.name == "nt":
        for line in sys.stdin.buffer:
            yield line.decode(encoding, errors="replace")
        return
    for piece in _pieces(sys.stdin.fileno()):
        yield None if piece is None else piece.decode(encoding, errors="replace")


def _pieces(descriptor: int) -> Iterator[bytes | None]:
    from select import select

    rest = b""
    while True:
        if not select([descriptor], [], [], SECOND)[0]:
            yield None
            continue
        data = os.read(descriptor, 65536)
        *lines, rest = (rest + data).split(b"\n")
        yield from lines
        if not data:
            if rest:
                yield rest
            return
