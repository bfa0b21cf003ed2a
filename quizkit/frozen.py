"""Frozen records that cost a program's start little.

`dataclass(frozen=True, slots=True)` compiles six methods for each class: half a millisecond on Python 3.11, and a
command meets about eighty classes before it says a word. `frozen` compiles none of them: equality, hash, text and the
refusal to change are the same functions for every class, and `__init__` is compiled when the first record is made. In
all else these are dataclasses: `fields`, `asdict`, `match` and `pickle` do what they do with those, and so does
`dataclasses.replace`, of which `replace` here takes half the time.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, dataclass_transform

if TYPE_CHECKING:
    # checkers know what it takes
    from dataclasses import replace

__all__ = ["frozen", "replace"]

_T = TypeVar("_T")
_FACTORY: Any = object()
# stands for the default of a field that has a `default_factory`


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[_T]) -> type[_T]:
    """Make a class with annotated fields into a frozen dataclass with slots."""
    cls.__doc__ = cls.__doc__ or cls.__name__
    # without one, dataclass would inspect the signature to write it
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    for name, shared in _SHARED.items():
        if name not in cls.__dict__:
            setattr(made, name, shared)
    made.__init__ = _compiled_later(made)
    made.__values__ = staticmethod(_getter(made.__match_args__))
    result: type[_T] = made
    return result


def _getter(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what gives the values of some fields of a record, always as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple([getattr(record, name) for name in names])


if not TYPE_CHECKING:

    def replace(record: _T, /, **changes: Any) -> _T:
        """Return a record like another one but for `changes`; any other dataclass will do, too."""
        if not hasattr(record, "__values__"):
            return dataclasses.replace(record, **changes)
        return type(record)(**dict(zip(record.__match_args__, record.__values__(record), strict=True)) | changes)


def _compiled_later(made: Any) -> Callable[..., None]:
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807 - it becomes that method
        made.__init__ = _compiled(made)
        made.__init__(self, *args, **kwargs)

    return __init__


def _compiled(made: Any) -> Callable[..., None]:
    """Return the method that sets every field through its slot, past the refusal to change."""
    known: dict[str, Any] = {"FACTORY": _FACTORY}
    header, body = ["self"], []
    for one in fields(made):
        name = one.name
        known[f"set_{name}"] = getattr(made, name).__set__
        header.append(_parameter(one, known))
        value = f"make_{name}() if {name} is FACTORY else {name}" if f"make_{name}" in known else name
        body.append(f" set_{name}(self, {value})")
    exec(f"def __init__({', '.join(header)}):\n" + "\n".join(body or [" pass"]), known)  # noqa: S102 - names of fields
    method: Callable[..., None] = known["__init__"]
    return method


def _parameter(one: Field[Any], known: dict[str, Any]) -> str:
    """Return a field as a parameter of `__init__`; what its default needs joins `known`."""
    name = one.name
    if one.default_factory is not MISSING:
        known[f"make_{name}"] = one.default_factory
        return f"{name}=FACTORY"
    if one.default is not MISSING:
        known[f"default_{name}"] = one.default
        return f"{name}=default_{name}"
    return name


def _eq(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self is other or self.__values__(self) == self.__values__(other)


def _hash(self: Any) -> int:
    return hash(self.__values__(self))


def _repr(self: Any) -> str:
    shown = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({shown})"


def _reduce(self: Any) -> tuple[type, tuple[Any, ...]]:
    return type(self), self.__values__(self)


def _refuse(self: Any, name: str, *_: object) -> NoReturn:
    raise FrozenInstanceError(f"{type(self).__name__}.{name} cannot be changed: replace() makes another record")


_SHARED: dict[str, Any] = {
    "__eq__": _eq,
    "__hash__": _hash,
    "__repr__": _repr,
    "__reduce__": _reduce,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
}
