"""Fill a template with everything that prose may call."""

from collections.abc import Callable, Mapping, Sequence

import jinja2
from markupsafe import Markup

from regional_index.charts import Drawings
from regional_index.errors import LookupFailed
from regional_index.facts import Facts, Kept
from regional_index.framework import Publication, edition_package, edition_page, site_name
from regional_index.render import Home, Links, escape, name_edition, name_lens, open_years
from regional_index.topics.all import MACROS
from regional_index.topics.charts import ChartBlock
from regional_index.topics.edition.citation import edition_address
from regional_index.topics.files import TakeAlong


class PageWriter:
    """Macros bound to the page being written, and the templates they share.

    Args:
        facts: What can be asked.
        drawings: The charts, by id.
        parts: Templates by name; `part("x")` fills the one called `x`.
        extra: Further names that templates may use, such as the date of the last change.
        publication: Address of the site, and who answers for it.
        home: Where the pages are that are written.
        releases: What was released before, the oldest first.

    Attributes:
        shown: The tables and charts on the pages written so far.
        embedded: Makes the page of a chart that other sites embed, given its id; see `ChartBlock.embedded`.
    """

    def __init__(
        self,
        facts: Facts,
        drawings: Drawings,
        parts: Mapping[str, str],
        extra: Mapping[str, object] | None = None,
        publication: Publication = Publication(),  # noqa: B008
        home: Home = Home(),  # noqa: B008
        releases: Sequence[Kept] = (),
    ) -> None:
        self.current_page = ""
        self.home = home
        self.releases = tuple(releases)
        self._facts = facts
        self._environment = jinja2.Environment(
            loader=jinja2.DictLoader(dict(parts)),
            undefined=jinja2.StrictUndefined,
            finalize=escape,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["first_value"] = site_name
        links = Links(facts, lambda: self.current_page, home)
        take_along = TakeAlong(facts, links, lambda: self.current_page)
        self.publication = publication
        self.shown = take_along.shown
        charts = ChartBlock(facts, links, drawings, self.shown, lambda: take_along.page, publication, home)
        self.embedded = charts.embedded
        supplied = {
            "facts": facts,
            "links": links,
            "charts": charts,
            "publication": publication,
            "releases": self.releases,
            "show": take_along.show,
        }
        self.macros: dict[str, Callable[..., object]] = {
            **{name: macro.bind(supplied) for name, macro in MACROS.items()},
            "part": self.part,
        }
        self.variables: dict[str, object] = {
            "first_year": facts.first_year,
            "last_year": facts.last_year,
            "open_years": open_years(facts),
            "facts": facts,
            "site_address": "",
            "has_releases": bool(self.releases),
            "reading": name_lens(facts, facts.framework.reading) if facts.framework.reading else "",
            **_of_edition(facts, publication),
            **(extra or {}),
        }

    @property
    def edition_name(self) -> str:
        """The published edition, if there is one, and the years of the open series, in words."""
        return name_edition(self._facts)

    def has_part(self, name: str) -> bool:
        """Whether there is a template of this name."""
        return name in self._environment.list_templates()

    def part(self, name: str, /, **arguments: object) -> Markup:
        """The shared part of this name, filled.

        Raises:
            LookupFailed: There is no such part, or something in it is unknown; the message names the part.
        """
        try:
            template = self._environment.get_template(name)
            return Markup(template.render({**self.macros, **self.variables, **arguments}))
        except jinja2.TemplateNotFound as error:
            raise LookupFailed(
                f'unknown part "{error.name}"; there are {", ".join(self._environment.list_templates())}'
            ) from error
        except jinja2.TemplateSyntaxError as error:
            raise LookupFailed(f'part "{name}", line {error.lineno}: {error.message}') from error
        except (LookupFailed, jinja2.UndefinedError) as error:
            given = {key: value for key, value in arguments.items() if isinstance(value, str | int)}
            raise LookupFailed(f'part "{name}" with {given or "no arguments"}: {error}') from error

    def begin(self, page: str) -> None:
        """Let links lead from a page, given by its path below the folder of the pages."""
        self.current_page = self.home.folder + page

    def write(self, page: str, template: str, **arguments: object) -> str:
        """The text of a page made from a template."""
        self.begin(page)
        try:
            return str(self.part(template, **arguments))
        except LookupFailed as error:
            raise LookupFailed(f"docs/{page}: {error}") from error

    def fill(self, page: str, text: str) -> str:
        """The text of a page written by hand, without its front matter; its macros stay where that says so.

        Raises:
            LookupFailed: Something in it is unknown or misspelt; the message names the page.
        """
        from mkdocs.utils.meta import get_data

        self.begin(page)
        body, meta = get_data(text)
        if meta.get("render_macros") is False:
            return body
        try:
            return self._environment.from_string(body).render({**self.macros, **self.variables})
        except (LookupFailed, jinja2.UndefinedError, jinja2.TemplateSyntaxError) as error:
            raise LookupFailed(f"docs/{page}: {error}") from error


def _of_edition(facts: Facts, publication: Publication) -> dict[str, object]:
    """Variables of pages about the published edition, and about a release; none where there is neither."""
    name = publication.release or (facts.framework.edition if facts.has_edition else "")
    if not name:
        return {}
    variables: dict[str, object] = {
        "edition_address": edition_address(facts, publication),
        "edition_page": edition_page(name),
        "edition_package": edition_package(name),
    }
    if facts.has_edition:
        variables |= {"edition": facts.framework.edition_name, "edition_year": facts.framework.edition_year}
    return variables
