"""The privacy gate: which figures of a closed round may be shown. No group's figures pass by it.

The contract is P(k): with one unknown for each person and item, every non-zero linear combination
of all published figures of a round, and of the rounds it is compared with, involves at least k
people. The plan that keeps it depends on sizes only, never on answers:

* a figure is shown only of a group that is large enough for it;
* where teams that are not shown add up to more than nobody and fewer than enough, the smallest team
  that is shown is hidden, too, since everybody minus the shown teams would give them away;
* a change within the same people is shown of everybody only, and only where telling them from the
  others tells nothing about a few: see ``paired_shown``.

Observers are a round of their own: other people, other unknowns, the same plan. The lead's view is
one person's by design, who knows it; it is in no sum, and outside all this.

Why P(k) holds
--------------
Call a team's people with a valid answer to an item a *cell*. Every figure is a sum over whole
cells, of one team or of everybody; within a cell all people have the same coefficient. A cell is
*covered* where the team's row of the item, or of the item's dimension, is shown.

1. Both rows need k valid answers to the item, so a covered cell has k people or more: a combination
   that does not vanish on it involves as many. Any other combination is zero on all covered cells.
   On the uncovered ones only rows of everybody are not zero, and in these an item's coefficient is
   the same for all people. So of each item it involves nobody, or everyone in its uncovered cells.
2. Those add up to 0 or to at least k. Uncovered are all cells that ``hide`` hides at the score
   threshold, and these add up to that (or all teams are hidden, then everybody has k people, or no
   row either); any further uncovered cell was not hidden there, so it has k people by itself. For
   this, what is hidden at the score threshold has to be hidden at the higher item threshold, too.
   It is: small cells remain small; and a team hidden to protect others either has become small
   itself, or there is nobody between the thresholds, and it is chosen again.
3. Nothing in this needs sums of plain answers. It holds for counts of options, for bounds and AD_M
   (other coefficients by item, alike within a cell) and, with the people who have a score for the
   cell, for the sum of squares behind a standard deviation.
4. Who left an item open, or had no occasion, may be the unknown: then a cell is the whole team. All
   teams that are hidden altogether have 0 or at least k people, every other team at least k, and so
   have all unions of them. This covers n, left open and did not occur, also of teams in which
   nobody gave a valid answer.

From shown rows the mean of an item may follow whose own row is hidden: a dimension minus its other
items. It rests on at least k people, though perhaps on fewer than the item threshold.

Reliability rests on the people who answered all items of a dimension, the other figures also on
those who answered only some. Were that a single person, all their possible answers could be tried
until the figures agree. It is no linear figure, but it is shown only where each of the others rests
on the same people or on at least k more.

Why P(k) holds along a chain
----------------------------
A person has unknowns in each round they take part in; whoever is matched is the same person in
both. The differences of two published scores, between rounds or between self-view and outside view,
are combinations of published figures and add nothing. What adds something is a paired change: for
each item the answers of those who are matched, the new ones minus the old ones.

5. Take a combination that holds a paired change of the newest round, and one item of it. Within a
   team of the new round all other figures have the same coefficient for everybody with a valid
   answer; the paired change adds another one for those who are matched. So in each team it cannot
   vanish both for the matched and for the unmatched, and it involves at least as many people as
   the smaller of these two are, summed up over the teams: k, where ``paired_shown`` holds.
6. Where everybody who answered the item in either round is matched, the change of the item is the
   difference of the item's two means. Where this is so for all items of a dimension, the change is
   the difference of two published scores; where it is so for some, 5 holds for one of the others.
7. A combination without a paired change of the newest round is one of the rounds before, which hold
   by the same argument, and of the newest round's own figures, which have unknowns of their own.
   For this only the newest round's people are counted in 5. So it holds for a chain of any length,
   and where several rounds follow the same one. And since nobody else is counted, it holds whoever
   takes part in several rounds, matched or not, or is an observer as well.
8. Rounds may have promised different k. A combination with paired changes reaches back along them,
   and the number in 5 is the newest round's. So a round that promises less than the one before
   shows no paired change: along those that are shown k never falls, and the newest one's is the
   largest. The larger k of the two rounds would not do. Let twelve be matched three times, beside
   one person in the first round (k = 12), twelve in the second and five in the third (k = 5): both
   changes together are those of the twelve from the first round to the third, and with both rounds'
   own figures about the one and the five.

It is not enough that those who are matched are k, and those who are not in both rounds together 0
or k: with a team of whom all but one are matched, and another of whom nobody is, the change minus
the first team's own difference would be about that one person.
"""

from checklist.privacy.matching import Matched, paired_shown
from checklist.privacy.planning import Plan, Sizes, Verdict, hide, plan
from checklist.privacy.thresholds import (
    LEAST_COMMENTS,
    LEAST_GROUP,
    LEAST_ITEMS,
    LEAST_RELIABILITY,
    Thresholds,
    coarse,
    comments_shown,
    reliability_shown,
)

__all__ = [
    "LEAST_COMMENTS",
    "LEAST_GROUP",
    "LEAST_ITEMS",
    "LEAST_RELIABILITY",
    "Matched",
    "Plan",
    "Sizes",
    "Thresholds",
    "Verdict",
    "coarse",
    "comments_shown",
    "hide",
    "paired_shown",
    "plan",
    "reliability_shown",
]
