"""A candidate's file in a process of its own: loaded, called, listened to, and ended."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judge_cases import HONEST, PATIENCE, descendants, loaded, needs_linux, orphans_stay_ours, reply, wait_until

from quizkit.judge.jail import Tier
from quizkit.judge.process import Ended, How, Keeper, Loaded, NotStartedError, Unusable, Worker
from quizkit.judge.wire import MAX_CALLS, Call, Kind, Layout, Noted, Other, Raised, Returned, Rng

X = np.array([[1.0, 2.0], [3.0, 4.0]])
SOON = 0.5
# seconds: for what will not come


@pytest.fixture(scope="module", params=[pytest.param(True, marks=needs_linux), False], ids=["forked", "alone"])
def keeper(request: pytest.FixtureRequest) -> Iterator[Keeper]:
    with Keeper.start(forks=request.param) as keeper:
        yield keeper


@pytest.fixture
def worker(keeper: Keeper) -> Iterator[Worker]:
    worker = keeper.worker()
    yield worker
    worker.close()


def test_a_file_is_loaded_and_called(worker: Worker) -> None:
    honest = reply(loaded(worker, HONEST), "softmax", X, axis=0)
    assert isinstance(honest, Returned)
    np.testing.assert_allclose(honest.value.sum(axis=0), 1)
    assert (honest.after, honest.shares, honest.warnings) == (None, (), ())


FUNCTIONS = b"""
from math import exp
from functools import lru_cache, partial
import numpy as np
from numpy import *

def plain(x, axis=-1, *rest, key=None, **others):
    "Has one."

async def later(): ...

def one_by_one():
    yield 1

class Thing:
    def __init__(self, size): ...

if exp:
    def conditional(): ...
else:
    def never(): ...

half = partial(plain, 1)
short = lambda x: x
alias = np.exp
vectorised: object = np.vectorize(short)
number = 3
def _private(): ...
def gone(): ...
del gone
"""


def test_a_file_tells_which_functions_it_defines(worker: Worker) -> None:
    outcome = worker.load(FUNCTIONS, "mine.py", PATIENCE)
    assert isinstance(outcome, Loaded)
    assert {name: found.kind for name, found in outcome.functions.items()} == {
        "plain": Kind.FUNCTION,
        "later": Kind.ASYNC,
        "one_by_one": Kind.GENERATOR,
        "Thing": Kind.CLASS,
        "conditional": Kind.FUNCTION,
        "half": Kind.OTHER,
        "short": Kind.FUNCTION,
        "alias": Kind.OTHER,
        "vectorised": Kind.OTHER,
    }
    plain = outcome.functions["plain"]
    assert (plain.signature, plain.line, plain.doc) == ("(x, axis=-1, *rest, key=None, **others)", 7, True)
    assert plain.parameters == ("x", "axis", "rest", "key", "others")
    assert not outcome.functions["short"].doc


@pytest.mark.parametrize(
    ("source", "unusable"),
    [
        (b"x = 1\ndef f(:\n", ("syntax", "invalid syntax", 2, 7)),
        (b"x = 1\n\n  y = 2\n", ("syntax", "unexpected indent", 3, 2)),
        (b"x = 1\n'\xe9'\n", ("encoding", "the file is not UTF-8: invalid continuation byte", 2, None)),
        (b"x = 1\n\0", ("syntax", "the file holds a null byte", 2, None)),
        (b"\nimport pandas as pd\n", ("import", None, 2, None)),
        (b"\nfrom numpy import soft\n", ("import", None, 2, None)),
        (b"def f():\n    return 1 / 0\nf()\n", ("raised", "ZeroDivisionError: division by zero", 2, None)),
        (b"input()\n", ("raised", "EOFError: EOF when reading a line", 1, None)),
    ],
)
def test_a_file_that_cannot_be_used_is_told_with_its_line(
    worker: Worker, source: bytes, unusable: tuple[str, str | None, int, int | None]
) -> None:
    outcome = worker.load(source, "mine.py", PATIENCE)
    assert isinstance(outcome, Unusable)
    reason, text, line, column = unusable
    assert (outcome.reason, outcome.line, outcome.column) == (reason, line, column)
    assert text in (None, outcome.text)


def test_a_refused_import_says_which_and_what_is_allowed(worker: Worker) -> None:
    outcome = worker.load(b"import pandas", "mine.py", PATIENCE)
    assert isinstance(outcome, Unusable)
    assert outcome.text == "import of 'pandas' is refused: a file may import NumPy and the standard library"


def test_a_file_that_falls_back_from_a_refused_import_is_fine(worker: Worker) -> None:
    source = b"try:\n    import numba\nexcept ImportError:\n    numba = None\ndef f(): return numba"
    assert reply(loaded(worker, source), "f") == Returned(None, None, (), ())


def test_a_package_that_is_allowed_can_be_imported() -> None:
    with Keeper.start(allowed=("sortedcontainers",)) as keeper:
        worker = loaded(keeper.worker(), b"import sortedcontainers\ndef f(): return sortedcontainers.__name__")
        returned = reply(worker, "f")
        assert isinstance(returned, Returned)
        assert returned.value == "sortedcontainers"


def test_a_package_that_is_not_there_cannot_be_allowed() -> None:
    with pytest.raises(NotStartedError, match="no_such_package"):
        Keeper.start(allowed=("no_such_package",)).worker()


def test_quizkit_is_not_there_for_a_candidate(worker: Worker) -> None:
    source = b"import sys\ndef f(): return [name for name in sys.modules if 'quizkit' in name or 'hypothesis' in name]"
    returned = reply(loaded(worker, source), "f")
    assert isinstance(returned, Returned)
    assert returned.value == []


def test_quizkit_cannot_be_imported_by_a_candidate(worker: Worker) -> None:
    raised = reply(loaded(worker, b"def f():\n    import quizkit.challenges"), "f")
    assert isinstance(raised, Raised)
    assert raised.bases[:2] == ("RefusedImportError", "ModuleNotFoundError")


def test_a_file_is_not_run_as_a_program(worker: Worker) -> None:
    returned = reply(loaded(worker, b"name = __name__\ndef f(): return name, __file__"), "f")
    assert isinstance(returned, Returned)
    assert returned.value == ("candidate", "mine.py")


LAYOUTS = b"""
def f(x):
    return x.flags.c_contiguous, x.flags.writeable, x.flags.owndata

