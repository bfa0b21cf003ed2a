"""The clock of a question: a reading and the instant it was taken at."""

from __future__ import annotations

from quizkit.frozen import frozen, replace
from quizkit.memory.log import Moment

STALL_MS = 15_000
# a face looks once a second: after so long without a look the machine or the process stood still
SLEEP_MS = 30_000
# by how much the wall clock may run ahead of the steady one before somebody is asked


@frozen
class Watch:
    """How long a question has been worked on."""

    used_ms: int = 0
    # up to the last look
    seen: Moment | None = None
    # when that was; None: the watch stands still
    gap_ms: int = 0
    # time of which nobody knows whether it counts

    def read_ms(self, now: Moment) -> int:
        """Return the time used as of `now`, without changing anything."""
        return self.used_ms + (now.steady_ms - self.seen.steady_ms if self.seen else 0)


def start(now: Moment, used_ms: int = 0) -> Watch:
    """Return a watch that runs from `now` on."""
    return Watch(used_ms, now)


def stop(watch: Watch, now: Moment) -> Watch:
    """Return the watch standing still."""
    return Watch(watch.read_ms(now))


def look(watch: Watch, now: Moment, *, expected: bool) -> Watch:
    """Return the watch as of `now`; where it cannot tell whether time was spent, it stops and says how much.

    `expected`: looks may be far apart, because something else had the screen. That the wall clock ran ahead of the
    steady one (a machine that slept, a clock that was set) is noticed all the same; one set back changes nothing.
    """
    if watch.seen is None:
        return watch
    steady_ms = now.steady_ms - watch.seen.steady_ms
    ahead_ms = now.at_ms - watch.seen.at_ms - steady_ms
    if not expected and steady_ms > STALL_MS:
        return Watch(watch.used_ms, None, steady_ms + max(0, ahead_ms))
    if ahead_ms > SLEEP_MS:
        return Watch(watch.used_ms + steady_ms, None, ahead_ms)
    return replace(watch, used_ms=watch.used_ms + steady_ms, seen=now)


def settle(watch: Watch, now: Moment, *, counted: bool) -> Watch:
    """Return the watch running again, the time in doubt counted or left out."""
    return start(now, watch.used_ms + (watch.gap_ms if counted else 0))
