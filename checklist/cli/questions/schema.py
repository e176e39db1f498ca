"""``checklist questions schema``: the questionnaire file as a JSON Schema, for editors."""

import json

import typer

from checklist.cli.session import Lang, session_of


def schema(context: typer.Context, lang: Lang = None) -> None:
    """Print the schema; its descriptions speak the interface's language."""
    from checklist.schema import json_schema

    session = session_of(context)
    session.check_lang(lang)
    written = json.dumps(
        json_schema(session.texts), ensure_ascii=not session.writes_unicode, indent=2
    )
    session.write(f"{written}\n")
