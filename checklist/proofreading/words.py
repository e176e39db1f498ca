"""The words by which a program recognises that a sentence breaks a rule, language by language.

A program knows words, not meanings: what it finds is a question to the author. Where the list is
wrong about a sentence, the file says so with a reason.
"""

import re
from dataclasses import dataclass
from functools import cached_property

START, END = r"(?<![\w-])", r"(?![\w-])"


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile(f"{START}(?:{'|'.join(patterns)}){END}")


@dataclass(frozen=True)
class Vocabulary:
    """One language's words; all patterns look at a sentence whose first letter is small."""

    quotation: re.Pattern[str]
    """What somebody else says; no rule looks into it."""
    harmless: re.Pattern[str]
    """Fixed phrases that only look as if they broke a rule."""
    occasion: re.Pattern[str]
    """How a clause begins that says when, not what is done."""
    dependent: re.Pattern[str]
    """How any other clause begins that says nothing of how somebody acts."""
    commas: bool
    """Whether such a clause always begins after a comma."""
    joined: re.Pattern[str]
    negation: re.Pattern[str]
    frequency: re.Pattern[str]
    attitude: re.Pattern[str]
    first_person: re.Pattern[str]
    alone: re.Pattern[str]
    """One person in the place of the team."""
    team: re.Pattern[str]

    @cached_property
    def suspicious(self) -> re.Pattern[str]:
        """What any of the four rules of words may object to, on a closer look."""
        rules = (self.joined, self.negation, self.frequency, self.attitude)
        bodies = "|".join(rule.pattern.removeprefix(START) for rule in rules)
        return re.compile(f"{START}(?:{bodies})")


GERMAN_VERBS = (
    r"(?:bespr[ei]ch|erklär|frag|nenn|sag|schreib|schick|send|ruf|geb|gib|biet|antwort|melde?|notier|"
    r"zeig|hol|bitt|dank|wiederhol|prüf|lös|bespreche|vereinbar|erinner|informier|entschuldig|beleg|"
    r"empf[ei]hl|such|red|spr[ei]ch|hör|less?|lies|les|nehm|nimm|mach|tu|leit|bring|verspr[ei]ch|"
    r"beantwort|kümmer|begrüß|berat|verweis|wend|bleib)(?:e|t|et|en|st)"
)
ENGLISH_VERBS = (
    r"(?:answer|apologi[sz]e|ask|call|check|email|explain|give|greet|help|inform|invite|keep|leave|"
    r"listen|make|mention|name|note|offer|phone|promise|put|reply|repeat|report|say|send|show|speak|"
    r"suggest|take|talk|tell|thank|write)(?:s|es)?"
)