def g(params, more):
    return params["w"].flags.writeable, more[0].flags.writeable
"""


@pytest.mark.parametrize(
    ("layout", "flags"),
    [
        (Layout.PLAIN, (True, True, True)),
        (Layout.STRIDED, (False, True, False)),
        (Layout.READONLY, (True, False, True)),
    ],
)
def test_arrays_lie_in_memory_as_the_call_asks(worker: Worker, layout: Layout, flags: tuple[bool, ...]) -> None:
    calls = [Call("f", (X,), layout=layout), Call("g", ({"w": X}, [X]), layout=layout)]
    one, nested = loaded(worker, LAYOUTS).calls(calls, PATIENCE)
    assert isinstance(one, Returned)
    assert isinstance(nested, Returned)
    assert one.value == flags
    assert nested.value == (flags[1], flags[1])


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("shape", [(), (0,), (1,), (3, 0), (2, 3), (2, 1, 3)])
def test_an_array_is_the_same_in_every_layout(worker: Worker, layout: Layout, shape: tuple[int, ...]) -> None:
    array = np.arange(np.prod(shape), dtype=np.float32).reshape(shape)
    [returned] = loaded(worker, b"def f(x): return x.copy()").calls([Call("f", (array,), layout=layout)], PATIENCE)
    assert isinstance(returned, Returned)
    assert isinstance(returned.value, np.ndarray)
    np.testing.assert_array_equal(returned.value, array, strict=True)


def test_arguments_come_back_as_they_are_after_the_call(worker: Worker) -> None:
    source = b"def f(x, items, y): x[0] = 7; items.append(1); y *= 2"
    call = Call("f", (np.zeros(2), []), {"y": np.ones(2)}, echo=True)
    [returned] = loaded(worker, source).calls([call], PATIENCE)
    assert isinstance(returned, Returned)
    assert returned.after is not None
    assert [np.asarray(value).tolist() for value in returned.after] == [[7, 0], [1], [2, 2]]
    assert call.args[0].tolist() == [0, 0]  # type: ignore[union-attr]


SHARING = b"""
import numpy as np
kept = np.zeros(4)
def argument(x, alpha): return x[::-1]
def keyword(x, alpha): return {"a": [alpha.T]}
def fresh(x, alpha): return x + alpha
def gap(x, alpha): return x.base[..., 1::2] if x.base is not None else x + 1
def earlier(x, alpha): return kept[:2]
def empty(x, alpha): return x[:0]
def twice(x, alpha): y = x + 1; return y, y
"""


@pytest.mark.parametrize(
    ("function", "layout", "shares"),
    [
        ("argument", Layout.PLAIN, [("argument 0",), ("argument 0",)]),
        ("argument", Layout.STRIDED, [("argument 0",), ("argument 0",)]),
        ("keyword", Layout.PLAIN, [("argument alpha",), ("argument alpha",)]),
        ("fresh", Layout.PLAIN, [(), ()]),
        ("gap", Layout.STRIDED, [(), ()]),
        ("earlier", Layout.PLAIN, [(), ("an earlier result",)]),
        ("empty", Layout.PLAIN, [(), ()]),
        ("twice", Layout.PLAIN, [(), ()]),
    ],
)
def test_a_result_tells_whose_memory_it_shares(
    worker: Worker, function: str, layout: Layout, shares: list[tuple[str, ...]]
) -> None:
    calls = [Call(function, (np.ones(3),), {"alpha": np.ones(3)}, layout)] * 2
    replies = list(loaded(worker, SHARING).calls(calls, PATIENCE))
    assert [answer.shares for answer in replies if isinstance(answer, Returned)] == shares


def test_warnings_come_with_the_line_that_gave_them(worker: Worker) -> None:
    source = b"""
