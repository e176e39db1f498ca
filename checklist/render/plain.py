"""Takes from a text whatever a terminal would obey, and writes it in what a terminal can show."""

import re
import unicodedata
from dataclasses import dataclass

OBEYED = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff]"
)
BLANKS = re.compile(r"[\t\n\r\x0b\x0c\u2028\u2029]+")

WITHOUT_WIDTH = ("Mn", "Me", "Cf")
"""Accents and joiners, which say nothing without the sign that they belong to."""

IN_ASCII = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
        "ß": "ss",
        "ẞ": "SS",
        "„": '"',
        "“": '"',
        "”": '"',
        "‚": "'",
        "‘": "'",
        "’": "'",
        "–": "-",
        "—": "-",
        "−": "-",
        "…": "...",
        "·": "-",
        "→": "->",
        "′": "'",
        "×": "x",
        "•": "*",
        "€": "EUR",
        "«": '"',
        "»": '"',
        "‐": "-",
        "‑": "-",
        "\N{NO-BREAK SPACE}": " ",
        "\N{NARROW NO-BREAK SPACE}": " ",
        "\N{REPLACEMENT CHARACTER}": "?",
    }
)


FILLS = {
    2: ("░█", ".#"),
    3: ("░▒█", ".=#"),
    4: ("░▒▓█", ".-=#"),
    5: ("·░▒▓█", ".-=+#"),
    6: ("·-░▒▓█", ".-=+x#"),
    7: ("·-=░▒▓█", ".:-=+x#"),
    8: ("·-+=░▒▓█", ".:-=+xX#"),
    9: ("·:-+=░▒▓█", ".:-=+xX%#"),
}
"""By the number of options: signs that grow darker, each unlike the others without any colour."""


def one_line(text: str) -> str:
    r"""Give a text as one line in which nothing is obeyed: no escape codes, no direction marks.

    Examples
    --------
    >>> one_line("a\x1b[31m\nb")
    'a�[31m b'
    """
    return OBEYED.sub("\N{REPLACEMENT CHARACTER}", BLANKS.sub(" ", text))


@dataclass(frozen=True)
class Charset:
    """What a terminal's encoding can show, and the signs that go with it."""

    encoding: str
    full: str
    empty: str
    marker: str
    bullet: str
    arrow: str
    separator: str
    caret: str
    done: str
    todo: str

    @classmethod
    def of(cls, encoding: str | None) -> "Charset":
        """Choose the signs that an encoding can show.

        Examples
        --------
        >>> Charset.of("cp1252").full, Charset.of("utf-8").full
        ('#', '█')
        """
        name = encoding or "ascii"
        signs = ("█", "░", "▸", "•", "→", "·", "▏", "━", "─")
        if _shows("".join(signs), name):
            return cls(name, *signs)
        return cls(name, "#", ".", ">", "*", "->", "-", "_", "=", "-")

    def fills(self, size: int) -> str:
        """Give a sign for each option of a scale, low to high.

        Examples
        --------
        >>> Charset.of("utf-8").fills(5), Charset.of("ascii").fills(5)
        ('·░▒▓█', '.-=+#')
        """
        return self.either(*FILLS[size])

    def either(self, signs: str, plain: str) -> str:
        """Give signs where the encoding can show all of them, else the plain ones.

        Examples
        --------
        >>> Charset.of("utf-8").either("←", "<-"), Charset.of("ascii").either("←", "<-")
        ('←', '<-')
        """
        return signs if _shows(signs, self.encoding) else plain

    def text(self, text: str) -> str:
        """Write a text so that the encoding can show it, on one line, with nothing obeyed.

        Examples
        --------
        >>> Charset.of("ascii").text("Fälle – „so“")
        'Faelle - "so"'
        """
        return self._spelt(one_line(text))

    def lines(self, text: str) -> str:
        """Write a text of several lines, made by ourselves, so that the encoding can show it."""
        return self._spelt(text)

    def _spelt(self, text: str) -> str:
        if _shows(text, self.encoding):
            return text
        composed = unicodedata.normalize("NFC", text)
        return "".join(sign if _shows(sign, self.encoding) else _spelt(sign) for sign in composed)


def _spelt(sign: str) -> str:
    if ord(sign) in IN_ASCII:
        return str(sign.translate(IN_ASCII))
    base = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return base or ("" if unicodedata.category(sign) in WITHOUT_WIDTH else "?")


def _shows(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
