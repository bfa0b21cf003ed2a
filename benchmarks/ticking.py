"""What an interview costs while nobody types: python benchmarks/ticking.py [SECONDS].

Opens a question on the full screen of a pseudo-terminal of 120 by 40, waits until it has settled, and looks at the
processor time of the process over SECONDS (60): the clocks tick and the beat is kept once a second meanwhile. Linux
only, because processor time comes from /proc.
"""

from __future__ import annotations

import os
import pty
import select
import signal
import struct
import sys
import tempfile
import time
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

LIMIT = 3.0
# per cent of one core
SETTLED = 5
# seconds


def processor_seconds(process: int) -> float:
    """Return the processor time that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def read_for(terminal: int, seconds: float) -> int:
    """Read what is written to the terminal for a while and return how many bytes that were."""
    end, read = time.monotonic() + seconds, 0
    while (left := end - time.monotonic()) > 0:
        if select.select([terminal], [], [], left)[0]:
            read += len(os.read(terminal, 65536))
    return read


def main() -> None:
    """Measure, print, and end the interview."""
    seconds = float(sys.argv[1]) if sys.argv[1:] else 60.0
    home = tempfile.mkdtemp()
    process, terminal = pty.fork()
    if not process:
        words = [sys.executable, "-m", "quizkit", "interview", "--minutes", "60", "--coding", "0", "--seed", "1"]
        os.execve(sys.executable, words, {**os.environ, "QUIZKIT_HOME": home, "TERM": "xterm-256color"})
    ioctl(terminal, TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    read_for(terminal, SETTLED)
    before = processor_seconds(process)
    written = read_for(terminal, seconds)
    share = 100 * (processor_seconds(process) - before) / seconds
    verdict = "holds" if share < LIMIT else "MISSED"
    print(f"{share:.2f} % of a core, {written / seconds:.0f} bytes a second drawn   limit {LIMIT:g} %   {verdict}")
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


if __name__ == "__main__":
    main()
