"""The files in tests/hostile, the surroundings they attack, and what a run of one of them leaves there."""

import contextlib
import ctypes
import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Self

FOLDER = Path(__file__).parents[1] / "hostile"
NAMES = sorted(path.stem for path in FOLDER.glob("*.py"))
SECRET = "pieces of eight"
_IPC_RMID = 0


@dataclass(frozen=True)
class Surroundings:
    """A folder with a file, listening sockets and a process, all of them the test's own."""

    folder: Path
    port: int
    victim: subprocess.Popen[bytes]
    listeners: dict[str, socket.socket]
    before: dict[str, object]

    @classmethod
    def build(cls, folder: Path) -> Self:
        (folder / "treasure").write_text(SECRET)
        (folder / "package").mkdir()
        (folder / "package" / "loot.py").write_text(f"CONTENT = {SECRET!r}\n")
        listeners, port = _listeners(folder)
        victim = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
        return cls(folder, port, victim, listeners, _entries(folder))

    def source(self, name: str) -> bytes:
        """Return a hostile file, pointed at these surroundings."""
        content = (FOLDER / f"{name}.py").read_bytes()
        for mark, value in {"playground": self.folder, "port": self.port, "victim": self.victim.pid}.items():
            content = content.replace(b"@%s@" % mark.encode(), str(value).encode())
        return content

    def traces(self) -> set[str]:
        """Say what was done here: "files", "network", "signals", "segments"."""
        done = {"files": _entries(self.folder) != self.before, "signals": self.victim.poll() is not None}
        done["network"] = any(map(_was_reached, self.listeners.values()))
        done["segments"] = self._segments()
        return {name for name, happened in done.items() if happened}

    def close(self) -> None:
        for listener in self.listeners.values():
            listener.close()
        self.victim.kill()
        self.victim.communicate()

    def _segments(self) -> bool:
        """Remove segments of shared memory that bear our number, and say whether there were any."""
        named = Path(f"/dev/shm/quizkit-test-{self.port}")
        found = named.exists()
        named.unlink(missing_ok=True)
        table = Path("/proc/sysvipc/shm")
        rows = [line.split() for line in table.read_text().splitlines()[1:]] if table.exists() else []
        ours = [int(row[1]) for row in rows if int(row[0]) == self.port]
        for segment in ours:
            ctypes.CDLL(None).shmctl(segment, _IPC_RMID, None)
        return found or bool(ours)


def _listeners(folder: Path) -> tuple[dict[str, socket.socket], int]:
    tcp = socket.create_server(("127.0.0.1", 0))
    port = tcp.getsockname()[1]
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", port))
    door, abstract = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
    # a path in a temporary folder may be longer than a Unix socket's may be
    with contextlib.chdir(folder):
        door.bind("door")
    abstract.bind(f"\0quizkit-{port}")
    for listener in (door, abstract):
        listener.listen()
    return {"tcp": tcp, "udp": udp, "door": door, "abstract": abstract}, port


def _was_reached(listener: socket.socket) -> bool:
    listener.setblocking(False)
    try:
        if listener.type == socket.SOCK_DGRAM:
            return bool(listener.recv(100))
        listener.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def _entries(folder: Path) -> dict[str, object]:
    return {str(path): _state(path) for path in sorted(folder.rglob("*"))}


def _state(path: Path) -> object:
    status = path.lstat()
    content = path.read_bytes() if path.is_file() else b""
    return status.st_mode, status.st_nlink, status.st_mtime_ns * path.is_file(), content, os.listxattr(path)
