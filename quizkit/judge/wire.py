"""What travels between the judge and a candidate's process: values, calls and replies, as bounded frames.

A frame is a head of 16 bytes, a JSON header and the raw buffers of its arrays; nothing that is read is ever run.
NumPy is imported on first use: the judge starts the candidate's process before it pays for its own NumPy.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from quizkit.frozen import frozen

if TYPE_CHECKING:
    import numpy as np

MAX_FRAME = 64 << 20
# bytes of arrays in one frame
MAX_HEADER = 4 << 20
# bytes of JSON in one frame: a megabyte of it costs the reader some twenty
READY, LOAD = 0, 1
# the numbers of the frame that says that the jail is on, and of the one with the file
MAX_CALLS = 4096
MAX_DEPTH = 32
MAX_NODES = 200_000
MAX_TEXT = 2000
# characters of a message for a person
MAX_SHOWN = 200

_MAX_BITS = 1 << 20
_PLAIN_INT = 1 << 53
_SHORT = 200
# bytes of a header: that of an array, of which a judgement meets hundreds
_MAX_DIMENSIONS = 32
_ALIGNMENT = 16
_MAGIC = b"qkw1"
_HEAD = struct.Struct("<4sIII")
# magic, number of the frame, bytes of the header, bytes of the buffers

STATUS = struct.Struct("=i")
# how a worker ended, as `os.waitpid` tells it
OUT_OF_MEMORY, FAILED = 71, 70
# exit codes of a worker

Node: TypeAlias = Any
# what JSON holds


class FrameError(ValueError):
    """What came is no frame of ours: cut off, out of bounds, of another shape. The sender is at fault."""


class TooBigError(ValueError):
    """A value does not fit in a frame."""


@frozen
class Rng:
    """A random generator; it travels as its seed and arrives as `np.random.default_rng(seed)`."""

    seed: int


@frozen
class Other:
    """Something a candidate returned that is no plain value; only ever sent to the judge."""

    kind: str
    # the name of its type: "generator", "matrix", "object array"
    shown: str
    # at most MAX_SHOWN characters


Value: TypeAlias = (
    "bool | int | float | str | np.ndarray[Any, Any] | np.generic | Rng | Other"
    " | tuple[Value, ...] | list[Value] | dict[str, Value] | None"
)


class Layout(StrEnum):
    """How the arrays among the arguments lie in the candidate's memory, also those inside lists and dicts."""

    PLAIN = "plain"
    STRIDED = "strided"
    # every other element of a larger buffer; 0-d arrays stay plain
    READONLY = "readonly"


@frozen
class Call:
    """One call of a candidate's function."""

    function: str
    args: tuple[Value, ...] = ()
    kwargs: Mapping[str, Value] = field(default_factory=dict)
    layout: Layout = Layout.PLAIN
    echo: bool = False
    # also send the arguments back as they are after the call


@frozen
class Noted:
    """A warning given during a call."""

    category: str
    text: str
    line: int | None
    # in the candidate's file; None when it came from elsewhere


@frozen
class Returned:
    """What a call gave."""

    value: Value
    after: tuple[Value, ...] | None
    # the positional, then the keyword arguments in the order given; None unless echo was asked
    shares: tuple[str, ...]
    # whose memory the arrays of the value overlap: "argument 0", "argument alpha", "an earlier result"
    warnings: tuple[Noted, ...]


@frozen
class Raised:
    """What a call raised."""

    kind: str
    bases: tuple[str, ...]
    # names of the class and of all its bases, so that "ValueError or a subclass" can be asked
    text: str
    line: int | None
    # the deepest one in the candidate's file
    warnings: tuple[Noted, ...]


Reply = Returned | Raised


class Kind(StrEnum):
    """What a public name of a candidate's file is."""

    FUNCTION = "function"
    ASYNC = "async"
    GENERATOR = "generator"
    CLASS = "class"
    OTHER = "other"
    # callable all the same: a partial, a cache, an instance with __call__


@frozen
class Function:
    """A public callable that a candidate's file defines at top level; what it only imports is not one."""

    kind: Kind
    signature: str
    # "(z, axis=-1)"; "" when it has none that can be told
    parameters: tuple[str, ...]
    line: int | None
    doc: bool


