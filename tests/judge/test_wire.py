"""Frames: what goes in comes out, and whatever else comes is refused in one way."""

import json
import math
import struct
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from quizkit.judge import wire
from quizkit.judge.wire import (
    MAX_CALLS,
    MAX_FRAME,
    MAX_TEXT,
    Call,
    Frame,
    FrameError,
    Function,
    Inbox,
    Kind,
    Layout,
    Loaded,
    Noted,
    Other,
    Packer,
    Raised,
    Reason,
    Returned,
    Rng,
    TooBigError,
    Unpacker,
    Unusable,
)

DTYPES = st.one_of(
    hnp.boolean_dtypes(),
    hnp.integer_dtypes(endianness="?"),
    hnp.unsigned_integer_dtypes(endianness="?"),
    hnp.floating_dtypes(endianness="?"),
    hnp.complex_number_dtypes(endianness="?"),
)
ARRAYS = DTYPES.flatmap(lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, min_side=0, max_side=4)))
SCALARS = (
    DTYPES.map(lambda dtype: dtype.newbyteorder("=")).flatmap(lambda dtype: hnp.arrays(dtype, 1)).map(lambda a: a[0])
)
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), ARRAYS, SCALARS, st.builds(Rng, st.integers(0))
)
VALUES = st.recursive(
    LEAVES,
    lambda values: (
        st.lists(values, max_size=3)
        | st.lists(values, max_size=3).map(tuple)
        | st.dictionaries(st.text(), values, max_size=3)
    ),
    max_leaves=6,
)


