"""What each key of a question is for, with an example: the template and the schema say it from here."""

from __future__ import annotations

from quizkit.frozen import frozen


@frozen
class Field:
    """One key of a question."""

    key: str
    meaning: str
    # as in the table of questions/README.md
    example: str = ""
    # YAML as it would stand after `key:`; its further lines are indented under the key


FIELDS = (
    Field("id", "small letters, digits, `-`, `.` and `_`"),
    Field("question", "what is asked"),
    Field("simple_answer", "the answer for a child"),
    Field("technical_answer", "the answer for an interviewer", "|\n  Markdown with $\\LaTeX$, tables and code."),
    Field("difficulty", "`easy`, `medium` or `hard`", "medium"),
    Field("minutes", "how long an answer takes", "3"),
    Field("tags", "words to filter by", "[definition]"),
    Field("companies", "who is known to ask it", "[Google]"),
    Field("diagram", "a Mermaid flowchart", "|\n  flowchart TD\n    A[cause] --> B[effect]"),
    Field("analogy", "something from daily life that works alike", "A door that opens to one side only."),
    Field(
        "mistakes",
        "what people get wrong, as `claim` and `correction`",
        "\n  - claim: What people say.\n    correction: Why it is not so.",
    ),
    Field(
        "key_points",
        "what to listen for; also the true statements of true-or-trap questions, whose traps are the claims",
        "\n  - A sentence that is true when it stands alone.",
    ),
    Field(
        "follow_ups",
        "what is asked next, as `question` and `answer`",
        "\n  - question: What do they ask next?\n    answer: What you say then.",
    ),
    Field("after", "ids of questions to learn before this one", "[relu]"),
    Field("see_also", "ids of related questions", "[relu]"),
    Field("references", "author, title, year", "\n  - 'Bishop, Pattern Recognition and Machine Learning, 2006'"),
    Field("challenge", "a coding challenge", "softmax"),
    Field("lab", "experiments of `quizkit lab` that show it", "[bias]"),
    Field("figures", "Python that recomputes the numbers", "|\n  assert round(2 / 3, 2) == 0.67"),
    Field("was", "ids that this question had before; its history stays with it", "[its-old-id]"),
    Field(
        "choices",
        "answers to choose from: a text, or `text` and `correction`",
        "\n  - text: The right one\n  - text: A wrong one\n    correction: Why it is wrong.",
    ),
    Field("answer", "the text of the right choice, or a number", "The right one"),
    Field("tolerance", "how far off a number may be", "0.01"),
)
OBLIGATORY = ("id", "question", "simple_answer")
# what the template leaves open; the reader asks for one answer of any kind