import numpy as np
import warnings
def overflow(x):
    return np.exp(x)
def inside_numpy(x):
    return np.mean(x[:0])
def own(x):
    warnings.warn("mine", UserWarning)
"""
    worker = loaded(worker, source)
    calls = [Call(function, (np.array([1000.0]),)) for function in ("overflow", "inside_numpy", "own")]
    replies = [answer for answer in worker.calls(calls, PATIENCE) if isinstance(answer, Returned)]
    assert replies[0].warnings == (Noted("RuntimeWarning", "overflow encountered in exp", 5),)
    assert replies[1].warnings[0].line == 7
    assert replies[2].warnings == (Noted("UserWarning", "mine", 9),)


def test_the_same_warning_is_told_for_every_call(worker: Worker) -> None:
    replies = loaded(worker, b"import numpy as np\ndef f(x): return np.log(x)").calls(
        [Call("f", (-1.0,))] * 3, PATIENCE
    )
    assert [len(answer.warnings) for answer in replies if isinstance(answer, Returned)] == [1, 1, 1]


def test_what_a_call_raises_comes_with_its_bases_and_line(worker: Worker) -> None:
    source = b"class Mine(ValueError): pass\ndef f(x):\n    return g(x)\ndef g(x):\n    raise Mine('too small')"
    raised = reply(loaded(worker, source), "f", 1)
    assert isinstance(raised, Raised)
    assert (raised.kind, raised.text, raised.line) == ("Mine", "too small", 5)
    assert raised.bases == ("Mine", "ValueError", "Exception", "BaseException", "object")


def test_an_exception_that_numpy_keeps_private_goes_by_its_public_name(worker: Worker) -> None:
    worker = loaded(worker, b"import numpy as np\ndef f(n): return np.ones(n)\ndef g(x): return np.exp(x, dtype=int)")
    replies = reply(worker, "f", 10**13), reply(worker, "g", X)
    assert [answer.kind for answer in replies if isinstance(answer, Raised)] == ["MemoryError", "TypeError"]


def test_a_generator_arrives_seeded(worker: Worker) -> None:
    returned = reply(loaded(worker, b"def f(rng): return rng.normal(size=3)"), "f", Rng(5))
    assert isinstance(returned, Returned)
    np.testing.assert_array_equal(returned.value, np.random.default_rng(5).normal(size=3))


def test_numbers_keep_their_types_on_the_way(worker: Worker) -> None:
    values = (1, 1.0, True, None, np.float32(1), np.int64(1), np.float64(1), np.array(1.0), "1", (1,), [1], {"a": 1})
    replies = loaded(worker, b"def f(x): return x").calls([Call("f", (value,)) for value in values], PATIENCE)
    assert [type(answer.value) for answer in replies if isinstance(answer, Returned)] == [type(v) for v in values]


def test_what_is_no_plain_value_is_described(worker: Worker) -> None:
    returned = reply(loaded(worker, b"def f(): return [(1, {2}), 1j, b'x']"), "f")
    assert isinstance(returned, Returned)
    assert returned.value == [(1, Other("set", "{2}")), Other("complex", "1j"), Other("bytes", "b'x'")]


def test_replies_before_a_call_that_hangs_are_not_lost(worker: Worker) -> None:
    source = b"def f(x):\n    while x == 3: pass\n    return x"
    replies = list(loaded(worker, source).calls([Call("f", (number,)) for number in range(6)], SOON))
    assert [answer.value for answer in replies[:-1] if isinstance(answer, Returned)] == [0, 1, 2]
    assert isinstance(replies[-1], Ended)
    assert replies[-1].how is How.TIMEOUT


def test_after_the_end_nothing_comes_but_the_end(worker: Worker) -> None:
    worker = loaded(worker, b"import os\ndef f(): os._exit(3)")
    calls = [Call("f")] * 3
    [first] = worker.calls(calls, PATIENCE)
    [again] = worker.calls(calls, PATIENCE)
    assert first == again == Ended(How.EXITED, "exited with code 3")


def test_the_time_for_replies_counts_for_each_of_them(worker: Worker) -> None:
    source = b"import time\ndef f(x): time.sleep(0.3); return x"
    replies = list(loaded(worker, source).calls([Call("f", (number,)) for number in range(5)], 1.0))
    assert [answer.value for answer in replies if isinstance(answer, Returned)] == [0, 1, 2, 3, 4]


def test_replies_that_nobody_waited_for_are_not_taken_for_later_ones(worker: Worker) -> None:
    worker = loaded(worker, b"def f(x): return x")
    given_up = worker.calls([Call("f", (number,)) for number in range(10)], PATIENCE)
    next(given_up)
    returned = reply(worker, "f", "later")
    assert isinstance(returned, Returned)
    assert returned.value == "later"


def test_more_calls_than_a_frame_takes_travel_in_several(worker: Worker) -> None:
    count = MAX_CALLS + 10
    replies = loaded(worker, b"def f(x): return x").calls([Call("f", (number,)) for number in range(count)], PATIENCE)
    assert [answer.value for answer in replies if isinstance(answer, Returned)] == list(range(count))


def test_large_arrays_go_there_and_back(worker: Worker) -> None:
    array = np.arange(4_000_000.0)
    returned = reply(loaded(worker, b"def f(x): return x + 1"), "f", array)
    assert isinstance(returned, Returned)
    np.testing.assert_array_equal(returned.value, array + 1)


def test_what_was_printed_can_be_read_also_after_the_end(worker: Worker) -> None:
    source = (
        b"import os, sys\nprint('loaded', end='')\ndef f(): print(' called \\x1b[2J', file=sys.stderr); os._exit(0)"
    )
    assert isinstance(reply(loaded(worker, source), "f"), Ended)
    assert worker.output() == "loaded called \\x1b[2J\n"
    worker.close()
    assert worker.output() == "loaded called \\x1b[2J\n"


def test_two_workers_know_nothing_of_each_other(keeper: Keeper) -> None:
    source = b"import numpy as np\nnp.count = 0\ndef f():\n    np.count += 1\n    return np.count"
    one, other = loaded(keeper.worker(), source), loaded(keeper.worker(), source)
    values = [reply(worker, "f") for worker in (one, other, one)]
    assert [answer.value for answer in values if isinstance(answer, Returned)] == [1, 1, 2]
    one.close()
    assert isinstance(reply(other, "f"), Returned)
    other.close()


def test_hashes_are_the_same_in_every_process(keeper: Keeper) -> None:
    seen = set()
    for _ in range(2):
        worker = loaded(keeper.worker(), b"def f(): return hash('softmax')")
        returned = reply(worker, "f")
        assert isinstance(returned, Returned)
        seen.add(returned.value)
        worker.close()
    assert len(seen) == 1


@needs_linux
@settings(max_examples=40)
@given(st.binary(min_size=1, max_size=60))
def test_whatever_a_process_sends_the_judge_goes_on(keeper: Keeper, garbage: bytes) -> None:
    source = b"""
