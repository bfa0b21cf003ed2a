"""A filter on system calls (Linux, seccomp): what a file that only computes has no need of is refused by the kernel.

A list of refusals, not of permissions: Python, NumPy and the C library may use what a newer version of them needs,
while system calls that did not exist when this list was made do not exist for the candidate either.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct

# name, number on x86_64, number on aarch64 ("-": it has none)
_REFUSED = {
    "processes": """
        fork 57 -, vfork 58 -, execve 59 221, execveat 322 281, setsid 112 157, setpgid 109 154, unshare 272 97,
        setns 308 268, prctl 157 167, seccomp 317 277, personality 135 92, set_thread_area 205 -,
        modify_ldt 154 -
    """,
    "signals": """
        kill 62 129, tkill 200 130, tgkill 234 131, rt_sigqueueinfo 129 138, rt_tgsigqueueinfo 297 240,
        pidfd_open 434 434, pidfd_send_signal 424 424, pidfd_getfd 438 438, process_mrelease 448 448
    """,
    "memory": """
        ptrace 101 117, process_vm_readv 310 270, process_vm_writev 311 271, process_madvise 440 440,
        kcmp 312 272, move_pages 279 239, migrate_pages 256 238, userfaultfd 323 282, memfd_create 319 279,
        memfd_secret 447 447
    """,
    "sockets": """
        socket 41 198, socketpair 53 199, connect 42 203, bind 49 200, listen 50 201, accept 43 202,
        accept4 288 242, sendto 44 206, sendmsg 46 211, sendmmsg 307 269, recvfrom 45 207, recvmsg 47 212,
        recvmmsg 299 243, shutdown 48 210, setsockopt 54 208, getsockopt 55 209, getsockname 51 204,
        getpeername 52 205
    """,
    "io_uring": """
        io_uring_setup 425 425, io_uring_enter 426 426, io_uring_register 427 427, io_setup 206 0,
        io_submit 209 2, io_destroy 207 1, io_getevents 208 4, io_cancel 210 3, io_pgetevents 333 292
    """,
    "ipc": """
        shmget 29 194, shmat 30 196, shmctl 31 195, shmdt 67 197, semget 64 190, semop 65 193, semctl 66 191,
        semtimedop 220 192, msgget 68 186, msgsnd 69 189, msgrcv 70 188, msgctl 71 187, mq_open 240 180,
        mq_unlink 241 181, mq_timedsend 242 182, mq_timedreceive 243 183, mq_notify 244 184,
        mq_getsetattr 245 185
    """,
    "names": """
        creat 85 -, openat2 437 437, rename 82 -, renameat 264 38, renameat2 316 276, link 86 -, linkat 265 37,
        symlink 88 -, symlinkat 266 36, unlink 87 -, unlinkat 263 35, mkdir 83 -, mkdirat 258 34, rmdir 84 -,
        mknod 133 -, mknodat 259 33, truncate 76 45, open_by_handle_at 304 265, name_to_handle_at 303 264,
        inotify_init 253 -, inotify_init1 294 26, fanotify_init 300 262, fanotify_mark 301 263
    """,
    "attributes": """
        chmod 90 -, fchmod 91 52, fchmodat 268 53, fchmodat2 452 452, chown 92 -, fchown 93 55, lchown 94 -,
        fchownat 260 54, utime 132 -, utimes 235 -, futimesat 261 -, utimensat 280 88, setxattr 188 5,
        lsetxattr 189 6, fsetxattr 190 7, removexattr 197 14, lremovexattr 198 15, fremovexattr 199 16
    """,
    "mounts": """
        mount 165 40, umount2 166 39, pivot_root 155 41, chroot 161 51, move_mount 429 429, open_tree 428 428,
        fsopen 430 430, fsconfig 431 431, fsmount 432 432, fspick 433 433, mount_setattr 442 442,
        swapon 167 224, swapoff 168 225, quotactl 179 60, quotactl_fd 443 443, acct 163 89, sync 162 81,
        syncfs 306 267
    """,
    "limits": """
        setrlimit 160 164, setpriority 141 140, sched_setaffinity 203 122, sched_setscheduler 144 119,
        sched_setparam 142 118, sched_setattr 314 274, ioprio_set 251 30, set_mempolicy 238 237, mbind 237 235,
        set_mempolicy_home_node 450 450
    """,
    "ids": """
        setuid 105 146, setgid 106 144, setreuid 113 145, setregid 114 143, setresuid 117 147,
        setresgid 119 149, setfsuid 122 151, setfsgid 123 152, setgroups 116 159, capset 126 91
    """,
    "kernel": """
        bpf 321 280, perf_event_open 298 241, add_key 248 217, request_key 249 218, keyctl 250 219,
        init_module 175 105, finit_module 313 273, delete_module 176 106, create_module 174 -,
        kexec_load 246 104, kexec_file_load 320 294, reboot 169 142, syslog 103 116, _sysctl 156 -,
        ioperm 173 -, iopl 172 -, vhangup 153 58, uselib 134 -, nfsservctl 180 42, lookup_dcookie 212 18,
        landlock_create_ruleset 444 444, landlock_add_rule 445 445, landlock_restrict_self 446 446,
        lsm_set_self_attr 460 460, settimeofday 164 170, clock_settime 227 112, adjtimex 159 171,
        clock_adjtime 305 266, sethostname 170 161, setdomainname 171 162
    """,
}
_CLONE, _CLONE3, _PRLIMIT, _OPEN, _OPENAT, _FCNTL, _IOCTL = (
    {"x86_64": 56, "aarch64": 220},
    {"x86_64": 435, "aarch64": 435},
    {"x86_64": 302, "aarch64": 261},
    {"x86_64": 2},
    {"x86_64": 257, "aarch64": 56},
    {"x86_64": 72, "aarch64": 25},
    {"x86_64": 16, "aarch64": 29},
)
_FIRST_UNKNOWN = 463
_FIRST_X32 = 0x4000_0000
_AUDIT_ARCH = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}

_CLONE_THREAD = 0x0001_0000
_WRITING = 0o1 | 0o2 | 0o100 | 0o1000 | 0o20000000
# O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_TMPFILE
_OWNERS = (8, 15)
# F_SETOWN and F_SETOWN_EX: the kernel would send signals to a process of the candidate's choice
_STEERING = (0x8901, 0x8902, 0x5412, 0x541C)
# FIOSETOWN and SIOCSPGRP do the same; TIOCSTI and TIOCLINUX type into a terminal

_LOAD, _EQUALS, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL = 0x7FFF_0000, 0x8000_0000
_REFUSE, _UNKNOWN = 0x0005_0000 | errno.EPERM, 0x0005_0000 | errno.ENOSYS
_NUMBER_AT, _ARCH_AT = 0, 4

_PR_GET_SECCOMP, _PR_SET_SECCOMP, _MODE_FILTER = 21, 22, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def machine() -> str:
    """Return which kind of machine this is: "x86_64", "aarch64"; "" where the system does not say."""
    return os.uname().machine if hasattr(os, "uname") else ""


def available() -> bool:
    """Say whether this machine has seccomp filters, and is of a kind whose system calls are listed here."""
    if machine() not in _AUDIT_ARCH:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    # without a program, a kernel that knows filters finds a bad address; another one a bad argument
    libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, None, 0, 0)
    return ctypes.get_errno() == errno.EFAULT


def refused(machine: str) -> dict[str, int]:
    """Return the numbers of the system calls that are refused whatever their arguments, by name."""
    column = ("x86_64", "aarch64").index(machine) + 1
    entries = [entry.split() for group in _REFUSED.values() for entry in group.split(",")]
    return {entry[0]: int(entry[column]) for entry in entries if entry[column] != "-"}


def program(machine: str) -> bytes:
    """Return the filter for `machine` ("x86_64" or "aarch64") as classic BPF instructions."""
    steps = [
        _step(_LOAD, _ARCH_AT),
        _step(_EQUALS, _AUDIT_ARCH[machine], 1, 0),
        _step(_RETURN, _KILL),
        _step(_LOAD, _NUMBER_AT),
        _step(_AT_LEAST, _FIRST_UNKNOWN, 0, 1),
        # also the x32 calls, which are those of x86_64 counted from another start
        _step(_RETURN, _UNKNOWN),
        # the C library then starts its threads with clone, whose flags can be seen
        *_when(_CLONE3[machine], [_step(_RETURN, _UNKNOWN)]),
        *_when(_CLONE[machine], _unless_bit(0, _CLONE_THREAD)),
        *_when(_PRLIMIT[machine], _unless_null(2)),
        *_when(_OPENAT[machine], _if_bit(2, _WRITING)),
        *_when(_FCNTL[machine], _if_among(1, _OWNERS)),
        *_when(_IOCTL[machine], _if_among(1, _STEERING)),
    ]
    if machine in _OPEN:
        steps += _when(_OPEN[machine], _if_bit(1, _WRITING))
    for number in sorted(refused(machine).values()):
        steps += _when(number, [_step(_RETURN, _REFUSE)])
    return b"".join([*steps, _step(_RETURN, _ALLOW)])


def enter(filter_program: bytes) -> None:
    """Put this thread, and what it starts, under the filter for good; no-new-privileges has to be set.

    Raises:
        OSError: the kernel does not take the filter.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    packed = _Program(len(filter_program) // 8, filter_program)
    if libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(packed), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "seccomp")


