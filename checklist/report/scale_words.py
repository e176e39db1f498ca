"""What a mean is called in the words of the scale that it was answered on."""

import math

from checklist.questionnaire import Dimension, Wording
from checklist.report.model import Words

TINY = 1e-9


def scale_words(dimension: Dimension, mean: float, wording: Wording) -> Words:
    """Give the nearest option, or the two around it.

    Parameters
    ----------
    mean
        Of the keyed answers, from 1 to the number of options.
    """
    turned = sum(item.reverse for item in dimension.items)
    everything = turned == len(dimension.items)
    scale = dimension.items[0].scale
    place = scale.size + 1 - mean if everything else mean
    options = wording.options(scale)
    return Words(
        dimension=dimension.id,
        low=options[math.floor(place + TINY) - 1],
        high=options[math.ceil(place - TINY) - 1],
        turned="all" if everything else "some" if turned else "none",
    )
