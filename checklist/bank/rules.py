"""The names of the rules that a questionnaire file may set aside, by where they are set aside.

``accept = { joined = "why" }`` stands with the thing that breaks a rule. Here are the names only,
since the file format knows them; what breaks a rule is for ``checklist.proofreading``.
"""

ITEM_RULES = (
    "long",
    "joined",
    "negation",
    "frequency",
    "attitude",
    "hard",
    "first-person",
    "observer-missing",
    "observer-team",
    "text-twice",
    "no-step",
    "other-meaning",
    "other-polarity",
    "other-scale",
    "other-dimension",
)
DIMENSION_RULES = ("few-items", "no-suggestion", "other-items")
SUGGESTION_RULES = ("never-shown", "if-then", "step-long", "no-lead", "no-minutes")
SCALE_RULES = ("unused-scale", "no-observer-prompt")
FILE_RULES = ("no-outside-view", "version-kept")

RULES = (*ITEM_RULES, *DIMENSION_RULES, *SUGGESTION_RULES, *SCALE_RULES, *FILE_RULES)
