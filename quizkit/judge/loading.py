"""Makes a candidate's source into a module: decodes, compiles, guards its imports, runs it, lists what it defines."""

from __future__ import annotations

import ast
import importlib.util
import inspect
import linecache
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from types import CodeType, FunctionType, ModuleType
from typing import Any

from quizkit.judge.wire import MAX_TEXT, Function, Kind, Loaded, Reason, Unusable

MODULE = "candidate"
_MAX_FUNCTIONS = 1000


class RefusedImportError(ModuleNotFoundError):
    """A candidate's file imports what it may not."""


class Guard:
    """The first finder on `sys.meta_path`: NumPy, the standard library and the allowed packages pass it."""

    def __init__(self, allowed: Collection[str]) -> None:
        self._allowed = frozenset({"numpy", *allowed})
        self._said = ", ".join(["NumPy and the standard library", *sorted(allowed)])

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> None:
        """Leave the search to the next finder, or end it.

        Raises:
            RefusedImportError: `name` belongs to no package that is allowed.
        """
        package = name.partition(".")[0]
        if package in self._allowed or package in sys.stdlib_module_names or package.startswith("_sysconfigdata"):
            return
        raise RefusedImportError(f"import of {name!r} is refused: a file may import {self._said}", name=name)


def load(source: bytes, name: str, allowed: Collection[str]) -> tuple[dict[str, Any], Loaded | Unusable]:
    """Run a candidate's file as the module `candidate`; return its namespace, and what it defines or why it fails.

    Args:
        source: the file as it is on the disk.
        name: its name, as tracebacks shall show it.
        allowed: packages it may import besides NumPy and the standard library.
    """
    compiled = _compiled(source, name)
    if isinstance(compiled, Unusable):
        return {}, compiled
    tree, code = compiled
    module = ModuleType(MODULE)
    module.__file__ = name
    sys.modules[MODULE] = module
    guard: Any = Guard(allowed)
    sys.meta_path.insert(0, guard)
    try:
        exec(code, module.__dict__)  # noqa: S102 - this is what the jail is for
    except BaseException as error:
        reason = Reason.IMPORT if isinstance(error, ImportError) else Reason.RAISED
        said = message(error) if reason is Reason.IMPORT else f"{type(error).__name__}: {message(error)}"
        return {}, Unusable(reason, said[:MAX_TEXT], line_of(error, name), None)
    return module.__dict__, Loaded(dict(_functions(tree, module.__dict__)))


def line_of(error: BaseException, name: str) -> int | None:
    """Return the deepest line of the file `name` that `error` went through."""
    line, step = None, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == name:
            line = step.tb_lineno
        step = step.tb_next
    return line


def message(error: BaseException) -> str:
    """Return what `error` says, or that saying it failed."""
    try:
        return str(error)[:MAX_TEXT]
    except BaseException as failure:
        return f"(its message could not be shown: {type(failure).__name__})"


def _compiled(source: bytes, name: str) -> tuple[ast.Module, CodeType] | Unusable:
    text = _decoded(source)
    if isinstance(text, Unusable):
        return text
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        return Unusable(Reason.SYNTAX, "the file holds a null byte", line, None)
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    try:
        tree = ast.parse(text, name)
        return tree, compile(tree, name, "exec", dont_inherit=True)
    except SyntaxError as error:
        return Unusable(Reason.SYNTAX, error.msg, error.lineno, error.offset)
    except (RecursionError, MemoryError):
        return Unusable(Reason.SYNTAX, "the file is nested too deeply to be compiled", None, None)
    except ValueError as error:
        return Unusable(Reason.SYNTAX, str(error), None, None)


def _decoded(source: bytes) -> str | Unusable:
    try:
        return importlib.util.decode_source(source)
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        return Unusable(Reason.ENCODING, f"the file is not {error.encoding.upper()}: {error.reason}", line, None)
    except (SyntaxError, LookupError) as error:
        return Unusable(Reason.ENCODING, str(error), 1, None)


def _functions(tree: ast.Module, namespace: dict[str, Any]) -> Iterator[tuple[str, Function]]:
    defined = dict(_bindings(tree.body))
    public = [name for name in defined if not name.startswith("_") and callable(namespace.get(name))]
    for name in public[:_MAX_FUNCTIONS]:
        yield name, _function(namespace[name], defined[name])


def _bindings(body: Sequence[ast.stmt]) -> Iterator[tuple[str, ast.stmt]]:
    """Yield every name that statements at top level define, whatever `if` or `try` they stand in; imports do not."""
    for statement in body:
        match statement:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, statement
            case ast.Assign(targets=targets):
                yield from ((name, statement) for target in targets for name in _names(target))
            case ast.AnnAssign(target=target, value=ast.expr()):
                yield from ((name, statement) for name in _names(target))
            case _:
                for block in ("body", "orelse", "finalbody"):
                    yield from _bindings(getattr(statement, block, []))
                for handler in getattr(statement, "handlers", []):
                    yield from _bindings(handler.body)


def _names(target: ast.expr) -> list[str]:
    return [node.id for node in ast.walk(target) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]


def _function(found: Any, statement: ast.stmt) -> Function:
    signature, parameters = _signature(found)
    documented = isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    doc = documented and ast.get_docstring(statement) is not None  # type: ignore[arg-type]
    return Function(_kind(found), signature, parameters, statement.lineno, doc)


def _kind(found: Any) -> Kind:
    if type(found) is not FunctionType:
        return Kind.CLASS if isinstance(found, type) else Kind.OTHER
    tests: list[tuple[Callable[[Any], bool], Kind]] = [
        (inspect.iscoroutinefunction, Kind.ASYNC),
        (inspect.isasyncgenfunction, Kind.ASYNC),
        (inspect.isgeneratorfunction, Kind.GENERATOR),
    ]
    return next((kind for test, kind in tests if test(found)), Kind.FUNCTION)


def _signature(found: Any) -> tuple[str, tuple[str, ...]]:
    try:
        signature = inspect.signature(found)
        return str(signature)[:MAX_TEXT], tuple(signature.parameters)
    except BaseException:
        return "", ()
