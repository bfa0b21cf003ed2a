"""A file goes in, a verdict comes out: what is accepted, what is wrong and where, and the same verdict every time."""

import json
import os
import pickle
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from judging import NAIVE, RELU, SOFTMAX, file, finding, keeper, scratch, verdict_on

from quizkit.challenges.library import find
from quizkit.errors import MachineProblem, UsageProblem
from quizkit.judge.engine import LONGEST_FILE, functions_in, judge
from quizkit.judge.jail import Tier
from quizkit.judge.process import Keeper, Loaded
from quizkit.judge.settings import Settings
from quizkit.judge.verdict import Outcome, Status, Verdict

SAME = "same input, same output"


def lasting(verdict: Verdict) -> dict[str, object]:
    """Return what has to be the same at every run."""
    shown = verdict.as_json()
    del shown["seconds"]
    return shown


def fault_names(verdict: Verdict) -> list[str]:
    return [fault.name for fault in verdict.faults]


# -- right and wrong ---------------------------------------------------------------------------------------------------


def test_a_right_file_is_accepted_after_every_case_and_every_property() -> None:
    verdict = verdict_on(SOFTMAX)
    assert verdict.outcome is Outcome.ACCEPTED
    assert verdict.exit_code == 0
    assert verdict.score == 100
    assert {found.status for found in verdict.findings} == {Status.HELD}
    assert verdict.examples == len(find("softmax").hard) + 100


def test_softmax_without_a_shift_has_one_fault_with_a_small_counterexample() -> None:
    verdict = verdict_on(NAIVE)
    assert (verdict.outcome, verdict.exit_code) == (Outcome.REJECTED, 1)
    (fault,) = verdict.faults
    assert fault.name == "stable for large logits"
    assert fault.counterexample == {"z": "np.array([1000.0])"}
    assert (fault.got, fault.expected) == ("np.array([np.nan])", "np.array([1.0])")
    assert fault.warning == "RuntimeWarning: overflow encountered in exp"
    assert fault.line == 5
    assert fault.hint == "Softmax does not change when a constant is added to every logit."


def test_laws_that_break_with_the_values_are_told_as_one_fault() -> None:
    verdict = verdict_on(NAIVE)
    followers = {found.name for found in verdict.of("required") if found.because_of}
    assert {"sums to one", "a constant changes nothing"} <= followers
    assert {found.because_of for found in verdict.findings if found.because_of} == {"stable for large logits"}


@pytest.mark.parametrize(("at_zero", "outcome"), [("0.5", "accepted"), ("1.0", "accepted"), ("2.0", "rejected")])
def test_at_a_kink_any_slope_between_the_two_is_right(at_zero: str, outcome: str) -> None:
    source = (
        f"import numpy as np\ndef relu_grad(x):\n    return np.where(x > 0, 1.0, np.where(x < 0, 0.0, {at_zero}))\n"
    )
    verdict = verdict_on(source, "relu_grad")
    assert verdict.outcome == outcome
    if outcome == "rejected":
        fault = finding(verdict, "agrees with the reference")
        assert fault.counterexample == {"x": "np.array([0.0])"}
        assert fault.expected == "between np.array([0.0]) and np.array([1.0])"


def test_a_starter_is_rejected_by_what_it_raises() -> None:
    verdict = verdict_on("def softmax(z, axis=-1):\n    '''Write me.'''\n    raise NotImplementedError\n")
    assert verdict.outcome is Outcome.REJECTED
    (fault,) = verdict.faults
    assert (fault.message, fault.line, fault.status) == ("NotImplementedError", 3, Status.CRASHED)


def test_what_a_prompt_refuses_has_to_be_refused() -> None:
    source = SOFTMAX.replace("softmax(z,", "softmax_with_temperature(z, T=1.0,").replace("np.exp(z -", "np.exp(z / T -")
    shifted = source.replace("z.max(axis", "(z / T).max(axis")
    verdict = verdict_on(shifted, "softmax_with_temperature")
    assert fault_names(verdict) == ["errors"]
    assert verdict.faults[0].message == "T must be positive: nothing was raised"
    assert verdict.faults[0].expected == "ValueError"


