"""What a table's bytes are: its encoding, its digest, and whether it is a table at all."""

import codecs
import errno
import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from checklist.errors import ChecklistError

Encoding = Literal["utf-8", "utf-8-sig", "cp1252"]
"""``utf-8-sig``: UTF-8 with a byte order mark, as Excel writes it."""

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """A table's file as its bytes show it.

    Attributes
    ----------
    size
        In bytes.
    digest
        SHA-256 in hexadecimal, by which a store knows a table again.
    """

    path: Path
    size: int
    digest: str
    encoding: Encoding


def examine(path: Path) -> Source:
    """Read a file once, chunk by chunk, and tell what it is.

    It is Windows-1252 where most of what is not ASCII makes no sense as UTF-8, so that one damaged
    byte in a file of UTF-8 does not spoil every other umlaut.

    Raises
    ------
    ChecklistError
        ``table-unreadable``: the file cannot be opened; ``table-no-text``: a workbook, UTF-16 or
        anything else that is no table in CSV.
    """
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    size = sound = broken = 0
    marked = False
    with _opened(path) as file:
        while chunk := file.read(CHUNK):
            if b"\0" in chunk or (len(chunk) == CHUNK and not (b"\n" in chunk or b"\r" in chunk)):
                raise ChecklistError("table-no-text", file=path.name)
            if size == 0:
                marked = chunk.startswith(codecs.BOM_UTF8)
            size += len(chunk)
            digest.update(chunk)
            more_sound, more_broken = _beyond_ascii(decoder.decode(chunk))
            sound, broken = sound + more_sound, broken + more_broken
        broken += len(decoder.decode(b"", final=True))
    encoding: Encoding = "cp1252" if broken > sound else "utf-8"
    return Source(path, size, digest.hexdigest(), "utf-8-sig" if marked else encoding)


def _beyond_ascii(text: str) -> tuple[int, int]:
    """Count characters beyond ASCII, and bytes that were none."""
    if text.isascii():
        return 0, 0
    valid = text.encode("utf-8", "ignore").decode()
    return len(valid) - len(valid.encode("ascii", "ignore")), len(text) - len(valid)


@contextmanager
def opened(source: Source) -> Iterator[io.TextIOWrapper]:
    """Open a table as text; a byte that makes no sense becomes a lone surrogate in its cell."""
    with _opened(source.path) as file:
        yield io.TextIOWrapper(file, source.encoding, "surrogateescape", newline="")


@contextmanager
def _opened(path: Path) -> Iterator[io.BufferedReader]:
    try:
        with path.open("rb") as file:
            if not file.seekable():  # it is read twice
                raise OSError(errno.ESPIPE, "not seekable")
            yield file
    except OSError as error:
        raise ChecklistError("table-unreadable", file=str(path), reason=error) from error
