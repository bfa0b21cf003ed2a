"""The clocks of this machine."""

from __future__ import annotations

import time
from typing import Protocol

from quizkit.memory.log import Moment


class Clock(Protocol):
    """What says what time it is."""

    def now(self) -> Moment:
        """Return the present instant."""
        ...


class SystemClock:
    """The wall clock with the present time zone, and the monotonic clock."""

    def __init__(self) -> None:
        self._second = -1
        self._offset_min = 0

    def now(self) -> Moment:
        """Return the present instant; a time zone that was changed is noticed within a second."""
        at = time.time()
        if int(at) != self._second:
            self._second, self._offset_min = int(at), _offset_min(at)
        return Moment(int(at * 1000), self._offset_min, time.monotonic_ns() // 1_000_000)


def _offset_min(at: float) -> int:
    if hasattr(time, "tzset"):
        time.tzset()
    return (time.localtime(at).tm_gmtoff or 0) // 60