def test_an_error_of_another_class_is_no_refusal() -> None:
    source = "def softmax_with_temperature(z, T=1.0, axis=-1):\n    raise KeyError\n"
    assert finding(verdict_on(source, "softmax_with_temperature"), "errors").message.endswith(
        "another error was raised"
    )


def test_polish_speaks_but_does_not_reject() -> None:
    verdict = verdict_on(SOFTMAX.replace("'''Return probabilities.'''", "z = np.asarray(z, dtype=float)"))
    assert verdict.accepted
    assert [remark.name for remark in verdict.remarks] == ["float32 stays float32", "docstring"]
    assert 80 < verdict.score < 100


@pytest.mark.parametrize(
    ("deed", "status"),
    [("spin()", "timeout"), ("os.abort()", "crashed"), ("os._exit(0)", "crashed"), ("bytearray(1 << 45)", "memory")],
)
def test_polish_does_not_reject_even_where_it_ends_the_process(deed: str, status: str) -> None:
    helper = "import os\nimport numpy as np\n\ndef spin():\n    while True: pass\n"
    careless = SOFTMAX.replace("import numpy as np", helper).replace(
        "    e = ", f"    if np.isnan(z).any():\n        {deed}\n    e = "
    )
    verdict = verdict_on(careless, timeout_s=5.0)
    assert verdict.outcome is Outcome.ACCEPTED
    (remark,) = verdict.remarks
    assert (remark.name, remark.status) == ("infinities and NaN", status)
    assert remark.counterexample == {"z": "np.array([0.0, np.nan])"}
    assert {found.status for found in verdict.findings if found is not remark} == {Status.HELD}


# -- memory between calls, arguments -----------------------------------------------------------------------------------

MEMORIES = {
    "a counter": """
        import numpy as np
        calls = 0
        def relu(x):
            global calls
            calls += 1
            return np.maximum(x, 0) + (calls > 40)
    """,
    "another input spoils the next": """
        import numpy as np
        worst = 0.0
        def relu(x):
            global worst
            result = np.maximum(x, 0) + worst
            worst = max(worst, float(np.max(x, initial=0.0)) / 1e6)
            return result
    """,
    "its own random numbers": """
        import numpy as np
        rng = np.random.default_rng()
        def relu(x):
            return np.maximum(x, 0) * (1 + 1e-3 * rng.random())
    """,
}


@pytest.mark.parametrize("source", MEMORIES.values(), ids=list(MEMORIES))
def test_what_is_remembered_from_call_to_call_is_named(source: str) -> None:
    verdict = verdict_on(source, "relu")
    assert verdict.outcome is Outcome.REJECTED
    assert SAME in fault_names(verdict)


def test_another_input_in_between_is_noticed() -> None:
    source = """
        import numpy as np
        seen, last = set(), None
        def relu(x):
            global last
            key = (x.shape, x.tobytes())
            spoiled = key in seen and last != key
            seen.add(key)
            last = key
            return np.maximum(x, 0) + spoiled
    """
    (fault,) = verdict_on(source, "relu", only=(SAME,)).faults
    assert fault.message == "another value when called again after another input"


def test_another_process_is_asked_too() -> None:
    source = "import os\nimport numpy as np\ndef relu(x):\n    return np.maximum(x, 0) + os.getpid()\n"
    (fault,) = verdict_on(source, "relu", only=(SAME,)).faults
    assert fault.message == "another value in a new process"


def test_a_cache_that_gives_the_same_array_twice_shares_its_result() -> None:
    source = """
        import functools
        import numpy as np
        @functools.cache
        def kept(data, shape):
            return np.maximum(np.frombuffer(data).reshape(shape), 0)
        def relu(x):
            x = np.asarray(x, float)
            return kept(x.tobytes(), x.shape)
    """
    (fault,) = verdict_on(source, "relu").faults
    assert fault.name == "leaves its arguments alone"
    assert "an earlier result" in fault.message


