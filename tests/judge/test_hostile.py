"""Files that attack the judge: whatever they try, the judge goes on, and in a full jail nothing of it happens."""

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hostile_corpus import NAMES, SECRET, Surroundings
from judge_cases import HONEST, PATIENCE, descendants, loaded, needs_full, needs_linux, orphans_stay_ours, reply

from quizkit.judge.jail import Tier
from quizkit.judge.process import Ended, Keeper, Loaded, Unusable, Worker
from quizkit.judge.wire import Call, Other, Raised, Reply, Returned

pytestmark = needs_linux

SOON = 0.6
# seconds: for what does not come
X = np.array([[1.0, 2.0, 3.0], [0.5, -0.5, 0.0]])
CALLS = [Call("softmax", (X,)), Call("softmax", (X,), {"axis": 0}), Call("softmax", (X,), echo=True)]

ONLY_A_FULL_JAIL_STOPS = {
    "abstract_socket": "network",
    "affinity": "said",
    "append_file": "files",
    "become_another": "files",
    "chmod_file": "files",
    "delete_file": "files",
    "hard_link": "files",
    "kill_another": "signals",
    "kill_by_io": "signals",
    "kill_by_pidfd": "signals",
    "limit_another": "said",
    "list_folder": "said",
    "list_processes": "said",
    "listen": "said",
    "make_fifo": "files",
    "make_folder": "files",
    "memory_by_proc": "said",
    "named_shared_memory": "segments",
    "netlink_socket": "said",
    "niceness": "said",
    "open_reference": "said",
    "outlive_the_keeper": "said",
    "raw_syscall_socket": "said",
    "read_by_import": "said",
    "read_file": "said",
    "read_passwords": "said",
    "rename_file": "files",
    "shared_memory": "segments",
    "symlink": "files",
    "tcp": "network",
    "temporary_file": "said",
    "touch_file": "files",
    "truncate_file": "files",
    "udp": "network",
    "unix_socket": "network",
    "write_file": "files",
    "write_output_again": "said",
}
# what a file does where only limits hold it: seen in its surroundings, or said by its result

MACHINES_MAY_STOP = {
    "fewer_privileges": "said",
    # root without its capabilities cannot; another user may become itself
    "io_uring": "said",
    "keys": "said",
    "new_namespace": "said",
    # a kernel may be set to refuse these
    "program_in_memory": "files",
    "shell": "files",
    "spawn": "files",
    "subprocess_run": "files",
    # the limit of processes binds every user but root
    "read_another": "said",
    "trace_another": "said",
    # root's other processes are out of reach for root without its capabilities
    "set_attribute": "files",
    # not every file system has them
}

NEVER_END_OR_LATE = {"fork_bomb", "memory_hog", "recursion_without_limit"}
OUTCOMES = {
    "abort": "crashed",
    "array_subclass": "returned a Agreeable",
    "async_function": "returned a coroutine",
    "base_exception": "raised BaseException",
    "close_and_stay": "garbled",
    "close_descriptors": "crashed",
    "cyclic_list": "returned a list",
    "deep_brackets": "unusable: syntax",
    "deep_source": "unusable: syntax",
    "doubling_list": "returned a list",
    "endless_at_import": "timeout",
    "endless_in_c": "timeout",
    "endless_loop": "timeout",
    "endless_message": "timeout",
    "endless_without_signals": "timeout",
    "evil_array": "returned a Chameleon",
    "evil_class": "returned a Liar",
    "evil_equality": "returned a Equal",
    "evil_keys": "returned a dict",
    "evil_message": "raised Mute",
    "evil_metaclass": "returned a Nameless",
    "evil_number": "returned a Shifting",
    "evil_reduce": "returned a Bomb",
    "evil_repr": "returned a Endless",
    "exit_at_import": "exited",
    "exit_hard": "exited",
    "exit_softly": "raised SystemExit",
    "exit_softly_at_import": "unusable: raised",
    "flood_channel": "garbled",
    "flood_descriptors": "garbled",
    "flood_stdout": "raised OSError",
    "forged_replies": "garbled",
    "garbage_replies": "garbled",
    "generator_exit": "raised GeneratorExit",
    "generator_function": "returned a generator",
    "giant_integer": "returned a int",
    "giant_list": "returned a list",
    "giant_range": "raised MemoryError",
    "giant_result": "returned a ndarray",
    "giant_text": "returned a str",
    "giant_view": "returned a ndarray",
    "half_reply": "timeout",
    "keyboard_interrupt": "raised KeyboardInterrupt",
    "masked_result": "returned a MaskedArray",
    "matrix_result": "returned a matrix",
    "no_function": "raised NameError",
    "not_utf8": "unusable: encoding",
    "null_bytes": "unusable: syntax",
    "null_pointer": "crashed",
    "object_array": "returned a object array",
    "patched_worker": "garbled",
    "pickle_bytes": "returned a bytes",
    "raises_at_import": "unusable: raised",
    "recursion": "raised RecursionError",
    "refused_import": "unusable: import",
    "stop_iteration": "raised StopIteration",
    "structured_array": "returned a structured array",
    "syntax_error": "unusable: syntax",
    "trickling_reply": "timeout",
    "unknown_encoding": "unusable: encoding",
    "wild_array": "crashed",
    "wrong_arity": "raised TypeError",
}
# of loading, or of the first call; the same in every jail


