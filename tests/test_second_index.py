"""A second index with other regions, another tree and another language is built with no code changed."""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from regional_index.site.inspect import inspect_site

pytestmark = pytest.mark.slow

HAN = re.compile(r"[\u2e80-\u303f\u3400-\u9fff\uff00-\uffef]")
PAGES = {
    "", "about", "claims", "compare", "data", "methodology", "robustness", "weights",
    "coherence", "revisions", "shore", "trends", "trends/sail-to-steam",
    "editions/third",
    "harbour", "harbour/traffic", "harbour/traffic/goods", "harbour/traffic/density", "harbour/speed",
    "indicators", "indicators/cargo", "indicators/cargo_per_resident", "indicators/clean_beaches",
    "indicators/residents", "indicators/waiting_time",
    *(f"regions/{island}/receipt" for island in ("arden", "brill", "corsa", "dunmore", "elm")),
    "regions", "regions/arden", "regions/brill", "regions/corsa", "regions/dunmore", "regions/elm",
}  # fmt: skip
# Of the other lens: its overview, what templates make, and what is written for every lens.
LENS = "by-resident"
PAGES |= {LENS} | {
    f"{LENS}/{page}" for page in PAGES if page.startswith(("harbour", "shore", "regions/")) or page == "robustness"
}
ARDEN, BRILL, CORSA, DUNMORE, ELM = "A1", "B2", "C3", "D4", "E5"


@dataclass(frozen=True)
class Built:
    """What the command said, and the folder it wrote."""

    output: str
    site: Path

    def pages(self) -> dict[str, str]:
        """The HTML of every page by its address."""
        found = sorted(self.site.glob("**/index.html"))
        return {path.parent.relative_to(self.site).as_posix().replace(".", "", 1): path.read_text() for path in found}


@pytest.fixture(scope="session")
def second(second_built: tuple[Path, str]) -> Built:
    """What the command made of the second index."""
    root, output = second_built
    return Built(output, root / "site")


def test_the_command_succeeds(second: Built) -> None:
    """Exit code 0, and the number of pages."""
    assert second.output.endswith("exit 0"), second.output
    assert f"{len(PAGES)} pages" in second.output


def test_there_is_a_page_for_every_region_and_every_index(second: Built) -> None:
    """Index pages come from the template, however deep the tree; Fogholm takes no part and has no page."""
    assert set(second.pages()) == PAGES


def test_pages_of_another_lens_lead_to_those_above_them(second: Built) -> None:
    """They are not in the navigation: up to the overview of the lens, over the pages of the same lens between."""
    link = r'<a [^>]*href="([^"]+)">([^<]+)</a>'
    trail = re.compile(rf'<p class="ri-note">({link}(?: › {link})*)</p>')
    pages = second.pages()
    found = {name: re.findall(link, match[1]) for name in pages if (match := trail.search(pages[name]))}
    assert set(found) == {page for page in PAGES if page.startswith(f"{LENS}/")}
    assert found[f"{LENS}/harbour"] == [("../", "Per resident")]
    assert found[f"{LENS}/harbour/traffic"] == [("../../", "Per resident"), ("../", "Harbour index")]


def test_another_lens_has_the_charts_that_its_pages_show(second: Built) -> None:
    """No others: drawings that no page shows would make every build of every lens and release longer."""
    shown = {name for path, html in second.pages().items() if path.split("/")[0] == LENS
             for name in re.findall('<figure class="ri-figure" id="chart-([^"]+)"', html)}  # fmt: skip
    assert {path.stem for path in (second.site / LENS / "charts").glob("*.svg")} == shown


def test_no_page_holds_a_chinese_character(second: Built) -> None:
    """Neither the content nor the theme around it."""
    found = {name: HAN.findall(html) for name, html in second.pages().items()}
    assert {name: "".join(letters) for name, letters in found.items() if letters} == {}


def text_of(path: Path) -> str:
    """What a file says; of a workbook all its parts but the list of fonts for every language."""
    if path.suffix != ".xlsx":
        return path.read_text()
    with zipfile.ZipFile(path) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if "theme" not in name)


def test_no_download_holds_a_chinese_character(second: Built) -> None:
    """Charts, their data, tables, and the interface."""
    folders = [second.site / name for name in ("api", "charts", "tables")]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    texts = {path.name: text_of(path) for path in files}
    assert len(texts) > 100
    assert [name for name, text in texts.items() if HAN.search(text)] == []


