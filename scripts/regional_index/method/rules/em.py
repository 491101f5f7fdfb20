"""Imputation by maximum likelihood under a multivariate normal distribution, found by expectation-maximisation."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regional_index.method.rules.findings import Finding

# Correlations with a smaller eigenvalue leave no room for rounding: a column is made of others.
SMALLEST_EIGENVALUE = 1e-10


class CannotEstimate(Exception):
    """No estimate can be made; says why, about which columns by position (none: about all)."""

    def __init__(self, found: str, expected: str, remedy: str, columns: Sequence[int] = ()) -> None:
        super().__init__(found)
        self.found, self.expected, self.remedy, self.columns = found, expected, remedy, columns

    def explain(self, codes: Sequence[str]) -> Finding:
        """The reason, with the codes of indicators.

        Args:
            codes: The codes of all columns that were to be estimated.
        """
        names = [codes[column] for column in self.columns] if len(self.columns) else codes
        return Finding(f"{self.found} ({', '.join(names)})", self.expected, self.remedy, "impute")


def impute_em(values: np.ndarray, *, iterations: int, tolerance: float) -> np.ndarray:
    """Fill every gap with its expected value, given the row's other values.

    Mean and covariance are those of greatest likelihood for all rows that have a value (Dempster, Laird and Rubin
    1977; Little and Rubin 2002, section 11.2): each round fills gaps by regression on what is there and adds the
    covariance that filled values lack, starting from the complete rows. The rounds end when no mean and no covariance,
    in units of the standard deviations of the complete rows, moves by more than `tolerance`.

    Args:
        values: Shape (..., columns), a row for every region and year; NaN where missing.
        iterations: How many rounds there may be.
        tolerance: The largest movement that counts as none.

    Returns:
        The same shape; rows with no value at all stay missing.

    Raises:
        CannotEstimate: Not more complete rows than columns + 1, a column that is constant or made of others, or no
            convergence.
    """
    rows = values.reshape(-1, values.shape[-1])
    missing = np.isnan(rows)
    whole = ~missing.any(axis=1)
    if whole.all():
        return values
    centre, scale = _check_complete(rows[whole])
    broken = np.flatnonzero(missing.any(axis=1) & ~missing.all(axis=1))
    filled = rows.copy()
    if broken.size:
        correlation = np.cov((rows[whole] - centre) / scale, rowvar=False, bias=True).reshape(len(scale), -1)
        unit = _expect_all((rows[broken] - centre) / scale, correlation, int(whole.sum()), iterations, tolerance)
        filled[broken] = np.where(missing[broken], unit * scale + centre, rows[broken])
    return filled.reshape(values.shape)


def _check_complete(complete: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Means and standard deviations of the complete rows, once they are known to be enough."""
    rows, columns = complete.shape
    remedy = "give some indicators a rule of their own under impute, or choose another rule"
    if rows <= columns + 1:
        found = f"em with {rows} complete rows of {columns} indicators"
        raise CannotEstimate(
            found, f"more than {columns + 1} regions and years in which all of them have a value", remedy
        )
    constant = np.flatnonzero(complete.min(axis=0) == complete.max(axis=0))
    if constant.size:
        found = "em with indicators that are the same in every complete row"
        raise CannotEstimate(found, "indicators that vary", remedy, constant.tolist())
    centre, scale = complete.mean(axis=0), complete.std(axis=0)
    eigenvalues = np.linalg.eigvalsh(np.corrcoef(complete, rowvar=False).reshape(columns, columns))
    if eigenvalues[0] < SMALLEST_EIGENVALUE:
        found = "em with indicators of which one is made of others"
        raise CannotEstimate(found, "indicators none of which follows exactly from others", remedy)
    return centre, scale


def _expect_all(
    broken: np.ndarray, covariance: np.ndarray, complete: int, iterations: int, tolerance: float
) -> np.ndarray:
    """The rows with gaps, filled by the estimate to which the rounds lead from that of the complete rows.

    Args:
        broken: Rows with a gap and a value, in units in which the complete rows have the mean 0 and the covariance ...
        covariance: ... that is given here.
        complete: How many complete rows there are.
        iterations: As for `impute_em`.
        tolerance: As for `impute_em`.
    """
    batches = _find_batches(np.isnan(broken))
    own, mean, movement = complete * covariance, np.zeros(len(covariance)), np.inf
    rows = complete + len(broken)
    for _ in range(iterations):
        filled, lacking = _expect(broken, mean, covariance, batches)
        new_mean = filled.sum(axis=0) / rows
        deviation = filled - new_mean
        spread = own + complete * np.outer(new_mean, new_mean) + deviation.T @ deviation + lacking
        movement = max(np.abs(new_mean - mean).max(), np.abs(spread / rows - covariance).max())
        mean, covariance = new_mean, spread / rows
        if movement <= tolerance:
            return _expect(broken, mean, covariance, batches)[0]
    raise CannotEstimate(
        f"em that still moved by {movement:.1e} in round {iterations}",
        f"movements of at most {tolerance:.1e}",
        "allow more iterations or a larger tolerance, or choose another rule",
    )


@dataclass(frozen=True)
class _Batch:
    """Rows with equally many gaps.

    Attributes:
        rows: Their positions.
        patterns: The different sets of columns that are missing, shape (patterns, gaps).
        pattern: Which of them a row has.
    """

    rows: np.ndarray
    patterns: np.ndarray
    pattern: np.ndarray


def _find_batches(missing: np.ndarray) -> list[_Batch]:
    gaps = missing.sum(axis=1)
    batches = []
    for count in np.unique(gaps):
        rows = np.flatnonzero(gaps == count)
        _, first, pattern = np.unique(missing[rows], axis=0, return_index=True, return_inverse=True)
        patterns = np.nonzero(missing[rows[first]])[1].reshape(-1, count)
        batches.append(_Batch(rows, patterns, pattern.ravel()))
    return batches


def _expect(
    broken: np.ndarray, mean: np.ndarray, covariance: np.ndarray, batches: list[_Batch]
) -> tuple[np.ndarray, np.ndarray]:
    """Rows with the expected values in their gaps, and the sum of the covariances of what was filled.

    With the precision K, the inverse of the covariance, the missing m given the present p have the covariance
    `inv(K_mm)` and the mean `mean_m - inv(K_mm) K_mp (x_p - mean_p)`: small matrices where few columns are missing.
    """
    precision = np.linalg.inv(covariance)
    pull = np.nan_to_num(broken - mean) @ precision
    filled, lacking = broken.copy(), np.zeros(covariance.size)
    for batch in batches:
        columns = batch.patterns
        inverse = np.linalg.inv(precision[columns[:, :, None], columns[:, None, :]])
        of_row = columns[batch.pattern]
        pulled = np.einsum("rij,rj->ri", inverse[batch.pattern], pull[batch.rows[:, None], of_row])
        filled[batch.rows[:, None], of_row] = mean[of_row] - pulled
        weighted = inverse * np.bincount(batch.pattern)[:, None, None]
        cells = columns[:, :, None] * len(mean) + columns[:, None, :]
        lacking += np.bincount(cells.ravel(), weights=weighted.ravel(), minlength=lacking.size)
    return filled, lacking.reshape(covariance.shape)
