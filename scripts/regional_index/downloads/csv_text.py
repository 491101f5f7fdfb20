"""Tables as CSV text, the same way in every download."""

import pandas as pd

from regional_index.downloads.harmless import harmless

DECIMALS = 6


def csv_bytes(frame: pd.DataFrame, decimals: int = DECIMALS) -> bytes:
    """A table as CSV in UTF-8; floats have six decimals at most and 0 no sign, so that no noise is printed.

    No title or text begins a formula.

    Args:
        frame: The table, without its index.
        decimals: Another number of decimals, for what others go on computing with.
    """
    columns = frame.select_dtypes("floating").columns
    rounded = frame.assign(**{column: frame[column].round(decimals) + 0.0 for column in columns})
    text = {column: rounded[column].map(harmless) for column in rounded if _holds_text(rounded[column])}
    return rounded.assign(**text).rename(columns=harmless).to_csv(index=False, lineterminator="\n").encode()


def _holds_text(column: pd.Series) -> bool:
    return pd.api.types.is_string_dtype(column) or pd.api.types.is_object_dtype(column)
