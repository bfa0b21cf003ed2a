"""What the jail lets through and what it does not."""

import ctypes
import errno
import os
import re
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from judge_cases import PATIENCE, loaded, needs_full, needs_linux, reply

from quizkit.judge import landlock, seccomp
from quizkit.judge.jail import Tier, examine, readable_paths
from quizkit.judge.process import Keeper, Unusable
from quizkit.judge.wire import Other, Raised, Returned

pytestmark = needs_linux

STANDARD = """abc argparse array ast asyncio base64 bisect bz2 calendar cmath collections contextlib copy csv ctypes
datetime dataclasses decimal difflib enum fractions functools gzip hashlib heapq html inspect io itertools json logging
lzma math multiprocessing numbers operator os pathlib pickle platform pprint queue random re secrets shutil signal
socket sqlite3 ssl statistics string struct subprocess sys tempfile textwrap threading time timeit traceback types
typing unittest uuid warnings weakref xml.etree.ElementTree zlib zoneinfo""".split()
NUMPY = """numpy.fft numpy.linalg numpy.random numpy.polynomial numpy.ma numpy.testing numpy.typing
numpy.lib.stride_tricks numpy.char numpy.rec numpy.ctypeslib numpy.emath""".split()


@pytest.fixture(scope="module", params=[pytest.param(Tier.FULL, marks=needs_full), Tier.PARTIAL, Tier.LIMITS])
def keeper(request: pytest.FixtureRequest) -> Iterator[Keeper]:
    with Keeper.start(jail=request.param) as keeper:
        yield keeper


@pytest.mark.parametrize("module", STANDARD + NUMPY)
def test_a_candidate_imports_the_standard_library_and_numpy(keeper: Keeper, module: str) -> None:
    pytest.importorskip(module)
    worker = loaded(keeper.worker(), f"import {module}\ndef f(): return True".encode())
    assert isinstance(reply(worker, "f"), Returned)
    worker.close()


def test_a_candidate_computes_with_all_of_numpy(keeper: Keeper) -> None:
    source = b"""
import numpy as np
def f(a):
    rng = np.random.default_rng(0)
    values, vectors = np.linalg.eigh(a @ a.T)
    solved = np.linalg.solve(a, np.fft.fft(rng.normal(size=3)).real)
    return values, vectors, solved, np.polynomial.Polynomial([1, 2])(values), np.linalg.svd(a).S
"""
    worker = loaded(keeper.worker(), source)
    returned = reply(worker, "f", np.array([[2.0, 1, 0], [0, 1, 3], [1, 1, 1]]))
    assert isinstance(returned, Returned)
    assert not any(isinstance(value, Other) for value in returned.value)  # type: ignore[union-attr]
    worker.close()


def test_a_candidate_may_use_threads_where_processes_are_refused(keeper: Keeper) -> None:
    if keeper.tier is Tier.LIMITS:
        pytest.skip("there the limit of processes counts threads, too")
    source = b"""
from concurrent.futures import ThreadPoolExecutor
def f():
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(abs, [-1, -2, -3]))
"""
    returned = reply(loaded(keeper.worker(), source), "f")
    assert isinstance(returned, Returned)
    assert returned.value == [1, 2, 3]


@needs_full
@pytest.mark.parametrize("package", ["site-packages", "dist-packages"])
def test_installed_packages_are_not_readable(package: str) -> None:
    assert not [path for path in readable_paths([]) if path.endswith(package)]


@needs_full
def test_other_installed_packages_are_neither_imported_nor_read() -> None:
    source = b"""
import os, sys
import numpy
folder = os.path.dirname(os.path.dirname(numpy.__file__))
def read():
    return open(folder + "/hypothesis/__init__.py").read()
def unguarded():
    sys.meta_path.pop(0)
    import hypothesis
"""
    with Keeper.start() as keeper:
        worker = loaded(keeper.worker(), source)
        read, unguarded = reply(worker, "read"), reply(worker, "unguarded")
    assert isinstance(read, Raised)
    assert isinstance(unguarded, Raised)
    assert read.kind == "PermissionError"
    assert unguarded.kind in ("ModuleNotFoundError", "PermissionError")


def test_memory_is_bounded(keeper: Keeper) -> None:
    worker = loaded(keeper.worker(), b"import numpy as np\ndef f(mb): return np.ones(mb << 17).sum()")
    assert isinstance(reply(worker, "f", 100), Returned)
    raised = reply(worker, "f", 600)
    assert isinstance(raised, Raised)
    assert raised.kind == "MemoryError"
    worker.close()


def test_memory_is_what_was_asked_for() -> None:
    with Keeper.start(memory_mb=100) as keeper:
        worker = loaded(keeper.worker(), b"import numpy as np\ndef f(mb): return np.ones(mb << 17).sum()")
        assert isinstance(reply(worker, "f", 40), Returned)
        assert isinstance(reply(worker, "f", 200), Raised)


def test_a_worker_has_its_channel_and_its_streams_and_nothing_else(keeper: Keeper) -> None:
    source = b"""
import os
def f():
    found = []
    for descriptor in range(1000):
        try:
            os.fstat(descriptor)
        except OSError:
            continue
        found.append(descriptor)
    return found, dict(os.environ), os.getcwd()
"""
    returned = reply(loaded(keeper.worker(), source), "f")
    assert isinstance(returned, Returned)
    assert returned.value == ([0, 1, 2, 3], {}, "/")


def test_the_strongest_jail_there_is_is_the_default() -> None:
    with Keeper.start() as keeper:
        assert keeper.tier is examine().tier


def test_a_weaker_jail_is_in_force_when_it_is_asked_for() -> None:
    for tier in (Tier.PARTIAL, Tier.LIMITS, Tier.NONE):
        with Keeper.start(jail=tier) as keeper:
            assert keeper.tier is tier


