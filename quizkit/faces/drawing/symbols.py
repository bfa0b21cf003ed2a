r"""What every LaTeX command and character looks like in Unicode and in ASCII."""

from __future__ import annotations

from typing import Literal

from quizkit.frozen import frozen

Role = Literal["ord", "prefix", "function", "big", "bin", "rel", "open", "close", "bar", "punct", "inner", "sign"]
# TeX's classes of atoms, and three more: "prefix" (∂, ∇, Δ) binds to what follows it, "bar" opens and closes by turns,
# "sign" is a "bin" with nothing on its left.


@frozen
class Symbol:
    """One symbol in both alphabets."""

    unicode: str
    ascii: str
    role: Role


# Triples: command, Unicode, ASCII; "_" in the ASCII column stands for a space.
_COMMANDS: dict[Role, str] = {
    "ord": """
        alpha α alpha      beta β beta         gamma γ gamma      delta δ delta     epsilon ε epsilon
        varepsilon ε epsilon                   zeta ζ zeta        eta η eta         theta θ theta
        vartheta ϑ theta   iota ι iota         kappa κ kappa      lambda λ lambda   mu μ mu
        nu ν nu            xi ξ xi             omicron ο omicron  pi π pi           rho ρ rho
        varrho ϱ rho       sigma σ sigma       varsigma ς sigma   tau τ tau         upsilon υ upsilon
        phi φ phi          varphi φ phi        chi χ chi          psi ψ psi         omega ω omega
        Gamma Γ Gamma      Theta Θ Theta       Lambda Λ Lambda    Xi Ξ Xi           Pi Π Pi
        Sigma Σ Sigma      Upsilon Υ Upsilon   Phi Φ Phi          Psi Ψ Psi         Omega Ω Omega
        infty ∞ inf        ell ℓ l             hbar ℏ hbar        Re ℜ Re           Im ℑ Im
        emptyset ∅ {}      varnothing ∅ {}     top ⊤ T            intercal ⊤ T      bot ⊥ bottom
        forall ∀ for_all   exists ∃ exists     neg ¬ not          lnot ¬ not        ldots … ...
        dots … ...         cdots ⋯ ...         dotsc … ...        dotsb ⋯ ...       vdots ⋮ ...
        ddots ⋱ ...        prime ′ '           dagger † +         angle ∠ angle     checkmark ✓ yes
        imath i i          jmath j j
    """,
    "prefix": "partial ∂ d    nabla ∇ grad    Delta Δ Delta",
    "big": """
        sum Σ sum          prod ∏ prod         coprod ∐ coprod    int ∫ int         iint ∬ iint
        iiint ∭ iiint      oint ∮ oint         bigcup ⋃ union     bigcap ⋂ intersection
        bigoplus ⨁ (+)     bigotimes ⨂ (x)     bigvee ⋁ or        bigwedge ⋀ and
    """,
    "bin": """
        pm ± +-            mp ∓ -+             times × *          div ÷ /           cdot · *
        ast ∗ *            star ⋆ *            circ ∘ o           bullet • *        odot ⊙ (*)
        oplus ⊕ (+)        ominus ⊖ (-)        otimes ⊗ (x)       cup ∪ union       cap ∩ intersect
        land ∧ and         wedge ∧ and         lor ∨ or           vee ∨ or          setminus ∖ \\
        bmod mod mod
    """,
    "rel": """
        lt < <             gt > >              le ≤ <=            leq ≤ <=          leqslant ≤ <=
        ge ≥ >=            geq ≥ >=            geqslant ≥ >=      ne ≠ !=           neq ≠ !=
        approx ≈ ~=        sim ∼ ~             simeq ≃ ~=         cong ≅ ~=         equiv ≡ ==
        ll ≪ <<            gg ≫ >>             propto ∝ propto    in ∈ in           notin ∉ not_in
        ni ∋ contains      subset ⊂ subset_of  subseteq ⊆ subset_of
        supset ⊃ superset_of                   supseteq ⊇ superset_of
        mid | |            parallel ∥ ||       perp ⊥ _|_         to → ->           rightarrow → ->
        leftarrow ← <-     gets ← <-           leftrightarrow ↔ <->                 longrightarrow ⟶ ->
        longleftarrow ⟵ <- mapsto ↦ |->        Rightarrow ⇒ =>    Leftarrow ⇐ <=    Leftrightarrow ⇔ <=>
        implies ⟹ =>       impliedby ⟸ <=      iff ⟺ <=>          uparrow ↑ up      downarrow ↓ down
        triangleq ≜ :=     coloneqq ≔ :=       prec ≺ <           succ ≻ >          preceq ⪯ <=
        succeq ⪰ >=        lesssim ≲ <~        gtrsim ≳ >~
    """,
    "open": """
        lbrace { {         lbrack [ [          lparen ( (         langle ⟨ <        lfloor ⌊ floor(
        lceil ⌈ ceil(      lvert | |           lVert ‖ ||
    """,
    "close": """
        rbrace } }         rbrack ] ]          rparen ) )         rangle ⟩ >        rfloor ⌋ )
        rceil ⌉ )          rvert | |           rVert ‖ ||
    """,
    "bar": "vert | |    Vert ‖ ||",
    "punct": "colon : :",
}

