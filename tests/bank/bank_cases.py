"""Mistakes that people make in banks: each source marks with « where the problem is to be reported.

`{a}` stands for a healthy entry's fields, so that a case shows its mistake and little else. A case with several « has
several problems, each with a phrase of its own.
"""

from dataclasses import dataclass

HEALTHY = "question: What?\n    simple_answer: So."


@dataclass(frozen=True)
class Case:
    name: str
    source: str
    phrases: tuple[str, ...]
    who: str = "a"
    # the question that the problems name

    @property
    def text(self) -> str:
        return self.marked.replace("«", "")

    @property
    def marked(self) -> str:
        return self.source.replace("{a}", HEALTHY)

    @property
    def places(self) -> list[tuple[int, int]]:
        """Line and column of each mark."""
        found = []
        for number, line in enumerate(self.marked.split("\n"), 1):
            parts = line.split("«")
            found += [(number, len("".join(parts[:n])) + 1) for n in range(1, len(parts))]
        return found


def entry(fields: str, *phrases: str, name: str, who: str = "a") -> Case:
    """A case of one entry with id a."""
    return Case(name, f"questions:\n  - id: a\n    {fields}\n", phrases, who)


def whole(source: str, *phrases: str, name: str, who: str = "") -> Case:
    return Case(name, source, phrases, who)