def same(one: Any, other: Any) -> bool:
    """Of one type, and equal down to the bits of each number."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray | np.generic):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, float):
        return struct.pack("<d", one) == struct.pack("<d", other)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(map(same, one.values(), other.values()))
    return bool(one == other)


def sent(data: bytes) -> Frame:
    inbox = Inbox()
    inbox.feed(data)
    frame = inbox.frame()
    assert frame is not None
    return frame


def returned(value: Any, after: list[Any] | None = None) -> bytes:
    packer = Packer()
    node = packer.node(value)
    echoed = None if after is None else [packer.node(part) for part in after]
    return packer.frame(7, wire.returned_header(node, echoed, ["argument 0"], [Noted("W", "text", 3)]))


@given(VALUES)
def test_a_value_arrives_as_it_was_sent(value: Any) -> None:
    reply = wire.reply_of(sent(returned(value, [value])))
    assert isinstance(reply, Returned)
    assert reply.after is not None
    assert same(reply.value, value)
    assert same(reply.after[0], value)
    assert (reply.shares, reply.warnings) == (("argument 0",), (Noted("W", "text", 3),))


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan, -0.0, 5e-324, 2**53, -(2**4000), True, 1, 1.0])
def test_numbers_that_json_would_change_arrive_unchanged(value: float) -> None:
    reply = wire.reply_of(sent(returned(value)))
    assert isinstance(reply, Returned)
    assert same(reply.value, value)


def test_arrays_that_are_views_arrive_with_what_they_show() -> None:
    base = np.arange(24.0).reshape(4, 6)
    for view in (base.T, base[::-1, ::2], np.broadcast_to(base[0], (3, 6)), base[:0]):
        reply = wire.reply_of(sent(returned(view)))
        assert isinstance(reply, Returned)
        assert same(reply.value, view)


@given(VALUES, st.integers(1, 50))
def test_a_frame_comes_in_pieces_of_any_size(value: Any, size: int) -> None:
    data = returned(value) + returned(None)
    inbox, frames = Inbox(), []
    for start in range(0, len(data), size):
        inbox.feed(data[start : start + size])
        while frame := inbox.frame():
            frames.append(frame)
    assert len(frames) == 2
    assert len(inbox) == 0


@given(st.binary(max_size=200))
def test_random_bytes_are_no_frame_or_an_unfinished_one(data: bytes) -> None:
    inbox = Inbox()
    inbox.feed(data)
    try:
        assert inbox.frame() is None
    except FrameError:
        pass


@given(VALUES, st.data())
def test_a_mutated_frame_is_a_reply_or_refused(value: Any, data: st.DataObject) -> None:
    frame = bytearray(returned(value))
    for _ in range(data.draw(st.integers(1, 4))):
        frame[data.draw(st.integers(0, len(frame) - 1))] = data.draw(st.integers(0, 255))
    inbox = Inbox()
    inbox.feed(bytes(frame))
    try:
        came = inbox.frame()
        assert came is None or isinstance(wire.reply_of(came), Returned | Raised)
    except FrameError:
        pass


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.sampled_from(["returned", "raised", "<f8", "|b1", "ff" * 8]),
    lambda nodes: st.lists(nodes, max_size=6) | st.dictionaries(st.sampled_from("asiftdrox"), nodes, max_size=2),
    max_leaves=20,
)
NODES = JSON | st.builds(lambda value: ["returned", value, None, [], []], JSON)


@given(NODES, st.binary(max_size=64))
def test_any_json_is_a_reply_or_refused(header: Any, body: bytes) -> None:
    for read in (wire.reply_of, wire.outcome_of):
        try:
            read(Frame(0, header, bytearray(body)))
        except FrameError:
            pass


@pytest.mark.parametrize(
    "node",
    [
        {"a": ["<f8", [3]]},
        {"a": ["<f8", [-1]]},
        {"a": ["<f8", [1.0]]},
        {"a": ["<f8", [True]]},
        {"a": ["<f8", [0] * 33]},
        {"a": ["<f8", [0, 2**62, 2**62]]},
        {"a": ["<f8", [2**100]]},
        {"a": ["|O", [1]]},
        {"a": ["<U4", [1]]},
        {"a": ["<M8[s]", [1]]},
        {"a": [["f8"], [1]]},
        {"a": ["<f8"]},
        {"s": ["<f8", "00"]},
        {"s": ["<f8", "no digits"]},
        {"s": ["<f8", 3]},
        {"i": "a word"},
        {"i": 3},
        {"f": "00"},
        {"d": [1, 2]},
        {"t": {}},
        {"o": ["kind"]},
        {"o": ["kind", "x" * 201]},
        {"x": 1},
        {},
        {"t": [], "d": {}},
    ],
    ids=json.dumps,
)
def test_a_node_that_stands_for_no_value_is_refused(node: Any) -> None:
    with pytest.raises(FrameError):
        Unpacker(bytearray(8)).value(node)


def test_buffers_that_no_array_takes_are_refused() -> None:
    with pytest.raises(FrameError):
        wire.reply_of(Frame(0, ["returned", None, None, [], []], bytearray(16)))


def test_truth_values_are_true_or_false_whatever_their_bytes() -> None:
    array = Unpacker(bytearray([0, 1, 2, 255] + [0] * 12)).value({"a": ["|b1", [4]]})
    assert array.view(np.uint8).tolist() == [0, 1, 1, 1]


@pytest.mark.parametrize("header", [b"{", b"NaN", b"\xff\xfe", b"[" * 100_000, b"1" * 5000, b"[1] 2"])
def test_a_header_that_is_not_json_is_refused(header: bytes) -> None:
    inbox = Inbox()
    inbox.feed(struct.pack("<4sIII", b"qkw1", 0, len(header), 0) + header)
    with pytest.raises(FrameError):
        inbox.frame()


@pytest.mark.parametrize("sizes", [(wire.MAX_HEADER + 1, 0), (0, MAX_FRAME + 1), (2**32 - 1, 2**32 - 1)])
def test_a_frame_that_says_it_is_too_big_is_refused_by_its_head(sizes: tuple[int, int]) -> None:
    inbox = Inbox()
    inbox.feed(struct.pack("<4sIII", b"qkw1", 0, *sizes))
    with pytest.raises(FrameError):
        inbox.frame()


@pytest.mark.parametrize(
    "value",
    [
        np.zeros(MAX_FRAME // 8 + 1),
        [np.zeros(MAX_FRAME // 16), np.zeros(MAX_FRAME // 16 + 1)],
        [0] * (wire.MAX_NODES + 1),
        "x" * (wire.MAX_HEADER + 1),
        1 << (1 << 21),
    ],
    ids=["array", "arrays", "parts", "text", "integer"],
)
def test_a_value_that_does_not_fit_is_refused_by_its_sender(value: Any) -> None:
    with pytest.raises(TooBigError):
        returned(value)


def test_a_value_nested_too_deeply_is_refused_on_both_sides() -> None:
    value: Any = 1.0
    for _ in range(wire.MAX_DEPTH + 1):
        value = [value]
    with pytest.raises(TooBigError):
        returned(value)
    with pytest.raises(FrameError):
        Unpacker(bytearray()).value(value)


def test_a_call_with_an_argument_that_cannot_travel_is_the_callers_mistake() -> None:
    for value in (object(), {1: 2}, np.array([object()]), np.ma.masked_all(3), 1j, {"a": b"bytes"}):
        with pytest.raises(TypeError):
            wire.calls_frame(0, [Call("f", (value,))])  # type: ignore[arg-type]


def test_more_calls_than_a_frame_takes_are_refused() -> None:
    with pytest.raises(TooBigError):
        wire.calls_frame(0, [Call("f")] * (MAX_CALLS + 1))


def test_calls_travel_with_their_layout_and_arguments() -> None:
    frame = sent(wire.calls_frame(3, [Call("f", (1, 2.0), {"axis": 0}, Layout.STRIDED, echo=True)]))
    assert (frame.number, frame.header) == (3, [["f", "strided", True, [1, 2.0], {"axis": 0}]])


@given(st.binary())
def test_a_file_arrives_byte_by_byte(source: bytes) -> None:
    assert wire.source_of(sent(wire.load_frame(1, source, "mine.py"))) == ("mine.py", source)


def test_what_became_of_a_file_arrives() -> None:
    loaded = Loaded({"f": Function(Kind.FUNCTION, "(x)", ("x",), 3, True)})
    unusable = Unusable(Reason.SYNTAX, "invalid syntax", 3, 4)
    for outcome in (loaded, unusable):
        assert wire.outcome_of(sent(Packer().frame(1, wire.outcome_header(outcome)))) == outcome


def test_what_a_call_raised_arrives() -> None:
    raised = Raised("ValueError", ("ValueError", "Exception"), "no", None, (Noted("W", "text", None),))
    assert wire.reply_of(sent(Packer().frame(1, wire.raised_header(raised)))) == raised


def test_a_word_about_another_value_arrives() -> None:
    packer = Packer(lambda value: Other(type(value).__name__, "shown"))
    frame = packer.frame(1, wire.returned_header(packer.node([1.0, object()]), None, (), ()))
    assert wire.reply_of(sent(frame)) == Returned([1.0, Other("object", "shown")], None, (), ())


def test_texts_for_a_person_cannot_steer_a_terminal() -> None:
    raised = Raised("E", (), "\x1b[2J\u202e\ud800 é\n", None, ())
    reply = wire.reply_of(sent(Packer().frame(1, wire.raised_header(raised))))
    assert isinstance(reply, Raised)
    assert reply.text == "\\x1b[2J\\u202e\\ud800 é\n"


def test_a_text_that_is_too_long_is_refused() -> None:
    raised = Raised("E", (), "x" * (MAX_TEXT + 1), None, ())
    with pytest.raises(FrameError):
        wire.reply_of(sent(Packer().frame(1, wire.raised_header(raised))))
