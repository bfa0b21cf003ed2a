import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.faces.drawing.formula import formula, formula_lines

# LaTeX, in Unicode, in ASCII
NAMED = {
    "Greek": (r"\alpha\beta + 2\Gamma", "αβ + 2Γ", "alpha beta + 2 Gamma"),
    "relations": (r"a \le b \ne c \approx d \to \infty", "a ≤ b ≠ c ≈ d → ∞", "a <= b != c ~= d -> inf"),
    "index and exponent": (r"x_i^2", "xᵢ²", "x_i^2"),
    "a layer's number": (r"W^{(1)} x", "W⁽¹⁾ x", "W^(1) x"),
    "a sum with limits": (r"\sum_{i=1}^{n} x_i y_i", "Σᵢ₌₁ⁿ xᵢ yᵢ", "sum_(i=1)^n x_i y_i"),
    "an exponent without superscripts": (r"x^{-\alpha}", "x^(−α)", "x^(-alpha)"),
    "an index in an exponent": (r"e^{z_i}", "e^(zᵢ)", "e^(z_i)"),
    "an index without subscripts": (r"\log p_y + L_{CE} x", "log p_y + L_CE x", "log p_y + L_CE x"),
    "a gradient": (r"\frac{\partial L}{\partial w}", "∂L/∂w", "dL/dw"),
    "a gradient by a Greek letter": (r"\frac{\partial L}{\partial \alpha}", "∂L/∂α", "dL/dalpha"),
    "a plain derivative": (r"\frac{dL}{dw}", "dL/dw", "dL/dw"),
    "a derivative of a product": (r"\frac{\partial^2 L}{\partial u \partial v}", "∂²L/(∂u ∂v)", "d^2L/(du dv)"),
    "softmax": (
        r"p_i = \frac{e^{z_i/T}}{\sum_j e^{z_j/T}}",
        "pᵢ = e^(zᵢ/T) / Σⱼ e^(zⱼ/T)",
        "p_i = e^(z_i/T) / sum_j e^(z_j/T)",
    ),
    "a typed slash": (r"1 / (1 + e^{-x})", "1 / (1 + e⁻ˣ)", "1 / (1 + e^(-x))"),
    "sigmoid": (r"\sigma(x) = \frac{1}{1+e^{-x}}", "σ(x) = 1/(1 + e⁻ˣ)", "sigma(x) = 1/(1 + e^(-x))"),
    "leaky ReLU": (
        r"f(x) = \begin{cases} x & \text{if } x > 0 \\ \alpha x & \text{otherwise} \end{cases}",
        "f(x) = x if x > 0; αx otherwise",
        "f(x) = x if x > 0; alpha x otherwise",
    ),
    "cases without words": (
        r"\begin{cases} x, & x > 0 \\ \alpha (e^x - 1), & x \le 0 \end{cases}",
        "x if x > 0; α(eˣ − 1) if x ≤ 0",
        "x if x > 0; alpha (e^x - 1) if x <= 0",
    ),
    "cases in a sum": (r"\begin{cases} 1 & z>0 \\ 0 & z\le 0 \end{cases} + 1",
                       "(1 if z > 0; 0 if z ≤ 0) + 1", "(1 if z > 0; 0 if z <= 0) + 1"),
    "back-propagation": (
        r"\delta^{(l)} = (W^{(l+1)})^\top \delta^{(l+1)} \odot f'(z^{(l)})",
        "δ⁽ˡ⁾ = (W⁽ˡ⁺¹⁾)ᵀ δ⁽ˡ⁺¹⁾ ⊙ f′(z⁽ˡ⁾)",
        "delta^(l) = (W^(l+1))^T delta^(l+1) (*) f'(z^(l))",
    ),
    "named functions": (r"\max(0, x) + \tanh^2 x - \log_2 n",
        "max(0, x) + tanh² x − log₂ n", "max(0, x) + tanh^2 x - log_2 n"),
    "functions by name": (r"\operatorname{ReLU}'(z_i) \cdot \text{ReLU}(x)",
        "ReLU′(zᵢ) · ReLU(x)", "ReLU'(z_i) * ReLU(x)"),
    "an operator with limits": (r"\operatorname*{arg\,max}_k z_k", "arg maxₖ zₖ", "arg max_k z_k"),
    "roots": (r"\sqrt{x} + \sqrt{2/n} + \sqrt[3]{y}", "√x + √(2/n) + ∛y", "sqrt(x) + sqrt(2/n) + root(3, y)"),
    "He's variance": (r"\operatorname{Var}(w) = \frac{2}{n_{\text{in}}}", "Var(w) = 2/nᵢₙ", "Var(w) = 2/n_in"),
    "accents": (r"\hat{y}_i, \bar{x}, \tilde{h}, \vec{v}", "ŷᵢ, x̄, h̃, v⃗", "y_hat_i, x_bar, h_tilde, v_vec"),
    "alphabets": (r"\mathbb{R}^n, \mathbf{x}, \mathcal{L}", "ℝⁿ, x, ℒ", "R^n, x, L"),
    "an upright d": (r"\int_0^1 f(x)\,\mathrm{d}x", "∫₀¹ f(x) dx", "int_0^1 f(x) dx"),
    "a matrix": (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}^T", "[1, 2; 3, 4]ᵀ", "[1, 2; 3, 4]^T"),
    "a column": (r"\begin{bmatrix} a \\ b \end{bmatrix}", "[a; b]", "[a; b]"),
    "a binomial": (r"\binom{n}{k} p^k", "(n choose k) pᵏ", "(n choose k) p^k"),
    "floor and ceiling": (r"\left\lfloor \frac{n}{2} \right\rfloor \le \lceil x \rceil",
        "⌊n/2⌋ ≤ ⌈x⌉", "floor(n/2) <= ceil(x)"),
    "bars": (r"|x| - |-y| \le \|x - y\|_2", "|x| − |−y| ≤ ‖x − y‖₂", "|x| - |-y| <= ||x - y||_2"),
    "a condition": (r"p(y|x) \propto p(x \mid y)", "p(y|x) ∝ p(x | y)", "p(y|x) propto p(x | y)"),
    "an evaluation": (r"\left.\frac{\partial f}{\partial x}\right|_{x=0}", "∂f/∂x|ₓ₌₀", "df/dx|_(x=0)"),
    "sizes and spaces": (r"\displaystyle\big( a \quad b \big)\!", "(a  b)", "(a  b)"),
    "a negative number": (r"-x = (-2) \cdot -3", "−x = (−2) · −3", "-x = (-2) * -3"),
    "a thousand": (r"10{,}000\,\%", "10,000 %", "10,000 %"),
    "a power of ten": (r"4.5 \cdot 10^{-5}", "4.5 · 10⁻⁵", "4.5 * 10^-5"),
    "a starred weight": (r"w^* = A^{-1} b", "w* = A⁻¹ b", "w^* = A^-1 b"),
    "typed Unicode": ("α ≤ β → xᵢ²", "α ≤ β → xᵢ²", "alpha <= beta -> x_i^2"),
    "membership in an index": (r"\sum_{t \in S} t", "Σ_(t∈S) t", "sum_(t in S) t"),
    "an ellipsis": (r"x_1, \ldots, x_n", "x₁, …, xₙ", "x_1, ..., x_n"),
    "a brace below": (r"\underbrace{a+b}_{\text{sum}}", "(a + b)ₛᵤₘ", "(a + b)_sum"),
    "attention": (r"\text{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right) V",
        "softmax(QKᵀ/√dₖ) V", "softmax(QK^T/sqrt(d_k)) V"),
    "an aligned chain": (r"\begin{aligned} a &= b \\ &= c \end{aligned}", "a = b = c", "a = b = c"),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMED)
