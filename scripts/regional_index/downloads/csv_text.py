"""Tables as CSV text, the same way in every download."""

import pandas as pd

DECIMALS = 6


def csv_bytes(frame: pd.DataFrame, decimals: int = DECIMALS) -> bytes:
    """A table as CSV in UTF-8; floats have six decimals at most and 0 no sign, so that no noise is printed.

    Args:
        frame: The table, without its index.
        decimals: Another number of decimals, for what others go on computing with.
    """
    columns = frame.select_dtypes("floating").columns
    rounded = frame.assign(**{column: frame[column].round(decimals) + 0.0 for column in columns})
    return rounded.to_csv(index=False, lineterminator="\n").encode()
