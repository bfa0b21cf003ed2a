"""Figures that prove nothing: assertions that cannot fail, wrong code that no assertion reaches.

An assertion is idle when it only compares constants with constants, directly or through names that were given nothing
but constants: `x = 0.5` and `assert x == 0.5`. Arithmetic is not idle: `assert 0.5 - 0.5 * 10 == -4.5` recomputes.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence

_makers = frozenset({"array", "asarray", "float", "int", "float32", "float64", "list", "tuple", "set", "bool"})
_comparers = frozenset({"allclose", "array_equal", "isclose", "all", "any"})
_harmless = _makers | _comparers


def idle_assertions(figures: ast.Module, before: Sequence[ast.Module] = ()) -> list[ast.Assert]:
    """Return the assertions of `figures` that cannot fail; `before` is what runs before them."""
    given = _constants([*before, figures])
    return [node for node in assertions(figures) if _is_constant(node.test, given)]


def assertions(tree: ast.Module) -> list[ast.Assert]:
    """Return all assertions, those inside of functions too."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]


def unreached(figures: ast.Module | None, blocks: int) -> list[int]:
    """Return which of the wrong blocks, from 0, `figures` do not look at as `wrong[0]`, `wrong[1]` and so on."""
    reached: set[int] = set()
    single: set[int] = set()
    nodes = list(ast.walk(figures)) if figures else []
    for node in nodes:
        match node:
            case ast.Subscript(value=ast.Name(id="wrong") as name, slice=ast.Constant(value=int(index))):
                reached.add(index)
                single.add(id(name))
    if any(isinstance(node, ast.Name) and node.id == "wrong" and id(node) not in single for node in nodes):
        return []  # the whole list is looked at
    return [number for number in range(blocks) if number not in reached]


def _constants(trees: Sequence[ast.Module]) -> set[str]:
    """Return the names that are only ever given constants, and that nothing can have changed in place."""
    nodes = [node for tree in trees for node in ast.walk(tree)]
    bindings = [binding for node in nodes if isinstance(node, ast.Assign) for binding in _bindings(node)]
    asserted = {id(name) for node in nodes if isinstance(node, ast.Assert) for name in ast.walk(node.test)}
    names = [node for node in nodes if isinstance(node, ast.Name) and id(node) not in asserted]
    used = {name.id for name in names if isinstance(name.ctx, ast.Load)}
    otherwise = {id(name) for name in names if not isinstance(name.ctx, ast.Load)} - {id(name) for name, _ in bindings}
    no_constants = {
        name.id for name, value in bindings if not _is_constant(value) or (_can_change(value) and name.id in used)
    }
    no_constants |= {name.id for name in names if id(name) in otherwise}
    no_constants |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    return {name.id for name, _ in bindings} - no_constants


def _bindings(assignment: ast.Assign) -> Iterator[tuple[ast.Name, ast.expr]]:
    for target in assignment.targets:
        yield from _bound(target, assignment.value)


def _bound(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.Name, ast.expr]]:
    """Yield names with what they are given; one unpacked from something that is not written out gets all of it."""
    if isinstance(target, ast.Name):
        yield target, value
    elif isinstance(target, ast.Tuple):
        written = value.elts if isinstance(value, ast.Tuple | ast.List) else []
        parts = written if len(written) == len(target.elts) else [value] * len(target.elts)
        for part, given in zip(target.elts, parts, strict=True):
            yield from _bound(part, given)


def _can_change(value: ast.expr) -> bool:
    return any(isinstance(node, ast.List | ast.Set | ast.Call) for node in ast.walk(value))


def _is_constant(expression: ast.expr, given: Collection[str] = ()) -> bool:
    """Say whether an expression takes constants, and names of constants, without calculating with them."""
    match expression:
        case ast.Constant():
            return True
        case ast.Name(id=name):
            return name in given
        case ast.UnaryOp(operand=part) | ast.Subscript(value=part, slice=ast.Constant()):
            return _is_constant(part, given)
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts) | ast.BoolOp(values=parts):
            return all(_is_constant(part, given) for part in parts)
        case ast.Compare(left=left, comparators=others):
            return all(_is_constant(part, given) for part in (left, *others))
        case ast.Call(func=ast.Name(id=name), args=parts) if name in _harmless:
            return all(_is_constant(part, given) for part in parts)
        case ast.Call(func=ast.Attribute(value=ast.Name(id="np" | "math"), attr=name), args=parts) if name in _harmless:
            return all(_is_constant(part, given) for part in parts)
        case ast.Call(func=ast.Attribute(value=owner, attr=name)) if name in _comparers:
            return _is_constant(owner, given)
    return False
