"""Writes files that a command was asked for; one that is there already is never overwritten."""

from pathlib import Path

from checklist.errors import ChecklistError


def write_new(path: Path, data: bytes) -> None:
    """Write a new file.

    Raises
    ------
    ChecklistError
        ``output-exists`` or ``output-unwritable``.
    """
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise ChecklistError("output-exists", file=str(path)) from error
    except OSError as error:
        raise ChecklistError("output-unwritable", file=str(path), reason=error) from error
