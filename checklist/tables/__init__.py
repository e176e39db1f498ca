"""Takes tables of answers into a round: CSV as spreadsheets and survey tools write it.

    file → encoding → mapping of columns → rows → responses, or what is wrong and where

A table is read twice, never held: once for its encoding and digest, once for its rows.
"""

from checklist.tables.importing import Imported, import_table
from checklist.tables.mapping import TableMapping, read_mapping, read_renames
from checklist.tables.rows import Bad, rows
from checklist.tables.skipped import SkipBad
from checklist.tables.words import mapping_lines, outcome_lines

__all__ = [
    "Bad",
    "Imported",
    "SkipBad",
    "TableMapping",
    "import_table",
    "mapping_lines",
    "outcome_lines",
    "read_mapping",
    "read_renames",
    "rows",
]
