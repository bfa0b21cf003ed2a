"""Challenges are found by name: quizkit's own, those of folders in the environment, and those of installed packs."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quizkit.challenges import MODULES, NAMES, library
from quizkit.challenges.library import everything, find, names
from quizkit.errors import UsageProblem

PACK = """
import numpy as np
from quizkit.challenges.vocabulary import Challenge

def draws():
    from hypothesis import strategies as st
    return st.just({{"x": np.ones(2)}})

def {name}(x):
    "Do it."
    return {result}

CHALLENGES = (Challenge({name}, "{name}", "easy", 1, draws, [{{"x": np.ones(2)}}], (), (), ()),)
"""

MakePack = Callable[..., Path]


@pytest.fixture(autouse=True)
def forgotten(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Find packs anew in every test."""
    monkeypatch.delenv("QUIZKIT_CHALLENGES", raising=False)
    library._packs.cache_clear()
    library._installed.cache_clear()
    yield
    library._packs.cache_clear()
    library._installed.cache_clear()
    for name in [name for name in sys.modules if name.startswith("quizkit_pack_")]:
        del sys.modules[name]


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakePack:
    """Write a module into a folder of the environment."""

    def make(source: str, name: str = "pack.py", folder: str = "packs") -> Path:
        path = tmp_path / "folders" / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
        folders = [str(found) for found in sorted(path.parents[1].iterdir())]
        monkeypatch.setenv("QUIZKIT_CHALLENGES", os.pathsep.join(folders))
        return path

    return make


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Install a package that has a pack."""

    def install(source: str) -> None:
        site = tmp_path / "site"
        (site / "mypack-1.0.dist-info").mkdir(parents=True)
        (site / "mypack-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: mypack\nVersion: 1.0\n")
        entry = "[quizkit.challenges]\nmine = mypack_module\n"
        (site / "mypack-1.0.dist-info" / "entry_points.txt").write_text(entry)
        (site / "mypack_module.py").write_text(source)
        monkeypatch.delitem(sys.modules, "mypack_module", raising=False)
        monkeypatch.syspath_prepend(site)

    return install


def one(name: str, result: str = "2 * x") -> str:
    return PACK.format(name=name, result=result)


def problem() -> str:
    with pytest.raises(UsageProblem) as caught:
        find("double")
    return caught.value.message


# -- quizkit's own -----------------------------------------------------------------------------------------------------


def test_every_name_leads_to_its_challenge_in_the_order_of_the_modules() -> None:
    assert [challenge.name for challenge in everything()] == list(NAMES) == list(names())
    assert [find(name).name for name in NAMES] == list(NAMES)
    assert len(set(NAMES)) == len(NAMES)
    assert [name for listed in MODULES.values() for name in listed.split()] == list(NAMES)


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageProblem, match=r"There is no challenge 'softmaks'\. Did you mean softmax") as caught:
        find("softmaks")
    assert caught.value.exit_code == 2


def test_a_name_that_is_near_none_is_answered_with_the_list() -> None:
    assert problem() == "There is no challenge 'double'. `quizkit challenge` lists them all."


def test_naming_challenges_imports_no_numpy_where_there_are_no_packs() -> None:
    code = "import sys; from quizkit.challenges.library import names; print(len(names()), 'numpy' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == f"{len(NAMES)} False\n"


def test_no_challenge_of_quizkits_own_allows_more_imports() -> None:
    assert not [name for name in NAMES if find(name).allowed]


# -- folders -----------------------------------------------------------------------------------------------------------


def test_a_module_in_a_folder_of_the_environment_is_a_pack(pack: MakePack) -> None:
    pack(one("double"))
    assert find("double").prompt == "Do it."
    assert names() == (*NAMES, "double")
    assert everything()[-1] is find("double")
    assert find("softmax").name == "softmax"


def test_many_modules_in_many_folders_are_found_in_order(pack: MakePack) -> None:
    pack(one("treble"), "b.py", "one")
    pack(one("double"), "a.py", "one")
    pack(one("halve"), "a_third.py", "two")
    pack("this is no Python", "notes.txt", "two")
    assert names()[len(NAMES) :] == ("double", "treble", "halve")


def test_a_folder_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZKIT_CHALLENGES", "/nonexistent/packs")
    assert problem().startswith("/nonexistent/packs: no such folder. QUIZKIT_CHALLENGES is a list of folders")


def test_an_empty_entry_of_the_list_names_no_folder(pack: MakePack, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pack(one("double"))
    monkeypatch.setenv("QUIZKIT_CHALLENGES", f"{os.pathsep}{path.parent}{os.pathsep}")
    assert find("double").name == "double"


BROKEN = {
    "syntax": ("x = 1\ny = (\n", 2, "SyntaxError: '(' was never closed"),
    "a name": ("x = 1\n\ny = undefined\n", 3, "NameError: name 'undefined' is not defined"),
    "an import": ("import nowhere_to_be_found\n", 1, "ModuleNotFoundError: No module named 'nowhere_to_be_found'"),
    "a syntax error elsewhere": ("\n\nexec(compile('(', 'other.py', 'exec'))\n", 3, "SyntaxError"),
    "deep": ("import json\n\ndef f():\n    json.loads('{')\n\nf()\n", 4, "JSONDecodeError"),
    "a challenge": (
        "from quizkit.challenges.vocabulary import Challenge\n\nCHALLENGES = (Challenge(),)\n",
        3,
        "TypeError",
    ),
}


@pytest.mark.parametrize(("source", "line", "message"), BROKEN.values(), ids=list(BROKEN))
def test_a_module_that_cannot_be_loaded_is_named_with_its_line(
    pack: MakePack, source: str, line: int, message: str
) -> None:
    path = pack(source)
    assert problem().startswith(f"{path}:{line}: {message}")


@pytest.mark.parametrize("source", ["", "CHALLENGES = None\n", "CHALLENGES = (1,)\n", "CHALLENGES = {}\n"])
def test_a_module_without_challenges_is_told_what_to_write(pack: MakePack, source: str) -> None:
    path = pack(source)
    assert problem() == f"{path}: no CHALLENGES there. Put `CHALLENGES = (YOUR_CHALLENGE,)` at its end."


def test_a_challenge_may_not_take_a_name_of_quizkits_own(pack: MakePack) -> None:
    path = pack(one("softmax"))
    assert problem() == f"{path}: a challenge 'softmax' exists already. Give it another name."


def test_two_packs_may_not_share_a_name(pack: MakePack) -> None:
    pack(one("double"), "a.py")
    second = pack(one("double"), "b.py")
    assert problem() == f"{second}: a challenge 'double' exists already. Give it another name."


def test_a_broken_pack_leaves_quizkits_own_challenges_alone(pack: MakePack) -> None:
    pack("broken(")
    assert find("softmax").name == "softmax"


# -- installed packs ---------------------------------------------------------------------------------------------------


def test_an_installed_package_is_a_pack(installed: Callable[[str], None]) -> None:
    installed(one("double"))
    assert find("double").reference(3) == 6
    assert names() == (*NAMES, "double")


def test_an_installed_pack_that_cannot_be_loaded_is_named(installed: Callable[[str], None]) -> None:
    installed("raise ValueError('broken')")
    assert problem() == "The challenge pack 'mine' cannot be loaded: ValueError('broken')"


def test_an_installed_pack_without_challenges_is_named(installed: Callable[[str], None]) -> None:
    installed("x = 1\n")
    assert problem().startswith("mine: no CHALLENGES there.")


def test_a_folder_comes_before_what_is_installed(installed: Callable[[str], None], pack: MakePack) -> None:
    installed(one("double"))
    pack(one("treble"), "a.py")
    assert names()[len(NAMES) :] == ("treble", "double")


def test_a_folder_and_an_installed_pack_may_not_share_a_name(installed: Callable[[str], None], pack: MakePack) -> None:
    installed(one("double"))
    pack(one("double"), "a.py")
    assert problem() == "mine: a challenge 'double' exists already. Give it another name."
