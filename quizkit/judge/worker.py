"""The candidate's side of the judge: takes calls from a descriptor, makes them, and sends back what came of each."""

from __future__ import annotations

import errno
import io
import os
import reprlib
import sys
import warnings
from collections.abc import Callable, Collection, Iterator, Sequence
from types import FrameType, ModuleType
from typing import Any
from weakref import WeakValueDictionary

import numpy as np

from quizkit.judge.loading import line_of, load, message
from quizkit.judge.wire import (
    MAX_SHOWN,
    MAX_TEXT,
    READY,
    Frame,
    Inbox,
    Layout,
    Loaded,
    Node,
    Noted,
    Other,
    Packer,
    Raised,
    TooBigError,
    Unpacker,
    outcome_header,
    raised_header,
    returned_header,
    source_of,
)

_MAX_WARNINGS = 32
_MAX_BASES = 64
_CHUNK = 1 << 18


def serve(read: Callable[[int], bytes], write: Callable[[memoryview], int], allowed: Collection[str]) -> None:
    """Answer the judge until it hangs up: one frame with the candidate's file, then frames of calls.

    Args:
        read: waits for at most so many bytes; none means that the judge hung up.
        write: sends some of the bytes it gets, and says how many.
        allowed: packages the file may import besides NumPy and the standard library.
    """
    post = _Post(read, write)
    _speak_at_once()
    post.send(Packer().frame(READY, "ready"))
    _rehearse()
    _forget_ourselves()
    first = next(post, None)
    if first is None:
        return
    name, source = source_of(first)
    diary = _Diary(name)
    namespace, outcome = load(source, name, allowed)
    post.send(Packer().frame(first.number, outcome_header(outcome)))
    if isinstance(outcome, Loaded):
        candidate = _Candidate(namespace, name, diary)
        for frame in post:
            for reply in candidate.replies(frame):
                post.send(reply)


class _Post:
    """Whole frames over a channel that blocks; ends when the judge hangs up."""

    def __init__(self, read: Callable[[int], bytes], write: Callable[[memoryview], int]) -> None:
        self._read = read
        self._write = write
        self._inbox = Inbox()

    def __iter__(self) -> Iterator[Frame]:
        return self

    def __next__(self) -> Frame:
        while (frame := self._inbox.frame()) is None:
            data = self._read(_CHUNK)
            if not data:
                raise StopIteration
            self._inbox.feed(data)
        return frame

    def send(self, frame: bytes) -> None:
        rest = memoryview(frame)
        while rest:
            rest = rest[self._write(rest) :]


class _Diary:
    """The warnings of the call under way."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.notes: list[Noted] = []
        warnings.simplefilter("always")
        warnings.showwarning = self._note  # type: ignore[assignment]

    def _note(self, text: Warning | str, category: type[Warning], *_where: object) -> None:
        if len(self.notes) < _MAX_WARNINGS:
            self.notes.append(Noted(_name(category), str(text)[:MAX_TEXT], self._line(sys._getframe())))

    def _line(self, frame: FrameType | None) -> int | None:
        while frame is not None and frame.f_code.co_filename != self._name:
            frame = frame.f_back
        return None if frame is None else frame.f_lineno


class _Arguments(Unpacker):
    """Values of a frame as a candidate gets them: arrays of its own, laid out as the call asks."""

    layout = Layout.PLAIN

    def __init__(self, body: bytearray) -> None:
        super().__init__(body)
        self._arrays: list[np.ndarray[Any, Any]] = []

    def array(self, array: np.ndarray[Any, Any]) -> Any:
        arranged = _arranged(array, self.layout)
        self._arrays.append(arranged)
        return arranged

    def rng(self, seed: int) -> Any:
        return np.random.default_rng(seed)

    def argument(self, node: Node) -> tuple[Any, list[np.ndarray[Any, Any]]]:
        """Return the value for `node`, and all arrays in it."""
        self._arrays = []
        return self.value(node), self._arrays


def _arranged(array: np.ndarray[Any, Any], layout: Layout) -> np.ndarray[Any, Any]:
    if layout == Layout.STRIDED and array.ndim:
        return np.repeat(array, 2, axis=-1)[..., ::2]
    own = array.copy()
    own.flags.writeable = layout != Layout.READONLY
    return own


class _Candidate:
    """A loaded file, and which of its results are still in its hands."""

    def __init__(self, namespace: dict[str, Any], name: str, diary: _Diary) -> None:
        self._namespace = namespace
        self._name = name
        self._diary = diary
        self._earlier: WeakValueDictionary[int, Any] = WeakValueDictionary()
        # what owns the memory of earlier results, by id, for as long as the candidate keeps it alive

    def replies(self, frame: Frame) -> Iterator[bytes]:
        """Make the calls of a frame, one by one; each reply has the frame's number plus its place."""
        arguments = _Arguments(frame.body)
        for place, call in enumerate(frame.header):
            yield self._reply(frame.number + place, call, arguments)

    def _reply(self, number: int, call: Node, arguments: _Arguments) -> bytes:
        name, layout, echo, arg_nodes, kwarg_nodes = call
        arguments.layout = layout
        args = [arguments.argument(node) for node in arg_nodes]
        kwargs = {key: arguments.argument(node) for key, node in kwarg_nodes.items()}
        given = dict(enumerate(args)) | kwargs
        self._diary.notes = []
        try:
            value = self._function(name)(
                *[value for value, _ in args], **{key: value for key, (value, _) in kwargs.items()}
            )
        except BaseException as error:
            return self._raised(number, error)
        try:
            return self._returned(number, value, given, echo)
        except MemoryError as error:
            return self._raised(number, error)

    def _function(self, name: str) -> Any:
        if name not in self._namespace:
            raise NameError(f"the file defines no {name!r}")
        return self._namespace[name]

    def _returned(self, number: int, value: object, given: dict[Any, tuple[Any, list[Any]]], echo: bool) -> bytes:
        try:
            packer = Packer(describe)
            node = packer.node(value)
            shares = self._shares(list(packer.arrays), given)
            after = [packer.node(argument) for argument, _ in given.values()] if echo else None
            return packer.frame(number, returned_header(node, after, shares, self._diary.notes))
        except TooBigError as problem:
            packer = Packer(describe)
            node = packer.other(Other(_name(type(value)), str(problem)))
            return packer.frame(number, returned_header(node, None, (), self._diary.notes))

    def _raised(self, number: int, error: BaseException) -> bytes:
        bases = tuple(_name(base) for base in type(error).__mro__[:_MAX_BASES])
        text, line = _what(error), line_of(error, self._name)
        raised = Raised(bases[0], bases, text, line, tuple(self._diary.notes))
        return Packer().frame(number, raised_header(raised))

    def _shares(self, results: Sequence[Any], given: dict[Any, tuple[Any, list[Any]]]) -> list[str]:
        shares = [
            f"argument {label}"
            for label, (_, arrays) in given.items()
            if any(_overlap(array, result) for array in arrays for result in results)
        ]
        # every result is looked up before any is remembered: two parts of one result may share
        owners = [_owner(result) for result in results if result.size]
        if any(self._earlier.get(id(owner)) is owner for owner in owners):
            shares.append("an earlier result")
        for owner in owners:
            self._remember(owner)
        return shares

    def _remember(self, owner: Any) -> None:
        try:
            self._earlier[id(owner)] = owner
        except TypeError:
            # a bytes object has no weak references: what lies over it goes unnoticed
            return


