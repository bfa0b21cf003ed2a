"""Every test has its own home folder, and none sees the machine's settings."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("quizkit", deadline=None, print_blob=True)
settings.load_profile("quizkit")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    for name in ("QUIZKIT_BANKS", "VISUAL", "EDITOR", "NO_COLOR", "COLUMNS", "LINES", "PYTHONHASHSEED"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QUIZKIT_HOME", str(folder))
    monkeypatch.setenv("TZ", "UTC")
    return folder


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    """The environment for a quizkit in a process of its own."""
    return {**os.environ, "QUIZKIT_HOME": str(home), "PYTHONUTF8": "1"}