CASES = (
    # keys
    entry("{a}\n    «anlogy: x", "unknown key 'anlogy'. Did you mean analogy?", name="unknown key"),
    entry("{a}\n    tags: [x]\n    «tags: [y]", "in lines 5 and 6", name="duplicate key"),
    entry("{a}\n    «<<: {minutes: 3}", "merge keys (<<)", name="merge key"),
    entry("{a}\n    ? «[x]\n    : y", "a key must be a word; this is a list", name="key that is a list"),
    whole("questions:\n  - «{a}\n", "has no id: add", name="missing id"),
    whole("questions:\n  - «id: a\n    simple_answer: So.\n", "has no question", name="missing question", who="a"),
    whole("questions:\n  - «id: a\n    question: What?\n", "has no answer", name="missing answer", who="a"),
    whole(
        "questions:\n  - id: a\n    {a}\n«question: []\n",
        "unknown key 'question'. Did you mean questions?",
        name="other top-level key",
    ),
    # texts
    entry("{a}\n    analogy: «''", "analogy is empty", name="empty text"),
    entry("{a}\n    analogy: «~", "analogy is ~, which means empty", name="null"),
    entry("{a}\n    analogy: «[x]", "analogy must be a text; this is a list", name="list where text"),
    entry("{a}\n    analogy: «{x: y}", "analogy must be a text; this is a mapping", name="mapping where text"),
    # lists
    entry("{a}\n    tags: «relu", "tags must be a list; this is a text: write tags: [relu]", name="text where list"),
    entry("{a}\n    tags: «{relu: x}", "tags must be a list; this is a mapping", name="mapping where list"),
    entry("{a}\n    tags: «[]", "tags is an empty list", name="empty list"),
    entry("{a}\n    tags: [relu, «'']", "an item of tags is empty", name="empty item"),
    entry("{a}\n    tags: [relu, «[x]]", "an item of tags must be a text", name="list in a list"),
    entry("{a}\n    tags: [relu, «ReLU]", "'ReLU' is listed twice", name="tag twice"),
    # values
    entry("{a}\n    difficulty: «mediun", "unknown difficulty 'mediun'. Did you mean medium?", name="difficulty"),
    entry("{a}\n    minutes: «five", "minutes: 'five' is not a number", name="minutes as a word"),
    entry("{a}\n    minutes: «0", "minutes must be a positive number", name="no minutes"),
    entry("{a}\n    minutes: «.inf", "minutes: '.inf' is not finite", name="infinite minutes"),
    entry("{a}\n    challenge: «softmx", "unknown challenge 'softmx'. Did you mean softmax", name="dangling challenge"),
    entry("{a}\n    lab: [«dekc]", "unknown experiment 'dekc'. Did you mean deck?", name="no such experiment"),
    entry("{a}\n    lab: [deck, «deck]", "lab: 'deck' is listed twice", name="experiment twice"),
    entry("{a}\n    lab: «deck", "lab must be a list; this is a text: write lab: [deck]", name="experiment as a text"),
    whole("questions:\n  - id: «Dying ReLU\n    {a}\n", "'Dying ReLU' is not an id", name="id", who="Dying ReLU"),
    entry(
        "{a}\n    was: [" + "«" + "'']",
        "an item of was is empty",
        name="empty former id",
    ),
    whole(
        f"questions:\n  - id: «{'x' * 81}\n    {{a}}\n",
        "is not an id: use lowercase letters",
        name="long id",
        who="x" * 80,
    ),
    entry(
        "{a}\n    figures: «" + "x" * 20_001,
        "figures are longer than 20,000 characters",
        name="long figures",
    ),
    # links
    entry("{a}\n    see_also: [«a]", "see_also names the question itself", name="link to itself"),
    entry("{a}\n    after: [«a]", "after names the question itself", name="prerequisite of itself"),
    # pairs
    entry("{a}\n    mistakes:\n      - «claim: x", "has no correction: add it", name="mistake without correction"),
    entry("{a}\n    follow_ups:\n      - «question: x", "has no answer: add it", name="follow-up without answer"),
    entry(
        "{a}\n    mistakes:\n      - claim: x\n        correction: y\n        «corection: z",
        "unknown key 'corection'. Did you mean correction?",
        name="unknown key in a mistake",
    ),
    entry(
        "{a}\n    mistakes:\n      - «wrong", "must have the keys claim and correction", name="mistake that is a text"
    ),
    # answers that the program marks
    entry(
        "question: Which?\n    choices: [left, right]\n    answer: «rigth",
        "answer 'rigth' is none of the choices. Did you mean right?",
        name="answer is no choice",
    ),
    entry("question: Which?\n    «choices: [left, right]", "choices without an answer", name="choices without answer"),
    entry("question: Which?\n    choices: «[left]\n    answer: left", "choices has one item", name="one choice"),
    entry(
        "question: Which?\n    choices: [left, «left]\n    answer: left", "'left' is listed twice", name="choice twice"
    ),
    entry(
        "question: Which?\n    choices: [«{correction: x}, left]\n    answer: left",
        "has no text",
        name="choice without text",
    ),
    entry(
        "question: Much?\n    answer: «much\n    tolerance: 1",
        "answer without choices must be a number: 'much' is not a number",
        name="answer is no number",
    ),
    entry("question: Much?\n    answer: «nan\n    tolerance: 1", "'nan' is not finite", name="answer is not finite"),
    entry("question: Much?\n    answer: «1e999\n    tolerance: 1", "'1e999' is too large", name="answer too large"),
    entry("question: Much?\n    answer: «3", "a numeric answer needs `tolerance:`", name="number without tolerance"),
    entry(
        "question: Much?\n    answer: 3\n    tolerance: «-1",
        "tolerance must be 0 or a positive number",
        name="negative tolerance",
    ),
    entry("{a}\n    «tolerance: 1", "tolerance goes with a numeric answer only", name="tolerance alone"),
    # LaTeX and what cannot be seen
    entry(
        'question: "What is $«\\nabla L$?"\n    simple_answer: So.',
        "swallow the backslash of \\nabla: use single quotes",
        name="LaTeX that YAML swallows",
    ),
    entry('{a}\n    analogy: "$«\\frac{1}{2} «\\theta$"', "\\frac", "\\theta", name="LaTeX twice"),
    entry('{a}\n    analogy: "x\\n\n      $y «\\times z$"', "\\times", name="LaTeX on a later line"),
    entry(
        'question: What?\n    simple_answer: "$«\\sigma$"',
        "swallow the backslash of \\sigma",
        name="LaTeX that YAML refuses",
        who="",
    ),
    entry(
        'question: What?\n    simple_answer: "$«\\xi$"',
        "swallow the backslash of \\xi",
        name="LaTeX that looks like hex",
        who="",
    ),
    entry('{a}\n    analogy: «"\\x1b[31mred"', "control character U+001B", name="escaped control character"),
    entry(
        "{a}\n    analogy: be«\x07ll «\x7f",
        "control character U+0007",
        "control character U+007F",
        name="control character",
        who="",
    ),
    # content in other languages
    entry("{a}\n    diagram: «|\n      A --> B", "diagram: must begin with `flowchart TD`", name="diagram"),
    entry(
        "{a}\n    figures: |\n      x = 1\n      x = «= 1",
        "figures are not valid Python: invalid syntax",
        name="figures",
    ),
    # YAML
    entry("question: Which«: this?", "a colon and a space inside a text", name="colon in a text", who=""),
    entry("question: What?\n«\tsimple_answer: So.", "a tab is used as indentation", name="tab", who=""),
    entry("question: «'What?\n    simple_answer: So.", "the closing quote is missing", name="open quote", who=""),
    entry("{a}\n    tags: «[x\n", "the closing bracket is missing", name="open bracket", who=""),
    entry("question: «*Why* now?", "a text that starts with * must stand in quotes", name="emphasis", who=""),
    entry("question: «*why", "there is no anchor &why", name="unknown alias", who=""),
    entry("question: «@home?", "a text that starts with @ must stand in quotes", name="at sign", who=""),
    entry("{a}\n    analogy: | «text", "nothing may follow | or >", name="text after bar", who=""),
    entry("{a}\n    analogy: 'it'«s'", "does not fit here", name="quote in a quoted text", who=""),
    entry("{a}\n   «tags: [x]", "does not fit here", name="wrong indentation", who=""),
    entry(
        "{a}\n    analogy: «!!python/object:os.system x",
        "the YAML tag '!!python/object:os.system' is not read",
        name="tag",
        who="",
    ),
    entry("{a}\n    tags: &t\n      - «*t", "stands inside its own anchor", name="anchor in itself", who=""),
    whole(
        "questions:\n  - id: a\n    {a}\n«---\nquestions: []\n", "a second document starts here", name="two documents"
    ),
    whole("«%YAML 1.1\n---\nquestions: []\n", "YAML directives", name="directive"),
    # files
    whole("«", "is empty", name="empty file"),
    whole("«# only a comment\n", "is empty", name="comment"),
    whole("«just text\n", "is only a text", name="text file"),
    whole(
        "«- {id: a, question: What, simple_answer: So.}\n",
        "is a list: write `questions:` above it",
        name="list without questions",
    ),
    whole("««cards: []\n", "has no questions", "unknown key 'cards'", name="no questions"),
    whole("questions: «a, b\n", "questions must be a list", name="questions is a text"),
    whole("questions: «[]\n", "questions is an empty list", name="no question"),
    whole("questions:\n  - id: a\n    {a}\n  - «just text\n", "a question must have keys", name="entry is a text"),
)