@frozen
class Loaded:
    """A candidate's file is ready to be called."""

    functions: Mapping[str, Function]


class Reason(StrEnum):
    """Why a file cannot be used."""

    SYNTAX = "syntax"
    ENCODING = "encoding"
    IMPORT = "import"
    RAISED = "raised"


@frozen
class Unusable:
    """A file that cannot be called: it does not compile, imports what is refused, or raised while loading."""

    reason: Reason
    text: str
    line: int | None
    column: int | None
    # counted from 1


@frozen
class Frame:
    """One frame as it came: the header's JSON is well-formed, nothing else is known of it."""

    number: int
    header: Node
    body: bytearray


_CODES = "?bBhHiIlLqQefdgFDG"
# truth values, integers, real and complex numbers, as NumPy names its types


@cache
def _dtypes() -> dict[str, np.dtype[Any]]:
    """Return every dtype that may travel, by its `str`; a name from a frame is looked up, never interpreted."""
    import numpy as np

    # several codes mean the same 64 bits: the name decides which of them is meant
    native = [np.dtype(np.dtype(code).str) for code in _CODES]
    return {dtype.str: dtype for known in native for dtype in (known, known.newbyteorder())}


@cache
def _scalar_types() -> frozenset[type]:
    import numpy as np

    return frozenset(np.dtype(code).type for code in _CODES)


@cache
def _array_type() -> type:
    import numpy as np

    return np.ndarray


def _refuse(value: object) -> NoReturn:
    raise TypeError(f"a value of type {type(value).__name__} cannot be sent to a candidate")


class Packer:
    """Turns values into JSON nodes, and keeps the buffers of their arrays until the frame is made."""

    def __init__(self, describe: Callable[[object], Other] = _refuse) -> None:
        """Begin a frame; `describe` says what stands for a value that may not travel."""
        self.arrays: list[np.ndarray[Any, Any]] = []
        # every array packed so far
        self._describe = describe
        self._buffers: list[bytes] = []
        self._size = 0
        self._nodes = 0

    def node(self, value: object, depth: int = 0) -> Node:
        """Return the node for `value`. Types are compared, never asked: a value may lie about its class.

        Raises:
            TooBigError: it is nested too deeply or does not fit in a frame.
        """
        kind = type(value)
        self._nodes += 1
        if self._nodes > MAX_NODES or depth > MAX_DEPTH:
            raise TooBigError("it has too many parts, or is nested too deeply")
        if kind is _array_type():
            return self._array(value)
        if value is None or kind is bool:
            return value
        pack = _PACK.get(kind)
        if pack is not None:
            return pack(self, value, depth + 1)
        if kind in _scalar_types():
            return {"s": [value.dtype.str, value.tobytes().hex()]}  # type: ignore[attr-defined]
        return self.other(self._describe(value))

    def other(self, value: Other) -> Node:
        """Return the node for a word about a value that may not travel."""
        return {"o": [value.kind[:MAX_SHOWN], value.shown[:MAX_SHOWN]]}

    def frame(self, number: int, header: Node) -> bytes:
        """Return the frame with this header and all buffers packed so far.

        Raises:
            TooBigError: the header is beyond MAX_HEADER.
        """
        return _frame(number, header, self._buffers, self._size)

    def _array(self, array: Any) -> Node:
        code = array.dtype.str
        if code not in _dtypes():
            return self.other(self._describe(array))
        padding = -array.nbytes % _ALIGNMENT
        self._size += array.nbytes + padding
        if self._size > MAX_FRAME:
            raise TooBigError(f"a {array.dtype} array of shape {array.shape} does not fit in a frame")
        self._buffers.append(array.tobytes() + bytes(padding))
        self.arrays.append(array)
        return {"a": [code, array.shape]}

    def _text(self, value: str, depth: int) -> Node:
        if len(value) > MAX_HEADER:
            raise TooBigError(f"a text of {len(value)} characters does not fit in a frame")
        return value

    def _integer(self, value: int, depth: int) -> Node:
        if -_PLAIN_INT < value < _PLAIN_INT:
            return value
        if value.bit_length() > _MAX_BITS:
            raise TooBigError(f"an integer of {value.bit_length()} bits does not fit in a frame")
        return {"i": hex(value)}

    def _real(self, value: float, depth: int) -> Node:
        return value if math.isfinite(value) else {"f": struct.pack("<d", value).hex()}

    def _list(self, value: list[object], depth: int) -> Node:
        return [self.node(part, depth) for part in value]

    def _tuple(self, value: tuple[object, ...], depth: int) -> Node:
        return {"t": [self.node(part, depth) for part in value]}

    def _dict(self, value: dict[object, object], depth: int) -> Node:
        if any(type(key) is not str for key in value):
            return self.other(self._describe(value))
        return {"d": {key: self.node(part, depth) for key, part in value.items()}}

    def _rng(self, value: Rng, depth: int) -> Node:
        return {"r": hex(value.seed)}