def test_without_any_jail_files_are_still_judged() -> None:
    with Keeper.start(jail=Tier.NONE) as keeper:
        assert isinstance(reply(loaded(keeper.worker(), b"def f(): return 1"), "f"), Returned)
        assert isinstance(keeper.worker().load(b"import pytest", "mine.py", PATIENCE), Unusable)


def test_what_the_machine_gives_is_reported() -> None:
    report = examine()
    assert (report.tier is Tier.FULL) == (bool(report.landlock) and report.seccomp)
    assert (report.tier is Tier.FULL) == (not report.missing)
    assert report.landlock == landlock.version()
    assert all(sentence.endswith(".") for sentence in report.missing)


NUMBERS = {"x86_64": ("asm/unistd_64.h", "x86_64-linux-gnu/asm/unistd_64.h"), "aarch64": ("asm-generic/unistd.h",)}


@pytest.mark.parametrize("machine", NUMBERS)
def test_numbers_of_system_calls_are_those_of_the_kernel(machine: str) -> None:
    headers = [path for name in NUMBERS[machine] if (path := Path("/usr/include", name)).exists()]
    if not headers:
        pytest.skip("no kernel headers here")
    pattern = r"#define __NR(?:3264)?_(\w+)\s+(\d+)"
    known = {name: int(number) for name, number in re.findall(pattern, headers[0].read_text())}
    refused = seccomp.refused(machine)
    assert len(refused) > 100
    assert {name: number for name, number in refused.items() if name in known and known[name] != number} == {}


ALLOWED, REFUSED, UNKNOWN, KILLED = 0x7FFF_0000, 0x5_0000 | errno.EPERM, 0x5_0000 | errno.ENOSYS, 0x8000_0000
ARCHITECTURES = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}


def verdict(machine: str, number: int, *arguments: int, architecture: int | None = None) -> int:
    """Run the filter on one system call, as the kernel does; the five instructions it is made of."""
    given = [*arguments, 0, 0, 0, 0, 0, 0][:6]
    call = struct.pack("=IIQ6Q", number, architecture or ARCHITECTURES[machine], 0, *given)
    steps = list(struct.iter_unpack("=HBBI", seccomp.program(machine)))
    value = at = 0
    while True:
        code, if_true, if_false, operand = steps[at]
        at += 1
        if code == 0x06:
            return int(operand)
        if code == 0x20:
            [value] = struct.unpack_from("=I", call, operand)
        else:
            holds = {0x15: value == operand, 0x35: value >= operand, 0x45: bool(value & operand)}[code]
            at += if_true if holds else if_false


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_the_filter_refuses_what_is_listed_and_nothing_else(machine: str) -> None:
    refused = set(seccomp.refused(machine).values())
    by_argument = {56, 220, 435, 302, 261, 2, 257, 72, 25, 16, 29}
    for number in range(463):
        if number not in by_argument:
            assert verdict(machine, number) == (REFUSED if number in refused else ALLOWED)


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_the_filter_knows_no_system_call_that_is_newer_than_itself(machine: str) -> None:
    for number in (463, 500, 0x4000_0000 + 41, 0xFFFF_FFFF):
        assert verdict(machine, number) == UNKNOWN


def test_the_filter_kills_what_speaks_another_machines_language() -> None:
    i386 = 0x4000_0003
    assert verdict("x86_64", 1, architecture=i386) == KILLED
    assert verdict("aarch64", 64, architecture=ARCHITECTURES["x86_64"]) == KILLED


NAMES = {
    "x86_64": {"clone": 56, "clone3": 435, "prlimit": 302, "openat": 257, "fcntl": 72, "ioctl": 16},
    "aarch64": {"clone": 220, "clone3": 435, "prlimit": 261, "openat": 56, "fcntl": 25, "ioctl": 29},
}


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_the_filter_looks_at_arguments_where_it_has_to(machine: str) -> None:
    calls = {
        ("clone", 0x3D_0F00): ALLOWED,  # a thread
        ("clone", 0x11): REFUSED,
        ("clone3", 0): UNKNOWN,
        ("prlimit", 0, 7, 0): ALLOWED,
        ("prlimit", 0, 7, 1): REFUSED,
        ("prlimit", 0, 7, 1 << 40): REFUSED,
        ("openat", 0, 0, os.O_RDONLY): ALLOWED,
        ("openat", 0, 0, os.O_WRONLY): REFUSED,
        ("openat", 0, 0, os.O_RDWR): REFUSED,
        ("openat", 0, 0, os.O_CREAT): REFUSED,
        ("fcntl", 0, 3): ALLOWED,
        ("fcntl", 0, 8): REFUSED,
        ("ioctl", 0, 0x5401): ALLOWED,
        ("ioctl", 0, 0x5412): REFUSED,
    }
    for (name, *arguments), expected in calls.items():
        assert verdict(machine, NAMES[machine][name], *arguments) == expected, (name, arguments)


@needs_full
def test_landlock_lets_only_what_was_named_be_read(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / "file").write_text("read me")
    (tmp_path / "shut").write_text("secret")
    child = os.fork()
    if child == 0:
        os._exit(_look_behind_a_fence(tmp_path))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _look_behind_a_fence(folder: Path) -> int:
    fence = landlock.fence([str(folder / "open"), str(folder / "missing")])
    ctypes.CDLL(None).prctl(38, 1, 0, 0, 0)
    landlock.enter(fence)
    if (folder / "open" / "file").read_text() != "read me":
        return 1
    for attempt in ((folder / "shut").read_text, (folder / "open" / "new").touch, (folder / "open" / "file").unlink):
        try:
            attempt()
        except PermissionError:
            continue
        return 2
    return 0
