"""Look whether the `figures` of a question are Python."""

from __future__ import annotations

import ast
import warnings

LONGEST = 20_000
# characters; CPython's parser may use up the stack on longer ones


def python_problem(source: str) -> tuple[int, int, str] | None:
    """Return line, column (from 1) and what is wrong with `source` as Python; None when it can be parsed."""
    if len(source) > LONGEST:
        return 1, 1, f"are longer than {LONGEST:,} characters"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source)
    except SyntaxError as error:
        return error.lineno or 1, error.offset or 1, f"are not valid Python: {error.msg}"
    except (ValueError, RecursionError, MemoryError) as error:
        return 1, 1, f"are not valid Python: {error or 'nested too deep'}"
    return None
