"""What the benchmark wants of an engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from bench.search.measuring import Patience


class Engine(Protocol):
    name: str
    reads_rows: bool
    """Its documents are made from database rows; that time is told apart from the time of the engine itself."""

    @property
    def suggest(self) -> Callable[[str], int] | None: ...

    @property
    def change(self) -> Callable[[int, int], float] | None:
        """Change the listing of this number for the given turn: seconds from its commit until a search shows it."""
        ...

    def fill(self, size: int, patience: Patience) -> None:
        """Put the listings in, each taken through ``patience``; nothing when there is no index to be filled."""
        ...

    def search(self, text: str) -> int:
        """One page of results with its facets, as far as the engine has any; how many there are in all."""
        ...

    def size_bytes(self) -> int: ...

    def server_megabytes(self) -> int | None:
        """Memory of a process that the engine needs beside ours."""
        ...

    def versions(self) -> dict[str, str]: ...

    def close(self) -> None: ...
