"""The documents say what is so: commands, transcripts, the example bank, CI's command."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from quizkit.bank.check import check
from quizkit.cli import commands

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def test_every_command_stands_in_the_readme_and_has_help() -> None:
    for name, command in commands().items():
        assert f"quizkit {name}" in README
        assert command.help
        for sub, inner in getattr(command, "commands", {}).items():
            assert f"quizkit {name} {sub}" in README
            assert inner.help


def test_ci_runs_exactly_the_readmes_test_command() -> None:
    start, tests = (block.strip() for block in blocks("")[:2])
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert tests in ci
    assert tests in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert start.endswith("quizkit study activations")
    assert start.split(" && ")[0] == tests.split(" && ")[0]


def test_the_example_bank_is_in_order(tmp_path: Path) -> None:
    from quizkit.faces.drawing.flowchart import flowchart_problem

    file = tmp_path / "bank" / "regularisation" / "dropout.yaml"
    file.parent.mkdir(parents=True)
    (example,) = blocks("yaml")
    file.write_text(example, encoding="utf-8")
    assert check([tmp_path / "bank"], (), flowchart_problem) == []


@pytest.mark.skipif(os.name == "nt", reason="the transcripts use a POSIX shell")
@pytest.mark.parametrize("transcript", blocks("console"))
def test_a_transcript_is_a_real_run(transcript: str, tmp_path: Path, environment: dict[str, str]) -> None:
    there = {**environment, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    for part in re.split(r"^\$ ", transcript, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        result = subprocess.run(
            command,
            shell=True,
            cwd=tmp_path,
            env=there,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        shown = "\n".join(line.rstrip() for line in result.stdout.strip().splitlines())
        pattern = re.escape(expected.strip()).replace(r"\.\.\.", "(.|\n)*")
        assert re.fullmatch(pattern, shown), shown


def test_the_pictures_are_there() -> None:
    pictures = re.findall(r"\]\((docs/pictures/[^)]+)\)", README)
    assert pictures
    assert all((ROOT / picture).stat().st_size > 1000 for picture in pictures)
