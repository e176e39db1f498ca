"""Writes files that a command was asked for; none is overwritten unless that was asked for, too."""

import os
from pathlib import Path

from checklist.errors import ChecklistError


def write_new(path: Path, data: bytes) -> None:
    """Write a new file; nothing is left of it where it cannot be written whole.

    Raises
    ------
    ChecklistError
        ``output-exists`` or ``output-unwritable``.
    """
    try:
        file = path.open("xb")
        try:
            with file:
                file.write(data)
        except BaseException:
            path.unlink()
            raise
    except FileExistsError as error:
        raise ChecklistError("output-exists", file=str(path)) from error
    except OSError as error:
        raise ChecklistError("output-unwritable", file=str(path), reason=error) from error


def write_file(path: Path, data: bytes, *, force: bool) -> None:
    """Write a file; one that is there already is replaced only with ``force``, and then whole.

    Raises
    ------
    ChecklistError
        ``output-exists-force`` or ``output-unwritable``.
    """
    if not force:
        try:
            write_new(path, data)
        except ChecklistError as error:
            if error.code == "output-exists":
                raise ChecklistError("output-exists-force", file=str(path)) from error
            raise
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        try:
            beside.write_bytes(data)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise ChecklistError("output-unwritable", file=str(path), reason=error) from error
