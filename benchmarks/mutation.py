"""Make mutants of a Python file: each differs from it by one small change, of the kinds that people make by mistake."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_RELATIVES = (
    "exp expm1 exp2",
    "log log1p log2 log10",
    "logaddexp logaddexp2",
    "maximum minimum",
    "max min mean sum prod",
    "argmax argmin",
    "sqrt square",
    "zeros ones",
    "zeros_like ones_like",
    "all any",
    "erf erfc",
    "floor ceil",
    "add subtract",
    "multiply divide",
    "normal uniform",
    "standard_normal random",
    "ValueError TypeError",
)
RELATIVES = {name: set(group.split()) - {name} for group in _RELATIVES for name in group.split()}
"""Names that stand in for each other."""

OPERATORS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.Gt: (ast.GtE, ast.Lt, ast.NotEq),
    ast.GtE: (ast.Gt, ast.LtE, ast.Eq),
    ast.Lt: (ast.LtE, ast.Gt, ast.NotEq),
    ast.LtE: (ast.Lt, ast.GtE, ast.Eq),
    ast.Eq: (ast.NotEq, ast.GtE, ast.LtE),
    ast.NotEq: (ast.Eq, ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_KEPT_FIELDS = {"annotation", "returns", "decorator_list", "ctx", "format_spec"}
_KEPT_STATEMENTS = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Pass)


@dataclass(frozen=True, slots=True)
class _Edit:
    """What stands at one place of a tree, and what shall stand there instead."""

    holder: ast.AST
    field: str
    index: int | None
    new: ast.AST


def mutants(source: str) -> list[str]:
    """Return every mutant of a file once, as source text without comments; none equals the file itself."""
    tree = ast.parse(source)
    found = dict.fromkeys(_text_after(tree, edit) for edit in _edits(tree))
    found.pop(ast.unparse(tree), None)
    return list(found)


def _text_after(tree: ast.Module, edit: _Edit) -> str:
    """Return the tree's text after the edit; the tree stays as it was."""
    value = getattr(edit.holder, edit.field)
    changed: Any = edit.new
    if edit.index is not None:
        changed = [*value[: edit.index], edit.new, *value[edit.index + 1 :]]
    setattr(edit.holder, edit.field, changed)
    try:
        return ast.unparse(tree)
    finally:
        setattr(edit.holder, edit.field, value)


def _edits(tree: ast.Module) -> Iterator[_Edit]:
    for holder in list(ast.walk(tree)):
        if isinstance(holder, ast.Import | ast.ImportFrom):
            continue
        for field, index, node in _children(holder):
            for new in (*_instead_of(node), *_negated(holder, field, node)):
                yield _Edit(holder, field, index, new)
        if isinstance(holder, ast.FunctionDef):
            yield from _other_results(holder)


def _children(holder: ast.AST) -> Iterator[tuple[str, int | None, ast.AST]]:
    for field, value in ast.iter_fields(holder):
        if field in _KEPT_FIELDS:
            continue
        if isinstance(value, ast.AST):
            yield field, None, value
        elif isinstance(value, list):
            yield from ((field, index, node) for index, node in enumerate(value) if isinstance(node, ast.AST))


def _other_results(function: ast.FunctionDef) -> Iterator[_Edit]:
    """Return another local name than what is returned."""
    stored = [node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    names = dict.fromkeys([*(argument.arg for argument in function.args.args), *stored])
    for node in ast.walk(function):
        if isinstance(node, ast.Return) and node.value is not None:
            yield from (_Edit(node, "value", None, ast.Name(name, ast.Load())) for name in names)


def _negated(holder: ast.AST, field: str, node: ast.AST) -> Iterator[ast.AST]:
    signed = isinstance(holder, ast.BinOp | ast.Return | ast.Assign | ast.Call) and field not in ("targets", "func")
    if signed and isinstance(node, ast.Name | ast.Call | ast.Subscript):
        yield ast.UnaryOp(ast.USub(), node)


def _instead_of(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what a slip would have written in the place of `node`."""
    match node:
        case ast.operator() | ast.boolop() | ast.cmpop():
            yield from (other() for other in OPERATORS.get(type(node), ()))
        case ast.BinOp(left, op, right):
            yield from (left, right)
            if isinstance(op, ast.Sub | ast.Div | ast.Pow | ast.MatMult):
                yield _with(node, left=right, right=left)
        case ast.UnaryOp(op=ast.USub() | ast.Not() | ast.Invert()):
            yield node.operand
        case ast.IfExp(test, body, orelse):
            yield from (_with(node, body=orelse, orelse=body), body, orelse)
        case ast.Constant(value):
            yield from (ast.Constant(other) for other in _other_constants(value))
        case ast.Call():
            yield from _other_calls(node)
        case ast.Attribute(attr=name):
            yield from (_with(node, attr=other) for other in sorted(RELATIVES.get(name, ())))
        case ast.Name(id=name, ctx=ast.Load()):
            yield from (_with(node, id=other) for other in sorted(RELATIVES.get(name, ())))
            if name == "axis":
                yield from map(ast.Constant, (0, -1, 1, None))
        case ast.Slice():
            yield from _other_slices(node)
        case ast.If(test):
            yield _with(node, test=ast.UnaryOp(ast.Not(), test))
            yield ast.Pass()
        case ast.AugAssign(target, _, value):
            yield ast.Assign([target], value, lineno=0)
            yield ast.Pass()
        case ast.stmt() if not isinstance(node, _KEPT_STATEMENTS) and not _is_docstring(node):
            yield ast.Pass()


def _other_calls(call: ast.Call) -> Iterator[ast.AST]:
    """Drop a keyword, exchange two neighbouring arguments, or leave the call out and keep what it is about."""
    for keyword in call.keywords:
        yield _with(call, keywords=[other for other in call.keywords if other is not keyword])
        if keyword.arg == "axis":
            others = [_with(keyword, value=ast.Constant(axis)) for axis in (0, -1, 1, None)]
            yield from (_with(call, keywords=[k if k is not keyword else o for k in call.keywords]) for o in others)
    for i in range(len(call.args) - 1):
        before, (first, second), after = call.args[:i], call.args[i : i + 2], call.args[i + 2 :]
        yield _with(call, args=[*before, second, first, *after])
    yield from call.args
    match call.func:
        case ast.Attribute(value=ast.Name(id="np" | "numpy" | "math")):
            return
        case ast.Attribute(value=receiver):
            yield receiver


def _other_slices(node: ast.Slice) -> Iterator[ast.AST]:
    for end, other in (("lower", ast.Constant(1)), ("upper", ast.Constant(-1))):
        yield _with(node, **{end: None if getattr(node, end) else other})


def _other_constants(value: object) -> Iterator[bool | int | float]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from {value + 1, value - 1, -value, 2 * value, 0, 1} - {value}
    elif isinstance(value, float):
        yield from (other for other in (-value, 2 * value, value / 2, value + 1, value - 1, 0.0, 1.0) if other != value)
        if value != round(value):
            # constants typed with too few digits
            yield from (value * (1 + 1e-4), value * (1 + 1e-6))


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _with(node: ast.AST, **fields: Any) -> Any:
    """Return a copy of a node with other fields."""
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed
