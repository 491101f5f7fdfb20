"""Words that note who asked for them."""

from collections.abc import Mapping


class Listening(dict[str, str]):
    """Words that note which of them were asked for."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__(words)
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.asked.add(key)
        return super().__getitem__(key)
