"""Starts the processes for candidates: an interpreter with little in it, told what it has to know.

Imports next to nothing: a start takes a tenth of a second, and a command makes it before all other work.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import socket
    import subprocess
    from collections.abc import Sequence
    from typing import IO, Any

FORKS = sys.platform == "linux"
# elsewhere a process that has imported NumPy should not fork: macOS's Accelerate does not survive it, Windows cannot
STRONGEST = "full"
MEMORY_MB = 512
BOOT_SECONDS = 60
LAST_WORDS_SECONDS = 20
# for what was killed to be gone, with all it started
_BOOT = (
    "import sys; settings = eval(sys.argv[1]); sys.path += settings['path']; "
    "from quizkit.judge.keeper import main; main(settings)"
)
_WORDS = ("-s", "-P", "-S", "-B", "-c", _BOOT)
_CONTROL = 3
# the root's descriptor besides its standard streams
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
    folders = list(dict.fromkeys(map(os.path.dirname, packages)))
    above = os.path.dirname
    return {
        "tier": str(tier),
        "allowed": list(allowed),
        "memory_mb": memory_mb,
        "forks": forks,
        "path": list(dict.fromkeys([above(above(above(os.path.abspath(__file__)))), *folders])),
        "folders": folders,
        # shared libraries of a wheel lie beside its package
        "packages": [path for package in packages for path in (package, f"{os.path.splitext(package)[0]}.libs")],
    }


def _folder(package: str) -> str:
    """Return where a package lies, without importing it."""
    from importlib.machinery import PathFinder

    spec = PathFinder.find_spec(package)
    if spec is None:
        from importlib.util import find_spec

        # installed in a way of its own; this looks everywhere, and takes longer to import
        spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise NotStartedError(f"A candidate may import {package}, but it is not installed.")
    return os.path.dirname(spec.origin) if spec.submodule_search_locations else spec.origin


class Root:
    """The process that workers are forked from (Linux).

    It can be handed on to a copy of this process, as long as one of the two lets go of it.
    """

    def __init__(self, needed: dict[str, Any]) -> None:
        """Start it, and return at once; `needed` is what `needs` returns.

        Raises:
            NotStartedError: the interpreter is not there.
        """
        # what `socket` wraps, which takes five times as long to import
        from _socket import socketpair

        self._said = b""
        # the tier in force, a line
        self._errors = os.memfd_create("printed")
        ours, theirs = (end.detach() for end in socketpair())
        try:
            self.id = _spawned({**needed, "control": _CONTROL}, theirs, self._errors)
        except OSError as error:
            os.close(ours)
            os.close(self._errors)
            raise NotStartedError(f"The process for candidates did not start ({error}).") from None
        finally:
            os.close(theirs)
        self.lost = False
        # somebody saw that it has gone
        self._descriptor = ours
        self._opened: socket.socket | None = None

    @property
    def _control(self) -> socket.socket:
        if self._opened is None:
            import socket

            self._opened = socket.socket(fileno=self._descriptor)
        return self._opened

    def alive(self) -> bool:
        """Say whether it still runs, as far as anybody has noticed."""
        if self.lost:
            return False
        self._control.settimeout(0)
        try:
            while self._hears():
                pass
        except BlockingIOError:
            return True
        return False

    def tier(self) -> str:
        """Return the tier of jail in force; waits for the boot.

        Raises:
            NotStartedError: it ended, or booted for a minute.
        """
        self._control.settimeout(BOOT_SECONDS)
        try:
            while not self._said.endswith(b"\n") and self._hears():
                pass
        except TimeoutError:
            pass
        if not self._said.endswith(b"\n"):
            said = printed(self._errors)[-1000:]
            raise NotStartedError(f"The process for candidates did not start. {said}".strip())
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
        import socket

        self._control.settimeout(BOOT_SECONDS)
        try:
            socket.send_fds(self._control, [b"w"], [channel.fileno(), output.fileno(), status.fileno()])
        except OSError:
            # a broken pipe shows when the worker is spoken to: it has hung up
            return

    def close(self) -> None:
        """End it with all its workers, and wait until they are gone."""
        import signal
        import socket

        try:
            self._control.shutdown(socket.SHUT_WR)
            self._control.settimeout(LAST_WORDS_SECONDS)
            while self._hears():
                pass
        except TimeoutError:
            os.kill(self.id, signal.SIGKILL)
        except OSError:
            # it has gone by itself
            pass
        self._control.close()
        os.close(self._errors)
        try:
            os.waitpid(self.id, 0)
        except ChildProcessError:
            # the child of whoever handed it on, who reaps it
            return

    def let_go(self) -> None:
        """Close what belongs to the copy of this process that goes on with it."""
        os.close(self._descriptor)
        os.close(self._errors)


def _spawned(needed: dict[str, Any], control: int, output: int) -> int:
    if sys.platform != "linux":
        raise NotStartedError("Processes for candidates are forked on Linux only.")
    return os.posix_spawn(
        sys.executable,
        [sys.executable, *_WORDS, repr(needed)],
        _environment(),
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_DUP2, output, 1),
            (os.POSIX_SPAWN_DUP2, output, 2),
            (os.POSIX_SPAWN_DUP2, control, _CONTROL),
        ],
        setsid=True,
    )


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ} | _ENVIRONMENT


def start(channel: socket.socket, needed: dict[str, Any], output: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start an interpreter for candidates that is spoken to through `channel`.

    Raises:
        NotStartedError: the interpreter is not there.
    """
    import subprocess

    try:
        if sys.platform == "win32":
            return _start_on_windows(channel, needed, output)
        return subprocess.Popen(
            [sys.executable, *_WORDS, repr({**needed, "control": channel.fileno()})],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=_environment(),
            pass_fds=[channel.fileno()],
            start_new_session=True,
        )
    except OSError as error:
        raise NotStartedError(f"The process for candidates did not start ({error}).") from None


if sys.platform == "win32":

    def _start_on_windows(channel: socket.socket, needed: dict[str, Any], output: IO[bytes]) -> subprocess.Popen[bytes]:
        """Start the process first: a socket is shared with a process that exists."""
        import subprocess

        size = len(channel.share(os.getpid()))
        process = subprocess.Popen(
            [sys.executable, *_WORDS, repr({**needed, "control": size})],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            env=_environment(),
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


def printed(descriptor: int) -> str:
    """Return what was printed to a file; terminal controls are written as escapes."""
    from quizkit.judge.jail import MAX_OUTPUT
    from quizkit.judge.wire import printable

    if hasattr(os, "pread"):
        # the offset is the writer's, too
        data = os.pread(descriptor, MAX_OUTPUT, 0)
    else:
        os.lseek(descriptor, 0, os.SEEK_SET)
        data = os.read(descriptor, MAX_OUTPUT)
    return printable(data.decode("utf-8", "replace"))
