"""How far two scores lie apart, and how sure that is: outside views, and changes over time."""

from collections.abc import Sequence
from math import hypot, isnan, sqrt
from typing import Literal, NamedTuple

import numpy as np
from scipy import special

from checklist.statistics.multiplicity import ERROR_RATE, holm
from checklist.statistics.scores import LEVEL

WIDEST = 100.0
"""No two POMP scores lie further apart than this."""

TINY = 1e-9
"""A difference below this, in POMP, is nothing but rounding, and 0.

Scores are good to 1e-13; the least real difference, one answer of one person among a million, comes
to 1e-6.
"""

Verdict = Literal["up", "down", "unclear"]


class Difference(NamedTuple):
    """A difference of two scores, with what it takes to say how sure it is.

    Attributes
    ----------
    value
        POMP, -100…100; above 0 where the first of the two is the higher one.
    error
        Its standard error, POMP: 0 where there is no spread at all, NaN where it cannot be known.
    df
        Degrees of freedom; NaN where ``error`` is 0 or NaN.
    """

    value: float
    error: float
    df: float


def welch(
    score_a: float, sd_a: float, n_a: int, score_b: float, sd_b: float, n_b: int
) -> Difference:
    """Give the difference a − b of the scores of two groups of different people.

    error = √(sd_a² / n_a + sd_b² / n_b), on (sd_a² / n_a + sd_b² / n_b)² / ((sd_a² / n_a)² /
    (n_a − 1) + (sd_b² / n_b)² / (n_b − 1)) degrees of freedom. Sources: Welch (1947), The
    generalization of Student's problem when several different population variances are involved,
    Biometrika 34, 28-35; Satterthwaite (1946), An approximate distribution of estimates of variance
    components, Biometrics Bulletin 2, 110-114.

    Where the same people stand in both groups and it is not known who is who, the error is on
    average too large, as long as people stay somewhat like themselves: the careful side.

    Parameters
    ----------
    score_a, sd_a, n_a
        A group's score, the standard deviation of its persons' scores, both POMP, and how many
        persons have one.
    score_b, sd_b, n_b
        The same of the other group.

    Returns
    -------
    Difference
        Without a known error where one of the groups has fewer than two people. Where only one of
        them answered all alike, the error rests on the other alone.

    Examples
    --------
    >>> apart = welch(70.0, 20.0, 16, 60.0, 10.0, 12)
    >>> [round(figure, 3) for figure in apart]
    [10.0, 5.774, 23.158]
    """
    value = _unless_rounding(score_a - score_b)
    if n_a < 2 or n_b < 2:
        return Difference(value, float("nan"), float("nan"))
    error_a, error_b = sd_a / sqrt(n_a), sd_b / sqrt(n_b)
    return Difference(value, hypot(error_a, error_b), _satterthwaite_df(error_a, n_a, error_b, n_b))


def paired(difference: float, sd_of_differences: float, n: int) -> Difference:
    """Give the difference between two scores of the same people.

    error = sd / √n, on n − 1 degrees of freedom. Source: Student (1908), The probable error of
    a mean, Biometrika 6, 1-25.

    Parameters
    ----------
    difference
        The mean difference, POMP.
    sd_of_differences
        The standard deviation of the persons' differences, POMP.
    n
        How many people have a difference.

    Returns
    -------
    Difference
        Without a known error for fewer than two people.

    Examples
    --------
    >>> paired(5.0, 12.0, 16)
    Difference(value=5.0, error=3.0, df=15.0)
    """
    value = _unless_rounding(difference)
    if n < 2:
        return Difference(value, float("nan"), float("nan"))
    error = float(sd_of_differences / sqrt(n))
    return Difference(value, error, float(n - 1) if error > 0 else float("nan"))


def difference_interval(difference: Difference) -> tuple[float, float] | None:
    """Give the 95 % interval of a difference, value ± t(.975; df) · error, cut to -100…100.

    Cutting leaves out only what cannot be, and so does not change how often an interval of this
    kind holds the true difference. Source: Student (1908), as for ``paired``.

    Parameters
    ----------
    difference
        From ``welch`` or ``paired``.

    Returns
    -------
    (low, high) in POMP, or ``None`` where all answered alike (error = 0) or the error is not known

    Examples
    --------
    >>> low, high = difference_interval(paired(5.0, 12.0, 16))
    >>> round(low, 2), round(high, 2)
    (-1.39, 11.39)
    >>> difference_interval(paired(5.0, 0.0, 16)) is None
    True
    """
    if not _tells(difference):
        return None
    reach = float(special.stdtrit(difference.df, (1 + LEVEL) / 2)) * difference.error
    return max(-WIDEST, difference.value - reach), min(WIDEST, difference.value + reach)