@pytest.fixture(scope="module", params=[pytest.param(Tier.FULL, marks=needs_full), Tier.LIMITS])
def keeper(request: pytest.FixtureRequest) -> Iterator[Keeper]:
    with orphans_stay_ours(), Keeper.start(jail=request.param) as keeper:
        assert keeper.tier is request.param
        yield keeper


@pytest.fixture
def around(tmp_path: Path) -> Iterator[Surroundings]:
    surroundings = Surroundings.build(tmp_path)
    yield surroundings
    surroundings.close()


@pytest.mark.parametrize("name", NAMES)
def test_the_judge_goes_on_and_only_what_is_known_happens(keeper: Keeper, around: Surroundings, name: str) -> None:
    before = len(descendants() - {around.victim.pid})
    worker = keeper.worker()
    endless = name in NEVER_END_OR_LATE or OUTCOMES.get(name) == "timeout"
    outcomes = attack(worker, around.source(name), SOON if endless else PATIENCE)
    worker.close()
    assert OUTCOMES.get(name) in (None, said_of(*outcomes[:2][-1:]))
    if keeper.tier is not Tier.FULL and ONLY_A_FULL_JAIL_STOPS.get(name) == "signals":
        with contextlib.suppress(subprocess.TimeoutExpired):
            around.victim.wait(10)
            # a signal that was sent takes a moment to kill
    done = around.traces() | ({"said"} if any(map(says_it_got_out, outcomes)) else set())
    if ONLY_A_FULL_JAIL_STOPS.get(name) != "segments":
        done -= {"segments"}
        # shared memory is the whole machine's: another test may have left it at this moment
    if keeper.tier is Tier.FULL:
        assert done == set()
    elif name in MACHINES_MAY_STOP:
        assert done <= {MACHINES_MAY_STOP[name]}
    else:
        assert done == ({ONLY_A_FULL_JAIL_STOPS[name]} if name in ONLY_A_FULL_JAIL_STOPS else set())
    assert_that_a_fresh_worker_works(keeper)
    assert len(descendants() - {around.victim.pid}) == before


def attack(worker: Worker, source: bytes, seconds: float) -> list[Loaded | Unusable | Ended | Reply]:
    """Return what came of loading, then of each call."""
    outcome = worker.load(source, "mine.py", seconds)
    return [outcome, *(worker.calls(CALLS, seconds) if isinstance(outcome, Loaded) else [])]


def assert_that_a_fresh_worker_works(keeper: Keeper) -> None:
    worker = loaded(keeper.worker(), HONEST)
    honest = reply(worker, "softmax", X)
    worker.close()
    assert isinstance(honest, Returned)
    np.testing.assert_allclose(honest.value.sum(axis=-1), 1)  # type: ignore[union-attr]


def says_it_got_out(outcome: object) -> bool:
    return isinstance(outcome, Returned) and type(outcome.value) is str and outcome.value in ("escaped", SECRET)


def said_of(outcome: object) -> str:
    match outcome:
        case Ended(how=how):
            return how
        case Returned(value=Other(kind=kind)):
            return f"returned a {kind}"
        case Raised(kind=kind):
            return f"raised {kind}"
        case Unusable(reason=reason):
            return f"unusable: {reason}"
    return "well"
