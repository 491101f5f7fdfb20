"""What is wrong with built pages is found; each kind is planted here and seen."""

from pathlib import Path

import pytest

from regional_index.site.inspect import inspect_site

PAGE = """<!doctype html><html><head>
<link rel="stylesheet" href="../assets/site.css"><link rel="canonical" href="https://harbour.islands/a/">
<script src="../assets/site.js"></script><script>inline()</script></head><body>
<a href="..">up</a> <a href="../b/#here">b</a> <a href="#own">own</a> <a href="../b/?x=1#here">asked</a>
<a href="https://harbour.islands/">out</a> <a href="//harbour.islands/">out</a>
<a href="mailto:a@harbour.islands">mail</a> <a href="../api/%E5%BE%97%E5%88%86.csv">file</a> <a id="own"></a>
<img src="../assets/x.png">
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="> EXTRA</body></html>"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site without a fault."""
    files = {
        "index.html": "<a href='a/'>a</a> <a href='a/index.html'>a</a> <a href='./'>here</a>",
        "a/index.html": PAGE,
        "b/index.html": '<h2 id="here">here</h2> <h2 id="得分">score</h2> <a href="#%E5%BE%97%E5%88%86">score</a>',
        "404.html": '<link rel="stylesheet" href="/below/assets/site.css">',
        "assets/site.css": "p { color: red }",
        "assets/site.js": "",
        "assets/x.png": "",
        "api/得分.csv": "",
        "api/v1/index.json": "{}",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def plant(site: Path, extra: str) -> list[str]:
    """Problems after something was put into one page."""
    (site / "a" / "index.html").write_text(PAGE.replace("EXTRA", extra))
    return inspect_site(site)


def test_a_sound_site_has_no_problem(site: Path) -> None:
    """Relative, encoded, absolute and mail addresses, data in the page, the page for what is not found."""
    assert inspect_site(site) == []


@pytest.mark.parametrize(
    ("extra", "problem"),
    [
        ('<a href="../c/">x</a>', "links to ../c/, which does not exist"),
        ('<a href="../b">x</a><a href="../gone.csv">x</a>', "links to ../gone.csv, which does not exist"),
        ('<a href="../b/#gone">x</a>', "links to ../b/#gone, but b/index.html has no element with that id"),
        ('<a href="#gone">x</a>', "links to #gone, but a/index.html has no element with that id"),
        ('<p id="own"></p>', 'the id "own" is there twice; ids must be unique'),
        ('<img src="../gone.png">', "loads ../gone.png, which does not exist"),
        ('<script src="../gone.js"></script>', "loads ../gone.js, which does not exist"),
        ('<link rel="stylesheet" href="../gone.css">', "loads ../gone.css, which does not exist"),
    ],
)
def test_what_leads_nowhere_is_found(site: Path, extra: str, problem: str) -> None:
    """Page and address are named."""
    assert plant(site, extra) == [f"a/index.html: {problem}"]


@pytest.mark.parametrize("name", ["index.html", "404.html", "api/v1/index.json"])
def test_a_folder_that_is_not_a_whole_site_is_found(site: Path, name: str) -> None:
    """A build that wrote elsewhere, or stopped half-way, must not replace a site."""
    (site / name).unlink()
    assert f"{name}: found no such file; a whole site has one; see what the build said about it" in inspect_site(site)


def test_an_empty_folder_is_no_site(tmp_path: Path) -> None:
    """Nothing in it is wrong, but there is nothing."""
    assert len(inspect_site(tmp_path)) == 3


AWAY = "https://cdn.harbour.islands/x"


@pytest.mark.parametrize(
    "extra",
    [
        f'<script src="{AWAY}"></script>',
        '<script src="//cdn.harbour.islands/x"></script>',
        f'<link rel="stylesheet" href="{AWAY}">',
        f'<link rel="preconnect" href="{AWAY}">',
        f'<link rel="icon" href="{AWAY}">',
        f'<img src="{AWAY}">',
        f'<iframe src="{AWAY}"></iframe>',
        f'<video><source src="{AWAY}"></video>',
        f'<audio src="{AWAY}"></audio>',
    ],
)
def test_what_loads_from_another_site_is_found(site: Path, extra: str) -> None:
    """Scripts, styles, pictures, frames, media, and connections made ahead."""
    (problem,) = plant(site, extra)
    assert problem.startswith("a/index.html: loads ")
    assert "from another site; keep a copy below docs/assets" in problem


@pytest.mark.parametrize(
    "extra",
    [
        f'<img srcset="{AWAY} 2x" src="../assets/x.png">',
        f'<object data="{AWAY}"></object>',
        f'<embed src="{AWAY}">',
        f'<video poster="{AWAY}"></video>',
        f'<input type="image" src="{AWAY}">',
        f'<svg><image href="{AWAY}"/></svg>',
        f'<p style="background:url({AWAY})"></p>',
        f"<style>@import url({AWAY});</style>",
        f"<style>@import '{AWAY}';</style>",
        f'<img srcset="../assets/x.png 1x,{AWAY} 2x" src="../assets/x.png">',
        f'<svg><use xlink:href="{AWAY}#y"/></svg>',
        f'<svg><path fill="url({AWAY}#y)"/></svg>',
        f"<p title=it's><img src={AWAY}> <b title=\"it's\">",
        f"<p style='background:url(&quot;{AWAY}&quot;)'></p>",
        '<img src="\\\\cdn.harbour.islands/x">',
    ],
)
def test_rarer_ways_to_load_from_another_site_are_found(site: Path, extra: str) -> None:
    """DESIGN: nothing is ever fetched from a third party."""
    assert plant(site, extra) != []


@pytest.mark.parametrize(
    "extra",
    [
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><use href="#own"/></svg>',
        '<svg><path fill="url(#own)" style="mask:url(#own)"/></svg>',
        '<p style="background:url(data:image/gif;base64,R0lGODlhAQABAAAAACw=)"></p>',
        '<img srcset="data:image/gif;base64,R0lGODlhAQABAAAAACw= 1x, ../assets/x.png 2x" src="../assets/x.png">',
        f'<style>/* url({AWAY}) */ @namespace url({AWAY}); p::before {{ content: "url({AWAY})" }}</style>',
        f'<!-- <img src="{AWAY}"> --><script>"<img src={AWAY}>"</script><textarea><img src="{AWAY}"></textarea>',
        f'<p title="<img src={AWAY}>" data-src="{AWAY}"></p>',
        f'<svg><a xlink:href="{AWAY}">out</a></svg>',
    ],
)
def test_what_only_looks_like_loading_is_none(site: Path, extra: str) -> None:
    """Names of languages, fragments, data in the page, text."""
    assert plant(site, extra) == []


def test_what_a_style_sheet_loads_exists(site: Path) -> None:
    """Its addresses start where it stands; a fragment is its own, data are in it."""
    sheet = "a { background: url(x.png) } b { mask: url('../gone.svg') } c { filter: url(#x); cursor: url(data:,x) }"
    (site / "assets" / "site.css").write_text(sheet)
    assert inspect_site(site) == ["assets/site.css: loads ../gone.svg, which does not exist"]


def test_a_style_sheet_that_imports_from_another_site_is_found(site: Path) -> None:
    """`@import` and `url()` in docs/assets/*.css."""
    (site / "assets" / "site.css").write_text("@import url(https://fonts.harbour.islands/css);")
    assert inspect_site(site) != []


def test_the_page_for_what_is_not_found_loads_nothing_from_another_site_either(site: Path) -> None:
    """It is shown at any address, but it is ours."""
    (site / "404.html").write_text(f'<script src="{AWAY}"></script>')
    assert inspect_site(site) != []


@pytest.mark.parametrize(
    "extra",
    [
        '<a href="{}">x</a>',
        '<link rel="canonical" href="{}">',
        "<p>Third edition[DB/OL]. (undated). {}</p>",
        '<input value="&lt;iframe src=&#34;{}&#34;&gt;&lt;/iframe&gt;">',
        "<pre><code>BASE = &quot;{}&quot;&#10;</code></pre>",
    ],
)
@pytest.mark.parametrize("address", ["https://example.github.io/a/", "http://127.0.0.1:8000/a/", "http://localhost/"])
def test_an_address_that_readers_cannot_open_is_found(site: Path, extra: str, address: str) -> None:
    """Linked, declared, printed in a citation, in code to embed and in code to run; also where nothing is found."""
    said = f"found {address}, which readers cannot open; expected a public address or a link within the site"
    assert plant(site, extra.format(address)) == [f"a/index.html: {said}"]
    (site / "a" / "index.html").write_text(PAGE)
    (site / "404.html").write_text(extra.format(address))
    assert inspect_site(site) == [f"404.html: {said}"]


def test_every_problem_of_every_page_is_listed(site: Path) -> None:
    """In the order of the pages; a link that stands twice is said once."""
    (site / "b" / "index.html").write_text('<a href="../c/">x</a><a href="../c/">x</a>')
    problems = plant(site, '<a href="../c/">x</a>')
    assert problems == [
        "a/index.html: links to ../b/#here, but b/index.html has no element with that id",
        "a/index.html: links to ../b/?x=1#here, but b/index.html has no element with that id",
        "a/index.html: links to ../c/, which does not exist",
        "b/index.html: links to ../c/, which does not exist",
    ]
