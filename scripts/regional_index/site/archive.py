"""Files in the archive of an edition."""

from collections.abc import Mapping

import pandas as pd

from regional_index.downloads import API_FOLDER, codebook_csv, data_package
from regional_index.downloads.csv_text import csv_bytes
from regional_index.files import pack
from regional_index.framework import site_name
from regional_index.site.render import Site
from regional_index.topics.edition.citation import citations_by_label, edition_address
from regional_index.topics.files import TABLE_FOLDER

CHARTS = "charts"
# Workbooks hold the same again.
CHART_ENDINGS = (".svg", ".csv", ".vl.json")


def edition_archive(site: Site, tables: Mapping[str, bytes]) -> bytes:
    """Everything of the edition as one archive, the same bytes from the same data.

    Args:
        site: What was generated.
        tables: The tables of all pages as CSV, by path below the site's root.
    """
    api = {path.removeprefix(f"{API_FOLDER}/"): content for path, content in site.generated(API_FOLDER).items()}
    charts = {path: content for path, content in site.generated(CHARTS).items() if path.endswith(CHART_ENDINGS)}
    return pack(
        {
            "README.txt": _readme(site),
            "CITATION.txt": _citations(site),
            "codebook.csv": codebook_csv(site.facts),
            "datapackage.json": data_package(site.facts, api),
            **{f"data/{name}": content for name, content in api.items()},
            **{path: content for path, content in tables.items() if path.endswith(".csv")},
            f"{TABLE_FOLDER}.csv": _list_of_tables(site),
            **charts,
            f"{CHARTS}.csv": _list_of_charts(site),
            **{f"inputs/{path}": content for path, content in site.inputs().items()},
        }
    )


def _readme(site: Site) -> bytes:
    facts, publication = site.facts, site.writer.publication
    address = edition_address(facts, publication)
    said = facts.sentence(
        "package.readme",
        title=site_name(facts.framework.title),
        edition=site.writer.edition_name,
        updated=publication.updated or facts.word("cite.undated"),
    )
    where = facts.sentence("package.address", address=address) if address else ""
    return f"{said.strip()}\n\n{where}".strip().encode() + b"\n"


def _citations(site: Site) -> bytes:
    cited = citations_by_label(site.facts, site.writer.publication)
    return "\n".join(f"{label}\n\n{text}\n" for label, text in cited.items()).encode()


def _list_of_tables(site: Site) -> bytes:
    address = site.writer.publication.address
    rows = [
        {
            "file": f"{TABLE_FOLDER}/{name}.csv",
            "caption": entry.table.caption,
            "status": entry.status,
            "sources": "; ".join(entry.sources),
            "page": address + entry.page,
        }
        for name, entry in sorted(site.writer.shown.tables.items())
    ]
    return csv_bytes(pd.DataFrame(rows, columns=["file", "caption", "status", "sources", "page"]))


def _list_of_charts(site: Site) -> bytes:
    shown, address = site.writer.shown, site.writer.publication.address
    rows = [
        {
            "file": f"{CHARTS}/{name}.csv",
            "title": figure.title,
            "description": figure.description,
            "page": address + shown.page_of(name) if name in shown.charts else "",
        }
        for name, figure in sorted((name, site.drawings.figure(name)) for name in site.drawings)
    ]
    return csv_bytes(pd.DataFrame(rows, columns=["file", "title", "description", "page"]))