GERMAN = Vocabulary(
    quotation=re.compile("„[^“]*“|‚[^‘]*‘|»[^«]*«"),
    harmless=re.compile(
        r"[Ee]in Ja oder Nein|[Jj]a oder [Nn]ein|nicht nur|\b\w{1,40}innen (?:und|oder) \w+"
    ),
    occasion=_words("wenn", "bevor", "sobald", "nachdem", "während", "falls", "solange", "sooft"),
    dependent=_words(
        "was", "wie", "wer", "wen", "wem", "wo", "wann", "warum", "wofür", "womit", "wozu", "ob",
        r"welche\w?", "der", "die", "das", "den", "dem", "dessen", "deren", "bis", "weil", "damit",
    ),
    commas=True,
    joined=_words(
        "und", "sowie", "sowohl", "bzw", "beziehungsweise",
        rf"oder (?:\w+ )?{GERMAN_VERBS}", r"\w+/\w+",
    ),
    negation=_words(
        "nicht", "nichts", "nie", "niemals", "niemand", r"niemande\w", "nirgends", r"kein\w*",
        "ohne", "weder", r"vermeid\w+", r"unterlass\w+", r"unterlässt", r"verzicht\w+",
    ),
    frequency=_words(
        "immer", "stets", "regelmäßig", "oft", "häufig", "selten", "manchmal", "gelegentlich",
        "meist", "meistens", "jederzeit", "ständig", "dauernd", "grundsätzlich", "generell",
        "jedes Mal", "sehr", "wirklich", "besonders", "ganz", "völlig", "absolut", "äußerst",
        "extrem", "möglichst", "ausreichend", "hinreichend", "genügend", "überaus",
    ),
    attitude=_words(
        r"bewusst\w*", "achte", "achtet", "achten", r"bemüh\w*", r"versuch\w*", r"versteh\w*",
        r"verständnisvoll\w*", r"authentisch\w*", r"souverän\w*", r"ehrlich\w*", r"aufrichtig\w*",
        r"respektvoll\w*", r"respektier\w*", r"wertschätz\w*", r"empathisch\w*", r"einfühlsam\w*",
        r"freundlich\w*", r"höflich\w*", r"geduldig\w*", r"motiviert\w*", r"engagiert\w*",
        r"professionell\w*", "ernst", "gern", "gerne", r"interessier\w*", r"fühl(?:e|t|en)",
        r"empfind\w+", r"glaub(?:e|t|en)", "überzeugt", "bereit", "wichtig",
        "ich (?:will|möchte|kann)", "(?:will|möchte|kann) ich",
        "[Tt]eam (?:will|möchte|kann)", "(?:will|möchte|kann) das Team",
    ),
    first_person=_words(
        "[Ii]ch", "[Mm]ich", "[Mm]ir", r"[Mm]eine?\w?", "[Ww]ir", "[Uu]ns", r"[Uu]nsere?\w?",
    ),
    alone=_words(
        "[Ii]ch", r"(?:[Dd]er|[Dd]iese?r?|[Dd]ie|[Ee]ine?|[Mm]eine?|[Uu]nsere?|Ihre?)"
        " (?:Kollege|Kollegin|Person)",
        "er oder sie", "sie oder er",
    ),
    team=re.compile(r"[Tt]eams?\b|\b(?:Abteilung|Kolleginnen|Kollegen|alle|andere|man)\b"),
)  # fmt: skip

ENGLISH = Vocabulary(
    quotation=re.compile("“[^”]*”|(?<!\\w)‘[^’]*’(?!\\w)"),
    harmless=re.compile(r"\byes or no\b|\bnot only\b|\bno later than\b"),
    occasion=_words(
        "when", "whenever", "before", "after", "if", "while", "until", "as soon as", "once",
    ),
    dependent=_words(
        "what", "how", "who", "whom", "whose", "which", "where", "why", "whether", "that",
        "because", "so that",
    ),
    commas=False,
    joined=_words(
        "and", "as well as", "both", rf"or (?:\w+ )?{ENGLISH_VERBS}", r"\w+/\w+",
    ),
    negation=_words(
        "not", r"\w+n['’]t", "cannot", "no", "never", "nothing", "nobody", "no one", "none",
        "neither", "nor", "without", r"avoid\w*", r"refrain\w*",
    ),
    frequency=_words(
        "always", "often", "usually", "regularly", "sometimes", "rarely", "seldom", "frequently",
        "constantly", "generally", "mostly", "every time", "ever", "very", "really", "quite",
        "extremely", "particularly", "especially", "highly", "fully", "completely", "totally",
        "sufficiently",
    ),
    attitude=_words(
        "consciously", "deliberately", r"pay(?:s|ing)? attention", r"tak(?:e|es|ing) care",
        r"tr(?:y|ies|ying) to", r"make(?:s)? (?:an|every) effort", r"make(?:s)? sure",
        r"understand\w*", r"authentic\w*", r"sincere\w*", r"honest\w*", r"respectful\w*",
        r"appreciat\w*", r"empath\w+", r"patient(?:ly)?", r"polite(?:ly)?", "friendly", "kindly",
        "professional(?:ly)?", "seriously", r"feels?", r"believes?", r"interested in",
        "(?:am|is) (?:willing|ready|confident|motivated)", r"cares? about",
        "I (?:want|like|would like) to", "[Tt]eam (?:wants|likes) to",
    ),
    first_person=_words(
        "I", "me", "[Mm]y", "[Mm]ine", "[Mm]yself", "[Ww]e", "us", "[Oo]urs?", "I['’]\\w+",
    ),
    alone=_words("I", "I['’]\\w+", "(?:my|this|the|your) colleague", "he or she", "she or he"),
    team=re.compile(r"\b[Tt]eams?\b|\b(?:department|colleagues|staff|others|people)\b"),
)  # fmt: skip

VOCABULARIES = {"de": GERMAN, "en": ENGLISH}
