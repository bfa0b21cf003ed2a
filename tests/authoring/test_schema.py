"""The JSON Schema says what the reader says, as far as a schema can."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from bank_cases import CASES, Case
from bank_strategies import as_yaml, questions
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from quizkit.authoring.schema import schema, schema_text
from quizkit.bank.folders import packaged_folder
from quizkit.bank.reader import read

VALIDATOR = Draft202012Validator(schema())

ONLY_THE_READER = {
    # what a schema cannot see: how the text is written, other entries, other languages, comparisons
    "duplicate key",
    "tag twice",
    "link to itself",
    "prerequisite of itself",
    "answer is no choice",
    "long figures",
    "figures",
    "LaTeX that YAML swallows",
    "LaTeX twice",
    "LaTeX on a later line",
    "escaped control character",
    "tag",
}


class _Core(yaml.SafeLoader):
    """YAML 1.2's core schema, as editors read it; PyYAML's own is 1.1, with yes and no and dates."""


_Core.yaml_implicit_resolvers = {}
for tag, pattern, starts in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN)", "-+.0123456789"),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"), starts)
_Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))  # 08 is 8


def loaded(text: str) -> Any:
    return yaml.load(text, _Core)


def refused_by_schema(text: str) -> bool:
    return not VALIDATOR.is_valid(loaded(text))


def readable_by_yaml(case: Case) -> bool:
    try:
        loaded(case.text)
    except (yaml.YAMLError, ValueError, TypeError):
        return False
    return True


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("case", [case for case in CASES if readable_by_yaml(case)], ids=lambda case: case.name)
def test_a_planted_mistake_is_refused_by_the_schema_too(case: Case) -> None:
    assert refused_by_schema(case.text) != (case.name in ONLY_THE_READER)


@given(st.lists(questions(), min_size=1, max_size=3), st.sampled_from(["'", "|", None]))
def test_what_the_reader_takes_the_schema_takes(bank: list[Any], style: str | None) -> None:
    text = as_yaml(bank, style)
    per_entry = [problem for problem in read(text, "f", "t").problems if "already" not in problem.message]
    if not per_entry:
        errors = [error.message for error in VALIDATOR.iter_errors(loaded(text))]
        assert errors == []


values = st.recursive(
    st.sampled_from(["", "x", "relu", "3", 3, -1, 0.5, True, None, "easy", "flowchart TD\n  A --> B"]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["claim", "text", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(st.data())
def test_what_the_schema_refuses_the_reader_refuses(data: st.DataObject) -> None:
    """One key of a healthy question gets any value whatever."""
    key = data.draw(st.sampled_from([*schema()["$defs"]["question"]["properties"], "anything"]))
    entry = {"id": "a", "question": "What?", "simple_answer": "So.", key: data.draw(values)}
    text = yaml.dump({"questions": [entry]}, Dumper=yaml.SafeDumper, sort_keys=False)
    if refused_by_schema(text):
        assert read(text, "f", "t").problems


@pytest.mark.parametrize("file", sorted(Path(packaged_folder()).rglob("*.yaml")), ids=lambda path: path.name)
def test_the_bank_that_comes_with_quizkit_fits(file: Path) -> None:
    assert not refused_by_schema(file.read_text("utf-8"))


def test_every_key_says_what_it_is_for() -> None:
    assert all(found["description"] for found in schema()["$defs"]["question"]["properties"].values())
    assert schema_text().endswith("}\n")
