import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.bank.reader import read
from quizkit.decks.entries import bank_file
from quizkit.decks.templates import cloze, shown_fields, sides
from quizkit.decks.to_markdown import markdown

HTML = {
    "emphasis": ("a<b> bold </b>word and <i>one</i>", "a **bold** word and *one*"),
    "signs that Markdown would take": ("2*3*4, a_b, 1 &lt; 2, $5", "2\\*3\\*4, a\\_b, 1 \\< 2, \\$5"),
    "breaks": ("one<br>two<br><br>three<br>", "one\\\ntwo\n\nthree"),
    "Anki's lines": ("<div>one</div><div>two</div>", "one\n\ntwo"),
    "a list in a list": ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
    "a numbered list": ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
    "what only looks like a list": ("1. May<br># one", "1\\. May\\\n\\# one"),
    "MathJax": (r"\(a &lt; b\) \[\frac{1}{2}<br>x\]", r"$a < b$ $$\frac{1}{2} x$$"),
    "LaTeX of old": ("[latex]$x_1$[/latex] [$]y[/$] [$$]z[/$$]", "$x_1$ $y$ $$z$$"),
    "a table": (
        "<table><tr><th>a</th><th>b|c</th></tr><tr><td>1</td><td>2</td></tr></table>",
        "| a | b\\|c |\n| --- | --- |\n| 1 | 2 |",
    ),
    "code": (
        "<pre><code>if x:\n  y = `z`</code></pre> and <code>a_b</code>",
        "```\nif x:\n  y = `z`\n```\n\n and `a_b`",
    ),
    "a picture": ('<img src="a b.png">', "![a b.png](<media/a b.png>)"),
    "a link": ('<a href="https://a.b/c">there</a>', "[there](<https://a.b/c>)"),
    "scripts and styles": ("<style>b{}</style><script>alert()</script>seen", "seen"),
    "tags that nobody closed": ("</i></td>a<b>b<ul><li>c", "ab\n\nc"),
}


@pytest.mark.parametrize("name", HTML)
def test_html_becomes_markdown(name: str) -> None:
    html, expected = HTML[name]
    assert markdown(html)[0] == expected


def test_pictures_and_sounds_are_named() -> None:
    assert markdown('<img src="a.png">[sound:b.mp3]<img src="https://x.y/c.png"><img src="a.png">')[1] == (
        "a.png",
        "b.mp3",
    )


tags = st.sampled_from(
    "b i u p div br ul ol li pre code table tr td th img a sub sup blockquote script h2 span".split()
)
soup = st.lists(
    tags.map("<{}>".format)
    | tags.map("</{}>".format)
    | st.sampled_from(
        ["<!--", "<![x", "<?", "&#0;", "&amp;", "\\(", "\\)", "[latex]", "[sound:", "]", "{{c1::", "}}", "$"]
    )
    | st.text(max_size=8),
    max_size=25,
).map("".join)


@given(soup)
def test_whatever_the_html_is_the_card_passes_the_check(html: str) -> None:
    text, _ = markdown(html)
    if text:
        entry = {"id": "a", "question": text, "technical_answer": text}
        reading = read(bank_file([entry], "test"), "", "")
        assert reading.problems == ()
        assert reading.questions[0].technical_answer == text


@given(
    st.lists(st.sampled_from(["{{", "}}", "#", "^", "/", ":", "cloze:", "F", "G", "c1::", "c2::", " ", "x"])).map(
        "".join
    )
)
def test_whatever_the_template_is_both_sides_are_texts(template: str) -> None:
    question, answer = sides(template, template, {"F": "{{c1::a{{c2::b}}::h}}", "G": ""}, 1)
    assert isinstance(question, str)
    assert isinstance(answer, str)


def test_the_answer_does_not_repeat_the_question() -> None:
    shown = sides("{{Front}}?", "{{FrontSide}}<hr id=answer>{{Back}}", {"Front": "cat", "Back": "chat"}, None)
    assert shown == ("cat?", "chat")


def test_sections_follow_their_fields() -> None:
    template = "{{#A}}a{{^B}}no b{{/B}}{{/A}}{{#B}}b{{/B}}{{hint:A}}{{type:A}}"
    assert sides(template, "", {"A": "x", "B": ""}, None)[0] == "ano bx"


def test_only_the_gap_that_is_asked_for_is_empty() -> None:
    text = "{{c1::cat}} and {{c2::dog {{c1::big}}::pet}}"
    assert cloze(text, 1, reveal=False) == "[…] and dog […]"
    assert cloze(text, 2, reveal=False) == "cat and [pet]"
    assert cloze(text, 1, reveal=True) == "<b>cat</b> and dog <b>big</b>"


def test_a_field_is_shown_where_its_text_is_not_where_it_is_asked_for_or_commented_out() -> None:
    template = "<!-- {{Source}} -->{{#Hint}}{{text:Front}}{{/Hint}} {{hint:cloze:Back}}"
    assert shown_fields(template) == {"Front", "Back"}


def test_a_picture_that_is_written_out_is_no_file_of_the_package() -> None:
    assert markdown('<img alt="dot" src="data:image/png;base64,AAAA">')[1] == ()


def test_code_that_holds_ticks_is_fenced_by_more_of_them() -> None:
    assert markdown("<code>a ``b`` c</code>")[0] == "```a ``b`` c```"
