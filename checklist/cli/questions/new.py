"""``checklist questions new``: a starting file for a questionnaire of one's own."""

from pathlib import Path
from typing import Annotated

import typer

from checklist.cli.session import Lang, session_of
from checklist.errors import WrongUsage

STARTING = Path(__file__).parents[2] / "starting"


def new(
    context: typer.Context,
    questionnaire_id: Annotated[str, typer.Argument(metavar="ID", help="argument.new-id")],
    output: Annotated[
        str | None, typer.Option("--output", metavar="FILE|DIR", help="option.new-output")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="option.force")] = False,
    lang: Lang = None,
) -> None:
    """Write a commented starting file in the person's language."""
    from checklist.bank import Bank
    from checklist.bank.shape import ID
    from checklist.files import write_file

    session = session_of(context)
    session.check_lang(lang)
    if not ID.fullmatch(questionnaire_id):
        raise WrongUsage("new-id", id=questionnaire_id)
    name = f"{questionnaire_id}.toml"
    path = Path(output or name)
    if path.is_dir():
        path /= name
    if path.name != name:
        raise WrongUsage("new-name", name=name, given=path.name)
    language = session.texts.language
    starting = (STARTING / f"{language}.toml").read_text("utf-8")
    text = starting.replace(f'id = "{language}"', f'id = "{questionnaire_id}"', 1)
    write_file(path, text.encode(), force=force)
    session.say(session.texts("new.written", file=path))
    if questionnaire_id in Bank().ids:
        session.say(session.texts("new.stands-in", id=questionnaire_id))