def describe(value: object) -> Other:
    """Return the name of a value's type and a bounded look at it, without running any code of the candidate."""
    if type(value) is np.ndarray:
        return Other(_array_kind(value), f"{value.dtype} array of shape {value.shape}"[:MAX_SHOWN])
    return Other(_name(type(value)), _SHOWN.repr(value)[:MAX_SHOWN])


def _array_kind(array: np.ndarray[Any, Any]) -> str:
    return f"{'structured' if array.dtype.names else array.dtype.name} array"


class _Shown(reprlib.Repr):
    """Shows built-in values; of any other only the class, since its `__repr__` is the candidate's."""

    def repr1(self, x: Any, level: int) -> str:
        if type(x) in _BUILTIN:
            return super().repr1(x, level)
        if type(x) is np.ndarray:
            return f"<{x.dtype} array of shape {x.shape}>"
        return f"<{_name(type(x))} object>"


def _name(kind: type) -> str:
    """Return the name of a class, past whatever its metaclass makes of it."""
    return str(_type_name(kind))[:MAX_SHOWN]


_type_name = type.__dict__["__name__"].__get__
_BUILTIN = {bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, range, type(None), type(...)}
_SHOWN = _Shown()


def _overlap(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> bool:
    if not _may_share(one, other):
        return False
    try:
        return bool(_do_share(one, other, max_work=_MAX_SHARE_WORK))
    except np.exceptions.TooHardError:
        return True


_MAX_SHARE_WORK: Any = 10_000
_may_share, _do_share = np.may_share_memory, np.shares_memory


def _owner(array: Any) -> Any:
    """Return what holds the memory that `array` shows."""
    while type(array) is np.ndarray and array.base is not None:
        array = array.base
    return array


def _what(error: BaseException) -> str:
    if type(error) is OSError and error.errno == errno.EFBIG:
        return "it printed, or wrote, more than the judge keeps"
    return message(error)


def _rehearse() -> None:
    """Do once what every call does, while nobody waits: memory that a fork shares is copied when it is first used."""
    packer = Packer()
    nodes = [packer.node(np.ones((2, 3))), packer.node(np.ones(3))]
    header = [["softmax", Layout.PLAIN, True, [node], {}] for node in nodes]
    inbox = Inbox()
    inbox.feed(packer.frame(0, header))
    frame = inbox.frame()
    assert frame is not None
    for reply in _Candidate({"softmax": _softmax}, "", _Diary("")).replies(frame):
        inbox.feed(reply)


def _softmax(z: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    e = np.exp(z - z.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True))


def _speak_at_once() -> None:
    """Give `print` a stream that keeps nothing back: what a candidate printed is there when it is killed."""
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        raw: Any = io.FileIO(descriptor, "w", closefd=False)
        stream = io.TextIOWrapper(raw, "utf-8", errors="backslashreplace", newline="\n", write_through=True)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _forget_ourselves() -> None:
    """Leave nothing of quizkit to import; its folder has left `sys.path` before."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "quizkit"]:
        del sys.modules[name]
    sys.modules["__main__"] = ModuleType("__main__")
    sys.argv[:] = [""]
    os.environ.clear()