_PACK: dict[type, Callable[[Packer, Any, int], Node]] = {
    float: Packer._real,
    int: Packer._integer,
    str: Packer._text,
    tuple: Packer._tuple,
    list: Packer._list,
    dict: Packer._dict,
    Rng: Packer._rng,
}


class Unpacker:
    """Turns the nodes of one frame back into values; the arrays take their buffers in the order they are met."""

    def __init__(self, body: bytearray) -> None:
        self._body = body
        self._at = 0
        self._nodes = 0

    def value(self, node: Node, depth: int = 0) -> Any:
        """Return the `Value` that `node` stands for.

        Raises:
            FrameError: it stands for none.
        """
        self._nodes += 1
        if self._nodes > MAX_NODES or depth > MAX_DEPTH:
            raise FrameError("too many parts, or nested too deeply")
        kind = type(node)
        if kind is list:
            return [self.value(part, depth + 1) for part in node]
        if kind is not dict:
            return node
        if len(node) != 1:
            raise FrameError("a value with more than one tag")
        [(tag, content)] = node.items()
        unpack = _UNPACK.get(tag)
        if unpack is None:
            raise FrameError("a value with an unknown tag")
        return unpack(self, content, depth + 1)

    def finish(self) -> None:
        """Check that every buffer was taken.

        Raises:
            FrameError: some bytes belong to no array.
        """
        if self._at != len(self._body):
            raise FrameError("buffers that belong to no array")

    def array(self, array: np.ndarray[Any, Any]) -> Any:
        """Return what an array becomes: here itself, a view of the frame."""
        return array

    def rng(self, seed: int) -> Any:
        """Return what a random generator becomes."""
        return Rng(seed)

    def _array(self, content: Node, depth: int) -> Any:
        import numpy as np

        code, shape = _items(content, 2)
        dtype = _dtype(code)
        if type(shape) is not list or len(shape) > _MAX_DIMENSIONS or not all(map(_is_count, shape)):
            raise FrameError("an array without a shape")
        size = math.prod(shape) * dtype.itemsize
        if self._at + size > len(self._body):
            raise FrameError("an array larger than its frame")
        try:
            array = np.ndarray(shape, dtype, self._body, self._at)
        except ValueError as error:
            # an empty array may still have a side that no array can have
            raise FrameError(f"no array has the shape {shape}") from error
        self._at += size + -size % _ALIGNMENT
        if dtype.kind == "b":
            # a byte that is neither 0 nor 1 is no bool, and upsets NumPy
            array = np.asarray(array.view(np.uint8) != 0)
        return self.array(array)

    def _scalar(self, content: Node, depth: int) -> Any:
        import numpy as np

        code, digits = _items(content, 2)
        raw, dtype = _bytes(digits), _dtype(code)
        if len(raw) != dtype.itemsize:
            raise FrameError("a scalar of another size than its type")
        return np.frombuffer(raw, dtype)[0]

    def _integer(self, content: Node, depth: int) -> int:
        if type(content) is not str or len(content) > _MAX_BITS:
            raise FrameError("an integer without digits")
        try:
            return int(content, 16)
        except ValueError as error:
            raise FrameError("an integer without digits") from error

    def _real(self, content: Node, depth: int) -> float:
        raw = _bytes(content)
        if len(raw) != 8:
            raise FrameError("a float of another size than eight bytes")
        return float(struct.unpack("<d", raw)[0])

    def _tuple(self, content: Node, depth: int) -> tuple[Any, ...]:
        return tuple(self.value(part, depth) for part in _list(content))

    def _dict(self, content: Node, depth: int) -> dict[str, Any]:
        if type(content) is not dict:
            raise FrameError("a dict without entries")
        return {key: self.value(part, depth) for key, part in content.items()}

    def _rng(self, content: Node, depth: int) -> Any:
        return self.rng(self._integer(content, depth))

    def _other(self, content: Node, depth: int) -> Other:
        kind, shown = _items(content, 2)
        return Other(_text(kind, MAX_SHOWN), _text(shown, MAX_SHOWN))


