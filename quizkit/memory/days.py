"""When a study day begins and ends: it rolls over at 04:00 local time.

Imports nothing, because `quizkit due` in a shell prompt pays for every import.
"""

ROLLOVER_HOUR = 4
DAY_SECONDS = 86_400
LEARN_AHEAD_MS = 20 * 60 * 1000
# a learning step that ends this soon counts as ended rather than wait for another sitting


def study_day(at_ms: int, offset_min: int) -> int:
    """Return the study day (days since 1970-01-01, local) that holds the instant `at_ms` (ms since the epoch, UTC).

    `offset_min` is the local time's offset from UTC, in minutes, at that instant.
    """
    return (at_ms // 1000 + offset_min * 60 - ROLLOVER_HOUR * 3600) // DAY_SECONDS
