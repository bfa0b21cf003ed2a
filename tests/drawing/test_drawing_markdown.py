import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from quizkit.faces.drawing.formula import formula
from quizkit.faces.drawing.markdown import UNBROKEN, Block, Span, blocks, plain, spans


def texts(markdown: str, **options: bool) -> list[str]:
    return [block.text for block in blocks(markdown, **options)]


@pytest.mark.parametrize(
    ("markdown", "drawn"),
    [
        ("so $x_i \\le 0$ here", "so xᵢ ≤ 0 here"),
        ("$a * b$ and $c * d$", "a \\* b and c \\* d"),
        ("`$x$` and ``a `$y$` b``", "`$x$` and ``a `$y$` b``"),
        ("costs \\$3, $\\alpha$", "costs \\$3, α"),
        ("$5 and $6 are prices", "$5 and $6 are prices"),
        ("from $5 to $x$", "from $5 to x"),
        ("a $ b $ c", "a $ b $ c"),
        ("x$1$2", "x$1$2"),
        ("US$ 20 or 5$", "US$ 20 or 5$"),
        ("an open ` tick, $x^2$", "an open ` tick, x²"),
        ("| $p(y|x)$ | $|x|$ |", "| p(y\\|x) | \\|x\\| |"),
        ("| $$x^2$$ | b |", "| x² | b |"),
        ("two\nlines $a +\nb$", "two\nlines a + b"),
        ("- costs $5\n- or 6$", "- costs $5\n- or 6$"),
        ("one $a\n\nb$ two", "one $a\n\nb$ two"),
        ("$\\foo_x$", "\\\\foo\\_x"),
        ("$[a](b)$", "\\[a\\](b)"),
        ("$> 0$", "\\> 0"),
        ("at -3, in (-1, 0), |-5| and x=-2", "at −3, in (−1, 0), |−5| and x=−2"),
        ("1e-3, 10-20-1, a--5, --3, /-4, - 5, `-6`", "1e-3, 10-20-1, a--5, --3, /-4, - 5, `-6`"),
        ("\\\\$x$", "\\\\x"),
    ],
)
def test_inline_formulas_are_drawn_in_the_text(markdown, drawn):
    assert blocks(markdown) == (Block("text", drawn),)


@pytest.mark.parametrize("fence", ["```", "~~~~", "   ```", "> ```", "- ```"])
def test_fenced_code_is_left_alone(fence):
    closing = fence.replace("-", " ")
    markdown = f"$a_1$\n\n{fence}python\nprice = '$x$'  # $$y$$\n{closing}\n\n$a_2$"
    assert texts(markdown) == [markdown.replace("$a_1$", "a₁").replace("$a_2$", "a₂")]


def test_a_fence_that_is_never_closed_runs_to_the_end():
    assert texts("```\n$x$\n``\n$y$") == ["```\n$x$\n``\n$y$"]


@pytest.mark.parametrize("opening", ["```python wrong", "  ```  python  wrong  "])
def test_wrong_code_is_a_block_of_its_own_and_still_python(opening):
    fence = opening[: opening.rindex("`") + 1]
    assert blocks(f"Before $x_1$\n{opening}\ncost = '$y_1$'\n```\n\n```python wrong\nα = 1") == (
        Block("text", "Before x₁"),
        Block("wrong", f"{fence}python\ncost = '$y_1$'\n```"),
        Block("wrong", "```python\nα = 1"),
    )


@pytest.mark.parametrize("other", ["wrong", "python  ", "python wrongly", "text wrong"])
def test_other_code_is_not_called_wrong(other):
    assert blocks(f"```{other}\nx\n```") == (Block("text", f"```{other}\nx\n```"),)


def test_wrong_code_is_in_ascii_where_that_is_asked_for():
    assert blocks("```python wrong\nα = 1\n```", ascii=True) == (Block("wrong", "```python\nalpha = 1\n```"),)


def test_a_displayed_formula_is_a_block_of_its_own():
    assert blocks("Before\n$$\n\\frac{a}{b}\n$$\nafter $x$") == (
        Block("text", "Before"),
        Block("formula", "a/b"),
        Block("text", "after x"),
    )


def test_a_displayed_formula_may_have_several_lines():
    markdown = "$$\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}$$"
    assert blocks(markdown) == (Block("formula", "a = b\nc = d"),)


def test_a_displayed_formula_that_cannot_be_drawn_shows_its_source():
    assert blocks("$$\\foo{x}$$") == (Block("formula", "\\foo{x}"),)


