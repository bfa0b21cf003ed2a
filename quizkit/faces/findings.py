"""What a verdict says, as words and rows that every face shows in its own way."""

from __future__ import annotations

from pathlib import PurePath

from quizkit import coding
from quizkit.faces.words import command
from quizkit.judge.verdict import Finding, Outcome, Status, Verdict
from quizkit.view import CodeView

MOST_PRINTED = 8
# lines of what the file printed
MOST_NAMED = 8
# properties that one fault breaks besides: one that crashes breaks them all
_WORDS = {
    Outcome.ACCEPTED: "accepted",
    Outcome.REJECTED: "rejected",
    Outcome.TIMEOUT: "out of time",
    Outcome.MEMORY: "out of memory",
    Outcome.CRASHED: "crashed",
    Outcome.UNUSABLE: "cannot be judged",
}


def title(code: CodeView) -> str:
    """Return what is judged, as in "softmax · mine.py"."""
    return f"{code.challenge} · {PurePath(code.path).name}"


def outcome(verdict: Verdict) -> str:
    """Return the verdict in a word."""
    return "not written yet" if coding.is_unwritten(verdict) else _WORDS[verdict.outcome]


def figures(verdict: Verdict) -> str:
    """Return the figures of a verdict, as in "7 of 12 required · 15 cases · seed 3 · jail: full · 0.1 s"."""
    held, total = verdict.count("required")
    parts = [f"{held} of {total} required", f"{verdict.examples} cases"] if total else []
    parts += [f"seed {verdict.seed}"] if verdict.seed is not None else []
    return " · ".join([*parts, f"jail: {verdict.jail}", f"{verdict.seconds:.1f} s"])


def ending(verdict: Verdict) -> str:
    """Return why there is no verdict on single properties, "" where there is."""
    if verdict.outcome in (Outcome.ACCEPTED, Outcome.REJECTED):
        return ""
    return verdict.message


def place(verdict: Verdict, path: str) -> str:
    """Return where a file that cannot be judged is wrong, as in "mine.py:3:24"."""
    numbers = [number for number in (verdict.line, verdict.column) if number is not None]
    return ":".join(map(str, [PurePath(path).name, *numbers]))


def ended_in(verdict: Verdict) -> Finding | None:
    """Return what the candidate's process was asked when it came to an end."""
    ended = verdict.outcome in (Outcome.TIMEOUT, Outcome.MEMORY, Outcome.CRASHED)
    return next((finding for finding in verdict.findings if finding.failed), None) if ended else None


def faults(verdict: Verdict) -> tuple[Finding, ...]:
    """Return the required properties to explain, one for each fault."""
    if ending(verdict) or coding.is_unwritten(verdict):
        return ()
    return verdict.faults


def message(finding: Finding, path: str) -> str:
    """Return what is wrong in words, with the line where the file raised."""
    if finding.status is Status.CRASHED and finding.line is not None:
        return f"{finding.message}, {PurePath(path).name}:{finding.line}"
    return finding.message


def rows(finding: Finding) -> list[tuple[str, str]]:
    """Return the smallest counterexample as (label, Python source)."""
    shown = list((finding.counterexample or {}).items())
    shown += [("yours", finding.got)] if finding.got is not None else []
    return shown + ([("expected", finding.expected)] if finding.expected is not None else [])


def warning(finding: Finding, path: str) -> str:
    """Return the warning that NumPy gave, with its line; "" without one."""
    if finding.warning is None:
        return ""
    where = f", {PurePath(path).name}:{finding.line}" if finding.line is not None else ""
    return finding.warning + where


def also(verdict: Verdict, fault: Finding) -> str:
    """Return what else the same fault breaks, in one line; "" for nothing."""
    names = coding.also_broken(verdict, fault)
    if len(names) > MOST_NAMED:
        names = (*names[: MOST_NAMED - 1], f"… and {len(names) - MOST_NAMED + 1} more")
    return f"The same fault also breaks: {' · '.join(names)}" if names else ""


def again(verdict: Verdict, fault: Finding, path: str) -> str:
    """Return the command that looks at this property alone."""
    seed = ["--seed", str(verdict.seed)] if verdict.seed is not None else []
    return command("quizkit", "challenge", verdict.challenge, "--file", path, *seed, "--only", fault.name)


def named(verdict: Verdict, status: Status) -> tuple[str, ...]:
    """Return the names of the required properties of this status."""
    return tuple(finding.name for finding in verdict.of("required") if finding.status is status)


def printed(verdict: Verdict) -> list[str]:
    """Return the first lines that the file printed, and how many more there are."""
    lines = [line.rstrip() for line in verdict.printed.splitlines()]
    more = len(lines) - MOST_PRINTED
    return [*lines[:MOST_PRINTED], *([f"… {more} more lines"] if more > 0 else [])]


def by_hand(code: CodeView) -> str:
    """Return how to go on where no editor opens."""
    judge = command("quizkit", "challenge", code.challenge, "--file", code.path)
    return f"The file to write in is {code.path}. Save it there, then judge it here or with: {judge}"


def paragraphs(text: str) -> list[str]:
    """Return a prompt's paragraphs, each in one line, to be wrapped anew; what is indented or listed stays as it is."""
    blocks = [block.strip("\n") for block in text.split("\n\n") if block.strip()]
    return [block if _is_laid_out(block) else " ".join(block.split()) for block in blocks]


def _is_laid_out(block: str) -> bool:
    return any(line.startswith((" ", "- ", "* ", ">>>")) for line in block.splitlines())
