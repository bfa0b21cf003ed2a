import re
import subprocess
import sys

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizkit.faces.drawing.flowchart import cells, flowchart, flowchart_problem, flowchart_words, is_flowchart

RELU = """\
flowchart TD
  z["pre-activation z"] --> q{"z > 0?"}
  q -->|yes| a["a = z"]
  q -->|no| b["a = 0"]
"""

CYCLE = """\
flowchart LR
  z["z ≤ 0 on every sample"] --> g["output 0, gradient 0"]
  g --> w["weight change 0"]
  w --> s["stuck"]
  s --> z
"""


def test_a_chart_is_drawn_with_its_labels():
    assert flowchart(RELU, width=80) == """\
┌──────────────────┐
│ pre-activation z │
└─────────┬────────┘
          ▼
┌─────────◇────────┐
│      z > 0?      │
└─────────◇────────┘
          ├───────────────────────╮no
       yes│                       │
          ▼                       ▼
┌──────────────────┐    ┌──────────────────┐
│      a = z       │    │      a = 0       │
└──────────────────┘    └──────────────────┘"""  # fmt: skip


def test_a_chart_is_drawn_in_ascii():
    drawing = flowchart('flowchart LR\n a["α ≤ 1"] --> b["✓"]', width=80, ascii=True)
    assert drawing == """\
+------------+   +-----+
| alpha <= 1 |-->| yes |
+------------+   +-----+"""  # fmt: skip


def test_a_wide_chart_is_turned_or_wrapped_to_fit():
    wide, narrow, tiny = (flowchart(CYCLE, width=width) for width in (80, 60, 10))
    assert "►" in wide and "▼" not in wide
    assert "▼" in narrow and "►" not in narrow
    assert tiny == CYCLE


def test_branches_without_labels_part_above_their_heads():
    assert flowchart("flowchart TD\n a[one] --> b[two]\n a --> c[three]\n b --> d[four]\n c --> d", width=40) == """\
┌───────┐
│  one  │
└───┬───┘
    ├──────────╮
    ▼          ▼
┌───────┐  ┌───────┐
│  two  │  │ three │
└──┬────┘  └───┬───┘
   │ ╭─────────╯
   ▼ ▼
┌───────┐
│ four  │
└───────┘"""  # fmt: skip


def test_branches_in_ascii_part_above_their_heads():
    source = "flowchart TD\n a[one] --> b[two]\n a --> c[three]\n b --> d[four]\n c --> d"
    assert flowchart(source, width=40, ascii=True).splitlines()[2:11] == [
        "+-------+",
        "    +----------+",
        "    v          v",
        "+-------+  +-------+",
        "|  two  |  | three |",
        "+-------+  +-------+",
        "   | +---------+",
        "   v v",
        "+-------+",
    ]


def test_boxes_on_each_other_are_parted_by_one_row():
    drawing = flowchart("flowchart LR\n a[one] --> b[two]\n a --> c[three]", width=40)
    assert drawing == """\
┌─────┐   ┌───────┐
│ one ├─┬►│  two  │
└─────┘ │ └───────┘
        │
        │ ┌───────┐
        ╰►│ three │
          └───────┘"""  # fmt: skip
    assert flowchart("flowchart LR\n a[one] --> b[two]\n a --> c[three]", width=40, ascii=True) == """\
+-----+   +-------+
| one |-+>|  two  |
+-----+ | +-------+
        |
        | +-------+
        +>| three |
          +-------+"""  # fmt: skip


@pytest.mark.parametrize("label", ["▼─", "─▼", "v-v", "│", "|", "+---+", "└"])
def test_a_label_that_looks_like_a_line_is_left_as_it_is(label):
    drawing = flowchart(f'flowchart TD\n a[one] -->|"{label}"| b["{label}"]\n a --> c["{label}"]', width=60)
    assert drawing.count(label) >= 3


def test_labels_may_hold_formulas_and_line_breaks():
    drawing = flowchart(
        'flowchart TD\n a["loss<br/>$\\frac{\\partial L}{\\partial w}$"] --> b["$\\nabla L$"]', width=40
    )
    assert "│ loss  │\n│ ∂L/∂w │" in drawing
    assert "∇L" in drawing


