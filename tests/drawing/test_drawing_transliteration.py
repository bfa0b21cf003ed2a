import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.faces.drawing.transliterate import to_ascii


@pytest.mark.parametrize(
    ("text", "ascii_text"),
    [
        ("z ≤ 0 → a = 0", "z <= 0 -> a = 0"),
        ("an em — dash, “quotes” and so on…", 'an em -- dash, "quotes" and so on...'),
        ("αx + 2β", "alpha x + 2 beta"),
        ("∂L/∂w", "dL/dw"),
        ("10⁻³ and x² and W⁽¹⁾", "10^-3 and x^2 and W^(1)"),
        ("zᵢ and wᵢⱼ and Σᵢ₌₁ⁿ", "z_i and w_ij and Sigma_(i=1)^n"),
        ("ŷ, x̄ and θ̂", "y_hat, x_bar and theta_hat"),
        ("café, Müller, naïve, Øre", "cafe, Muller, naive, Ore"),
        ("3 × 4 · 5", "3 x 4 * 5"),
        ("½ and ℝ and ﬁt", "1/2 and R and fit"),
        ("✓ right, ✗ wrong", "yes right, no wrong"),
        ("你 and 🎯", "? and ?"),
        ("nothing to do: a_b*c", "nothing to do: a_b*c"),
        ("no\u00a0break and zero\u200bwidth", "no break and zerowidth"),
    ],
)
def test_prose_stays_readable(text, ascii_text):
    assert to_ascii(text) == ascii_text


def test_only_replacements_are_protected():
    assert to_ascii("a*b ≤ c·d", lambda new: f"«{new}»".encode("ascii", "replace").decode()) == "a*b ?<=? c?*?d"


@given(st.text())
def test_anything_becomes_ascii(text):
    assert to_ascii(text).isascii()


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_stays_itself(text):
    assert to_ascii(text) == text
