"""The judge's side of a candidate's process: starts it, talks to it with deadlines, says how it ended.

Whatever comes from there is data: it is a reply, or the process is ended and the reason told. Nothing here raises for
what a candidate does.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
from collections.abc import Iterator, Sequence
from enum import StrEnum
from time import monotonic
from typing import IO, Any, Protocol, Self

from quizkit.frozen import frozen
from quizkit.judge import wire
from quizkit.judge.jail import Tier, examine
from quizkit.judge.spawn import (
    BOOT_SECONDS,
    FORKS,
    LAST_WORDS_SECONDS,
    MEMORY_MB,
    NotStartedError,
    Root,
    needs,
    output,
    printed,
    start,
)
from quizkit.judge.wire import Call, Frame, FrameError, Function, Inbox, Loaded, Reason, Reply, Unusable

__all__ = [
    "Ended",
    "Function",
    "How",
    "Keeper",
    "Loaded",
    "NotStartedError",
    "Reason",
    "Unusable",
    "Worker",
]

FOR_ONE_JUDGEMENT = 2
# processes: two for the question whether a fresh one answers the same
_EXIT_SECONDS = 1
# between the end of a channel and the end of its process
_CHUNK = 1 << 18


class How(StrEnum):
    """In which way a candidate's process ended."""

    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    EXITED = "exited"
    GARBLED = "garbled"


@frozen
class Ended:
    """The candidate's process can no longer answer."""

    how: How
    text: str
    # for a person: "ended by signal 11 (segmentation fault)"


class _Process(Protocol):
    """A process that can be ended, with all it started."""

    def alive(self) -> bool: ...

    def hang_up(self) -> None:
        """Begin to end it; `end` also waits until it is gone."""

    def end(self) -> None: ...

    def ended(self, within: float) -> int | None:
        """Return its exit code (negative: a signal) if it ends by itself `within` seconds."""


class Keeper:
    """Gives fresh jailed processes for candidates, and leaves none of them behind."""

    def __init__(self, jail: Tier | None, allowed: tuple[str, ...], memory_mb: int, forks: bool) -> None:
        self._wanted = jail or Tier.FULL
        self._allowed = allowed
        self._memory_mb = memory_mb
        self._forks = forks
        self._workers: list[Worker] = []
        self._spare: list[Worker] = []
        self._tier: Tier | None = None
        self._root: Root | None = None

    @classmethod
    def start(
        cls,
        jail: Tier | None = None,
        allowed: tuple[str, ...] = (),
        memory_mb: int = MEMORY_MB,
        forks: bool = FORKS,
        root: Root | None = None,
    ) -> Self:
        """Begin to boot, and return at once.

        Args:
            jail: the strongest tier wanted, None for the strongest there is; a machine may give less (see `tier`).
            allowed: packages a candidate may import besides NumPy and the standard library.
            memory_mb: what a worker may use on top of an interpreter with NumPy.
            forks: whether workers are forked from one process that has imported NumPy, or started one by one.
            root: that process, where it was started before, as it is started without arguments.

        Raises:
            NotStartedError: NumPy or the interpreter is not there.
        """
        made = cls(jail, allowed, memory_mb, forks)
        if forks:
            made._root = root or Root(made._needs(made._wanted))
        return made

    def prepare(self, count: int) -> None:
        """Have fresh processes made now, so that they are at hand when `worker` is asked for them."""
        if self._forks:
            self._spare += [self._forked() for _ in range(count - len(self._spare))]

    @property
    def tier(self) -> Tier:
        """The tier of jail in force; waits for the boot.

        Raises:
            NotStartedError: there is no process to ask.
        """
        if self._tier is None:
            self._tier = Tier(self._root.tier()) if self._root else self._lone_tier()
        return self._tier

    def worker(self) -> Worker:
        """Return a fresh process behind the jail; it may still be booting.

        Raises:
            NotStartedError: it cannot be started.
        """
        self._forget_ended()
        made = self._taken_spare() or (self._forked() if self._forks else self._lone())
        self._workers.append(made)
        return made

    def _taken_spare(self) -> Worker | None:
        while self._spare:
            spare = self._spare.pop(0)
            if spare.alive:
                return spare
            # where the jail is weak, another candidate can kill it
            spare.close()
        return None

    def _forget_ended(self) -> None:
        for worker in self._workers:
            if worker.given_up:
                worker.close()
        self._workers = [worker for worker in self._workers if not worker.closed]

    def close(self) -> None:
        """End everything that was started from here."""
        started = [*self._workers, *self._spare]
        for worker in started:
            worker.give_up()
        for worker in started:
            worker.close()
        self._workers, self._spare = [], []
        if self._root is not None:
            self._root.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _forked(self) -> Worker:
        root = self._root
        if root is None or not root.alive():
            # where the jail is weak, a candidate can kill the process it was forked from
            self._close_root()
            root = self._root = Root(self._needs(self._wanted))
        printed_to = output()
        ours, theirs = socket.socketpair()
        status, status_theirs = socket.socketpair()
        with theirs, status_theirs:
            root.fork(theirs, printed_to, status_theirs)
        return Worker(ours, _Forked(status, root), printed_to)

    def _close_root(self) -> None:
        if self._root is not None:
            self._root.close()

    def _lone(self) -> Worker:
        printed_to = output()
        ours, theirs = socket.socketpair()
        with theirs:
            process = start(theirs, self._needs(self._lone_tier()), printed_to)
        return Worker(ours, _Lone(process), printed_to)

    def _lone_tier(self) -> Tier:
        tiers = list(Tier)
        given = Tier.LIMITS if examine().limits else Tier.NONE
        return max(given, self._wanted, key=tiers.index)

    def _needs(self, tier: Tier) -> dict[str, Any]:
        return needs(tier, self._allowed, self._memory_mb, self._forks)