def test_writing_into_the_argument_is_one_fault() -> None:
    verdict = verdict_on("def relu(x):\n    x[x < 0] = 0\n    return x.copy()\n", "relu")
    (fault,) = verdict.faults
    assert fault.name == "leaves its arguments alone"
    assert fault.message == "x was changed"
    assert (fault.got, fault.expected) == ("np.array([0.0])", "np.array([-1.0])")
    assert finding(verdict, "strided and read-only input").because_of == "leaves its arguments alone"


def test_returning_the_argument_itself_is_a_fault() -> None:
    verdict = verdict_on(
        "import numpy as np\ndef relu(x):\n    return x if (x >= 0).all() else np.maximum(x, 0)\n", "relu"
    )
    (fault,) = verdict.faults
    assert fault.message.startswith("the result shares its memory with argument 0")


# -- processes that end ------------------------------------------------------------------------------------------------


def test_an_endless_call_is_a_timeout_that_shows_the_call() -> None:
    source = SOFTMAX.replace("    e =", "    while z.size == 2: pass\n    e =")
    verdict = verdict_on(source, timeout_s=1.0)
    assert (verdict.outcome, verdict.exit_code) == (Outcome.TIMEOUT, 1)
    assert verdict.message == "gave no answer within 0.2 s"
    (fault,) = verdict.faults
    assert fault.status is Status.TIMEOUT
    assert fault.counterexample == {"z": "np.array([0.0, 1.0])"}
    assert {found.status for found in verdict.findings if not found.failed} == {Status.NOT_RUN}


def test_what_held_before_the_process_ended_was_not_run_to_its_end() -> None:
    verdict = verdict_on(SOFTMAX.replace("    e =", "    while z.shape == (5,): pass\n    e ="), timeout_s=3.0)
    assert verdict.outcome is Outcome.TIMEOUT
    assert verdict.examples >= len(find("softmax").hard)
    assert {found.status for found in verdict.findings if not found.failed} == {Status.NOT_RUN}


def test_many_slow_calls_run_out_of_time_together() -> None:
    verdict = verdict_on(
        "import time\n" + RELU.replace("    return", "    time.sleep(0.15)\n    return"), "relu", timeout_s=1.0
    )
    assert verdict.outcome is Outcome.TIMEOUT
    assert verdict.message == "the time for all calls together is up"


def test_a_wrong_file_too_slow_to_shrink_is_rejected_all_the_same() -> None:
    slow = RELU.replace(
        "    return np.maximum(x, 0)", "    time.sleep(0.01)\n    return np.maximum(x, 0) + (x.size > 3)"
    )
    verdict = verdict_on(f"import time\n{slow}", "relu", timeout_s=7.0, only=("agrees with the reference",))
    assert verdict.outcome is Outcome.REJECTED
    assert finding(verdict, "agrees with the reference").got is not None


def test_a_wrong_file_that_crashes_on_smaller_input_is_rejected_with_what_was_found() -> None:
    source = "import os\nimport numpy as np\ndef relu(x):\n    if x.shape == (1, 1): os.abort()\n    return abs(x)\n"
    verdict = verdict_on(source, "relu")
    assert verdict.outcome is Outcome.REJECTED
    assert finding(verdict, "agrees with the reference").counterexample is not None


@pytest.mark.parametrize(
    ("deed", "outcome", "message"),
    [
        ("os._exit(0)", Outcome.CRASHED, "exited with code 0"),
        ("os._exit(3)", Outcome.CRASHED, "exited with code 3"),
        ("ctypes.string_at(0)", Outcome.CRASHED, "ended by signal 11 (segmentation fault)"),
    ],
)
def test_the_end_of_the_process_is_told(deed: str, outcome: Outcome, message: str) -> None:
    verdict = verdict_on(f"import ctypes\nimport os\ndef softmax(z, axis=-1):\n    {deed}\n")
    assert (verdict.outcome, verdict.message, verdict.exit_code) == (outcome, message, 1)
    assert len(verdict.faults) == 1


def test_an_exception_that_leaves_the_interpreter_is_one_like_any_other() -> None:
    (fault,) = verdict_on("def softmax(z, axis=-1):\n    raise SystemExit(0)\n").faults
    assert fault.message == "SystemExit: 0"