def test_a_formula_is_drawn_in_unicode(name):
    latex, drawn, _ = NAMED[name]
    assert formula(latex) == drawn


@pytest.mark.parametrize("name", NAMED)
def test_a_formula_is_drawn_in_ascii(name):
    latex, _, drawn = NAMED[name]
    assert formula(latex, ascii=True) == drawn


@pytest.mark.parametrize(
    ("latex", "drawn"),
    [
        (r"\frac{a}{b}", "a/b"),
        (r"\frac{2x}{n}", "2x/n"),
        (r"\frac{a+b}{n}", "(a + b)/n"),
        (r"\frac{1}{2n}", "1/(2n)"),
        (r"\frac{1}{f(x)}", "1/f(x)"),
        (r"\frac{1}{n(n+1)}", "1/(n(n + 1))"),
        (r"\frac{1}{-x}", "1/(−x)"),
        (r"\frac{\frac{a}{b}}{c}", "(a/b)/c"),
        (r"\frac{a}{\frac{b}{c}}", "a/(b/c)"),
        (r"\frac{a}{b}^2", "(a/b)²"),
        (r"{\frac{a}{b}}^2", "(a/b)²"),
        (r"\frac{\log x}{x}", "log x / x"),
        (r"\frac{1}{n}\sum_i x_i", "1/n Σᵢ xᵢ"),
        (r"\frac{1}{\sum_j a_j} b", "(1 / Σⱼ aⱼ) b"),
        (r"\frac{1}{\sum_j a_j} + b", "1 / Σⱼ aⱼ + b"),
        (r"e^{-\frac{x^2}{2\sigma^2}}", "e^(−x²/(2σ²))"),
        (r"e^{\frac{x}{\sum_j y_j}}", "e^(x/(Σⱼ yⱼ))"),
        (r"e^{\sqrt{a + \mu}}", "e^(√(a+μ))"),
        (r"\frac12", "1/2"),
        (r"2\frac{1}{2} + x\frac{1}{2}", "2(1/2) + x 1/2"),
    ],
)
def test_a_fraction_is_parenthesised_only_where_needed(latex, drawn):
    assert formula(latex) == drawn


