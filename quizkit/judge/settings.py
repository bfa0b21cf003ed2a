"""How to judge, as whoever asks for a judgement says it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from quizkit.frozen import frozen

if TYPE_CHECKING:
    from quizkit.judge.jail import Tier

EXAMPLES = 100


@frozen
class Settings:
    """How to judge."""

    seed: int | None = None
    # None: the cases that are kept
    examples: int = EXAMPLES
    only: tuple[str, ...] = ()
    # names of the only properties to check
    timeout_s: float = 10.0
    # for all the candidate's work; one call may take a fifth of it
    jail: Tier | None = None
    # a weaker jail than this machine gives
    cache: Path | None = None
    # where drawn cases are kept