class _Forked:
    """A worker that the keeper watches: hanging up ends it, its exit status comes back."""

    def __init__(self, status: socket.socket, root: Root) -> None:
        self._status = status
        self._root = root

    def alive(self) -> bool:
        self._status.settimeout(0)
        try:
            # its exit status, or the end of the keeper
            self._status.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def hang_up(self) -> None:
        with contextlib.suppress(OSError):
            self._status.shutdown(socket.SHUT_WR)

    def end(self) -> None:
        self.hang_up()
        self.ended(LAST_WORDS_SECONDS)
        self._status.close()

    def ended(self, within: float) -> int | None:
        self._status.settimeout(within)
        try:
            said = self._status.recv(wire.STATUS.size)
        except OSError:
            return None
        if len(said) != wire.STATUS.size:
            # nobody is left to tell it
            self._root.lost = True
            return None
        return os.waitstatus_to_exitcode(wire.STATUS.unpack(said)[0])


class _Lone:
    """A worker that is a child of the judge."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def alive(self) -> bool:
        return self._process.poll() is None

    def hang_up(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.name == "posix":
                # also when it has ended: what it started may live
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()

    def end(self) -> None:
        self.hang_up()
        self._process.wait()

    def ended(self, within: float) -> int | None:
        try:
            return self._process.wait(within)
        except subprocess.TimeoutExpired:
            return None


class Worker:
    """One jailed process, for one candidate's file."""

    def __init__(self, channel: socket.socket, process: _Process, output: IO[bytes]) -> None:
        self._channel = channel
        self._process = process
        self._file = output
        self._inbox = Inbox()
        self._number = 0
        # of the next frame to come
        self._owed = 0
        # replies asked for that nobody waited for
        self._ended: Ended | None = None
        self._printed: str | None = None
        self.given_up = False

    @property
    def alive(self) -> bool:
        """Whether the process runs, as far as anybody has noticed."""
        return self._ended is None and self._process.alive()

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._printed is not None

    def load(self, source: bytes, name: str, timeout: float) -> Loaded | Unusable | Ended:
        """Hand over a candidate's file; once for a worker.

        Args:
            source: the file as it is on the disk.
            name: its name, as tracebacks shall show it.
            timeout: seconds for compiling and running it, not counting the boot.
        """
        if len(source) > wire.MAX_FRAME:
            return Unusable(Reason.SYNTAX, f"the file has {len(source)} bytes", None, None)
        self.hand_over(source, name)
        return self.loaded(timeout)

    def hand_over(self, source: bytes, name: str) -> None:
        """Send a candidate's file, also to a process that still boots; `loaded` says what became of it."""
        self._send(wire.load_frame(wire.LOAD, source, name), BOOT_SECONDS)

    def loaded(self, timeout: float) -> Loaded | Unusable | Ended:
        """Return what became of the file that was handed over, as `load` does."""
        ready = self._next(BOOT_SECONDS)
        frame = ready if isinstance(ready, Ended) else self._next(timeout)
        if isinstance(frame, Ended):
            return frame
        try:
            return wire.outcome_of(frame)
        except FrameError as error:
            return self._garbled(error)

    def calls(self, calls: Sequence[Call], timeout: float) -> Iterator[Reply | Ended]:
        """Send calls, and return an iterator over their replies, in order; after an `Ended` comes nothing.

        They are made at once, whether somebody waits for them or not. What is left in an iterator that is given up is
        thrown away by the next one.

        Args:
            calls: any number of them; up to `wire.MAX_CALLS` travel in one frame.
            timeout: seconds for each reply.

        Raises:
            TypeError: an argument is of a type that cannot travel.
            TooBigError: the arguments do not fit in a frame.
        """
        parts = [calls[start : start + wire.MAX_CALLS] for start in range(0, len(calls), wire.MAX_CALLS)]
        return self._replies(parts, self._ask(parts[0], timeout), timeout) if parts else iter(())

    def output(self) -> str:
        """Return what the candidate printed so far, at most a megabyte; terminal controls are written as escapes."""
        return printed(self._file.fileno()) if self._printed is None else self._printed

    def give_up(self) -> None:
        """Have the process ended without waiting for it, as `close` does."""
        if self._ended is None and not self.closed:
            self._process.hang_up()
        self.given_up = True

    def close(self) -> None:
        """End the process and all it started; its output can still be read."""
        if self._printed is None:
            if self._ended is None:
                self._end(How.EXITED, "was closed by the judge")
            self._printed = printed(self._file.fileno())
            self._file.close()

    def _ask(self, calls: Sequence[Call], timeout: float) -> Ended | None:
        ended = self._catch_up(timeout) or self._send(wire.calls_frame(self._number, calls), timeout)
        self._owed = 0 if ended else len(calls)
        return ended

    def _replies(self, parts: Sequence[Sequence[Call]], ended: Ended | None, timeout: float) -> Iterator[Reply | Ended]:
        """Yield the replies to some frames of calls, of which the first was sent: with `ended`, in vain."""
        for number, part in enumerate(parts):
            if number:
                ended = self._ask(part, timeout)
            for _ in part:
                reply = ended or self._reply(timeout)
                yield reply
                if isinstance(reply, Ended):
                    return

    def _catch_up(self, timeout: float) -> Ended | None:
        while self._owed and self._ended is None:
            self._reply(timeout)
        return self._ended

    def _reply(self, timeout: float) -> Reply | Ended:
        self._owed -= 1
        frame = self._next(timeout)
        if isinstance(frame, Ended):
            return frame
        try:
            return wire.reply_of(frame)
        except FrameError as error:
            return self._garbled(error)

    def _send(self, frame: bytes, timeout: float) -> Ended | None:
        if self._ended is not None:
            return self._ended
        self._channel.settimeout(timeout)
        try:
            self._channel.sendall(frame)
        except TimeoutError:
            return self._end(How.TIMEOUT, f"took no input for {timeout:g} s")
        except OSError:
            return self._hung_up()
        return None

    def _next(self, timeout: float) -> Frame | Ended:
        """Return the next frame; the deadline is for all of it, however it trickles in."""
        if self._ended is not None:
            return self._ended
        try:
            frame = self._inbox.frame() or self._read(monotonic() + timeout)
        except TimeoutError:
            return self._end(How.TIMEOUT, f"gave no answer within {timeout:g} s")
        except FrameError as error:
            return self._garbled(error)
        except OSError:
            return self._hung_up()
        if frame is None:
            return self._hung_up()
        if frame.number != self._number:
            return self._garbled(FrameError("an answer out of order"))
        self._number += 1
        return frame

    def _read(self, deadline: float) -> Frame | None:
        while (frame := self._inbox.frame()) is None:
            left = deadline - monotonic()
            if left <= 0:
                raise TimeoutError
            self._channel.settimeout(left)
            data = self._channel.recv(_CHUNK)
            if not data:
                return None
            self._inbox.feed(data)
        return frame

    def _garbled(self, error: FrameError) -> Ended:
        return self._end(How.GARBLED, f"sent {error}")

    def _hung_up(self) -> Ended:
        code = self._process.ended(_EXIT_SECONDS)
        if code is None:
            return self._end(How.GARBLED, "closed its channel to the judge")
        if code == 0 and len(self._inbox):
            return self._end(How.GARBLED, f"sent {len(self._inbox)} bytes that are no reply, and exited")
        return self._end(*_ending(code))

    def _end(self, how: How, text: str) -> Ended:
        self._ended = Ended(how, text)
        self._process.end()
        self._channel.close()
        return self._ended


def _ending(code: int) -> tuple[How, str]:
    """Say what an exit code means."""
    if code == wire.OUT_OF_MEMORY:
        return How.MEMORY, "ran out of memory"
    if code == wire.FAILED:
        return How.CRASHED, "broke the process it ran in"
    if code >= 0:
        return How.EXITED, f"exited with code {code}"
    if -code == signal.SIGXCPU:
        return How.TIMEOUT, "used up its processor time"
    if -code == signal.SIGKILL:
        # the judge's own kill is told by what it was for, and in a full jail a candidate cannot send signals
        return How.MEMORY, "was killed by the system for want of memory, or killed itself"
    return How.CRASHED, f"ended by signal {-code} ({(signal.strsignal(-code) or 'unknown').lower()})"
