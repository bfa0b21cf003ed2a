"""Opens the user's editor on a file, at a line."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping

from quizkit.errors import UsageProblem

_AT_LINE = {
    # how an editor is told the line; the others take `+LINE FILE`
    "code": ("--wait", "--goto", "{file}:{line}"),
    "codium": ("--wait", "--goto", "{file}:{line}"),
    "cursor": ("--wait", "--goto", "{file}:{line}"),
    "subl": ("--wait", "{file}:{line}"),
    "hx": ("{file}:{line}",),
    "helix": ("{file}:{line}",),
    "zed": ("--wait", "{file}:{line}"),
    "notepad": ("{file}",),
    "notepad.exe": ("{file}",),
}
_USUAL = ("editor", "nano", "vim", "vi", "notepad.exe")


def command(file: str, line: int, environ: Mapping[str, str]) -> list[str]:
    """Return the command that opens `file` at `line` in the editor that the user named in VISUAL or EDITOR.

    Raises:
        UsageProblem: no editor is named and none of the usual ones is there, or the name cannot be read.
    """
    named = environ.get("VISUAL") or environ.get("EDITOR") or next(filter(shutil.which, _USUAL), "")
    try:
        words = shlex.split(named, posix=os.name != "nt")
    except ValueError:
        raise UsageProblem(f"EDITOR is not a command: {named}. Set it, for example: export EDITOR=nano") from None
    if not words:
        raise UsageProblem("No editor was found. Set EDITOR, for example: export EDITOR=nano")
    program = os.path.basename(words[0]).removesuffix(".cmd")  # noqa: PTH119
    form = _AT_LINE.get(program, ("+{line}", "{file}"))
    given = [part for part in form if part not in words]
    return [*words, *(part.format(file=file, line=line) for part in given)]


def open_editor(file: str, line: int, quiet: bool = False) -> None:
    """Open the user's editor and wait until it is closed; `quiet` keeps it off standard input and output.

    Raises:
        UsageProblem: the editor is missing or failed; the file is as the editor left it.
    """
    words = command(file, line, os.environ)
    nowhere = subprocess.DEVNULL if quiet else None
    try:
        code = subprocess.run(words, check=False, stdin=nowhere, stdout=nowhere).returncode
    except OSError as error:
        reason = error.strerror or error
        raise UsageProblem(f"The editor {words[0]!r} did not start ({reason}). Set EDITOR to another.") from None
    if code != 0:
        raise UsageProblem(f"The editor {words[0]!r} ended with code {code}; the card is as it left the file.")
