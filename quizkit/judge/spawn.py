"""Starts the processes for candidates: an interpreter with little in it, told what it has to know.

Imports next to nothing: the start takes a tenth of a second, and a command makes it before all other work.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

FORKS = sys.platform == "linux"
# elsewhere a process that has imported NumPy should not fork: macOS's Accelerate does not survive it, Windows cannot
STRONGEST = "full"
MEMORY_MB = 512
BOOT_SECONDS = 60
LAST_WORDS_SECONDS = 20
# for what was killed to be gone, with all it started
_BOOT = (
    "import sys, json; settings = json.loads(sys.argv[1]); sys.path += settings['path']; "
    "from quizkit.judge.keeper import main; main(settings)"
)
_PASSED_ON = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
# what an interpreter or NumPy may need to start
_ENVIRONMENT = {
    "LC_ALL": "C.UTF-8",
    # the same file gives the same verdict, also when it iterates over a set
    "PYTHONHASHSEED": "0",
    **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"),
}


class NotStartedError(RuntimeError):
    """The process for candidates did not start; the machine is at fault, not a candidate."""


def needs(
    tier: str = STRONGEST, allowed: Sequence[str] = (), memory_mb: int = MEMORY_MB, forks: bool = FORKS
) -> dict[str, Any]:
    """Return what a process has to know: where to import from, what a candidate may read, and the limits.

    Args:
        tier: the strongest jail wanted, one of `jail.Tier`.
        allowed: packages a candidate may import besides NumPy and the standard library.
        memory_mb: what a candidate may use on top of an interpreter with NumPy.
        forks: whether it is to fork candidates' processes, or to be one.

    Raises:
        NotStartedError: a package is not installed.
    """
    packages = [_folder(name) for name in ("numpy", *allowed)]
    folders = list(dict.fromkeys(str(package.parent) for package in packages))
    return {
        "tier": tier,
        "allowed": list(allowed),
        "memory_mb": memory_mb,
        "forks": forks,
        "path": list(dict.fromkeys([str(Path(__file__).parents[2]), *folders])),
        "folders": folders,
        # shared libraries of a wheel lie beside its package
        "packages": [str(path) for package in packages for path in (package, package.with_suffix(".libs"))],
    }


def _folder(package: str) -> Path:
    """Return where a package lies, without importing it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise NotStartedError(f"A candidate may import {package}, but it is not installed.")
    origin = Path(spec.origin)
    return origin.parent if spec.submodule_search_locations else origin


class Root:
    """The process that workers are forked from (Linux)."""

    def __init__(self, needed: dict[str, Any]) -> None:
        """Start it, and return at once; `needed` is what `needs` returns.

        Raises:
            NotStartedError: the interpreter is not there.
        """
        self._errors = output()
        self._said = b""
        # the tier in force, a line
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = start(theirs, needed, self._errors)

    def alive(self) -> bool:
        """Say whether it still runs; its end of the socket closes before anything else of it is seen to end."""
        self._control.settimeout(0)
        with contextlib.suppress(BlockingIOError):
            return self._hears() and self._process.poll() is None
        return self._process.poll() is None

    def tier(self) -> str:
        """Return the tier of jail in force; waits for the boot.

        Raises:
            NotStartedError: it ended, or booted for a minute.
        """
        self._control.settimeout(BOOT_SECONDS)
        with contextlib.suppress(TimeoutError):
            while not self._said.endswith(b"\n") and self._hears():
                pass
        if not self._said.endswith(b"\n"):
            raise NotStartedError(f"The process for candidates did not start. {printed(self._errors)[-1000:]}".strip())
        return self._said.decode().strip()

    def _hears(self) -> bool:
        try:
            more = self._control.recv(100)
        except ConnectionError:
            more = b""
        self._said += more
        return bool(more)

    def fork(self, channel: socket.socket, output: IO[bytes], status: socket.socket) -> None:
        """Have a worker forked: it speaks on `channel`, prints to `output`, and its end is told on `status`."""
        # a broken pipe shows when the worker is spoken to: it has hung up
        self._control.settimeout(BOOT_SECONDS)
        with contextlib.suppress(OSError):
            socket.send_fds(self._control, [b"w"], [channel.fileno(), output.fileno(), status.fileno()])

    def close(self) -> None:
        """End it with all its workers, and wait until they are gone."""
        self._control.close()
        try:
            self._process.wait(LAST_WORDS_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()


def start(channel: socket.socket, needed: dict[str, Any], output: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start an interpreter for candidates that is spoken to through `channel`.

    Raises:
        NotStartedError: the interpreter is not there.
    """
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ} | _ENVIRONMENT
    words = [sys.executable, "-s", "-P", "-S", "-B", "-c", _BOOT]
    try:
        if sys.platform == "win32":
            return _start_on_windows(channel, needed, words, environment, output)
        return subprocess.Popen(
            [*words, json.dumps({**needed, "control": channel.fileno()})],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environment,
            cwd=os.sep,
            pass_fds=[channel.fileno()],
            start_new_session=True,
        )
    except OSError as error:
        raise NotStartedError(f"The process for candidates did not start ({error}).") from None


if sys.platform == "win32":

    def _start_on_windows(
        channel: socket.socket,
        needed: dict[str, Any],
        words: list[str],
        environment: dict[str, str],
        output: IO[bytes],
    ) -> subprocess.Popen[bytes]:
        """Start the process first: a socket is shared with a process that exists."""
        size = len(channel.share(os.getpid()))
        process = subprocess.Popen(
            [*words, json.dumps({**needed, "control": size})],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            env=environment,
        )
        assert process.stdin is not None
        with process.stdin:
            process.stdin.write(channel.share(process.pid))
        return process


def output() -> IO[bytes]:
    """Return a file without a name, for what a process prints."""
    if sys.platform == "linux":
        return os.fdopen(os.memfd_create("printed"), "w+b")
    from tempfile import TemporaryFile

    return TemporaryFile()


def printed(file: IO[bytes]) -> str:
    """Return what was printed to a file; terminal controls are written as escapes."""
    from quizkit.judge.jail import MAX_OUTPUT
    from quizkit.judge.wire import printable

    if hasattr(os, "pread"):
        # the offset is the writer's, too
        data = os.pread(file.fileno(), MAX_OUTPUT, 0)
    else:
        file.seek(0)
        data = file.read(MAX_OUTPUT)
    return printable(data.decode("utf-8", "replace"))
