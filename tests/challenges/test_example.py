"""The example of docs/challenges.md is a working challenge, and the guide shows it as it is."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from support import check_challenge

from quizkit.challenges.vocabulary import Challenge
from quizkit.judge.checks import checks_of

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "example_challenge" / "clip_gradients.py"
GUIDE = (ROOT / "docs" / "challenges.md").read_text("utf-8")

RIGHT = {
    "two branches": """
        norm = np.sqrt(np.sum(np.square(g, dtype=float)))
        return g * 1.0 if norm <= max_norm else g / norm * max_norm
    """,
    "a loop": """
        norm = math.hypot(*g.ravel().tolist())
        factor = 1.0 if norm <= max_norm else max_norm / norm
        return np.array([factor * entry for entry in g.ravel().tolist()]).reshape(g.shape)
    """,
    "a dot product": """
        norm = math.sqrt(np.vdot(g.astype(float), g.astype(float)))
        return np.multiply(g, min(1.0, max_norm / norm) if norm else 1.0)
    """,
}
WRONG = {
    "agrees with the reference": "return np.clip(g, -max_norm, max_norm) * 1.0",
    "never too long": """
        norm = np.linalg.norm(g * 1.0, axis=-1, keepdims=True)
        return g * (max_norm / np.maximum(norm, max_norm))
    """,
    "keeps its direction": "return np.sign(g) * np.minimum(np.abs(g), max_norm / math.sqrt(g.size))",
    "a short gradient stays": """
        norm = np.linalg.norm(g)
        return g * (max_norm / norm) if norm else g * 1.0
    """,
    "errors": "return g * (max_norm / max(np.linalg.norm(g), max_norm)) if max_norm > 0 else g * 0.0",
    "leaves its arguments alone": """
        norm = np.linalg.norm(g)
        return g if norm <= max_norm else g * (max_norm / norm)
    """,
}


def loaded() -> Challenge:
    spec = importlib.util.spec_from_file_location("clip_gradients", EXAMPLE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["clip_gradients"] = module
    spec.loader.exec_module(module)
    (challenge,) = module.CHALLENGES
    return challenge


def in_fresh_quizkit(code: str, *args: object, folder: Path) -> str:
    """Run Python that finds the pack by QUIZKIT_CHALLENGES, as a user's quizkit would."""
    environment = {**os.environ, "QUIZKIT_CHALLENGES": str(EXAMPLE.parent), "QUIZKIT_HOME": str(folder)}
    command = [sys.executable, "-c", code, *map(str, args)]
    result = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


JUDGE = """
import sys
from pathlib import Path
from quizkit.judge.engine import judge
verdict = judge("clip_by_norm", Path(sys.argv[1]))
print(verdict.outcome, *(finding.name for finding in verdict.findings if finding.failed), sep="\\n")
"""


def judged(body: str, folder: Path, *, refuses: bool = True) -> list[str]:
    file = folder / "mine.py"
    guard = "    if max_norm <= 0:\n        raise ValueError('max_norm must be positive')\n" if refuses else ""
    lines = "".join(f"    {line.strip()}\n" for line in body.strip().splitlines())
    file.write_text(f"import math\n\nimport numpy as np\n\n\ndef clip_by_norm(g, max_norm):\n{guard}{lines}", "utf-8")
    return in_fresh_quizkit(JUDGE, file, folder=folder).splitlines()


def test_the_example_keeps_what_every_challenge_must_keep() -> None:
    check_challenge(loaded())


def test_the_reference_shortens_three_four_five() -> None:
    reference = loaded().reference
    np.testing.assert_allclose(reference(np.array([3, 4]), 1.0), [0.6, 0.8], rtol=1e-15)
    np.testing.assert_array_equal(reference(np.array([3.0, 4.0]), 5.0), [3.0, 4.0])


def test_a_folder_in_the_environment_is_a_pack(tmp_path: Path) -> None:
    code = "from quizkit.challenges.library import find, names; print(find('clip_by_norm').title, names()[-1])"
    assert in_fresh_quizkit(code, folder=tmp_path) == "Clip a gradient by its norm clip_by_norm\n"


@pytest.mark.parametrize("body", RIGHT.values(), ids=list(RIGHT))
def test_right_solutions_are_accepted(body: str, tmp_path: Path) -> None:
    assert judged(body, tmp_path)[0] == "accepted"


@pytest.mark.parametrize(("named", "body"), WRONG.items(), ids=list(WRONG))
def test_a_wrong_solution_is_rejected_for_its_fault(named: str, body: str, tmp_path: Path) -> None:
    outcome, *failed = judged(body, tmp_path, refuses=named != "errors")
    assert outcome == "rejected"
    assert named in failed


@pytest.mark.parametrize("shown", re.findall(r"^```python\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE))
def test_the_guide_shows_the_example_as_it_is(shown: str) -> None:
    assert shown in EXAMPLE.read_text("utf-8")


def test_the_guide_names_everything_that_comes_free_and_nothing_else() -> None:
    table = GUIDE.split("| required | polish |")[1].split("\n\n")[0]
    named = {re.sub(r" \(.*\)", "", cell.strip()) for row in table.splitlines()[2:] for cell in row.split("|")} - {""}
    declared = {declared.name for declared in loaded().properties}
    free = {check.name for check in checks_of(loaded())} - declared
    needs_more = {"arguments", "0-d and empty input", "small integer types", "infinities and NaN", "far tails"}
    assert free <= named <= free | needs_more


def test_every_file_that_the_guide_names_is_there() -> None:
    links = re.findall(r"\]\(([^)]+)\)", GUIDE)
    named = re.findall(r"`((?:tests|quizkit)/[\w/]+\.py)`", GUIDE)
    assert all((ROOT / "docs" / link).is_file() for link in links)
    assert all((ROOT / name).is_file() for name in named)
    assert links and named