@pytest.mark.parametrize("deed", ["bytearray(1 << 45)", "np.zeros(1 << 45)", "raise_memory_error()"])
def test_no_memory_is_a_verdict_of_its_own(deed: str) -> None:
    helper = "import numpy as np\ndef raise_memory_error():\n    raise MemoryError\n"
    source = f"{helper}def softmax(z, axis=-1):\n    return {deed}\n"
    verdict = verdict_on(source)
    assert (verdict.outcome, verdict.exit_code) == (Outcome.MEMORY, 1)
    (fault,) = verdict.faults
    assert (fault.status, fault.line) == (Status.MEMORY, 3 if "raise" in deed else 5)


def test_giant_results_end_before_they_fill_the_judges_memory() -> None:
    verdict = verdict_on("import numpy as np\ndef softmax(z, axis=-1):\n    return np.zeros(7_000_000)\n")
    assert (verdict.outcome, verdict.message) == (Outcome.MEMORY, "returned more than 256 MB in all")


def test_what_was_printed_is_shown_when_something_failed_and_only_then() -> None:
    assert verdict_on(NAIVE.replace("    e =", "    print('hello')\n    e =")).printed.startswith("hello\n")
    assert verdict_on(SOFTMAX.replace("    e =", "    print('hello')\n    e =")).printed == ""


# -- files that cannot be judged ---------------------------------------------------------------------------------------


def test_a_name_that_is_not_there_is_answered_with_the_nearest() -> None:
    verdict = verdict_on("def soft_max(z):\n    return z\ndef other(z):\n    return z\n")
    assert (verdict.outcome, verdict.exit_code, verdict.score) == (Outcome.UNUSABLE, 2, 0)
    assert verdict.message == "There is no function softmax in mine.py. Did you mean soft_max?"


def test_without_a_near_name_the_names_there_are_are_told() -> None:
    assert verdict_on("def f(x): ...\n\ndef g(x): ...\n").message.endswith("in mine.py. It has f, g.")
    assert verdict_on("").message == "There is no function softmax in mine.py."


def test_a_syntax_error_has_its_line_and_column() -> None:
    verdict = verdict_on("import numpy as np\n\ndef softmax(z:\n    return z\n")
    assert (verdict.outcome, verdict.exit_code) == (Outcome.UNUSABLE, 2)
    assert (verdict.message, verdict.line, verdict.column) == ("'(' was never closed", 3, 12)


def test_what_raises_while_it_loads_has_its_line() -> None:
    verdict = verdict_on("import math\n\nROOT = math.sqrt(-1)\n")
    assert (verdict.outcome, verdict.line) == (Outcome.UNUSABLE, 3)
    assert verdict.message.startswith("ValueError")


def test_a_refused_import_says_what_is_allowed() -> None:
    verdict = verdict_on("import scipy\n")
    assert (verdict.outcome, verdict.line) == (Outcome.UNUSABLE, 1)
    assert verdict.message == "import of 'scipy' is refused: a file may import NumPy and the standard library"


def test_a_file_that_never_finishes_loading_is_a_timeout() -> None:
    verdict = verdict_on("while True: pass\n", timeout_s=0.5)
    assert (verdict.outcome, verdict.findings) == (Outcome.TIMEOUT, ())
    assert verdict.message.startswith("While the file was loading: ")


def test_a_file_that_exits_while_it_loads_is_unusable() -> None:
    verdict = verdict_on("import os\nos._exit(0)\n")
    assert (verdict.outcome, verdict.message) == (Outcome.UNUSABLE, "While the file was loading: exited with code 0")