@pytest.mark.parametrize(
    "label", ["θ̂ = 1", "✓ done", "你好", "say #quot;hi#quot;", "a; b", "50 %% x", "f(x) = [y]", r"a\\nu"]
)
def test_boxes_stay_closed_around_any_label(label):
    rows = flowchart(f'flowchart TD\n a["{label}"] --> b["a much longer label"]', width=60).splitlines()
    assert len({cells(row) for row in rows if row.startswith(("┌", "│ ", "└"))}) == 1


@pytest.mark.parametrize(
    ("direction", "arrow"),
    [("RL", "│ one ├──►│ two │"), ("LR", "│ one ├──►│ two │")],
)
def test_right_to_left_is_drawn_left_to_right_with_its_letters_in_order(direction, arrow):
    assert arrow in flowchart(f"flowchart {direction}\n a[one] --> b[two]", width=40)


def test_bottom_to_top_is_drawn_downwards_with_its_lines_in_order():
    drawing = flowchart('flowchart BT\n a["one<br>two"] --> b[three]', width=40)
    assert re.search("one.*two.*▼.*three", drawing, re.DOTALL)


@pytest.mark.parametrize(
    "arrow", ["-.why not.->", "-. why not .->", "-.->|why not|", '-- "why not" -->', "== why not ==>", "-->|why not|"]
)
def test_every_way_to_label_an_arrow_is_drawn(arrow):
    source = f"flowchart TD\n a[one] {arrow} b[two]"
    drawing = flowchart(source, width=40)
    assert drawing != source
    assert "why not" in drawing and '"' not in drawing
    assert flowchart_words(source) == ("one — why not → two",)


def test_an_arrow_with_two_heads_shows_both():
    drawing = flowchart("flowchart TD\n a <--> b", width=40)
    assert "▲" in drawing and "▼" in drawing


def test_a_group_keeps_its_title():
    source = 'flowchart TD\n subgraph f ["Forward pass"]\n a --> b\n subgraph inner\n c\n end\n end\n b --> c'
    drawing = flowchart(source, width=60)
    assert "Forward pass" in drawing and "inner" in drawing
    assert flowchart_words(source) == ("a → b", "b → c", "Forward pass: a, b, inner", "inner: c")


def test_a_chart_too_large_to_follow_is_shown_as_its_source():
    source = "flowchart TD\n" + "\n".join(f" a{n} --> a{n + 1}" for n in range(40))
    assert flowchart(source, width=200) == source


def _no_arrow(source, **_):
    return "one 3 two"


def test_a_chart_with_too_many_boxes_is_shown_as_its_source():
    source = "flowchart TD\n" + "\n".join(f" a{n}" for n in range(40))
    assert flowchart(source, width=1000) == source
    assert "split it" in flowchart_problem(source)


def test_dotted_and_thick_arrows_look_their_part():
    assert "┆" in flowchart("flowchart TD\n a -.-> b", width=40)
    assert "━" in flowchart("flowchart LR\n a ==> b", width=40)


def test_a_stumbling_termaid_leaves_the_source(monkeypatch):
    import termaid

    for number, render in enumerate(
        (lambda *_, **__: 1 / 0, lambda *_, **__: "", lambda *_, **__: "┌─┐ lost ▼", _no_arrow)
    ):
        monkeypatch.setattr(termaid, "render", render)
        source = f"flowchart TD\n a[one {number}] --> b[two]"
        assert flowchart(source, width=80) == source


def test_words_tell_each_edge():
    assert flowchart_words(RELU) == (
        "pre-activation z → z > 0?",
        "z > 0? — yes → a = z",
        "z > 0? — no → a = 0",
    )


@pytest.mark.parametrize(
    ("edge", "words"),
    [
        ("a --- b", "a — b"),
        ("a -- x --- b", "a — x — b"),
        ("a <--> b", "a ↔ b"),
        ("a <-->|x| b", "a ← x → b"),
        ("a ==> b", "a → b"),
        ("a -.-> b", "a → b"),
        ("a ----> b", "a → b"),
        ("a-->b", "a → b"),
        ("a:::warm --> b;", "a → b"),
    ],
)
def test_words_tell_the_kind_of_arrow(edge, words):
    assert flowchart_words(f"flowchart LR\n {edge}") == (words,)


def test_words_follow_chains_and_ampersands_and_name_lone_nodes():
    words = flowchart_words("graph LR\n a & b --> c --> d\n e[alone]\n classDef warm fill:#f00\n %% a comment")
    assert words == ("a → c", "b → c", "c → d", "alone")


