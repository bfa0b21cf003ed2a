"""A real pseudo-terminal with a quizkit in it, and a screen to read."""

import os
import pty
import select
import struct
import subprocess
import sys
import time
from fcntl import ioctl
from termios import TIOCSWINSZ

import pyte

PATIENCE = 20.0
# seconds after which a test gives up waiting; nothing is asserted about how long anything takes


class Terminal:
    """Runs `quizkit ARGUMENTS` in a terminal of its own."""

    def __init__(
        self,
        environment: dict[str, str],
        *arguments: str,
        columns: int = 80,
        rows: int = 30,
        program: tuple[str, ...] = ("-m", "quizkit"),
    ) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._master, slave = pty.openpty()
        self._poll = select.poll()
        # unlike `select`, it takes descriptors beyond 1023
        self._poll.register(self._master, select.POLLIN)
        self.resize(columns, rows)
        self.process = subprocess.Popen(
            [sys.executable, *program, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={"TERM": "xterm-256color", **environment},
            start_new_session=True,
            preexec_fn=_own_terminal,
        )
        os.close(slave)

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size, as a window manager does."""
        ioctl(self._master, TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._screen.resize(rows, columns)

    def text(self) -> str:
        """Return what the screen shows."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def colours(self) -> set[str]:
        """Return the foreground and background colours on the screen, as rrggbb or a name."""
        cells = (cell for row in self._screen.buffer.values() for cell in row.values())
        return {colour for cell in cells for colour in (cell.fg, cell.bg)}

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._master, keys.encode())

    def wait_for(self, text: str) -> str:
        """Read until the screen shows `text`; returns the screen."""
        return self._wait(lambda: text in self.text(), f"the screen never showed {text!r}")

    def wait_until_gone(self, text: str) -> str:
        """Read until the screen does not show `text` any more; returns the screen."""
        return self._wait(lambda: text not in self.text(), f"the screen went on showing {text!r}")

    def _wait(self, holds, complaint: str) -> str:  # type: ignore[no-untyped-def]
        end = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > end:
                raise AssertionError(f"{complaint}:\n{self.text()}")
            self._read(0.05)
        return self.text()

    def _read(self, patience: float) -> bool:
        if not self._poll.poll(patience * 1000):
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self._stream.feed(data)
        return bool(data)

    def ended(self) -> int:
        """Wait for the end and return the exit code."""
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < end:
            self._read(0.05)
        while self._read(0):
            pass
        return self.process.wait(timeout=1)

    def hang_up(self) -> None:
        """Close the window."""
        os.close(self._master)
        self._master = -1

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self._master >= 0:
            os.close(self._master)


def _own_terminal() -> None:
    ioctl(0, 0x540E if sys.platform == "linux" else 0x20007461, 0)  # TIOCSCTTY: Ctrl-C and hang-ups reach it
