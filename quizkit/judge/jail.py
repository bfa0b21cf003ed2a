"""What a candidate's process may do: limits everywhere, on Linux also Landlock and a filter on system calls.

The strongest tier the machine gives is put up in the child, before the candidate's source is read.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

from quizkit.frozen import frozen
from quizkit.judge import landlock, seccomp

MAX_OUTPUT = 1 << 20
# bytes: no file grows beyond it, what the candidate prints goes into one
CPU_SECONDS = 600
# ends what nobody waits for any more; the judge's own time-outs are shorter
_OPEN_FILES = 64

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_CHILD_SUBREAPER = 1, 38, 36
_SIGKILL = 9
_CAPABILITY_VERSION = 0x2008_0522


class Tier(StrEnum):
    """How strong a jail is, the strongest first."""

    FULL = "full"
    # limits, Landlock and the filter on system calls
    PARTIAL = "partial"
    # limits and one of the two
    LIMITS = "limits"
    # of memory, CPU time, open files and output
    NONE = "none"
    # time-outs only


@frozen
class Report:
    """What this machine gives for a jail, and in one sentence each why it does not give more."""

    tier: Tier
    landlock: int
    # the version of its interface, 0 without
    seccomp: bool
    no_new_privileges: bool
    limits: bool
    missing: tuple[str, ...]


def examine() -> Report:
    """Say what this machine gives; nothing is changed."""
    linux = sys.platform == "linux"
    fence = landlock.version() if linux else 0
    filtering = linux and seccomp.available()
    limits = os.name == "posix"
    missing = tuple(_missing(fence, filtering))
    return Report(_strongest(fence, filtering, limits), fence, filtering, linux, limits, missing)


def _strongest(fence: int, filtering: bool, limits: bool) -> Tier:
    if fence and filtering:
        return Tier.FULL
    if fence or filtering:
        return Tier.PARTIAL
    return Tier.LIMITS if limits else Tier.NONE


def _missing(fence: int, filtering: bool) -> Iterator[str]:
    import platform

    if sys.platform != "linux":
        given = "time-outs" if os.name == "nt" else "time-outs and limits"
        yield f"Landlock and seccomp are Linux's; {platform.system()} gives {given}."
        return
    if not fence:
        yield f"Landlock needs Linux 5.13 or later (this is {platform.release()}), switched on and let through."
    if not filtering:
        yield f"The filter on system calls needs seccomp on x86_64 or aarch64 (this is {seccomp.machine()})."


class Jail:
    """A jail made ready once; every child enters it by itself."""

    def __init__(self, tier: Tier, readable: Iterable[str], memory_mb: int) -> None:
        """Make a jail of this tier; `readable` is all that can be read inside.

        Raises:
            OSError: the machine does not give it.
        """
        filtering = tier in (Tier.FULL, Tier.PARTIAL) and seccomp.available()
        fencing = tier is Tier.FULL or (tier is Tier.PARTIAL and not filtering)
        if tier is Tier.FULL and not filtering:
            raise OSError("no filter on system calls")
        self.tier = tier
        self._memory = memory_mb << 20
        self.fence = landlock.fence(readable) if fencing else None
        # a descriptor that has to stay open until the jail is entered
        self._filter = seccomp.program(seccomp.machine()) if filtering else None

    def enter(self) -> None:
        """Shut this process in, for good.

        Raises:
            OSError: the kernel refuses; the process has to end without running anything of the candidate.
        """
        if self.tier is Tier.NONE:
            return
        _limit(self._memory, threads=self._filter is not None)
        if sys.platform == "linux":
            _prctl(_PR_SET_NO_NEW_PRIVS, 1)
            _drop_capabilities()
        if self.fence is not None:
            landlock.enter(self.fence)
            os.close(self.fence)
        if self._filter is not None:
            seccomp.enter(self._filter)


def readable_paths(packages: Iterable[str]) -> list[str]:
    """Return what a candidate may read: the standard library, `packages` (paths), and libraries they are linked to.

    The standard library's own entries are listed one by one: `site-packages` may lie among them.
    """
    standard = [path for folder in sys.path for path in _entries(folder)]
    libraries = [
        *_globbed("/lib", "*-linux-*"),
        *_globbed("/usr/lib", "*-linux-*"),
        *(path for folder in _library_folders() for path in _globbed(folder, "*.so*")),
    ]
    return [*standard, *packages, *libraries, "/etc/ld.so.cache", "/dev/null", "/dev/urandom"]


def _library_folders() -> list[str]:
    return ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", f"{sys.base_prefix}/lib"]


def _globbed(folder: str, pattern: str) -> list[str]:
    return [str(path) for path in Path(folder).glob(pattern)]


def _entries(folder: str) -> Iterator[str]:
    path = Path(folder)
    if path.is_file():
        # the standard library in a zip
        yield folder
    elif path.is_dir():
        yield from (str(entry) for entry in path.iterdir() if entry.name not in ("site-packages", "dist-packages"))


def die_with_parent(parent: int) -> None:
    """Have the kernel end this process when the process `parent`, which started it, ends (Linux)."""
    _prctl(_PR_SET_PDEATHSIG, _SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends (Linux)."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def _limit(memory: int, threads: bool) -> None:
    import resource

    ceilings = {
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: MAX_OUTPUT,
        resource.RLIMIT_NOFILE: _OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    if sys.platform == "linux":
        ceilings[resource.RLIMIT_AS] = _address_space() + memory
    if not threads:
        # counted over all processes of the user: nothing new can be started, not even a thread; root is exempt
        ceilings[resource.RLIMIT_NPROC] = 0
    for what, ceiling in ceilings.items():
        _, hard = resource.getrlimit(what)
        least = ceiling if hard == resource.RLIM_INFINITY else min(ceiling, hard)
        resource.setrlimit(what, (least, least))


def _address_space() -> int:
    return int(Path("/proc/self/statm").read_bytes().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def _prctl(option: int, value: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, ctypes.c_ulong(value), ctypes.c_ulong(0), ctypes.c_ulong(0), ctypes.c_ulong(0)) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def _drop_capabilities() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    header, nothing = struct.pack("=Ii", _CAPABILITY_VERSION, 0), bytes(24)
    if libc.capset(header, nothing) != 0:
        raise OSError(ctypes.get_errno(), "capset")
