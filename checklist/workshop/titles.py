"""What a round is called in a language."""

from checklist.rounds import Round


def title_of(round_: Round, language: str) -> str:
    """Give a round's title; where it is the questionnaire's, in the language that is asked for."""
    titles = round_.questionnaire.title
    return titles.get(language, round_.title) if round_.title in titles.values() else round_.title
