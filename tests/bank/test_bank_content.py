"""The packaged bank on activation functions: complete, measured, linked, drawn, and every figure of it recomputed."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from quizkit.bank.folders import Folder, packaged_folder
from quizkit.bank.library import Bank, check
from quizkit.bank.model import Question
from quizkit.faces.drawing import markdown
from quizkit.faces.drawing.flowchart import cells, flowchart, flowchart_problem
from quizkit.faces.drawing.formula import formula, formula_lines
from quizkit.faces.page import Look, Page
from quizkit.recompute import recompute
from quizkit.view import all_layers

FOLDER = Path(packaged_folder()) / "activations"
FILES = sorted(FOLDER.glob("*.yaml"))
WIDTHS = (60, 80, 120)
FRAME = 9
# columns around a diagram on the full screen; plain lines have fewer

MOST_LINES = 420
# of a file
MOST_SIMPLE, MOST_TECHNICAL = 60, 250
# words
LONG_SENTENCE = 10
SELF_MARKING = 80
TELLTALES = ("all", "always", "any", "because", "can", "cannot", "every", "never", "no", "not", "only")
# by such a word an absent-minded author gives a trap away

# What the bank must teach, and a card for each: the seeds' interview questions by facet (a simple, b technical,
# c diagram, d analogy, e mistakes, f key points), slides, glossary, concepts by section, topic questions, tips, notes.
ITEMS = (
    *(f"S0-Q{question}{facet}" for question in range(1, 11) for facet in "abcdef"),
    *(f"S1-{slide:02}" for slide in range(1, 15)),
    *(f"S2-G{term}" for term in range(1, 11)),
    *(f"S2-C{concept}.{section}" for concept in range(1, 6) for section in range(1, 13)),
    *(f"S3-Q{question}" for question in range(1, 7)),
    *(f"S3-T{tip}" for tip in range(1, 6)),
    *("S3-intro", "S3-motto"),
    *(f"S4-{note:02}" for note in range(1, 41)),
)
ERRATA = ("E01", "E02", "E03", "E13", "E18", "E19", "E20", "E46", "E65", "E81")
# the faults of the seeds that matter most


@cache
def bank() -> tuple[Question, ...]:
    with Bank.open([Folder(packaged_folder(), "packaged")], "") as opened:
        return tuple(question for name in opened.ids() if (question := opened.question(name)).topic == "activations")


def cards() -> dict[str, Question]:
    return {question.id: question for question in bank()}


def is_word(question: Question) -> bool:
    """A flashcard of the glossary: short on purpose."""
    return Path(question.file).name == "10-words.yaml"


def is_drill(question: Question) -> bool:
    """A question that marks itself and only explains its answer."""
    return bool(question.choices or question.number) and not question.technical_answer


def full_cards() -> list[Question]:
    return [question for question in bank() if question.technical_answer and not is_word(question)]


def coverage() -> dict[str, dict[str, list[str]]]:
    loaded: dict[str, dict[str, list[str]]] = yaml.safe_load(
        (Path(__file__).parent / "coverage.yaml").read_text("utf-8")
    )
    return loaded


# -- coverage ---------------------------------------------------------------------------------------------------------


def test_every_item_of_the_inventory_is_on_a_card() -> None:
    covered = coverage()["items"]
    assert [item for item in ITEMS if not covered.get(item)] == []
    assert sorted(covered.keys() - set(ITEMS)) == []


def test_every_erratum_that_matters_has_a_card_that_says_it_right() -> None:
    covered = coverage()["errata"]
    assert [erratum for erratum in ERRATA if not covered.get(erratum)] == []


def test_coverage_names_cards_that_exist() -> None:
    named = {name for table in coverage().values() for names in table.values() for name in names}
    assert sorted(named - cards().keys()) == []


def test_the_bank_has_its_questions() -> None:
    assert len([question for question in bank() if question.choices or question.number]) >= SELF_MARKING
    assert len([question for question in bank() if is_word(question)]) == 10
    assert len(full_cards()) >= 47


# -- form -------------------------------------------------------------------------------------------------------------


def test_the_bank_has_no_problems() -> None:
    assert [str(problem) for problem in check([packaged_folder()], diagram_problem=flowchart_problem)] == []


def test_files_are_named_by_what_they_hold_and_stay_short() -> None:
    lengths = {path.name: len(path.read_text("utf-8").splitlines()) for path in FILES}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}
    assert [name for name in lengths if not re.fullmatch(r"\d\d-[a-z]+(-[a-z]+)*\.yaml", name)] == []


def test_every_card_says_how_hard_and_how_long_it_is() -> None:
    assert [question.id for question in bank() if not (question.difficulty and question.minutes)] == []
    assert [question.id for question in bank() if not question.simple_answer] == []


def test_simple_answers_are_read_in_half_a_minute() -> None:
    lengths = {question.id: len(question.simple_answer.split()) for question in bank()}
    assert {name: length for name, length in lengths.items() if length > MOST_SIMPLE} == {}


def test_technical_answers_are_said_in_three_minutes() -> None:
    lengths = {question.id: len(said(question.technical_answer).split()) for question in bank()}
    assert {name: length for name, length in lengths.items() if length > MOST_TECHNICAL} == {}


@pytest.mark.parametrize(
    ("what", "least", "most"), [("key_points", 3, 6), ("mistakes", 2, 99), ("follow_ups", 1, 99), ("see_also", 1, 99)]
)
def test_full_cards_have_all_their_parts(what: str, least: int, most: int) -> None:
    lengths = {question.id: len(getattr(question, what)) for question in full_cards()}
    assert {name: length for name, length in lengths.items() if not least <= length <= most} == {}


def test_full_cards_have_an_analogy() -> None:
    assert [question.id for question in full_cards() if not question.analogy] == []


def test_every_wrong_choice_is_corrected() -> None:
    wrong = [(question, choice) for question in bank() for choice in question.choices if choice.text != question.answer]
    assert [(question.id, choice.text) for question, choice in wrong if not choice.correction] == []


def test_the_right_choice_is_not_told_by_its_length() -> None:
    """Neither alone, by standing out, nor over the bank, by being the longest or the shortest too often."""
    asked = [question for question in bank() if question.choices]
    lengths = [
        (len(question.answer), [len(choice.text) for choice in question.choices if choice.text != question.answer])
        for question in asked
    ]
    told = [asked[at].id for at, (right, wrong) in enumerate(lengths) if right > 1.3 * max(wrong) + 6]
    longest = sum(right > max(wrong) for right, wrong in lengths) / len(asked)
    shortest = sum(right < min(wrong) for right, wrong in lengths) / len(asked)
    assert told == []
    assert 0.1 < longest < 0.33 and 0.1 < shortest < 0.33


def test_no_word_tells_a_trap_from_a_key_point() -> None:
    claims = [mistake.claim for question in bank() for mistake in question.mistakes]
    points = [point for question in bank() for point in question.key_points]
    for word in TELLTALES:
        of_claims, of_points = (sum(word in text.casefold().split() for text in texts) for texts in (claims, points))
        assert 0.2 < of_claims / (of_claims + of_points) < 0.8, word


def test_a_text_with_a_number_has_figures() -> None:
    stated = {question.id: said(question.technical_answer) for question in bank() if not question.figures}
    # an index is no figure, and neither is a comparison with 0
    text_of = {name: re.sub(r"[A-Za-z]_?\{?\d|\b0\b(?!\.)", "", text) for name, text in stated.items()}
    assert [name for name, text in text_of.items() if re.search(r"\d", text)] == []
    assert [question.id for question in bank() if question.number and not question.figures] == []


# -- language ---------------------------------------------------------------------------------------------------------


def said(text: str) -> str:
    """A text without its code, tables and displayed formulas; an inline formula is one word."""
    pieces = [piece for piece in markdown.pieces(text) if piece.kind in ("prose", "escape", "inline")]
    prose = "".join("x" if piece.kind == "inline" and " " in piece.text else piece.text for piece in pieces)
    return "\n".join(line for line in prose.split("\n") if not line.lstrip().startswith("|"))


def texts(question: Question) -> Iterator[str]:
    yield from (question.question, question.simple_answer, question.technical_answer, question.analogy)
    yield from question.key_points
    for mistake in question.mistakes:
        yield from (mistake.claim, mistake.correction)
    for follow_up in question.follow_ups:
        yield from (follow_up.question, follow_up.answer)
    for choice in question.choices:
        yield from (choice.text, choice.correction)


def sentences(text: str) -> Iterator[str]:
    """The long sentences of a text, so that they can be compared."""
    for paragraph in re.split(r"\n[ \t]*\n|\n[ \t]*[-*] |\n[ \t]*\d+\. ", said(text)):
        for sentence in re.split(r"(?<=[.?!:;])\s+", paragraph):
            words = re.findall(r"[^\W_]+(?:['.][^\W_]+)*", sentence.casefold())
            if len(words) >= LONG_SENTENCE:
                yield " ".join(words)


def test_no_long_sentence_stands_twice_in_the_bank() -> None:
    found = Counter(sentence for question in bank() for text in texts(question) for sentence in sentences(text))
    assert [sentence for sentence, times in found.items() if times > 1] == []


# -- links ------------------------------------------------------------------------------------------------------------

ONE_WAY = re.compile(r"# one way: (.+)$", re.MULTILINE)
# in an entry: which ids of its see_also do not name it in turn; why is said in front of it or can be seen


def one_way() -> set[tuple[str, str]]:
    """The links that an entry's own comment declares to lead one way only."""
    found: set[tuple[str, str]] = set()
    for path in FILES:
        for entry in re.split(r"^  - (?=id:)", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            name = entry.split("\n", 1)[0].removeprefix("id:").strip()
            found |= {(name, other.strip()) for ids in ONE_WAY.findall(entry) for other in ids.split(",")}
    return found


def test_see_also_goes_both_ways_or_is_explained() -> None:
    """A word of the glossary need not name each card that uses it, nor a card each drill; else a comment says so."""
    known = cards()
    links = {(question.id, other) for question in bank() for other in question.see_also if other in known}
    unanswered = {
        link
        for link in links
        if link[::-1] not in links and not is_drill(known[link[0]]) and not is_word(known[link[1]])
    }
    assert sorted(unanswered - one_way()) == []
    assert sorted(one_way() - unanswered) == []


def test_every_card_is_named_by_another() -> None:
    named = {other for question in bank() for other in (*question.see_also, *question.after)}
    assert sorted(cards().keys() - named) == []


# -- drawings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ascii_only", [False, True], ids=["unicode", "ascii"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_diagram_is_drawn(width: int, ascii_only: bool) -> None:
    failed = []
    for question in bank():
        drawing = flowchart(question.diagram, width=width - FRAME, ascii=ascii_only) if question.diagram else ""
        if drawing.startswith("flowchart") or max(map(cells, drawing.splitlines()), default=0) > width - FRAME:
            failed.append(question.id)
    assert failed == []


@pytest.mark.parametrize("ascii_only", [False, True], ids=["unicode", "ascii"])
def test_every_formula_is_drawn(ascii_only: bool) -> None:
    failed = []
    for question in bank():
        for piece in (piece for text in texts(question) for piece in markdown.pieces(text)):
            if piece.kind == "inline":
                drawn = [formula(piece.text, ascii=ascii_only)]
            else:
                drawn = list(formula_lines(piece.text, ascii=ascii_only)) if piece.kind == "display" else []
            failed += [
                (question.id, line) for line in drawn if "\\" in line or ("{" in piece.text and line == piece.text)
            ]
    assert failed == []


def test_code_is_shown_whole_on_the_full_screen() -> None:
    """It is not wrapped there, and a line of a follow-up has two columns less."""
    narrow = min(WIDTHS) - FRAME - 2
    shown = [(question.id, question.technical_answer, narrow) for question in bank()]
    shown += [(question.id, reply.answer, narrow - 2) for question in bank() for reply in question.follow_ups]
    code = [
        (name, line, most)
        for name, text, most in shown
        for piece in markdown.pieces(text)
        if piece.kind in ("code", "wrong") and "\n" in piece.text
        for line in piece.text.splitlines()
    ]
    assert [(name, line) for name, line, most in code if len(line) > most] == []


def tables(text: str) -> Iterator[str]:
    for paragraph in re.split(r"\n[ \t]*\n", text):
        if re.search(r"^\s*\|?\s*:?-{3,}", paragraph, re.MULTILINE) and "|" in paragraph:
            yield paragraph


@pytest.mark.parametrize("ascii_only", [False, True], ids=["unicode", "ascii"])
def test_every_table_fits(ascii_only: bool) -> None:
    failed = []
    for question in bank():
        for table in (table for text in texts(question) for table in tables(text)):
            narrow, wide = (_drawn(table, width, ascii_only) for width in (60, 100))
            if narrow != wide:
                failed.append((question.id, table.split("\n", 1)[0]))
    assert failed == []


def _drawn(text: str, width: int, ascii_only: bool) -> str:
    page = Page(Look(width, ascii=ascii_only))
    page.markdown(text)
    return page.text()


@pytest.mark.parametrize("look", [Look(60), Look(80), Look(120, ascii=True), Look(80, words=True)], ids=str)
def test_every_card_is_shown_whole(look: Look) -> None:
    """What could not be drawn would stand there as its source."""
    failed = []
    for question in bank():
        page = Page(look)
        for layer in all_layers(question):
            page.layer(layer)
        lines = page.text().splitlines()
        if any("flowchart " in line or "$$" in line or cells(line) > look.width for line in lines):
            failed.append(question.id)
    assert failed == []


# -- figures ----------------------------------------------------------------------------------------------------------


def test_every_figure_holds() -> None:
    found = recompute([packaged_folder()])
    assert [str(problem) for problem in found.problems] == []
    assert found.assertions > 400
