"""Macros: functions that pages call by name. Each is registered where it is written."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial, update_wrapper
from typing import Any, TypeVar

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.render.table import Table

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class Macro:
    """A function that pages call by name.

    Attributes:
        name: As pages call it.
        function: Parameters named in `SUPPLIED` come first and are filled by the writer of the page.
        needs: The result table without which the macro refuses; empty where it needs none.
    """

    name: str
    function: Callable[..., Any]
    needs: str = ""

    def bind(self, supplied: Mapping[str, Any]) -> Callable[..., Any]:
        """The macro as a page calls it: without the parameters that are supplied.

        Args:
            supplied: Their values by name. `facts` is among them, and `show`, which writes a table that a macro makes.
        """
        signature = inspect.signature(self.function)
        own = [supplied[name] for name in signature.parameters if name in SUPPLIED]
        bound = partial(self._call, supplied["facts"], supplied["show"], *own)
        update_wrapper(bound, self.function)
        bound.__signature__ = signature.replace(parameters=self.parameters)  # type: ignore[attr-defined]
        return bound

    @property
    def parameters(self) -> list[inspect.Parameter]:
        """Parameters that a page gives."""
        return [each for name, each in inspect.signature(self.function).parameters.items() if name not in SUPPLIED]

    def _call(self, facts: Facts, show: Callable[[Table], Markup], *arguments: object, **named: object) -> Any:
        if self.needs:
            facts.required_table(self.needs)
        made = self.function(*arguments, **named)
        if made is None:
            return Markup("")
        return show(made) if isinstance(made, Table) else made


SUPPLIED = ("facts", "links", "charts", "publication", "releases", "show")
"""Names of parameters that a page does not give: what is known, links from the page, the charts, the site itself, what
was released before, and what writes a table with links to its files."""

MACROS: dict[str, Macro] = {}
"""Every macro by its name; it is complete once `regional_index.topics` is imported."""


def macro(name: str = "", *, needs: str = "") -> Callable[[Function], Function]:
    """Register a function as a macro.

    Args:
        name: As pages call it; by default the name of the function.
        needs: The result table without which it refuses.

    Raises:
        ValueError: There is a macro of that name.
    """

    def register(function: Function) -> Function:
        known = name or function.__name__
        if known in MACROS:
            raise ValueError(f'there are two macros "{known}"; rename one')
        MACROS[known] = Macro(known, function, needs)
        return function

    return register