def _step(code: int, operand: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, operand)


def _when(number: int, steps: list[bytes]) -> list[bytes]:
    """Return steps that are taken for one system call only; they have to return."""
    return [_step(_EQUALS, number, 0, len(steps)), *steps]


def _argument(index: int, high: bool = False) -> bytes:
    return _step(_LOAD, 16 + 8 * index + 4 * high)


def _unless_bit(index: int, bits: int) -> list[bytes]:
    return [_argument(index), _step(_ANY_BIT, bits, 1, 0), _step(_RETURN, _REFUSE), _step(_RETURN, _ALLOW)]


def _if_bit(index: int, bits: int) -> list[bytes]:
    return [_argument(index), _step(_ANY_BIT, bits, 0, 1), _step(_RETURN, _REFUSE), _step(_RETURN, _ALLOW)]


def _unless_null(index: int) -> list[bytes]:
    refuse = [_step(_RETURN, _REFUSE)]
    low = [_argument(index), _step(_EQUALS, 0, 1, 0), *refuse]
    high = [_argument(index, high=True), _step(_EQUALS, 0, 1, 0), *refuse]
    return [*low, *high, _step(_RETURN, _ALLOW)]


def _if_among(index: int, values: tuple[int, ...]) -> list[bytes]:
    tests = [step for value in values for step in (_step(_EQUALS, value, 0, 1), _step(_RETURN, _REFUSE))]
    return [_argument(index), *tests, _step(_RETURN, _ALLOW)]