_UNPACK: dict[str, Callable[[Unpacker, Node, int], Any]] = {
    "a": Unpacker._array,
    "s": Unpacker._scalar,
    "i": Unpacker._integer,
    "f": Unpacker._real,
    "t": Unpacker._tuple,
    "d": Unpacker._dict,
    "r": Unpacker._rng,
    "o": Unpacker._other,
}


class Inbox:
    """Bytes as they come in, whole frames as they go out."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> None:
        """Add bytes that have come."""
        self._buffer += data

    def __len__(self) -> int:
        return len(self._buffer)

    def frame(self) -> Frame | None:
        """Take the next frame; None while it is not complete.

        Raises:
            FrameError: what came is no frame.
        """
        if len(self._buffer) < _HEAD.size:
            return None
        magic, number, header_size, body_size = _HEAD.unpack_from(self._buffer)
        if magic != _MAGIC or header_size > MAX_HEADER or body_size > MAX_FRAME:
            raise FrameError("bytes that are no reply")
        body_at = _HEAD.size + header_size
        end = body_at + body_size
        if len(self._buffer) < end:
            return None
        header, body = self._buffer[_HEAD.size : body_at], self._buffer[body_at:end]
        del self._buffer[:end]
        return Frame(number, _parsed(header), body)


def _frame(number: int, header: Node, buffers: Sequence[bytes], size: int) -> bytes:
    text = _encode(header).encode("ascii")
    if len(text) > MAX_HEADER or size > MAX_FRAME:
        raise TooBigError("it does not fit in a frame")
    return b"".join((_HEAD.pack(_MAGIC, number, len(text), size), text, *buffers))


def calls_frame(number: int, calls: Sequence[Call]) -> bytes:
    """Return the frame that asks for these calls; their replies carry the numbers from `number` on.

    Raises:
        TypeError: an argument is no `Value`.
        TooBigError: they do not fit in one frame.
    """
    if len(calls) > MAX_CALLS:
        raise TooBigError(f"{len(calls)} calls do not fit in one frame")
    packer = Packer()
    header = [
        [
            call.function,
            call.layout,
            call.echo,
            [packer.node(value) for value in call.args],
            {name: packer.node(value) for name, value in call.kwargs.items()},
        ]
        for call in calls
    ]
    return packer.frame(number, header)


def load_frame(number: int, source: bytes, name: str) -> bytes:
    """Return the frame that hands over a candidate's file.

    Raises:
        TooBigError: it does not fit in one frame.
    """
    return _frame(number, [name], [source], len(source))


def source_of(frame: Frame) -> tuple[str, bytes]:
    """Return the name and the content of the file in a `load_frame`.

    Raises:
        FrameError: it is no such frame.
    """
    [name] = _items(frame.header, 1)
    return _text(name), bytes(frame.body)


def returned_header(value: Node, after: Node, shares: Sequence[str], notes: Sequence[Noted]) -> Node:
    """Return the header of a `Returned`, its values already packed."""
    return ["returned", value, after, list(shares), _notes(notes)]


def raised_header(raised: Raised) -> Node:
    """Return the header of a `Raised`."""
    return ["raised", raised.kind, list(raised.bases), raised.text, raised.line, _notes(raised.warnings)]


def outcome_header(outcome: Loaded | Unusable) -> Node:
    """Return the header that tells what became of a candidate's file."""
    if isinstance(outcome, Unusable):
        return ["unusable", outcome.reason, outcome.text, outcome.line, outcome.column]
    functions = {
        name: [found.kind, found.signature, list(found.parameters), found.line, found.doc]
        for name, found in outcome.functions.items()
    }
    return ["loaded", functions]


