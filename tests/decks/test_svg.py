import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from quizkit.decks.svg import diagram

CHART = "flowchart TD\n  A[cause & co] -->|yes| B[effect < 1]\n  A -->|no| C[nothing]"
SVG = "{http://www.w3.org/2000/svg}"


def test_labels_and_arrow_heads_of_a_chart_are_all_there() -> None:
    drawn = ElementTree.fromstring(diagram(CHART))
    assert {text.text for text in drawn.iter(f"{SVG}text")} == {"cause & co", "effect < 1", "nothing", "yes", "no"}
    assert len(list(drawn.iter(f"{SVG}polygon"))) == 2


def test_every_line_meets_another_or_an_arrow_head() -> None:
    (path,) = re.findall(r'<path d="([^"]+)"', diagram(CHART))
    ends = re.findall(r"L([\d.,]+)", path)
    loose = {end for end in ends if ends.count(end) == 1}
    assert not loose


def test_what_cannot_be_drawn_is_shown_as_its_source() -> None:
    assert diagram("sequenceDiagram\n  A->>B: <hi>") == "<pre>sequenceDiagram\n  A-&gt;&gt;B: &lt;hi&gt;</pre>"


@given(st.lists(st.text("ab<&\"' é", min_size=1).filter(str.strip), min_size=2, max_size=4))
def test_a_drawing_is_well_formed_whatever_the_labels(labels: list[str]) -> None:
    nodes = [f'n{number}["{label.replace(chr(34), "#quot;")}"]' for number, label in enumerate(labels)]
    ElementTree.fromstring(diagram("flowchart TD\n  " + " --> ".join(nodes)))
