"""Pages in a real browser: nothing stands out or overlaps, and axe finds nothing."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from checklist.i18n import Texts
from checklist.render import html
from tests.page_samples import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DE, EN = Texts("de"), Texts("en")
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.fixture
def show(browser: "Browser") -> "Iterator[Callable[[str], Page]]":
    """Open a page in a window of its own, without a network."""
    window = browser.new_context(offline=True)
    asked: list[str] = []

    def opened(written: str) -> "Page":
        shown = window.new_page()
        shown.on("request", lambda request: asked.append(request.url))
        shown.on("console", lambda said: asked.append(said.text))
        shown.set_content(written)
        return shown

    yield opened
    window.close()
    assert asked == [], "a page asks for nothing and has nothing to complain about"


BEYOND = """() => {
  const wide = document.documentElement.clientWidth;
  const out = document.documentElement.scrollWidth > wide ? ["the whole page"] : [];
  for (const each of document.querySelectorAll("body, body *:not(.h):not(svg *)")) {
    const box = each.getBoundingClientRect();
    if (!box.width || each.closest(".axis")) continue;
    if (box.left < -0.5 || box.right > wide + 0.5) out.push(each.outerHTML.slice(0, 90));
    else if (each.clientWidth && each.scrollWidth > each.clientWidth + 1
      && !each.matches(".bar, .gap, .bar *, .gap *, em, small, .head"))
      out.push("inside: " + each.outerHTML.slice(0, 90));
  }
  for (const row of document.querySelectorAll("tr, .rows li, .head, .pair")) {
    const boxes = [...row.children].map(each => each.getBoundingClientRect());
    boxes.forEach((one, place) => boxes.slice(place + 1).forEach(other => {
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (across > 1 && down > 1) out.push("overlapping: " + row.outerHTML.slice(0, 90));
    }));
  }
  return out;
}"""


LOOKS = [
    ("phone", PHONE, "light"),
    ("desktop", DESKTOP, "dark"),
    ("phone", PHONE, "dark"),
    ("desktop", DESKTOP, "light"),
]
"""Already the first two have each size and each scheme; axe needs seconds for a long page."""


def complaints(shown: "Page") -> Sequence[str]:
    found = Axe().run(shown, options={"resultTypes": ["violations"], "selectors": False})
    return [
        f"{each['id']}: {[node['html'][:100] for node in each['nodes'][:3]]}"
        for each in found.response["violations"]
    ]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_stands_out(name: str, show: "Callable[[str], Page]") -> None:
    texts = EN if name in ("three-teams", "own-of-nine") else DE
    shown = show(html.render(PAGES[name](texts), texts))
    by_axe = {"every-block": 4, "own": 4, "team": 0, "own-of-nine": 0}.get(name, 2)
    for place, (size_name, size, scheme) in enumerate(LOOKS):
        shown.set_viewport_size(size)  # type: ignore[arg-type]
        shown.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert shown.evaluate(BEYOND) == [], size_name
        if place < by_axe:
            assert complaints(shown) == [], f"{size_name}, {scheme}"


def test_what_is_wrong_is_found(show: "Callable[[str], Page]") -> None:
    shown = show(
        '<html lang="de"><title>x</title><main><h1>x</h1><h3>y</h3>'
        '<p style="color: #ccc">kaum zu lesen</p><p style="width: 3000px">x</p>'
        '<div class="pair"><p>eins</p><p style="margin-top: -2em">zwei</p></div></main></html>'
    )
    shown.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert {each.partition(":")[0] for each in complaints(shown)} >= {
        "color-contrast", "heading-order",
    }  # fmt: skip
    found = shown.evaluate(BEYOND)
    assert any("3000px" in each for each in found)
    assert any(each.startswith("overlapping") for each in found)


def test_on_paper_it_is_light_and_keeps_its_colours(show: "Callable[[str], Page]") -> None:
    shown = show(html.render(PAGES["three-teams"](DE), DE))
    shown.emulate_media(media="print", color_scheme="dark")
    seen = shown.evaluate(
        """() => ["html", ".bar i", ".stack i"].map(each => {
          const style = getComputedStyle(document.querySelector(each));
          return [style.backgroundColor, style.printColorAdjust];
        })"""
    )
    assert seen[0] == ["rgb(255, 255, 255)", "exact"]
    assert all(colour != "rgba(0, 0, 0, 0)" and kept == "exact" for colour, kept in seen)
    shown.set_viewport_size({"width": 643, "height": 900})  # what A4 leaves between its margins
    assert shown.evaluate(BEYOND) == []
