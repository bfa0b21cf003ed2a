"""Find LaTeX commands that a double-quoted YAML text swallows as escapes."""

from __future__ import annotations

import re

_names = """
acute aleph align aligned Alpha alpha angle approx arccos arcsin arctan argmax argmin ast asymp backslash bar barwedge
because begin Beta beta bf Big big bigcap bigcup Bigg bigg biggl biggr Bigl bigl bigodot bigoplus bigotimes Bigr bigr
binom blacksquare bm bmatrix boldsymbol bot bowtie Box boxed breve bullet cancel cap cases cdot cdots check chi circ
clubsuit colon color complement cong cos cosh cot csc cup dagger dashv ddagger ddot ddots def deg Delta delta det
dfrac diag Diamond diamond dim displaystyle div dot doteq dots downarrow ell emph emptyset end epsilon eqref equiv Eta
eta exists exp fbox flat footnotesize forall frac frown Gamma gamma gcd ge geq geqslant gets gg grave gtrsim hat hbar
hline hookrightarrow hphantom hspace iff iint Im implies in inf infty int iota it kappa ker label Lambda lambda land
langle lbrace lbrack lceil ldots le left Leftarrow leftarrow Leftrightarrow leftrightarrow leq leqslant lesssim lfloor
lhd lim liminf limits limsup ll ln lnot log longleftarrow longmapsto Longrightarrow longrightarrow lor ltimes lVert
lvert mapsto mathbb mathbf mathcal mathfrak mathit mathring mathrm mathscr mathsf mathtt matrix max measuredangle mid
min models mp mu nabla natural ne nearrow neg neq newcommand newline newpage nexists ni nmid noindent nolimits
nonumber not notag notin Nu nu nwarrow odot oint Omega omega omicron ominus operatorname oplus otimes overbrace
overline overrightarrow overset parallel partial perp phantom Phi phi Pi pi pm pmatrix pmb Pr prec preceq prime prod
propto Psi psi qquad quad rangle rank rbrace rbrack rceil Re ref renewcommand rfloor rhd Rho rho right Rightarrow
rightarrow rightharpoonup rm rtimes rVert rvert scriptstyle searrow sec setminus sharp Sigma sigma sigmoid sim simeq
sin sinh softmax space sqrt square stackrel star subset subseteq substack succ succeq sum sup supset supseteq tag tan
tanh Tau tau text textbf textcolor textit textnormal textrm textsf textstyle texttt tfrac therefore Theta theta tilde
times to top tr triangle triangleleft triangleq triangleright underbrace underline underset unlhd unrhd uparrow
updownarrow upharpoonright uplus Upsilon upsilon varepsilon varnothing varphi varpi varrho varsigma vartheta vdash
vdots vec vee veebar Vert vert vmatrix vphantom vspace wedge widehat widetilde wp Xi xi xleftarrow xrightarrow zeta
"""

COMMANDS = frozenset(_names.split())

_escape = re.compile(r"\\(?:([A-Za-z]++)(\.[a-z])?|.)", re.DOTALL)


def swallowed_commands(source: str) -> list[tuple[int, str]]:
    """Return where each LaTeX command stands in the source of a double-quoted scalar, and the command itself.

    A line break before an "e.g." is not the command `\\ne`.
    """
    return [
        (found.start(), "\\" + found[1])
        for found in _escape.finditer(source)
        if found[1] in COMMANDS and not (found[1] == "ne" and found[2])
    ]


def advice(command: str) -> str:
    """Say how to write `command` so that YAML leaves it alone."""
    return f"double quotes swallow the backslash of {command}: use single quotes ('…{command}…') or a block after |"