def reply_of(frame: Frame) -> Reply:
    """Return the reply to one call.

    Raises:
        FrameError: the frame holds none.
    """
    match frame.header:
        case ["returned", value, after, list(shares), list(notes)]:
            unpacker = Unpacker(frame.body)
            result = unpacker.value(value)
            echoed = None if after is None else tuple(unpacker.value(part) for part in _list(after))
            unpacker.finish()
            return Returned(result, echoed, tuple(map(_text, shares)), _noted(notes))
        case ["raised", kind, list(bases), text, line, list(notes)] if not frame.body:
            names = tuple(_text(base) for base in bases)
            return Raised(_text(kind), names, _text(text), _line(line), _noted(notes))
    raise FrameError("a frame that is no reply")


def outcome_of(frame: Frame) -> Loaded | Unusable:
    """Return what became of a candidate's file.

    Raises:
        FrameError: the frame does not tell.
    """
    try:
        match frame.header:
            case ["unusable", str(reason), text, line, column]:
                return Unusable(Reason(reason), _text(text), _line(line), _line(column))
            case ["loaded", dict(functions)]:
                return Loaded({_text(name): _function(node) for name, node in functions.items()})
    except ValueError as error:
        raise FrameError(str(error)) from error
    raise FrameError("a frame that tells nothing of the file")


def printable(text: str) -> str:
    """Return `text` with all that could steer a terminal, or upset its encoding, written as escapes."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char in "\n\t" else ascii(char)[1:-1] for char in text)


def _function(node: Node) -> Function:
    kind, signature, parameters, line, doc = _items(node, 5)
    names = tuple(_text(name) for name in _list(parameters))
    return Function(Kind(_text(kind)), _text(signature), names, _line(line), doc is True)


def _notes(notes: Sequence[Noted]) -> Node:
    return [[note.category, note.text, note.line] for note in notes]


def _noted(nodes: list[Node]) -> tuple[Noted, ...]:
    if not nodes:
        return ()
    fields = [_items(node, 3) for node in nodes]
    return tuple(Noted(_text(category), _text(text), _line(line)) for category, text, line in fields)


def _not_json(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


_encode = json.JSONEncoder(allow_nan=False, check_circular=False, separators=(",", ":")).encode
_decode = json.JSONDecoder(parse_constant=_not_json).decode


def _parsed(header: bytearray) -> Node:
    """Return the JSON of a header; nobody changes it, and one like another is parsed once."""
    return _parsed_short(bytes(header)) if len(header) <= _SHORT else _parsed_anew(header)


def _parsed_anew(header: bytearray | bytes) -> Node:
    try:
        return _decode(str(header, "utf-8"))
    except (ValueError, RecursionError) as error:
        raise FrameError("a header that is not JSON") from error


_parsed_short = lru_cache(4096)(_parsed_anew)


def _items(node: Node, count: int) -> list[Node]:
    if type(node) is not list or len(node) != count:
        raise FrameError(f"not the {count} parts that belong here")
    return node


def _list(node: Node) -> list[Node]:
    if type(node) is not list:
        raise FrameError("no list where one belongs")
    return node


def _text(node: Node, limit: int = MAX_TEXT) -> str:
    if type(node) is not str or len(node) > limit:
        raise FrameError("no text where one belongs, or too long a one")
    return printable(node)


def _line(node: Node) -> int | None:
    if node is not None and not _is_count(node):
        raise FrameError("no line number where one belongs")
    return node  # type: ignore[no-any-return]


def _is_count(node: Node) -> bool:
    return type(node) is int and node >= 0


def _bytes(node: Node) -> bytes:
    try:
        return bytes.fromhex(node)
    except (TypeError, ValueError) as error:
        raise FrameError("no bytes where they belong") from error


def _dtype(node: Node) -> np.dtype[Any]:
    dtype = _dtypes().get(node) if type(node) is str else None
    if dtype is None:
        raise FrameError("an array of a type that may not travel")
    return dtype
