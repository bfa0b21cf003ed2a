"""The file a person starts from, and the solution: both derived from a challenge's reference, as source text."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from types import ModuleType
from typing import TYPE_CHECKING, Any

from quizkit.errors import MachineProblem

if TYPE_CHECKING:
    from quizkit.challenges.vocabulary import Challenge

PLACEHOLDER = "raise NotImplementedError"


def starter(challenge: Challenge) -> str:
    """Return a file with the function's signature, the prompt as its docstring, and nothing else."""
    signature = inspect.signature(challenge.reference)
    bare = [parameter.replace(annotation=parameter.empty) for parameter in signature.parameters.values()]
    header = f"def {challenge.name}{signature.replace(parameters=bare, return_annotation=signature.empty)}:"
    return f"import numpy as np\n\n\n{header}\n{_docstring(challenge.prompt)}\n    {PLACEHOLDER}\n"


def _docstring(prompt: str) -> str:
    quoted = prompt.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    end = "\n" if "\n" in quoted or quoted.endswith('"') else ""
    lines = f'"""{quoted}{end}"""'.splitlines()
    return "\n".join(f"    {line}".rstrip() for line in lines)


def placeholder_line(source: str) -> int:
    """Return the line (from 1) where there is something to write; 1 where there is no placeholder."""
    lines = source.splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.strip() == PLACEHOLDER), 1)


# -- the solution -----------------------------------------------------------------------------------------------------


def solution(challenge: Challenge) -> str:
    """Return the reference with all of its module that it needs, made easy to read: a file that can be judged."""
    parts: dict[str, str] = {}
    _collect(challenge.name, challenge.reference, parts)
    imports = [text for text in parts.values() if text.startswith("import ")]
    rest = [text for text in parts.values() if not text.startswith("import ")]
    return "\n".join(sorted(imports)) + "\n\n\n" + "\n\n\n".join(reversed(rest)) + "\n"


def _collect(name: str, value: Any, parts: dict[str, str], home: ModuleType | None = None) -> None:
    """Add the source of what is called `name` in the module `home`, then of all that it uses."""
    if name in parts:
        return
    if isinstance(value, ModuleType):
        parts[name] = f"import {value.__name__}" + (f" as {name}" if name != value.__name__ else "")
        return
    module = inspect.getmodule(value) if inspect.isfunction(value) else home
    assert module is not None
    source = inspect.getsource(value) if inspect.isfunction(value) else _assignment(module, name)
    parts[name] = _readable(source).strip()
    for used in _names(parts[name]):
        if used in vars(module):
            _collect(used, vars(module)[used], parts, module)


def _assignment(module: ModuleType, name: str) -> str:
    """Return the source of the line in which a module gives a constant its value."""
    source = inspect.getsource(module)
    for node in ast.parse(source).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(target, ast.Name) and target.id == name:
            return ast.get_source_segment(source, node) or ""
    raise MachineProblem(f"{module.__name__} has no line `{name} = ...`, which its solution needs.")


def _names(source: str) -> list[str]:
    """Return the names that a piece of source uses, in the order in which they come."""
    used = (node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name))
    return list(dict.fromkeys(used))


def _readable(source: str) -> str:
    """Return source as it stands, comments and all, without annotations and with one line of each docstring."""
    data = source.encode()
    starts = [0]
    for line in data.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for begin, end, instead in sorted(_changes(ast.parse(source)), reverse=True):
        before = data[: starts[begin[0] - 1] + begin[1]]
        if before.endswith(b"-> "):
            before = before[: -len(b" -> ")]
        data = before + instead + data[starts[end[0] - 1] + end[1] :]
    return data.decode()


_Place = tuple[int, int]
# line from 1, column in bytes


def _changes(tree: ast.AST) -> Iterator[tuple[_Place, _Place, bytes]]:
    """Yield where each annotation and each long docstring begins and ends, and what takes its place."""
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign):
            yield _end(node.target), _end(node.annotation), b""
        elif isinstance(node, ast.FunctionDef):
            yield from _of_parameters(node.args)
            yield from _of_docstring(node)
            if node.returns is not None:
                yield _begin(node.returns), _end(node.returns), b""


def _of_docstring(function: ast.FunctionDef) -> Iterator[tuple[_Place, _Place, bytes]]:
    text, first = ast.get_docstring(function), function.body[0]
    if text is not None and isinstance(first, ast.Expr) and "\n" in text:
        yield _begin(first.value), _end(first.value), f'"""{text.splitlines()[0]}"""'.encode()


def _of_parameters(arguments: ast.arguments) -> Iterator[tuple[_Place, _Place, bytes]]:
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(positional) - len(arguments.defaults)) + arguments.defaults + arguments.kw_defaults
    for argument, default in zip([*positional, *arguments.kwonlyargs], defaults, strict=True):
        if argument.annotation is not None:
            name_end = argument.lineno, argument.col_offset + len(argument.arg.encode())
            if default is None:
                yield name_end, _end(argument.annotation), b""
            else:
                yield name_end, _begin(default), b"="


def _begin(node: ast.expr) -> _Place:
    return node.lineno, node.col_offset


def _end(node: ast.expr) -> _Place:
    assert node.end_lineno is not None and node.end_col_offset is not None
    return node.end_lineno, node.end_col_offset