@pytest.mark.parametrize(
    ("latex", "drawn"),
    [
        (r"{a+b}^2", "(a + b)²"),
        (r"{xy}^2", "(xy)²"),
        (r"(a+b)^2", "(a + b)²"),
        (r"\sqrt{x}^2", "(√x)²"),
        (r"{x}^2", "x²"),
    ],
)
def test_an_exponent_is_seen_to_belong_to_all_of_its_base(latex, drawn):
    assert formula(latex) == drawn


@pytest.mark.parametrize(
    "latex",
    [
        r"\foo{x} + \alpha", r"\frac{a}{b", r"a}b", r"x^2^3", r"x_1_2", r"\frac{a}", r"\sqrt", r"x^", r"\left( x",
        r"x \right)", r"\begin{cases} x", r"\begin{cases} x \end{pmatrix}", r"\begin{tikzpicture}\end{tikzpicture}",
        r"\text{a", r"\hat", r"\frac" * 2000, r"x" + "^{x" * 100 + "}" * 100,
        "\\", r"\,", "{" * 200 + "x" + "}" * 200, r"\left\alpha x \right)", "", " ",
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_comes_back_as_its_source(latex):
    assert formula(latex) == latex


def test_empty_arguments_are_drawn_as_nothing():
    assert formula(r"\frac{}{x} + \sqrt{} + {}^T") == "/x + √ + ᵀ"


def test_an_undrawable_formula_is_spelt_out_in_ascii():
    assert formula(r"\foo{α ≤ é}", ascii=True) == r"\foo{alpha <= e}"


def test_a_displayed_formula_keeps_its_lines():
    assert formula_lines(r"\begin{aligned} a &= b \\ c &= d \end{aligned}") == ("a = b", "c = d")
    assert formula_lines(r"a = b \\[2pt] c = d") == ("a = b", "c = d")
    assert formula_lines(r"\begin{pmatrix} 1 \\ 2 \end{pmatrix}") == ("[1; 2]",)
    assert formula_lines("\\foo\n\\bar{xyz") == ("\\foo", "\\bar{xyz")


LATEX_PIECES = st.sampled_from(
    r"\frac \sqrt \sum \text{if } \left( \right) \begin{cases} \end{cases} \hat \alpha \quad \\ & { } ^ _ ' [ ] | x "
    r"1 + - = , \le \operatorname{f} \begin{pmatrix} \end{pmatrix} \mathbb \binom \limits \, \max ( ) / é ✓ 你 \left. "
    r"\right| \foo".split(" ")
)  # fmt: skip
LATEX = st.one_of(st.text(), st.lists(LATEX_PIECES, max_size=25).map(" ".join), st.lists(LATEX_PIECES).map("".join))


@given(LATEX)
def test_any_text_is_drawn_or_returned(latex):
    drawn = formula(latex)
    assert drawn == latex or (drawn and "\n" not in drawn)


@given(LATEX)
def test_ascii_formulas_are_ascii(latex):
    assert formula(latex, ascii=True).isascii()


@given(st.lists(st.sampled_from([*"abcdefgwxyz", r"\alpha", r"\beta", r"\infty", "7"]), min_size=1, max_size=6))
def test_no_letter_is_lost_on_the_way_through_nested_constructs(letters):
    latex = letters[0]
    for at, letter in enumerate(letters[1:]):
        wrap = [r"\frac{%s}{%s}", r"{%s}^{%s}", r"\sqrt{%s + %s}", r"\left(%s\right)_{%s}", r"\text{%s}%s"][at % 5]
        latex = wrap % ((latex, letter) if "text" not in wrap else (letter.strip("\\"), "{" + latex + "}"))
    drawn = formula(latex, ascii=True)
    for letter in letters:
        assert letter.strip("\\").replace("infty", "inf") in drawn
