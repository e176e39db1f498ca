"""What differs between engines, and only that: all the rest is plain SQL that they all know."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol


class Rows(Protocol):
    """What a query gives."""

    def fetchone(self) -> Any: ...  # noqa: D102
    def fetchall(self) -> list[Any]: ...  # noqa: D102
    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """Takes statements with ``?`` for each value."""

    def execute(self, statement: str, values: Sequence[Any] = ..., /) -> Rows: ...  # noqa: D102
    def executemany(  # noqa: D102
        self, statement: str, rows: Iterable[Sequence[Any]], /
    ) -> object: ...


class Dialect(Protocol):
    """One engine with one store in it.

    Whatever goes wrong inside ``reading`` and ``writing`` comes out as a ``ChecklistError``.

    Attributes
    ----------
    place
        Where the store is, as its users know it.
    words
        What statements are filled in with: ``clustered`` ends a table whose rows lie in the order
        of their primary key; ``joined`` gives the answers of all rows as one ASCII text in bytes.
    """

    place: str
    words: Mapping[str, str]

    def reading(self) -> AbstractContextManager[Connection]:
        """Lend the connection for queries that all see one moment."""
        ...

    def writing(self, *, bulk: bool = False) -> AbstractContextManager[Connection]:
        """Lend the connection for one change: all of it is on disk afterwards, or none.

        Changes wait for each other. ``bulk`` allows more memory for a change of many rows.
        """
        ...

    def together(self) -> AbstractContextManager[None]:
        """Make one change of all that are made within; each that fails leaves the others as is."""
        ...

    def tables(self, connection: Connection) -> set[str]:
        """Give the names of all tables."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...
