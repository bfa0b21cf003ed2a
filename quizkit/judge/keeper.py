"""Keeps candidates' processes: imports NumPy once, forks a jailed worker on request, and leaves none of them behind.

The judge waits for the boot, so that things are done while others are under way: a child tries the jail while NumPy is
imported, and what few candidates use is imported when the first workers are at work.

Runs in a process of its own, between the judge and the workers; Linux only. It adopts what its workers leave, so that
a daemon that escaped its process group is still found and killed.
"""

from __future__ import annotations

import contextlib
import gc
import os
import selectors
import signal
import socket
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

from quizkit.judge import jail, wire
from quizkit.judge.jail import Jail, Tier

_CHANNEL = 3
# the worker's only descriptor besides its standard streams
_SWEEP_SECONDS = 10
_DYING_SECONDS = 0.0003


def main(settings: dict[str, Any]) -> None:
    """Run as the judge's child; `settings` are those that `process` writes."""
    os.chdir(os.sep)
    control = _control(settings)
    sys.path[:] = [path for path in sys.path if path not in settings["path"]]
    readable = jail.readable_paths(settings["packages"])
    sys.path += settings["folders"]
    if not settings["forks"]:
        _run_alone(control, settings)
    os.closerange(settings["control"] + 1, os.sysconf("SC_OPEN_MAX"))
    # what the person's shell had open is not ours to keep
    jail.adopt_orphans()
    tried = _Attempts(Tier(settings["tier"]), readable, settings["memory_mb"])
    _import_first()
    chosen = tried.strongest()
    control.sendall(chosen.tier.encode() + b"\n")
    _Keeper(control, chosen, settings["allowed"]).run()
    os._exit(0)
    # the judge waits for this end: an interpreter's orderly one takes 15 ms


def _control(settings: dict[str, Any]) -> socket.socket:
    if sys.platform == "win32":
        return socket.fromshare(sys.stdin.buffer.read(settings["control"]))
    return socket.socket(fileno=settings["control"])


def _import_first() -> None:
    """Import what every candidate uses, and what loads it: done here, it costs nothing in each worker."""

    from quizkit.judge import worker  # noqa: F401

    gc.freeze()


def _import_rest() -> None:
    """Import what some candidates use; a worker that has not got it imports it itself."""

    import numpy.fft
    import numpy.polynomial
    import numpy.random  # noqa: F401

    gc.freeze()


def _run_alone(channel: socket.socket, settings: dict[str, Any]) -> None:
    """Be one worker, on systems where a process that has imported NumPy should not fork."""
    from quizkit.judge import worker

    _import_rest()
    Jail(Tier(settings["tier"]), (), settings["memory_mb"]).enter()
    worker.serve(channel.recv, channel.send, settings["allowed"])
    os._exit(0)


class _Attempts:
    """Looks for the strongest jail, up to the one wanted, that holds a child of ours."""

    def __init__(self, wanted: Tier, readable: list[str], memory_mb: int) -> None:
        """Begin with the one wanted."""
        self._tiers = list(Tier)[list(Tier).index(wanted) :]
        self._readable, self._memory_mb = readable, memory_mb
        self._under_way = self._begun()

    def strongest(self) -> Jail:
        while self._tiers:
            if self._under_way is not None:
                tried, child = self._under_way
                if os.waitpid(child, 0)[1] == 0:
                    return tried
            del self._tiers[0]
            self._under_way = self._begun()
        return Jail(Tier.NONE, (), self._memory_mb)

    def _begun(self) -> tuple[Jail, int] | None:
        """Return the next jail, and the child that tries it; None where the machine does not give it."""
        if not self._tiers:
            return None
        try:
            tried = Jail(self._tiers[0], self._readable, self._memory_mb)
            child = os.fork()
        except OSError:
            return None
        if child == 0:
            code = wire.FAILED
            try:
                tried.enter()
                code = wire.FAILED if tried.tier is Tier.FULL and _escapes() else 0
            finally:
                os._exit(code)
        return tried, child


def _escapes() -> bool:
    """Try what a full jail has to refuse."""
    for attempt in (lambda: list(Path("/").iterdir()), lambda: os.kill(os.getppid(), 0), socket.socket):
        try:
            attempt()
        except PermissionError:
            continue
        return True
    return False


