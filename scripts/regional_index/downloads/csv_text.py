"""Tables as CSV text, the same way in every download."""

import pandas as pd

DECIMALS = 6


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """A table as CSV in UTF-8; floats have six decimals at most, so that noise of the machine is not printed."""
    rounded = frame.copy()
    for column in rounded.select_dtypes("floating").columns:
        rounded[column] = rounded[column].round(DECIMALS)
    return rounded.to_csv(index=False, lineterminator="\n").encode()