def test_words_in_ascii():
    assert flowchart_words('flowchart LR\n a["α"] -->|"≤"| b <--> c', ascii=True) == ("alpha - <= -> b", "b <-> c")


def test_words_of_what_is_no_flowchart_are_its_lines():
    assert flowchart_words("pie\n a: 1") == ("pie", " a: 1")


PROBLEMS = {
    "": "begins with",
    "sequenceDiagram\n A->>B: hi": "begins with",
    "flowchart TD": "no nodes",
    "flowchart TD\n a[f(x)] --> b": "line 2.*quote the label of a",
    'flowchart TD\n\n a["open --> b': "line 3.*quote the label of a",
    'flowchart TD\n a --> b "': "arrow such as -->",
    "flowchart TD\n a --o b": "circle or a cross",
    "flowchart TD\n a -->": "node is missing",
    "flowchart TD\n a -> b": "arrow such as -->",
    "flowchart TD\n a b": "arrow such as -->",
    "flowchart TD\n a@{ shape: diam }": "use brackets",
    "flowchart TD\n end": "no subgraph is open",
    "flowchart TD\n a --> end": "cannot name a node",
    "flowchart TD\n subgraph s\n a": 'no "end"',
    "flowchart TD" + "\n subgraph s" * 1200: "nested deeper",
    "flowchart TD\n subgraph s\n a\n end\n s --> b": "arrow to the subgraph",
}


@pytest.mark.parametrize("source", PROBLEMS)
def test_a_problem_is_told_in_a_sentence_and_the_source_is_shown(source):
    assert re.search(PROBLEMS[source], flowchart_problem(source))
    assert flowchart(source, width=80) == source
    assert flowchart(source, width=80, ascii=True) == source


def test_a_good_chart_has_no_problem():
    assert flowchart_problem(RELU) == flowchart_problem(CYCLE) == ""


def test_a_flowchart_is_told_from_other_text():
    assert is_flowchart(RELU) and is_flowchart("%% note\n  graph LR; a-->b")
    assert not is_flowchart("pie\n a: 1") and not is_flowchart("flowcharts are nice") and not is_flowchart("")


LABELS = st.text("abcxyzvαβ≤→²ŷ 01()[]{}|<>%;#'-=", min_size=1, max_size=25).map(lambda text: " ".join(text.split()))
ARROWS = st.sampled_from(["-->", "---", "-.->", "==>", "-->|yes|", "-->|z ≤ 0|", "-. so .->", "<-->"])


@st.composite
def charts(draw):
    labels = draw(st.lists(LABELS, min_size=1, max_size=6))
    # "#" followed by ";" would be an entity; the rest of the alphabet is literal
    labels = [label.replace("#", "") for label in labels]
    keys = st.sampled_from(range(len(labels)))
    edges = draw(st.lists(st.tuples(keys, ARROWS, keys), max_size=8))
    lines = [f' n{key}["{label}"]' for key, label in enumerate(labels)]
    lines += [f" n{tail} {arrow} n{head}" for tail, arrow, head in edges]
    return labels, "\n".join([f"flowchart {draw(st.sampled_from(['TD', 'LR', 'RL', 'BT']))}", *lines])


@settings(max_examples=40, deadline=None)
@given(charts(), st.integers(20, 120), st.booleans())
def test_a_drawing_fits_and_shows_every_label_or_is_the_source(chart, width, only_ascii):
    labels, source = chart
    assert flowchart_problem(source) == ""
    drawing = flowchart(source, width=width, ascii=only_ascii)
    if only_ascii:
        assert drawing.isascii()
    if drawing.startswith("flowchart"):
        return
    assert max(map(cells, drawing.splitlines())) <= width
    if not only_ascii:
        assert all(word in drawing for label in labels for word in label.split())


@settings(deadline=None)
@given(st.one_of(st.text(), st.text('abx[](){}|-.=><&;"#%\n o:@end').map(lambda text: "flowchart TD\n" + text)))
def test_no_text_makes_the_drawing_fail(source):
    assume(source.count("-") < 12)
    assert isinstance(flowchart(source, width=40), str)
    assert isinstance(flowchart_words(source), tuple)
    assert isinstance(flowchart_problem(source), str)


def test_termaid_is_imported_only_to_draw():
    code = (
        "import sys, quizkit.faces.drawing.flowchart as f, quizkit.faces.drawing.markdown;"
        "f.flowchart_words('flowchart TD\\n a-->b'); assert not {'termaid', 'rich', 'textual'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