@pytest.mark.parametrize(
    ("make", "problem", "message"),
    [
        (lambda path: None, UsageProblem, "no such file"),
        (lambda path: path.mkdir(), UsageProblem, "is a folder"),
        (lambda path: path.write_bytes(b"#" * (LONGEST_FILE + 1)), UsageProblem, "longer than a megabyte"),
        (lambda path: path.symlink_to(path), MachineProblem, "cannot be read: Too many levels of symbolic links"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem(
    make: object, problem: type[Exception], message: str, tmp_path: Path
) -> None:
    path = tmp_path / "mine.py"
    make(path)  # type: ignore[operator]
    with pytest.raises(problem, match=message) as caught:
        judge("softmax", path, keeper=keeper())
    assert str(path) in str(caught.value)


def test_the_longest_file_is_still_judged() -> None:
    padded = SOFTMAX.encode() + b"#" * (LONGEST_FILE - len(SOFTMAX) - 1) + b"\n"
    assert len(padded) == LONGEST_FILE
    assert verdict_on(padded).accepted


def test_an_unknown_challenge_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageProblem, match=r"no challenge 'sofmax'\. Did you mean softmax"):
        verdict_on(SOFTMAX, "sofmax")


def test_no_process_is_the_machines_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    with pytest.raises(MachineProblem, match="did not start"):
        judge("softmax", file(SOFTMAX))


# -- settings ----------------------------------------------------------------------------------------------------------


def test_only_the_properties_asked_for_are_checked() -> None:
    verdict = verdict_on(NAIVE, only=("sums to one", "shape"))
    assert {found.name for found in verdict.findings} == {"sums to one", "shape"}
    assert fault_names(verdict) == ["sums to one"]
    assert verdict_on(NAIVE, only=("shape",)).accepted


def test_an_unknown_property_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageProblem, match=r"no property 'sums to on'\. Did you mean sums to one\?.*There are: shape,"):
        verdict_on(NAIVE, only=("sums to on",))


def test_a_seed_draws_other_cases_and_stands_in_the_verdict() -> None:
    verdict = verdict_on(SOFTMAX, seed=5, examples=30)
    assert (verdict.outcome, verdict.seed, verdict.examples) == (Outcome.ACCEPTED, 5, len(find("softmax").hard) + 30)


def test_a_rare_fault_is_found_by_a_thorough_search() -> None:
    rare = SOFTMAX.replace("    return e /", "    return (1 + 1e-3 * (z.shape == (2, 1, 4) and axis != -1)) * e /")
    assert verdict_on(rare, seed=3, examples=1).accepted
    verdict = verdict_on(rare, seed=3, examples=300)
    assert verdict.outcome is Outcome.REJECTED
    assert {"arguments", "stable for large logits"} & set(fault_names(verdict))


def test_progress_is_told_as_it_goes() -> None:
    told: list[tuple[int, int]] = []
    settings = Settings(cache=scratch() / "draws")
    judge("softmax", file(SOFTMAX), settings, progress=lambda done, count: told.append((done, count)), keeper=keeper())
    assert told == [(50, 100), (100, 100)]


@pytest.mark.parametrize("tier", [Tier.LIMITS, Tier.NONE])
def test_the_jail_that_was_asked_for_stands_in_the_verdict(tier: Tier) -> None:
    assert judge("relu", file(RELU), Settings(jail=tier, only=("shape",), examples=1)).jail == tier


PACK_WITH_IMPORTS = """
import numpy as np
from hypothesis import strategies as st
from quizkit.challenges.vocabulary import Challenge

def double(x):
    return 2 * x

def draws():
    return st.just({"x": np.ones(2)})

DOUBLE = Challenge(double, "Double", "easy", 1, draws, [{"x": np.ones(2)}], (), (), (), allowed=("yaml",))
CHALLENGES = (DOUBLE,)
"""
JUDGE_DOUBLE = """
import sys
import time
from pathlib import Path
from quizkit.judge.engine import judge
from quizkit.judge.process import Keeper
with Keeper.start() as keeper:
    for given in (None, keeper):
        print(judge("double", Path(sys.argv[1]), keeper=given).outcome)
"""


def test_a_pack_may_allow_more_imports(tmp_path: Path) -> None:
    (tmp_path / "doubling.py").write_text(PACK_WITH_IMPORTS)
    path = file("import yaml\ndef double(x):\n    return 2.0 * x\n")
    environment = os.environ | {"QUIZKIT_CHALLENGES": str(tmp_path)}
    command = [sys.executable, "-c", JUDGE_DOUBLE, str(path)]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert ran.stdout == "accepted\naccepted\n", ran.stderr


# -- the same every time -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source", [SOFTMAX, NAIVE, SOFTMAX.replace("axis=axis", "axis=-1")], ids=["right", "naive", "axis"]
)
def test_every_run_gives_the_same_verdict(source: str, tmp_path: Path) -> None:
    path = file(source)
    warm = Settings(cache=scratch() / "draws")
    wanted = lasting(judge("softmax", path, warm, keeper=keeper()))
    assert lasting(judge("softmax", path, warm, keeper=keeper())) == wanted
    assert lasting(judge("softmax", path, Settings(), keeper=keeper())) == wanted
    assert lasting(judge("softmax", path, Settings(cache=tmp_path / "cold"))) == wanted
    assert in_fresh_interpreter(path, tmp_path / "cold") == wanted
    with ThreadPoolExecutor(4) as pool:
        parallel = list(pool.map(lambda _: in_fresh_interpreter(path, tmp_path / "shared"), range(4)))
    assert parallel == [wanted] * 4


