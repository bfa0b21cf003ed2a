"""Explain a YAML syntax error to somebody who writes questions, not YAML."""

from __future__ import annotations

import re
from typing import Any

from quizkit.bank.latex import advice
from quizkit.bank.problem import Report, shown

_explanations = (
    # what PyYAML's C and Python loaders say (context: problem) -> what to do
    (r"unexpected end of stream", "this quoted text never ends: the closing quote is missing"),
    (r"unexpected document (indicator|separator)", "this quoted text never ends: its closing quote is missing"),
    (r"mapping values are not allowed", "a colon and a space inside a text: put the text in quotes or after |"),
    (r"sequence entries are not allowed", "a list item cannot start here: begin the list on a new line, indented"),
    (r"flow (sequence|mapping):.*expected ','", "this list never ends: a comma or the closing bracket is missing"),
    (r"scanning an alias", "a text that starts with * must stand in quotes (an alias in YAML)"),
    (r"scanning an anchor", "a text that starts with & must stand in quotes (an anchor in YAML)"),
    (
        r"undefined tag handle|(scanning|parsing) a tag",
        "a text that starts with ! must stand in quotes (a YAML tag)",
    ),
    (r"scanning a block scalar", "nothing may follow | or > on its line: put the text on the next line, indented"),
    (r"directive", "a line that starts with % is a YAML directive, which banks do not use: remove it"),
    (r"expected ':'", "this line is neither `key: value` nor a list item: add the colon, or indent it under the text"),
    (
        r"block mapping:.*expected (key|<block end>)",
        "does not fit here: a stray quote or bracket, or wrong indentation",
    ),
    (r"block collection:.*expected", "does not fit here: the items of a list start with '- ' in one column"),
    (r"expected (<document start>|alphabetic)", "this cannot stand here: look for a stray character or quote"),
)

_starters = {
    "\t": "a tab is used as indentation: use spaces",
    "@": "a text that starts with @ must stand in quotes",
    "`": "a text that starts with ` must stand in quotes",
    "%": "a text that starts with % must stand in quotes",
}

_forbidden = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def explain(error: Any, report: Report) -> None:
    """Report the YAML error that stopped the reading of `report.text`."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        if not report_forbidden_characters(report):
            report.at_line(1, 1, f"cannot be read as YAML: {error}")
        return
    index = min(mark.index, len(report.text))
    said = f"{error.context or ''}: {error.problem or ''}"
    if "escape" in said or "hex" in said:
        _explain_escape(index, report)
    elif "cannot start any token" in said or _stands_on_tab(report.text, index):
        character = "\t" if _stands_on_tab(report.text, index) else report.text[index : index + 1]
        anything_else = f"{shown(character)} cannot stand here: put the text in quotes"
        report.at_index(index, _starters.get(character, anything_else))
    else:
        report.at_index(_where(error, index, said), _explanation(said))


def report_forbidden_characters(report: Report) -> bool:
    """Report every character that YAML does not allow; return whether there was one."""
    found = list(_forbidden.finditer(report.text))
    for one in found:
        report.at_index(one.start(), f"control character U+{ord(one[0]):04X}: delete it, it cannot be seen or printed")
    return bool(found)


def _explain_escape(index: int, report: Report) -> None:
    backslash = report.text.rfind("\\", 0, index + 1)
    letters = re.compile(r"\\([A-Za-z]*)").match(report.text, max(backslash, 0))
    command = letters[0] if letters and letters[1] else report.text[backslash : backslash + 2]
    report.at_index(max(backslash, 0), advice(command))


def _stands_on_tab(text: str, index: int) -> bool:
    start = text.rfind("\n", 0, index) + 1
    return text[index : index + 1] == "\t" and not text[start:index].strip()


def _where(error: Any, index: int, said: str) -> int:
    """Return where the fault begins: what is never closed, or never was meant as YAML, is wrong at its start."""
    begun = error.context_mark is not None and re.search("quoted scalar|flow |alias|anchor|tag", said)
    return min(error.context_mark.index, index) if begun else index


def _explanation(said: str) -> str:
    for pattern, what_to_do in _explanations:
        if re.search(pattern, said):
            return what_to_do
    return f"is not valid YAML here ({said.strip(': ')})"
