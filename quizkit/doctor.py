"""Says what this machine gives to the code that is judged."""

from __future__ import annotations

import json
import platform
import sys
from dataclasses import asdict

from quizkit.errors import MachineProblem
from quizkit.judge.jail import Report, Tier, examine
from quizkit.judge.process import Keeper, NotStartedError

MEANINGS = {
    Tier.FULL: "limits, no new privileges, Landlock and a filter on system calls",
    Tier.PARTIAL: "limits, no new privileges, and either Landlock or a filter on system calls",
    Tier.LIMITS: "limits of memory, CPU time, open files and output, and time-outs",
    Tier.NONE: "time-outs only",
}
ADVICE = "Judge only files that you would run yourself."


def examined() -> tuple[Report, Tier]:
    """Return what the machine offers, and the jail that is in force in a process started just now.

    Raises:
        MachineProblem: no such process starts.
    """
    try:
        with Keeper.start() as keeper:
            return examine(), keeper.tier
    except NotStartedError as error:
        raise MachineProblem(f"The process for candidates does not start: {error}") from None


def told(found: tuple[Report, Tier], as_json: bool) -> str:
    """Return what was found, as lines for a person or as JSON."""
    report, tier = found
    if as_json:
        return json.dumps({**asdict(report), "tier": tier, "python": platform.python_version()}, indent=2)
    lines = [f"jail: {tier} ({MEANINGS[tier]})", *report.missing]
    if tier is not Tier.FULL:
        lines.append(ADVICE)
    return "\n".join([*lines, f"python: {platform.python_version()}, {sys.executable}"])