import contextlib, os
def f(digits):
    for descriptor in range(3, 64):
        with contextlib.suppress(OSError):
            os.write(descriptor, bytes.fromhex(digits))
    os._exit(0)
"""
    worker = loaded(keeper.worker(), source)
    [ended] = worker.calls([Call("f", (garbage.hex(),))], PATIENCE)
    worker.close()
    assert isinstance(ended, Ended)


@needs_linux
def test_closing_leaves_no_process() -> None:
    before = descendants()
    with orphans_stay_ours():
        with Keeper.start() as keeper:
            busy = loaded(keeper.worker(), b"def f():\n    while True: pass")
            next(busy.calls([Call("f")], SOON))
            loaded(keeper.worker(), HONEST)
            keeper.worker()
            assert len(descendants()) > len(before)
        assert descendants() == before


@needs_linux
def test_what_escaped_into_a_session_of_its_own_is_found_and_killed() -> None:
    source = (
        b"import os, time\ndef f():\n    if os.fork() == 0:\n        os.setsid()\n        time.sleep(600)\n    return 1"
    )
    with orphans_stay_ours(), Keeper.start(jail=Tier.LIMITS) as keeper:
        assert keeper.tier is Tier.LIMITS
        before = descendants()
        worker = loaded(keeper.worker(), source)
        reply(worker, "f")
        worker.close()
        assert descendants() == before


JUDGE = """
import sys, time
from judge_cases import loaded
from quizkit.judge.process import Keeper
from quizkit.judge.wire import Call
keeper = Keeper.start()
worker = loaded(keeper.worker(), b"def f():\\n    while True: pass")
print("started", flush=True)
next(worker.calls([Call("f")], 600))
"""


@needs_linux
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_outlives_a_judge_that_is_killed(number: signal.Signals, environment: dict[str, str]) -> None:
    paths = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[2])])
    before = descendants()
    # keepers of other tests in this process
    with orphans_stay_ours():
        judge = subprocess.Popen(
            [sys.executable, "-c", JUDGE],
            env=environment | {"PYTHONPATH": paths},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert judge.stdout is not None
        assert judge.stdout.readline() == b"started\n"
        assert len(descendants() - before) >= 3
        judge.send_signal(number)
        judge.communicate()
        wait_until(lambda: not descendants() - before, "no process left")
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


@needs_linux
def test_spare_processes_are_those_that_are_given_next() -> None:
    with Keeper.start() as keeper:
        keeper.prepare(2)
        keeper.prepare(2)
        spare = list(keeper._spare)
        assert len(spare) == 2
        assert [keeper.worker(), keeper.worker()] == spare
        assert isinstance(reply(loaded(keeper.worker(), HONEST), "softmax", X), Returned)


@needs_linux
def test_a_spare_process_that_another_candidate_killed_is_not_given() -> None:
    source = b"import os, signal\ndef f(pid): os.kill(pid, signal.SIGKILL)"
    with Keeper.start(jail=Tier.LIMITS) as keeper:
        before = descendants()
        keeper.prepare(1)
        keeper._spare[0]._next(PATIENCE)
        keeper._spare[0]._number = 0
        (victim,) = descendants() - before
        [spare] = keeper._spare
        worker = loaded(keeper._forked(), source)
        keeper._workers.append(worker)
        reply(worker, "f", victim)
        wait_until(lambda: not spare.alive, "the spare process gone")
        assert keeper.worker() is not spare
        assert spare.closed


@needs_linux
def test_spare_processes_end_with_the_keeper() -> None:
    before = descendants()
    with orphans_stay_ours():
        with Keeper.start() as keeper:
            keeper.prepare(2)
        assert descendants() == before


@needs_linux
def test_a_keeper_that_was_killed_is_started_again() -> None:
    source = b"import os, signal, time\ndef f(): os.kill(os.getppid(), signal.SIGKILL); time.sleep(60)"
    with Keeper.start(jail=Tier.LIMITS) as keeper:
        worker = loaded(keeper.worker(), source)
        assert isinstance(reply(worker, "f"), Ended)
        assert isinstance(reply(loaded(keeper.worker(), HONEST), "softmax", X), Returned)


@needs_linux
def test_an_interpreter_that_does_not_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(NotStartedError, match="no/such/python"):
        Keeper.start()


def test_starting_pays_nothing_for_numpy(environment: dict[str, str]) -> None:
    code = "import sys, quizkit.judge.process; assert not {'numpy', 'hypothesis'} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
