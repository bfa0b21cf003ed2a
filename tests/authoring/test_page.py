"""The page on questions of one's own shows real runs."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from quizkit.substance import MOST_DIFFERENT

PAGE = (Path(__file__).parent.parent.parent / "docs" / "your-own-questions.md").read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="the transcript uses a POSIX shell")
def test_the_transcript_is_a_real_run(tmp_path: Path, environment: dict[str, str]) -> None:
    (transcript,) = re.findall(r"^```console\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    there = {**environment, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    for part in re.split(r"^\$ ", transcript, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        both = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        result = subprocess.run(command, shell=True, cwd=tmp_path, env=there, encoding="utf-8", **both)  # type: ignore[call-overload]
        assert re.fullmatch(re.escape(expected.strip()).replace(r"\.\.\.", ".*"), result.stdout.strip()), result.stdout


def test_the_page_names_the_limit_of_substance() -> None:
    assert f"more than {MOST_DIFFERENT:.0%}".replace("%", " %") in PAGE
