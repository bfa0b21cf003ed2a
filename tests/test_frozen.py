"""Frozen records behave as frozen dataclasses with slots do."""

import pickle
from collections.abc import Mapping
from copy import copy, deepcopy
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.frozen import frozen
from quizkit.frozen import replace as frozen_replace


@frozen
class Point:
    """A record."""

    x: Any
    y: Any = 0
    names: Mapping[str, Any] = field(default_factory=dict)
    hidden: Any = field(default=None, repr=False)

    @property
    def both(self) -> Any:
        return (self.x, self.y)


@dataclass(frozen=True, slots=True)
class Usual:
    """The same as a dataclass."""

    x: Any
    y: Any = 0
    names: Mapping[str, Any] = field(default_factory=dict)
    hidden: Any = field(default=None, repr=False)


@frozen
class Empty:
    pass


@frozen
class Special(Point):
    """A record with one field more."""

    z: int = 3


values = st.one_of(st.integers(0, 2), st.text("ab", max_size=1), st.none())
arguments = st.fixed_dictionaries({"x": values}, optional={"y": values, "hidden": values})


@given(arguments, arguments)
def test_records_are_equal_hashed_and_shown_as_dataclasses_are(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert (Point(**one) == Point(**other)) == (Usual(**one) == Usual(**other))
    assert repr(Point(**one)) == repr(Usual(**one)).replace("Usual", "Point")
    assert asdict(Point(**one)) == asdict(Usual(**one))
    assert [one.name for one in fields(Point)] == [one.name for one in fields(Usual)]
    if Point(**one) == Point(**other):
        assert hash(Special(**one, names=())) == hash(Special(**other, names=()))  # type: ignore[arg-type]


@given(arguments, values)
def test_replacing_makes_another_record(one: dict[str, Any], new: Any) -> None:
    record = Point(**one)
    for replacing in (replace, frozen_replace):
        assert replacing(record, y=new) == Point(**one | {"y": new})
        assert replacing(Usual(**one), y=new) == Usual(**one | {"y": new})
    assert record == Point(**one)


def test_nothing_of_a_record_can_be_changed() -> None:
    record = Point(1)
    for change in (lambda: setattr(record, "x", 2), lambda: delattr(record, "x"), lambda: setattr(record, "new", 2)):
        with pytest.raises(FrozenInstanceError):
            change()
    assert record == Point(1)


def test_every_record_gets_a_default_of_its_own() -> None:
    assert Point(1).names is not Point(1).names


def test_arguments_that_do_not_fit_are_refused() -> None:
    for wrong in ({}, {"x": 1, "unknown": 2}):
        with pytest.raises(TypeError):
            Point(**wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Empty(1)  # type: ignore[call-arg]


@pytest.mark.parametrize("again", [copy, deepcopy, lambda record: pickle.loads(pickle.dumps(record))])
def test_a_record_survives_copies_and_pickles(again: Any) -> None:
    for record in (Point(1, names={"a": [1]}), Special(1, z=2), Empty()):
        assert again(record) == record
        assert type(again(record)) is type(record)


def test_records_of_different_classes_differ() -> None:
    assert Point(1) != Special(1)
    assert Point(1) != 1
    assert Special(1, 2).both == (1, 2)
    assert Special(1, z=4).z == 4


def test_a_record_is_matched_by_its_fields() -> None:
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)


def test_a_record_has_slots_and_no_dict() -> None:
    assert not hasattr(Point(1), "__dict__")
    assert Empty.__doc__ == "Empty"