class _Keeper:
    """The loop: requests of the judge on the one side, workers that end on the other."""

    def __init__(self, control: socket.socket, tried: Jail, allowed: list[str]) -> None:
        self._control = control
        self._jail = tried
        self._allowed = allowed
        self._status: dict[int, socket.socket] = {}
        # by the worker's process id; the judge hangs up to have it ended
        self._selector = selectors.DefaultSelector()
        self._bell, bell = socket.socketpair()
        self._bell.setblocking(False)
        bell.setblocking(False)
        signal.set_wakeup_fd(bell.detach(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def run(self) -> None:
        self._selector.register(self._control, selectors.EVENT_READ)
        self._selector.register(self._bell, selectors.EVENT_READ)
        complete = False
        while True:
            events = self._selector.select(None if complete else 0)
            if not events:
                _import_rest()
                complete = True
            for key, _ in events:
                if key.fileobj is self._control:
                    if not self._start():
                        return self._end_all()
                elif key.fileobj is self._bell:
                    self._bell.recv(4096)
                    self._collect()
                elif key.data in self._status:
                    self._end(key.data)

    def _start(self) -> bool:
        _, descriptors, _, _ = socket.recv_fds(self._control, 1, 3)
        if len(descriptors) != 3:
            return False
        channel, output, status = descriptors
        child = self._fork(channel, output)
        os.close(channel)
        os.close(output)
        if child is None:
            # the judge sees both its sockets hang up
            os.close(status)
            return True
        self._status[child] = socket.socket(fileno=status)
        self._selector.register(self._status[child], selectors.EVENT_READ, child)
        return True

    def _fork(self, channel: int, output: int) -> int | None:
        keeper = os.getpid()
        try:
            child = os.fork()
        except OSError:
            return None
        if child == 0:
            self._become_worker(keeper, channel, output)
        return child

    def _become_worker(self, keeper: int, channel: int, output: int) -> None:
        from quizkit.judge import worker

        code = wire.FAILED
        try:
            jail.die_with_parent(keeper)
            os.setsid()
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _keep_only(channel, output, self._jail.fence)
            self._jail.enter()
            # read and write: the filter on system calls leaves nothing of sockets
            worker.serve(partial(os.read, _CHANNEL), partial(os.write, _CHANNEL), self._allowed)
            code = 0
        except MemoryError:
            code = wire.OUT_OF_MEMORY
        finally:
            # a candidate may have replaced anything: nothing of it may unwind into the keeper's own code
            os._exit(code)

    def _collect(self) -> None:
        """Reap what has ended; a worker stays a zombie until its group is killed, so that its number is not reused."""
        with contextlib.suppress(ChildProcessError):
            while ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                if ended.si_pid in self._status:
                    self._end(ended.si_pid)
                else:
                    os.waitpid(ended.si_pid, 0)

    def _end(self, child: int) -> None:
        """Kill a worker and all that it started, and tell the judge how it ended."""
        for kill in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError):
                kill(child, signal.SIGKILL)
        status = self._status.pop(child)
        how = self._sweep().get(child)
        self._selector.unregister(status)
        if how is not None:
            with contextlib.suppress(OSError):
                status.sendall(wire.STATUS.pack(how))
        status.close()

    def _sweep(self) -> dict[int, int]:
        """Kill and reap every child that is no worker, and what they leave; return how each ended."""
        reaped: dict[int, int] = {}
        deadline = time.monotonic() + _SWEEP_SECONDS
        while (strays := _children() - self._status.keys()) and time.monotonic() < deadline:
            for stray in strays:
                os.kill(stray, signal.SIGKILL)
            time.sleep(_DYING_SECONDS)
            # never waits for one of them: it may be traced by another that is still to be killed
            reaped |= dict(os.waitpid(stray, os.WNOHANG) for stray in strays)
        return reaped

    def _end_all(self) -> None:
        for child in list(self._status):
            self._end(child)


def _keep_only(channel: int, output: int, fence: int | None) -> None:
    """Leave a worker its channel and its standard streams, and the jail's own descriptor until it has entered."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.dup2(channel, _CHANNEL)
    end = os.sysconf("SC_OPEN_MAX")
    fence = end if fence is None else fence
    os.closerange(_CHANNEL + 1, fence)
    os.closerange(fence + 1, end)


def _children() -> set[int]:
    """Return the direct children of this process."""
    me = os.getpid()
    try:
        return {int(child) for child in Path(f"/proc/self/task/{me}/children").read_bytes().split()}
    except OSError:
        return {pid for pid in _processes() if _parent(pid) == me}


def _processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _parent(process: int) -> int | None:
    try:
        return int(Path(f"/proc/{process}/stat").read_bytes().rpartition(b")")[2].split()[1])
    except OSError:
        return None
