"""Tables of a page, as HTML that sorts by click. Each `table_*` is one kind of table."""

from regional_index.tables.codebook import (
    table_codebook,
    table_control_totals,
    table_corrections,
    table_sources,
    table_tree,
)
from regional_index.tables.coherence import table_coherence, table_importance
from regional_index.tables.columns import columns_of, meaning_of, table_columns
from regional_index.tables.compare import compare_data
from regional_index.tables.edition import table_claims, table_context
from regional_index.tables.grid import Cell, Column, offering, render_table
from regional_index.tables.intervals import table_edition, table_region_edition
from regional_index.tables.next_step import fold_next_steps, table_next_steps
from regional_index.tables.plain import PlainTable, plain_frame, plain_table, plain_text
from regional_index.tables.regions import table_compare, table_region_indices, table_region_years, table_regions
from regional_index.tables.robustness import table_decomposition, table_flips, table_sure_ranks
from regional_index.tables.series import table_frame, table_indicators, table_open
from regional_index.tables.steps import table_steps
from regional_index.tables.study import table_self_test, table_self_test_kinds, table_weights
from regional_index.tables.treatment import table_imputed, table_treated
from regional_index.tables.weighting import weighing_panel

__all__ = [
    "Cell",
    "Column",
    "PlainTable",
    "columns_of",
    "compare_data",
    "fold_next_steps",
    "meaning_of",
    "offering",
    "plain_frame",
    "plain_table",
    "plain_text",
    "render_table",
    "table_claims",
    "table_codebook",
    "table_coherence",
    "table_columns",
    "table_compare",
    "table_context",
    "table_control_totals",
    "table_corrections",
    "table_decomposition",
    "table_edition",
    "table_flips",
    "table_frame",
    "table_importance",
    "table_imputed",
    "table_indicators",
    "table_next_steps",
    "table_open",
    "table_region_edition",
    "table_region_indices",
    "table_region_years",
    "table_regions",
    "table_self_test",
    "table_self_test_kinds",
    "table_sources",
    "table_steps",
    "table_sure_ranks",
    "table_treated",
    "table_tree",
    "table_weights",
    "weighing_panel",
]  # fmt: skip
