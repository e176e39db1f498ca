"""Writes files that somebody asked for; none is overwritten unless that was asked for, too."""

import os
from pathlib import Path

from checklist.errors import ChecklistError
from checklist.sqlite_file import make_private


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
    replace(path, data)


def replace(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file in place of any that is there: the old one stands until the new one is whole.

    Parameters
    ----------
    private
        Whether only its owner may read it.

    Raises
    ------
    ChecklistError
        ``output-unwritable``.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        try:
            if private:
                make_private(beside)
            beside.write_bytes(data)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise ChecklistError("output-unwritable", file=str(path), reason=error) from error
