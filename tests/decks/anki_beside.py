"""Anki for the tests: where it is, and how it is told what to do."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PYTHON = sys.executable if importlib.util.find_spec("anki") else os.environ.get("QUIZKIT_ANKI_PYTHON", "")
needs_anki = pytest.mark.skipif(
    not PYTHON, reason="needs the package `anki`, here or in the Python that QUIZKIT_ANKI_PYTHON names"
)
CLIENT = Path(__file__).with_name("anki_client.py")


class Anki:
    """One person's Anki."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / "collection.anki2"

    def do(self, *commands: tuple[object, ...]) -> list[Any]:
        """Run commands in one process, and return what came of each."""
        run = subprocess.run(
            [PYTHON, "-I", CLIENT, self.path],
            input=json.dumps(commands, default=str),
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        return json.loads(run.stdout)  # type: ignore[no-any-return]

    def dump(self) -> dict[str, Any]:
        return self.do(("dump",))[0]  # type: ignore[no-any-return]