def difference_p(difference: Difference) -> float:
    """Give the two-sided p of a t-test of no difference, t = value / error.

    Where there is no spread to hold the difference against, no test can be made. This is also so
    where the difference is not 0: a handful of people who answer alike would otherwise give p = 0,
    the strongest claim from the least evidence. Sources: as for ``welch`` and ``paired``.

    Parameters
    ----------
    difference
        From ``welch`` or ``paired``.

    Returns
    -------
    float
        0…1; NaN where no test can be made: all answered alike, or the error is not known.

    Examples
    --------
    >>> round(difference_p(paired(5.0, 12.0, 16)), 6)
    0.116319
    >>> difference_p(paired(5.0, 0.0, 16))
    nan
    """
    if not _tells(difference):
        return float("nan")
    t = abs(difference.value / difference.error)
    return float(2 * special.stdtr(difference.df, -t))


def hedges_g(difference: float, sd_a: float, n_a: int, sd_b: float, n_b: int) -> float:
    """Express a difference in standard deviations, without the bias of few people: Hedges' g*.

    J · difference / √((sd_a² + sd_b²) / 2), with J = Γ(df / 2) / (√(df / 2) · Γ((df − 1) / 2)) and
    df = (n_a − 1)(n_b − 1)(sd_a² + sd_b²)² / ((n_b − 1) sd_a⁴ + (n_a − 1) sd_b⁴). Sources: Hedges
    (1981), Distribution theory for Glass's estimator of effect size and related estimators, Journal
    of Educational Statistics 6, 107-128, for J; Delacre, Lakens, Ley, Liu & Leys (2021), Why
    Hedges' g*s based on the non-pooled standard deviation should be reported with Welch's t-test,
    PsyArXiv, for the denominator and df.

    The denominator is the spread between people, in both rounds alike. It also serves paired
    differences, whose own spread would make any change look the greater the more alike people
    changed.

    Parameters
    ----------
    difference
        POMP.
    sd_a, n_a
        The standard deviation of a group's scores, POMP, and how many there are.
    sd_b, n_b
        The same of the other group.

    Returns
    -------
    float
        In standard deviations; NaN where nothing varies, a standard deviation is not known, or J
        has no value (df = 1: one of two groups varies, and it has two people).

    Examples
    --------
    >>> round(hedges_g(3.0, 5.5, 50, 4.5, 50), 4)
    0.5923
    """
    spread = hypot(sd_a, sd_b) / sqrt(2)
    df = _satterthwaite_df(sd_a, n_a, sd_b, n_b) if min(n_a, n_b) > 1 else float("nan")
    if not df > 1:
        return float("nan")
    # Γ(x + ½) / Γ(x) at once: as a difference of logarithms it loses digits where df is large.
    j = float(special.poch((df - 1) / 2, 0.5)) / sqrt(df / 2)
    return float(j * difference / spread)


def verdicts(differences: Sequence[Difference], p_values: Sequence[float]) -> list[Verdict]:
    """Say which differences of one table are clear: Holm over all its tests, at .05.

    Source: Holm (1979), as for ``holm``.

    Parameters
    ----------
    differences
        The rows of the table.
    p_values
        What ``difference_p`` says of each.

    Returns
    -------
    list of str
        "up" and "down" where a difference is clearly above or below 0, else "unclear", as it is
        where no test can be made.

    Examples
    --------
    >>> table = [paired(9.0, 12.0, 16), paired(-7.0, 12.0, 16), paired(5.0, 0.0, 16)]
    >>> verdicts(table, [difference_p(row) for row in table])
    ['up', 'down', 'unclear']
    """
    adjusted = holm(np.array(p_values, dtype=np.float64))
    return [
        ("up" if row.value > 0 else "down") if p < ERROR_RATE else "unclear"
        for row, p in zip(differences, adjusted.tolist(), strict=True)
    ]


def _satterthwaite_df(spread_a: float, n_a: int, spread_b: float, n_b: int) -> float:
    """Give Satterthwaite's degrees of freedom of the sum of two squared spreads; NaN if it is 0.

    Only their shares of the sum count, which keeps fourth powers of small numbers from vanishing.
    """
    both = hypot(spread_a, spread_b)
    if not both > 0:
        return float("nan")
    share_a, share_b = (spread_a / both) ** 2, (spread_b / both) ** 2
    return float(1 / (share_a**2 / (n_a - 1) + share_b**2 / (n_b - 1)))


def _unless_rounding(difference: float) -> float:
    """Give a difference, or 0 in place of rounding, which has a direction but means nothing."""
    return 0.0 if abs(difference) < TINY else float(difference)


def _tells(difference: Difference) -> bool:
    """Whether there is a spread to hold the difference against."""
    return difference.error > 0 and not isnan(difference.value + difference.df)
