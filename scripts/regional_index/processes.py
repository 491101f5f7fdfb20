"""Several processes, for work in many parts that do not need each other."""

import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Protocol, TypeVar

Part = TypeVar("Part")
Result = TypeVar("Result")


class Run(Protocol):
    """Applies a function of a module to each part, several at the same time; the results are in the parts' order."""

    def __call__(self, work: Callable[[Part], Result], parts: Iterable[Part], /) -> Iterator[Result]: ...  # noqa: D102


@contextmanager
def processes() -> Generator[Run, None, None]:
    """Work on all cores, until the end of the block; what is not begun by then is given up.

    Processes start when the first work is given to them, and take a second or two, for they are new ones: a copy of
    this one would hold locks of its threads. For less work than that there is `map`.
    """
    # Ctrl+C is for the process that waits for these.
    ignore_interrupts = {"initializer": signal.signal, "initargs": (signal.SIGINT, signal.SIG_IGN)}
    with ProcessPoolExecutor(mp_context=get_context("spawn"), **ignore_interrupts) as pool:
        try:
            yield pool.map
        finally:
            pool.shutdown(cancel_futures=True)
