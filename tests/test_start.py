"""Starting a command costs what that command needs: shown by what a fresh interpreter has loaded afterwards."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "numpy",
    "hypothesis",
    "textual",
    "rich",
    "typer",
    "fsrs",
    "yaml",
    "dataclasses",
    "pathlib",
    "platformdirs",
    "re",
)
SCRIPT = """
import sys
sys.argv = ["quizkit", *{arguments!r}]
from quizkit.__main__ import main
code = 0
try:
    code = main()
finally:
    print("\\n" + " ".join(sorted(sys.modules)), file=sys.stderr)
"""


def loaded_by(environment: dict[str, str], *arguments: str) -> set[str]:
    result = subprocess.run(
        [sys.executable, "-S", "-c", SCRIPT.format(arguments=list(arguments))],
        env={**environment, "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert "Traceback" not in result.stderr, result.stderr
    return set(result.stderr.splitlines()[-1].split())


def heavy(modules: set[str]) -> set[str]:
    return modules & set(HEAVY)


def test_the_version_needs_nothing(environment: dict[str, str]) -> None:
    assert heavy(loaded_by(environment, "--version")) == set()


def test_a_shell_prompt_waits_for_nothing_but_sqlite(environment: dict[str, str]) -> None:
    loaded_by(environment, "due")  # makes the index and the log
    assert heavy(loaded_by(environment, "due")) == set()
    assert heavy(loaded_by(environment, "due", "--json")) == set()


def test_help_needs_typer_alone(environment: dict[str, str]) -> None:
    modules = loaded_by(environment, "--help")
    assert not modules & {"numpy", "hypothesis", "textual", "rich", "fsrs", "yaml", "sqlite3", "quizkit.session"}


@pytest.mark.parametrize("face", ["--plain", "--jsonl"])
def test_a_question_needs_neither_the_screen_nor_the_memory_model(environment: dict[str, str], face: str) -> None:
    loaded_by(environment, "due")
    modules = loaded_by(environment, "study", face)
    assert "quizkit.session" in modules
    assert not modules & {"numpy", "hypothesis", "textual", "fsrs"}
    assert not [name for name in modules if name.startswith("quizkit.lab.")]  # its names are enough


@pytest.mark.parametrize("face", ["--plain", "--jsonl"])
def test_a_sitting_without_a_due_challenge_loads_neither_the_judge_nor_a_challenge(
    environment: dict[str, str], face: str
) -> None:
    loaded_by(environment, "due")
    modules = loaded_by(environment, "study", face)
    assert "quizkit.workshop" in modules
    assert not modules & {"quizkit.judge.process", "quizkit.judge.engine", "quizkit.challenges.vocabulary"}


@pytest.mark.parametrize("step", [(), ("--hint",), ("--give-up",)])
def test_what_judges_nothing_needs_neither_the_judge_nor_the_screen(
    environment: dict[str, str], step: tuple[str, ...]
) -> None:
    modules = loaded_by(environment, "challenge", "relu", *step)
    assert not modules & {"hypothesis", "textual", "quizkit.judge.process"}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the command judges by itself")
def test_what_reads_the_command_leaves_numpy_to_the_copy_that_judges(
    environment: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "mine.py"
    file.write_text("import numpy as np\ndef relu(x): return np.maximum(x, 0)\n", encoding="utf-8")
    modules = loaded_by(environment, "challenge", "relu", "--file", str(file), "--plain")
    assert "quizkit.remote" in modules
    assert not modules & {"numpy", "hypothesis", "quizkit.judge.trial", "quizkit.challenges.vocabulary"}


@pytest.mark.parametrize(
    ("module", "spared"),
    [
        ("quizkit.ahead", {"re", "dataclasses", "pickle"}),
        ("quizkit.judge.spawn", {"dataclasses", "ctypes", "numpy"}),
    ],
)
def test_the_copy_that_judges_and_the_boot_for_candidates_come_before_all_else(
    environment: dict[str, str], module: str, spared: set[str]
) -> None:
    script = f"import sys, {module}; print(*sys.modules)"
    there = {**environment, "PYTHONPATH": ":".join(sys.path)}
    printed = subprocess.run([sys.executable, "-S", "-c", script], env=there, capture_output=True, check=True)
    modules = set(printed.stdout.decode().split())
    assert module in modules
    assert not modules & spared
