"""Reads pages as strictly as a page of ours has to be written."""

from html.parser import HTMLParser

VOID = {"meta", "path", "circle"}


class Read(HTMLParser):
    """Reads a page strictly: every element closed, in order; keeps what is said and what is drawn.

    ``said`` leaves out style sheets and whatever is hidden from screen readers.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said = ""
        self._open: list[tuple[str, bool]] = []
        self.feed(page)
        self.close()
        assert not self._open, f"never closed: {self._open}"
        self.said = " ".join(self.said.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            silent = tag in ("style", "title") or ("aria-hidden", "true") in attrs
            self._open.append((tag, silent))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if not any(silent for _, silent in self._open):
            self.said += f" {data} "

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]
