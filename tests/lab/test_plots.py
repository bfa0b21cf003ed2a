"""Curves as text and as pictures."""

import math
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from quizkit.errors import MachineProblem, UsageProblem
from quizkit.faces.plots import MARKS, Curve, Plot, save, svg, text

FALL = Curve("fall", ((1.0, 0.9), (2.0, 0.6), (3.0, 0.1)))
RISE = Curve("rise & more", ((1.0, 0.1), (2.0, 0.5), (3.0, 0.9)))
BOTH = Plot("two <curves>", "epoch", "loss", (FALL, RISE))


def test_a_text_plot_fits_its_width_in_ascii_and_names_axes_and_curves() -> None:
    rows = text(BOTH, 60, 10)
    assert all(len(row) <= 60 and row.isascii() for row in rows)
    assert rows[0] == "loss"
    assert rows[-1] == "o fall   x rise & more"
    assert "epoch" in rows[-2] and rows[-2].rstrip().endswith("3")


def test_the_highest_point_stands_in_the_first_row_and_the_lowest_in_the_last() -> None:
    rows = text(Plot("", "x", "y", (FALL,)), 40, 8)
    assert rows[1].lstrip().startswith("0.9|o")
    assert rows[8].endswith("o")


def test_a_logarithmic_axis_leaves_out_what_has_no_logarithm() -> None:
    curve = Curve("steps", ((1.0, 0.0), (2.0, math.inf), (3.0, 100.0), (4.0, 1.0)))
    rows = text(Plot("", "x", "y", (curve,), logarithmic=True), 40, 5)
    assert sum(row.partition("|")[2].count("o") for row in rows[1:6]) == 2
    assert rows[1].strip().startswith("1e+02|")


@pytest.mark.parametrize("curves", [(), (Curve("nothing", ()),), (Curve("one", ((1.0, 2.0),)),)])
def test_few_points_or_none_are_no_problem(curves: tuple[Curve, ...]) -> None:
    plot = Plot("", "x", "y", curves)
    assert text(plot, 40, 5)
    assert ET.fromstring(svg(plot)).tag.endswith("svg")


def test_an_svg_has_labelled_axes_and_every_curve_looks_different_without_colour() -> None:
    many = tuple(Curve(f"curve {i}", FALL.points) for i in range(9))
    root = ET.fromstring(svg(Plot("t", "epoch", "loss", many)))
    words = [element.text for element in root if element.tag.endswith("text")]
    assert {"t", "epoch", "loss", *(curve.name for curve in many)} <= set(words)
    lines = [element.attrib for element in root if element.tag.endswith("polyline")]
    styles = {(line["stroke"], line.get("stroke-dasharray")) for line in lines if line["stroke-width"] == "2"}
    assert len(styles) == 9
    assert all(len(set(line["stroke"][4:-1].split(","))) == 1 for line in lines)  # shades of grey


def test_marks_are_enough_for_nine_curves() -> None:
    assert len(set(MARKS)) == len(MARKS) >= 9


def test_a_picture_is_written_or_refused_with_what_to_do(tmp_path: Path) -> None:
    save(BOTH, tmp_path / "curves.svg")
    assert "two &lt;curves&gt;" in (tmp_path / "curves.svg").read_text("utf-8")
    with pytest.raises(UsageProblem, match=r"end the name with \.svg or \.png"):
        save(BOTH, tmp_path / "curves.gif")
    with pytest.raises(MachineProblem, match="cannot be written"):
        save(BOTH, tmp_path / "no" / "folder.svg")


def test_a_png_is_drawn_where_pillow_is_installed(tmp_path: Path) -> None:
    pytest.importorskip("PIL")
    save(BOTH, tmp_path / "curves.png")
    assert (tmp_path / "curves.png").read_bytes().startswith(b"\x89PNG")


def test_without_pillow_a_png_is_refused_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "PIL.Image", None)
    with pytest.raises(UsageProblem, match=r"pip install 'quizkit\[pictures\]'\. Or end the name with \.svg"):
        save(BOTH, tmp_path / "curves.png")
