"""A question as the entry of a bank file that describes it: the keys as they are written, and the YAML."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from quizkit.bank.model import Question
from quizkit.bank.problem import printable

Entry: TypeAlias = dict[str, Any]
"""The keys of one question, as in YAML."""

_PLAIN = ("id", "question", "difficulty", "minutes", "companies", "tags", "simple_answer", "technical_answer")
_PLAIN_TOO = ("diagram", "analogy", "key_points", "after", "see_also")
_ASIDES = ("challenge", "lab", "references", "figures", "was")


def entry_of(question: Question) -> Entry:
    """Return the keys that describe a question, those that are empty left out."""
    entry: Entry = {name: _listed(getattr(question, name)) for name in (*_PLAIN, *_PLAIN_TOO, *_ASIDES)}
    entry["mistakes"] = [{"claim": one.claim, "correction": one.correction} for one in question.mistakes]
    entry["follow_ups"] = [{"question": one.question, "answer": one.answer} for one in question.follow_ups]
    entry["choices"] = [
        {"text": one.text, "correction": one.correction} if one.correction else one.text for one in question.choices
    ]
    entry["answer"] = question.answer
    kept = {name: value for name, value in entry.items() if value not in (None, "", [])}
    return kept | ({"tolerance": question.number.tolerance} if question.number else {})


def _listed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def bank_file(entries: Iterable[Entry], heading: str) -> str:
    """Return the text of a bank file; `heading` becomes its comment."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """Writes long texts as blocks, which keep their backslashes."""

        # a tab before "o" is \x09o: \to would be LaTeX
        ESCAPE_REPLACEMENTS = {'"': '"', "\\": "\\"}  # type: ignore[misc]  # noqa: RUF012 - as in PyYAML

        def represent_text(self, text: str) -> yaml.ScalarNode:
            return self.represent_scalar("tag:yaml.org,2002:str", text, "|" if "\n" in text else None)

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            super().increase_indent(flow, False)  # lists stand inside their key

    Dumper.add_representer(str, Dumper.represent_text)
    body = yaml.dump({"questions": list(entries)}, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=110)
    return f"# {printable(heading)}\n{body}"
