"""A name that a bank file gives, takes over or points to: what the checks across files work on."""

from __future__ import annotations

from typing import NamedTuple

ID = "id"
WAS = "was"
SEE_ALSO = "see_also"
AFTER = "after"
LOST = "lost"
# an id in a file that could not be read: links to it do not dangle


class Mention(NamedTuple):
    """One name at one place. (A tuple: a bank holds hundreds of thousands, and each is one row of the index.)"""

    name: str
    role: str
    question_id: str
    # of the entry that mentions the name
    file: str
    line: int
    column: int

    @property
    def where(self) -> str:
        """Return the place as file:line:column."""
        return f"{self.file}:{self.line}:{self.column}"
