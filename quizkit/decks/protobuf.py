"""As much of the Protocol Buffers wire format as Anki's packages need: numbers, bytes, messages in messages."""

from __future__ import annotations

from collections.abc import Iterator

_VARINT, _EIGHT, _BYTES, _FOUR = 0, 1, 2, 5
_LENGTHS = {_EIGHT: 8, _FOUR: 4}


def fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield (field number, value) in the order written. Raises ValueError for what is not a message."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        wire = key & 7
        if wire == _VARINT:
            number, at = _varint(message, at)
            yield key >> 3, number
            continue
        if wire == _BYTES:
            length, at = _varint(message, at)
        elif wire in _LENGTHS:
            length = _LENGTHS[wire]
        else:
            raise ValueError("a field of an unknown kind")
        if at + length > len(message):
            raise ValueError("a field that ends too soon")
        yield key >> 3, message[at : at + length]
        at += length


def messages(message: bytes, field: int) -> list[bytes]:
    """Return every value of a field that holds bytes."""
    return [value for number, value in fields(message) if number == field and isinstance(value, bytes)]


def text(message: bytes, field: int) -> str:
    """Return the last text of a field, "" where there is none."""
    return (messages(message, field) or [b""])[-1].decode("utf-8", "replace")


def number(message: bytes, field: int) -> int:
    """Return the last number of a field, 0 where there is none."""
    found = [value for key, value in fields(message) if key == field and isinstance(value, int)]
    return found[-1] if found else 0


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(message):
            break
        byte = message[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
    raise ValueError("a number that ends too soon")
