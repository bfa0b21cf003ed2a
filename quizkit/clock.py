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

    def now(self) -> Moment:
        """Return the present instant; a time zone changed since the last call is noticed."""
        if hasattr(time, "tzset"):
            time.tzset()
        at = time.time()
        offset = time.localtime(at).tm_gmtoff or 0
        return Moment(int(at * 1000), offset // 60, time.monotonic_ns() // 1_000_000)
