"""Sources and record harmonised: one table, one key, one declaration."""

from foedus.tables.catalogue import find_table, table_ids, tables_of
from foedus.tables.disputes import ONE_PER_DYAD_YEAR, whittle
from foedus.tables.model import Coverage, Given, Table, load_table

__all__ = [
    "ONE_PER_DYAD_YEAR",
    "Coverage",
    "Given",
    "Table",
    "find_table",
    "load_table",
    "table_ids",
    "tables_of",
    "whittle",
]