def test_empty_dollars_are_text():
    assert texts("a $$ $$ b $$") == ["a $$ $$ b $$"]


def test_an_empty_text_has_no_blocks():
    assert blocks("") == blocks("\n \n") == ()


def test_in_ascii_prose_and_code_are_ascii_and_gain_no_formatting():
    assert texts("α·b and c·d ≤ 3\n\n`x → y`", ascii=True) == ["alpha\\*b and c\\*d \\<= 3\n\n`x -> y`"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("What is $\\partial L / \\partial w$ for `relu`?", "What is ∂L / ∂w for relu?"),
        ("costs \\$3 \\*once\\*", "costs $3 *once*"),
        ("$$x^2$$ and `\\*`", "x² and \\*"),
        ("``a ` b`` or `` ` `` or ```", "a ` b or ` or ```"),
        ("two\nlines of `a\nb`", "two lines of a b"),
        ("*kept* as $w^*$", "*kept* as w*"),
        ("-3 or `-3` or (-3, 3)", "−3 or -3 or (−3, 3)"),
    ],
)
def test_a_one_line_text_has_drawn_formulas_and_no_escapes(text, line):
    assert plain(text) == line


def test_a_one_line_text_tells_its_code_from_the_rest():
    assert spans("Why is `x - max` at most $x_0 - 1$?") == (
        Span("Why is "), Span("x - max", is_code=True), Span(" at most "), Span("x₀ − 1"), Span("?"),
    )  # fmt: skip


def test_short_formulas_and_code_can_be_kept_whole():
    short, long = "`a  b` and $x \\le 0$", f"`{'word ' * 9}`"
    assert "".join(span.text for span in spans(short, whole=True)) == f"a{UNBROKEN * 2}b and x{UNBROKEN}≤{UNBROKEN}0"
    assert blocks(short, whole=True) == (Block("text", f"`a{UNBROKEN * 2}b` and x{UNBROKEN}≤{UNBROKEN}0"),)
    assert texts(long, whole=True) == [long]


@pytest.mark.parametrize("code", ["`` ` ``", "` a ` b", "`a\nb`", "```python wrong\na b\n```", "```\na b\n```"])
def test_spaces_that_markdown_takes_for_its_own_stay_spaces(code):
    assert blocks(code, whole=True) == blocks(code)


def test_a_one_line_text_in_ascii():
    assert plain("Is $\\alpha \\le 1$ — always?", ascii=True) == "Is alpha <= 1 -- always?"


MARKDOWN = st.lists(
    st.sampled_from(
        ["$", "$$", "`", "```", "\n", "\n\n", " ", "x", "\\", "\\$", "_i", "*", "|", "\\frac{a}{b}", "α", "- ", "> ",
         "你", "1."]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(st.one_of(st.text(), MARKDOWN))
def test_any_text_is_split_into_blocks(markdown):
    drawn = blocks(markdown)
    assert all(block.text.strip() for block in drawn)
    assert isinstance(plain(markdown), str)


@given(st.one_of(st.text(), MARKDOWN))
def test_ascii_blocks_are_ascii(markdown):
    assert all(block.text.isascii() for block in blocks(markdown, ascii=True))
    assert plain(markdown, ascii=True).isascii()


@given(st.one_of(st.text(st.characters(exclude_characters="$\\-")), MARKDOWN.map(lambda text: text.replace("$", ""))))
def test_text_without_dollars_and_negative_numbers_is_not_touched(markdown):
    assert "".join(texts(markdown)) == markdown.lstrip("\r\n").rstrip()


DRAWABLE = st.lists(
    st.sampled_from(r"x * _i \{ \} [ ] ( ) < > | # \& ! ~ - + = 1. 1) : ' \_ \# ^2 \$".split(" ")),
    min_size=1, max_size=8,
).map(" ".join)  # fmt: skip


@pytest.mark.parametrize("only_ascii", [False, True])
@given(DRAWABLE)
def test_markdown_shows_a_formula_exactly_as_it_was_drawn(only_ascii, latex):
    drawn = formula(latex, ascii=only_ascii)
    [block] = blocks(f"${latex}$", ascii=only_ascii)
    [paragraph, inline, _] = MarkdownIt("gfm-like", {"linkify": False}).parse(block.text)
    assert paragraph.type == "paragraph_open"
    assert all(token.type in ("text", "text_special") for token in inline.children)
    assert "".join(token.content for token in inline.children).split() == drawn.split()
