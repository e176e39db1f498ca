"""Where questionnaire files lie, and how one is found by its id."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from checklist.bank.reader import read
from checklist.errors import ChecklistError
from checklist.questionnaire import Questionnaire

PACKAGE = Path(__file__).parent.parent


def bundled() -> Path:
    """Give the folder of the bundled questionnaires: the package's own, else the checkout's."""
    packaged = PACKAGE / "questions"
    return packaged if packaged.is_dir() else PACKAGE.parent / "questions"


class Bank:
    """The questionnaires at hand: one's own folder first, then the bundled ones.

    Parameters
    ----------
    own
        A folder with own ``*.toml`` files; a file there stands in for a bundled one of its name.

    Raises
    ------
    ChecklistError
        ``questions-folder``: ``own`` is no folder.
    """

    def __init__(self, own: Path | None = None) -> None:
        if own is not None and not own.is_dir():
            raise ChecklistError("questions-folder", folder=str(own))
        self._folders = [bundled()] if own is None else [own, bundled()]

    @property
    def ids(self) -> list[str]:
        """The ids of all questionnaires at hand, in alphabetical order."""
        return sorted(self._files())

    def load(self, questionnaire_id: str) -> Questionnaire:
        """Read and check one questionnaire.

        Raises
        ------
        ChecklistError
            ``unknown-questionnaire`` with the nearest names; or what ``read`` raises.
        """
        files = self._files()
        if questionnaire_id in files:
            return read(files[questionnaire_id])
        known = sorted(files)
        near = get_close_matches(questionnaire_id, known, n=1, cutoff=0.5)
        raise ChecklistError(
            "unknown-questionnaire-near" if near else "unknown-questionnaire",
            id=questionnaire_id,
            near=near[0] if near else "",
            known=", ".join(known),
        )

    def all(self) -> Iterator[Questionnaire]:
        """Read and check all questionnaires, in the order of their ids.

        Raises
        ------
        ChecklistError
            What ``read`` raises, at the first file that is not in order.
        """
        for _, path in sorted(self._files().items()):
            yield read(path)

    def _files(self) -> dict[str, Path]:
        files: dict[str, Path] = {}
        for folder in reversed(self._folders):
            files |= {
                path.stem: path
                for path in folder.glob("*.toml")
                if not path.name.startswith(".")  # what editors and file systems leave behind
            }
        return files