# The same triples for what is typed as it is, and for a backslash with one sign.
_CHARACTERS: dict[Role, str] = {
    "ord": r"/ / /   \% % %   \$ $ $   \# # #   \& & &   % % %   ' ′ '   \_ _ \_   ~ ~ ~   @ @ @",
    "bin": "+ + +   - − -   − − -   * * *",
    "rel": "= = =   < < <   > > >   : : :   -> → ->",
    "open": r"( ( (   [ [ [   \{ { {",
    "close": r") ) )   ] ] ]   \} } }   ! ! !   ? ? ?",
    "bar": r"| | |   \| ‖ ||",
    "punct": ", , ,   ; ; ;",
}

_FUNCTIONS = """
    max min sup inf lim exp log ln lg sin cos tan sec csc cot sinh cosh tanh coth arcsin arccos arctan
    det dim gcd hom ker deg Pr arg argmax argmin limsup liminf
"""
FUNCTIONS = frozenset(_FUNCTIONS.split())

# Letters whose brackets hold an argument: f(x) is one thing, n(n + 1) is a product.
CALLED = frozenset("fghpqPQEσφΦ")


def _symbols(tables: dict[Role, str], mark: str) -> dict[str, Symbol]:
    symbols = {}
    for role, table in tables.items():
        words = iter(table.split())
        for name, drawn, plain in zip(words, words, words, strict=True):
            symbols[mark + name] = Symbol(drawn, _spaced(plain), role)
    return symbols


def _spaced(plain: str) -> str:
    literal = {r"\_": "_", "_|_": "_|_"}
    return literal.get(plain, plain.replace("_", " "))


SYMBOLS = _symbols(_COMMANDS, "\\") | _symbols(_CHARACTERS, "")

# A Greek letter or a sign that the author typed himself, by the sign.
TYPED = {symbol.unicode: symbol for symbol in reversed(SYMBOLS.values()) if not symbol.unicode.isascii()} | {
    "Σ": SYMBOLS[r"\Sigma"],
    "∑": SYMBOLS[r"\sum"],
    "∏": SYMBOLS[r"\prod"],
}

SPACES = {r"\,": " ", r"\:": " ", r"\;": " ", r"\>": " ", r"\ ": " ", "~": " ", r"\enspace": " ", r"\thinspace": " ",
          r"\quad": "  ", r"\qquad": "  ", r"\!": ""}  # fmt: skip

# Commands that change size or placement only.
_SILENT = r"""
    \displaystyle \textstyle \scriptstyle \limits \nolimits \big \Big \bigg \Bigg \bigl \bigr \Bigl \Bigr \biggl
    \biggr \Biggl \Biggr \bigm \Bigm \middle \strut \notag \nonumber
"""
SILENT = frozenset(_SILENT.split())

# Accent: the combining mark, the word for ASCII and for more than one letter.
ACCENTS = {
    "hat": ("\u0302", "hat"), "widehat": ("\u0302", "hat"), "bar": ("\u0304", "bar"), "overline": ("\u0304", "bar"),
    "tilde": ("\u0303", "tilde"), "widetilde": ("\u0303", "tilde"), "vec": ("\u20d7", "vec"),
    "dot": ("\u0307", "dot"), "ddot": ("\u0308", "ddot"),
}  # fmt: skip

_SCRIPT_LETTERS = dict(zip("BEFHILMR", "ℬℰℱℋℐℒℳℛ", strict=True))
_OTHER_ALPHABETS = "mathbf mathsf mathtt mathit boldsymbol bm pmb mathfrak underline underbrace overbrace"

# Alphabets that the fonts of terminals have; the letters of the others stay plain.
ALPHABETS: dict[str, dict[str, str]] = {
    "mathbb": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
    "mathcal": _SCRIPT_LETTERS,
    "mathscr": _SCRIPT_LETTERS,
    **{name: {} for name in _OTHER_ALPHABETS.split()},
}

RAISED = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW⊤∘′†⋆",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵀ°′†⋆",
        strict=True,
    )
)
LOWERED = dict(zip("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))
