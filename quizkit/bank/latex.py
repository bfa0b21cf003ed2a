"""Find LaTeX commands that a double-quoted YAML text swallows as escapes."""

from __future__ import annotations

import re

COMMANDS = frozenset(
    """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi omicron pi varpi rho
    varrho sigma varsigma tau upsilon phi varphi chi psi omega
    Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
    frac dfrac tfrac binom sqrt sum prod int iint oint lim limsup liminf max min argmax argmin sup inf log ln exp sin cos
    tan sinh cosh tanh arcsin arccos arctan sec csc cot det dim ker rank tr diag deg gcd Pr softmax sigmoid
    nabla partial infty forall exists nexists neg land lor lnot in notin ni subset subseteq supset supseteq cup cap
    setminus emptyset varnothing bigcup bigcap bigoplus bigotimes
    times cdot cdots ldots dots vdots ddots div pm mp ast star circ bullet oplus ominus otimes odot bigodot
    leq le geq ge neq ne ll gg approx sim simeq cong equiv propto perp parallel mid nmid prec succ preceq succeq models
    leqslant geqslant lesssim gtrsim
    to gets rightarrow leftarrow leftrightarrow Rightarrow Leftarrow Leftrightarrow longrightarrow Longrightarrow
    longleftarrow longmapsto mapsto hookrightarrow implies iff uparrow downarrow updownarrow nearrow searrow nwarrow
    rightharpoonup upharpoonright
    hat widehat bar overline underline tilde widetilde vec dot ddot acute grave breve check mathring overbrace underbrace
    overset underset stackrel overrightarrow
    mathbf mathrm mathit mathsf mathtt mathcal mathbb mathfrak mathscr boldsymbol bm pmb text textbf textit textrm texttt
    textsf textnormal emph operatorname displaystyle textstyle scriptstyle limits nolimits rm bf it
    left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr langle rangle lfloor rfloor lceil rceil lvert rvert
    lVert rVert vert Vert lbrace rbrace lbrack rbrack backslash
    begin end label ref eqref tag notag nonumber hline quad qquad space phantom hphantom vphantom hspace vspace
    noindent newline newpage newcommand renewcommand def not
    ell hbar Re Im aleph wp top bot vdash dashv therefore because triangle triangleq triangleleft triangleright square
    blacksquare Box Diamond diamond clubsuit dagger ddagger prime angle measuredangle colon complement xrightarrow
    xleftarrow cancel boxed color textcolor substack cases matrix pmatrix bmatrix vmatrix align aligned
    unlhd unrhd uplus vee wedge veebar barwedge lhd rhd ltimes rtimes bowtie asymp doteq upsilon
    rvert rtimes flat natural sharp frown fbox footnotesize Nu Eta Tau Beta Alpha Rho
    """.split()
)

_escape = re.compile(r"\\(?:([A-Za-z]++)(\.[a-z])?|.)", re.DOTALL)


def swallowed_commands(source: str) -> list[tuple[int, str]]:
    """Return where each LaTeX command stands in the source of a double-quoted scalar, and the command itself.

    A line break before an "e.g." is not the command `\\ne`.
    """
    return [
        (found.start(), "\\" + found[1])
        for found in _escape.finditer(source)
        if found[1] and len(found[1]) > 1 and found[1] in COMMANDS and not (found[1] == "ne" and found[2])
    ]


def advice(command: str) -> str:
    """Say how to write `command` so that YAML leaves it alone."""
    return f"double quotes swallow the backslash of {command}: use single quotes ('…{command}…') or a block after |"