def test_nothing_of_the_first_index_is_left(second: Built) -> None:
    """Its codes, regions and edition stand in data/ and docs/ only."""
    for name, html in second.pages().items():
        assert re.findall(r"guangdong|beijing|industry/|/application/|2020|110000", html) == [], name


def test_pages_say_that_they_are_in_english(second: Built) -> None:
    """The language of the theme, for screen readers."""
    assert all('<html lang="en"' in html for html in second.pages().values())


# Worked out by hand from data/indicators. Goalposts: cargo 10-110, cargo per 100 residents 20-120, waiting time
# 5 (best) to 45 (worst), clean beaches 40-90; Corsa's waiting time of 2031 is excluded.
OPEN = {
    ("goods", 2030): {ARDEN: 50, BRILL: 25, CORSA: 0, DUNMORE: 20},  # (60 - 10) / 100 ...
    ("goods", 2031): {ARDEN: 100, BRILL: 50, CORSA: 10, DUNMORE: 25},
    ("density", 2030): {ARDEN: 40, BRILL: 50, CORSA: 0, DUNMORE: 10},  # 60 / 100 x 100 = 60; (60 - 20) / 100 ...
    ("density", 2031): {ARDEN: 90, BRILL: 100, CORSA: 20, DUNMORE: 15},
    ("traffic", 2030): {ARDEN: 47.5, BRILL: 31.25, CORSA: 0, DUNMORE: 17.5},  # 0.75 goods + 0.25 density
    ("traffic", 2031): {ARDEN: 97.5, BRILL: 62.5, CORSA: 12.5, DUNMORE: 22.5},
    ("speed", 2030): {ARDEN: 0, BRILL: 50, CORSA: 25, DUNMORE: 75, ELM: 90},  # (45 - hours) / 40
    ("speed", 2031): {ARDEN: 20, BRILL: 60, DUNMORE: 80, ELM: 100},
    ("harbour", 2030): {ARDEN: 31.666667, BRILL: 37.5, CORSA: 8.333333, DUNMORE: 36.666667},  # (2 traffic + speed) / 3
    ("harbour", 2031): {ARDEN: 71.666667, BRILL: 61.666667, CORSA: 12.5, DUNMORE: 41.666667},
    ("shore", 2030): {ARDEN: 0, BRILL: 42.5, CORSA: 66.25, DUNMORE: 48.75, ELM: 97.5},  # 0.75 beaches + 0.25 speed
    ("shore", 2031): {ARDEN: 20, BRILL: 45, CORSA: 100, DUNMORE: 65, ELM: 100},
}


@pytest.fixture(scope="session")
def scores(second: Built) -> pd.DataFrame:
    """The scores as others download them."""
    return pd.read_csv(second.site / "api" / "v1" / "scores.csv")


@pytest.mark.parametrize(("index", "year"), OPEN)
def test_open_scores_are_those_worked_out_by_hand(scores: pd.DataFrame, index: str, year: int) -> None:
    """Every region, and none where data are missing: three levels, unequal weights, less is better, an exclusion."""
    rows = scores[(scores["series"] == "open") & (scores["index"] == index) & (scores["year"] == year)]
    found = rows.dropna(subset=["score"]).set_index("region")["score"].to_dict()
    assert found == pytest.approx(OPEN[index, year], abs=5e-7)
    assert set(rows["region"]) == {ARDEN, BRILL, CORSA, DUNMORE, ELM}
    assert set(rows.loc[rows["score"].isna(), "status"]) <= {"not_published"}


def test_ranks_follow_the_unrounded_scores_and_equal_scores_share_one(scores: pd.DataFrame) -> None:
    """Dunmore's 36.67 is before Arden's 31.67 in 2030; Corsa and Elm both have 100 on the shore in 2031."""
    ranks = scores[scores["series"] == "open"].set_index(["index", "year", "region"])["rank"].sort_index()
    assert ranks[("harbour", 2030)].dropna().to_dict() == {ARDEN: 3, BRILL: 1, CORSA: 4, DUNMORE: 2}
    assert ranks[("shore", 2031)].to_dict() == {CORSA: 1, ELM: 1, DUNMORE: 3, BRILL: 4, ARDEN: 5}


