"""From raw answers to scores: vectorised, the same for one person and a million.

An answers matrix has a row a respondent and a column an item, in the order of the file, as small
whole numbers: the option 1…K, ``LEFT_OPEN`` or ``DID_NOT_OCCUR``. Keying happens here and nowhere
else; what is stored is always raw.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from checklist import rounds
from checklist.interview import Answer, Mark, Response
from checklist.questionnaire import Dimension, Item, Questionnaire

LEFT_OPEN = 0
DID_NOT_OCCUR = -1

Codes = NDArray[np.int8]
"""An answers matrix: respondents × items."""

Floats = NDArray[np.float64]

_FOREIGN = 127
_CODES = {str(n): n for n in range(1, 10)} | {
    rounds.LEFT_OPEN: LEFT_OPEN,
    rounds.DID_NOT_OCCUR: DID_NOT_OCCUR,
}
_TABLE = np.array([_CODES.get(chr(n), _FOREIGN) for n in range(256)], dtype=np.int8).tobytes()
"""What each byte of a stored text stands for."""


def answers_matrix(questionnaire: Questionnaire, responses: Sequence[Response]) -> Codes:
    """Lay responses out as a matrix.

    Parameters
    ----------
    questionnaire
        Its ``items`` give the columns.
    responses
        One a row. Items that a response does not name were left open.

    Returns
    -------
    array of int8, shape (respondents, items)
    """
    rows = [
        [_code(response.answers.get(item.id)) for item in questionnaire.items]
        for response in responses
    ]
    return np.array(rows, dtype=np.int8).reshape(len(rows), len(questionnaire.items))


def codes_of(text: bytes, width: int) -> Codes:
    """Lay answers out that were stored as text, one response after the other.

    A million responses are a text of many megabytes: it is translated byte by byte through a table
    of 256 entries, and the matrix is a view on the result.

    Parameters
    ----------
    text
        A character an item: ``1`` to ``9``, ``-`` left open, ``.`` did not occur.
    width
        How many items a response has, at least 1.

    Returns
    -------
    array of int8, shape (respondents, items); it cannot be written to

    Raises
    ------
    ValueError
        The text holds another character or does not end with a whole response.

    Examples
    --------
    >>> codes_of(b"51-.42", 3).tolist()
    [[5, 1, 0], [-1, 4, 2]]
    """
    codes = np.frombuffer(text.translate(_TABLE), dtype=np.int8)
    if len(codes) % width:
        raise ValueError(f"{len(codes)} answers are no whole responses of {width} items")
    if codes.max(initial=LEFT_OPEN) == _FOREIGN:
        raise ValueError("a character that is no answer")
    return codes.reshape(-1, width)


def _code(answer: Answer | None) -> int:
    if isinstance(answer, int):
        return answer
    return DID_NOT_OCCUR if answer is Mark.DID_NOT_OCCUR else LEFT_OPEN


def keyed(codes: Codes, items: Sequence[Item]) -> Floats:
    """Turn reverse-keyed items round, x′ = K + 1 − x, and give NaN where there is no answer.

    Keying twice gives the raw answers back.

    Parameters
    ----------
    codes
        Shape (respondents, items).
    items
        One a column.

    Returns
    -------
    array of float64, shape (respondents, items), in option steps 1…K

    Examples
    --------
    >>> from checklist.questionnaire import Item, Scale
    >>> five = Scale("s", {"de": "?"}, {"de": ("a", "b", "c", "d", "e")})
    >>> keyed(np.array([[2], [0]]), [Item("i", {"de": "…"}, five, reverse=True)]).tolist()
    [[4.0], [nan]]
    """
    top = np.array([item.scale.size + 1 for item in items], dtype=np.float64)
    turned = np.array([item.reverse for item in items], dtype=bool)
    values = np.where(codes >= 1, codes, np.nan).astype(np.float64)
    return np.where(turned, top - values, values)


def pomp(mean: Floats, size: int) -> Floats:
    """Express a mean as percent of the maximum possible, 100 · (mean − 1) / (K − 1).

    Source: Cohen, Cohen, Aiken & West (1999), The problem of units and the circumstance for POMP,
    Multivariate Behavioral Research 34, 315-346.

    Parameters
    ----------
    mean
        Means of keyed answers, in option steps 1…K.
    size
        K, the number of options.

    Returns
    -------
    array of float64, 0…100

    Examples
    --------
    >>> float(pomp(np.array(4.0), 5))
    75.0
    """
    return 100.0 * (mean - 1.0) / (size - 1.0)


def needed(codes: Codes) -> NDArray[np.int64]:
    """How many answers each person needs for a score of one dimension.

    At least half of the asked items, rounded up, and at least two; one where the dimension has only
    one item by design. An item that did not occur was not asked.

    Parameters
    ----------
    codes
        The dimension's columns, shape (respondents, items).

    Returns
    -------
    array of int, shape (respondents,)
    """
    if codes.shape[1] == 1:
        return np.ones(len(codes), dtype=np.int64)
    asked: NDArray[np.int64] = (codes != DID_NOT_OCCUR).sum(axis=1)
    return np.asarray(np.maximum(2, (asked + 1) // 2))


def person_means(codes: Codes, dimension: Dimension) -> Floats:
    """Average each person's keyed answers to one dimension; NaN where there are too few.

    Parameters
    ----------
    codes
        The dimension's columns, shape (respondents, items).
    dimension
        Its items, in the order of the columns.

    Returns
    -------
    array of float64, shape (respondents,), in option steps 1…K
    """
    values = keyed(codes, dimension.items)
    answered = (~np.isnan(values)).sum(axis=1)
    total = np.nansum(values, axis=1)
    enough = answered >= needed(codes)
    means = np.full(len(codes), np.nan)
    np.divide(total, answered, out=means, where=enough)
    return means


def columns(questionnaire: Questionnaire, dimension: Dimension) -> slice:
    """Where a dimension's items stand in the matrix."""
    start = questionnaire.items.index(dimension.items[0])
    return slice(start, start + len(dimension.items))