def in_fresh_interpreter(path: Path, cache: Path) -> dict[str, object]:
    code = """
import json, sys
from pathlib import Path
from quizkit.judge.engine import judge
from quizkit.judge.settings import Settings
print(json.dumps(judge("softmax", Path(sys.argv[1]), Settings(cache=Path(sys.argv[2]))).as_json()))
"""
    ran = subprocess.run(
        [sys.executable, "-c", code, str(path), str(cache)], capture_output=True, text=True, check=True
    )
    shown: dict[str, object] = json.loads(ran.stdout)
    del shown["seconds"]
    return shown


def test_a_seed_gives_the_same_verdict_with_or_without_a_cache() -> None:
    rare = SOFTMAX.replace("    return e", "    e = e + (z.shape == (4, 1))\n    return e")
    kept = lasting(verdict_on(rare, seed=11))
    assert kept == lasting(verdict_on(rare, seed=11, cache=None))


def test_a_verdict_survives_pickling_and_json() -> None:
    verdict = verdict_on(NAIVE)
    assert pickle.loads(pickle.dumps(verdict)) == verdict
    assert json.loads(json.dumps(verdict.as_json())) == verdict.as_json()


IMPORTS = """
import sys
import time
from pathlib import Path
from quizkit.judge.engine import judge
from quizkit.judge.settings import Settings
verdict = judge("softmax", Path(sys.argv[1]), Settings(cache=Path(sys.argv[2])))
print(verdict.outcome, "hypothesis" in sys.modules)
"""


def test_hypothesis_is_not_imported_where_hard_cases_reject(tmp_path: Path) -> None:
    command = [sys.executable, "-c", IMPORTS, str(file(NAIVE)), str(tmp_path)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "rejected False\n"


def test_hypothesis_is_not_imported_where_draws_were_kept() -> None:
    assert verdict_on(SOFTMAX).accepted
    command = [sys.executable, "-c", IMPORTS, str(file(SOFTMAX)), str(scratch() / "draws")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "accepted False\n"


def test_hypothesis_is_imported_where_cases_must_be_drawn(tmp_path: Path) -> None:
    command = [sys.executable, "-c", IMPORTS, str(file(SOFTMAX)), str(tmp_path)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "accepted True\n"


def test_the_caller_keeps_its_numpy_settings() -> None:
    with np.errstate(all="raise"):
        assert verdict_on(NAIVE).outcome is Outcome.REJECTED
        assert set(np.geterr().values()) == {"raise"}


def test_every_process_of_a_judgement_is_ended() -> None:
    with Keeper.start() as own:
        judge("softmax", file(NAIVE), Settings(cache=scratch() / "draws"), keeper=own)
        assert own._workers
        while any(worker.alive for worker in own._workers):
            time.sleep(0.01)


# -- functions of a file -----------------------------------------------------------------------------------------------


def test_the_functions_of_a_file_are_listed() -> None:
    found = functions_in(file(f"{SOFTMAX}{RELU}"), keeper())
    assert isinstance(found, Loaded)
    assert sorted(found.functions) == ["relu", "softmax"]