def test_the_published_series_holds_what_the_report_states(scores: pd.DataFrame) -> None:
    """Two scores, and the ranks of the ordered list; 5 islands x 6 indices in all."""
    rows = scores[scores["series"] == "published"].set_index(["index", "region"])
    assert len(rows) == 30
    published = rows[rows["status"] == "published"]
    assert published["score"].to_dict() == {("harbour", ARDEN): 72.5, ("harbour", BRILL): 61}
    ranks = rows.loc["harbour"]["rank"].to_dict()
    assert {island: ranks[island] for island in (ARDEN, BRILL, DUNMORE)} == {ARDEN: 1, BRILL: 2, DUNMORE: 3}


def test_what_the_report_leaves_open_has_the_interval_that_its_claims_allow(scores: pd.DataFrame) -> None:
    """The total 200 less Arden's 72.5 and Brill's 61 leaves 66.5 to three islands, the third of them first."""
    rows = scores[(scores["series"] == "published") & (scores["index"] == "harbour")].set_index("region")
    rest = rows[rows["status"] == "not_published"]
    assert set(rest.index) == {CORSA, DUNMORE, ELM}
    assert rest["score"].isna().all()
    assert rest["lower"].sum() < 66.5 < rest["upper"].sum()
    assert rest.loc[DUNMORE, "lower"] >= 66.5 / 3 - 0.6


@pytest.mark.parametrize(
    ("chart", "title"),
    [
        ("harbour-ranking", "Harbour index: ranking of 2031"),
        ("traffic-map", "Traffic: map of 2031"),
        ("goods-years", "Goods: ranks from 2030 to 2031"),
        ("shore-areas", "Shore index by Ring, 2031"),
        ("heat-map", "All indices of all islands, 2031"),
        ("quadrants", "Harbour index and Shore index, 2031"),
        ("region-elm-profile", "Elm in every index, 2031"),
        ("region-dunmore-years", "Ranks of Dunmore, 2030 to 2031"),
        ("indicator-waiting_time", "Waiting time, 2030 and 2031"),
    ],
)
def test_charts_of_every_kind_are_there_with_english_titles(second: Built, chart: str, title: str) -> None:
    """As drawing, data and specification."""
    files = {ending: second.site / "charts" / f"{chart}.{ending}" for ending in ("svg", "csv", "vl.json")}
    assert [ending for ending, path in files.items() if not path.is_file()] == []
    assert f">{title}</title>" in files["svg"].read_text()


def test_an_indicator_of_which_less_is_better_says_so(second: Built) -> None:
    """In the codebook; all others say the opposite."""
    rows = re.findall(r'<tr id="(\w+)">(.*?)</tr>', second.pages()["data"])
    assert [code for code, row in rows if "less is better" in row] == ["waiting_time"]


def test_groups_are_those_of_its_own_regions_table(second: Built) -> None:
    """Rings and treaties, each with its members."""
    page = second.pages()["regions"]
    assert re.findall(r"<dt>(.*?)</dt>", page) == ["Inner ring", "Outer ring", "Old treaty"]


def test_links_anchors_and_ids_are_sound(second: Built) -> None:
    """The same inspection that every build goes through."""
    assert inspect_site(second.site) == []


def test_a_space_stands_between_two_sentences(second: Built) -> None:
    """`…, rank 3. All islands …`, not `rank 3.All`."""
    inline = re.compile(r"</?(?:a|abbr|span|strong|small)\b[^>]*>")
    apart = re.compile(r'<svg.*?</svg>|<pre class="ri-code".*?</pre>', re.DOTALL)
    pages = [inline.sub("", apart.sub("", html)) for html in second.pages().values()]
    texts = [re.sub(r"<[^>]+>", " ", page) for page in pages]
    assert [run for text in texts for run in re.findall(r"\w+[.!?][A-Z]\w+", text)] == []


def test_tiles_of_the_map_read_as_separate_words(second: Built) -> None:
    """A screen reader says `Arden 1 · 5` and `Fogholm not evaluated`."""
    tiles = re.search(r'<ul class="ri-tiles".*?</ul>', second.pages()["regions"])
    assert tiles is not None
    words = re.sub(r"<[^>]+>", "", tiles[0])
    assert "Arden 1 · 5" in words
    assert "Fogholm not evaluated" in words


def test_no_sentence_holds_an_empty_list(second: Built) -> None:
    """No island is above the mean of both indices."""
    found = {name: re.findall(r"\w+ \d+: [;.]", html) for name, html in second.pages().items()}
    assert {name: runs for name, runs in found.items() if runs} == {}
