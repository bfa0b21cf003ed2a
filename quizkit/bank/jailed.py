"""What runs a card's Python in the judge's jail; its text is sent there, so it imports nothing of quizkit."""

import ast
import math
from types import SimpleNamespace
from typing import Any

import numpy as np


def run(snippets: list[tuple[str, int, str]], name: str) -> None:
    """Run the snippets of a card, each a kind, the number of its first line, and the source.

    All but the wrong ones share a namespace, in which `wrong` holds what each wrong one defines. Tracebacks show the
    lines by their numbers, in a file called `name`.
    """
    wrong: list[SimpleNamespace] = []
    shared = _fresh() | {"wrong": wrong}
    for kind, line, source in snippets:
        space = _fresh() if kind == "wrong" else shared
        tree = ast.increment_lineno(ast.parse(source), line - 1)
        exec(compile(_telling(tree), name, "exec"), space)  # noqa: S102 - this is what the jail is for
        if kind == "wrong":
            wrong.append(SimpleNamespace(**space))


def _telling(tree: ast.Module) -> ast.Module:
    """Let assertions that fail say what they compared; one of several conditions becomes several assertions."""
    told: ast.Module = _Telling().visit(tree)
    return ast.fix_missing_locations(told)


class _Telling(ast.NodeTransformer):
    def visit_Assert(self, node: ast.Assert) -> list[ast.stmt]:
        match node:
            case ast.Assert(test=ast.BoolOp(op=ast.And(), values=parts), msg=None):
                each = [ast.copy_location(ast.Assert(part), part) for part in parts]
                return [told for part in each for told in self.visit_Assert(part)]
            case ast.Assert(test=ast.Compare(left=left, comparators=others), msg=None):
                node.msg = ast.Tuple([left, *others], ast.Load())
        return [node]


def _fresh() -> dict[str, Any]:
    return {"__name__": "card", "np": np, "math": math}
