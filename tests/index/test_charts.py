"""The charts of this index: every one can be made, no label is cut or covered, every mark is seen."""

from itertools import combinations

import pytest

from regional_index.facts import Facts
from regional_index.figures import Drawing
from tests.figures.labels import read_labels
from tests.figures.test_contrast import SCHEMES, faint_marks
from tests.figures.test_figures import check_figures

ROOMY = 1.0  # pixels by which estimates of widths may be wrong


def test_every_chart_can_be_made(real_facts: Facts) -> None:
    check_figures(real_facts)


def test_no_label_is_cut_and_none_covers_another(drawings: dict[str, Drawing]) -> None:
    """Not even of the regions with the longest names."""
    for name, drawing in drawings.items():
        frame, labels = read_labels(drawing.inline_svg)
        assert labels, name
        for text, box in labels:
            assert frame.left - ROOMY <= box.left <= box.right <= frame.right + ROOMY, (name, text)
            assert frame.top - ROOMY <= box.top <= box.bottom <= frame.bottom + ROOMY, (name, text)
        assert [(a.text, b.text) for a, b in combinations(labels, 2) if a.box.overlaps(b.box)] == [], name


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_mark_stands_out(drawings: dict[str, Drawing], scheme: str) -> None:
    found = {name: faint_marks(drawing.inline_svg, scheme) for name, drawing in drawings.items()}
    assert {name: faint for name, faint in found.items() if faint} == {}
