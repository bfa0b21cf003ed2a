"""Hypothesis strategies for questions and banks, and how to write them as YAML."""

from dataclasses import asdict
from typing import Any, ClassVar

import yaml
from hypothesis import strategies as st

from quizkit.bank.model import DIFFICULTIES, Choice, FollowUp, Mistake, Number, Question
from quizkit.challenges import NAMES
from quizkit.lab import NAMES as EXPERIMENTS

ids = st.from_regex(r"[a-z0-9]([a-z0-9._-]{0,8}[a-z0-9])?", fullmatch=True)
# everything that YAML can carry, in any quotes; white space at the end is not kept
characters = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffe\uffff\u2028\u2029"
) | st.sampled_from("\n\t #:-'\"\\|>*&!%@`{}[],?~$ ")
after_white_space = st.sampled_from(["\to", "\xa0 \ne", "\tan(x)\n\nu"])  # LaTeX, were it in double quotes
texts = st.text(characters, min_size=1, max_size=40).map(str.rstrip).filter(bool) | after_white_space
lists = st.lists(texts, max_size=3).map(tuple)
distinct = st.lists(texts, max_size=3, unique_by=str.casefold).map(tuple)
numbers = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    own = draw(ids)
    marked = draw(st.sampled_from(["", "choices", "number"]))
    choices: tuple[Choice, ...] = ()
    answer, number = "", None
    if marked == "choices":
        names = draw(st.lists(texts, min_size=2, max_size=4, unique=True))
        choices = tuple(Choice(name, draw(st.just("") | texts)) for name in names)
        answer = draw(st.sampled_from(names))
    elif marked == "number":
        value = draw(numbers)
        answer, number = repr(value), Number(value, abs(draw(numbers)))
    return Question(
        id=own,
        topic="topic",
        question=draw(texts),
        difficulty=draw(st.sampled_from(["", *DIFFICULTIES])),
        minutes=draw(st.none() | st.floats(min_value=0.01, max_value=1e6)),
        companies=draw(distinct),
        tags=draw(distinct),
        simple_answer=draw(texts),
        technical_answer=draw(st.just("") | texts),
        diagram=draw(st.sampled_from(["", "flowchart TD\n  A --> B"])),
        analogy=draw(st.just("") | texts),
        mistakes=draw(st.lists(st.builds(Mistake, texts, texts), max_size=2).map(tuple)),
        key_points=draw(lists),
        follow_ups=draw(st.lists(st.builds(FollowUp, texts, texts), max_size=2).map(tuple)),
        see_also=tuple(name for name in draw(st.lists(ids, max_size=2, unique=True)) if name != own),
        after=tuple(name for name in draw(st.lists(ids, max_size=2, unique=True)) if name != own),
        references=draw(lists),
        challenge=draw(st.sampled_from(["", *NAMES])),
        lab=tuple(draw(st.lists(st.sampled_from(EXPERIMENTS), max_size=2, unique=True))),
        figures=draw(st.sampled_from(["", "assert 1 + 1 == 2"])),
        was=tuple(name for name in draw(st.lists(ids, max_size=2, unique=True)) if name != own),
        choices=choices,
        answer=answer,
        number=number,
    )


class _Dumper(yaml.SafeDumper):
    """Writes escapes as numbers: in double quotes a tab before "o" would be what LaTeX calls \\to."""

    ESCAPE_REPLACEMENTS: ClassVar = {'"': '"', "\\": "\\"}


def as_yaml(bank: list[Question], style: str | None = "'") -> str:
    """Write questions as a bank file; `style` quotes every text: ' or " or | (None: as PyYAML likes)."""
    entries = [_entry(question) for question in bank]
    return yaml.dump({"questions": entries}, Dumper=_Dumper, default_style=style, allow_unicode=True, sort_keys=False)


def _entry(question: Question) -> dict[str, Any]:
    entry = asdict(question)
    for name in ("topic", "file", "line", "number"):
        del entry[name]
    if question.number:
        entry["tolerance"] = repr(question.number.tolerance)
    if question.minutes is not None:
        entry["minutes"] = repr(question.minutes)
    entry["choices"] = [{k: v for k, v in choice.items() if v} for choice in entry["choices"]]
    entry = {name: list(value) if isinstance(value, tuple) else value for name, value in entry.items()}
    return {name: value for name, value in entry.items() if value}
