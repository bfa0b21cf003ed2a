"""The checks across files: what is wrong with one name, given every place that mentions it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizkit.bank.mention import AFTER, ID, LOST, SEE_ALSO, WAS, Mention
from quizkit.bank.problem import Problem, shown


def clashes(mentions: Sequence[Mention]) -> list[Problem]:
    """Return the problems with one name; `mentions` are all mentions of it, in the order of the bank.

    A link that dangles ends in `DANGLING`: the nearest ids are known only to who shows it.
    """
    ids = [m for m in mentions if m.role == ID]
    claims = [m for m in mentions if m.role == WAS]
    known = bool(ids) or any(m.role == LOST for m in mentions)
    links = () if known else [m for m in mentions if m.role in (SEE_ALSO, AFTER)]
    return [*_repeated_ids(ids), *_clashing_claims(claims, ids), *_dangling_links(links, claims)]


DANGLING = "no question of the banks that were read has this id."


def _repeated_ids(ids: list[Mention]) -> Iterator[Problem]:
    for again in ids[1:]:
        yield _problem(again, f"the id is already used at {ids[0].where}: give one of the two another id")


def _clashing_claims(claims: list[Mention], ids: list[Mention]) -> Iterator[Problem]:
    for nth, claim in enumerate(claims):
        if ids:
            yield _problem(claim, f"was: {shown(claim.name)} is the id of a question at {ids[0].where}: remove it")
        elif nth:
            yield _problem(
                claim, f"was: {shown(claim.name)} is already claimed at {claims[0].where}: keep one of the two"
            )


def _dangling_links(links: Sequence[Mention], claims: list[Mention]) -> Iterator[Problem]:
    for link in links:
        now = f"is called {shown(claims[0].question_id)} now: write that" if claims else DANGLING
        yield _problem(link, f"{link.role}: {shown(link.name)}: {now}")


def _problem(mention: Mention, message: str) -> Problem:
    return Problem(mention.file, mention.line, mention.column, mention.question_id, message)
