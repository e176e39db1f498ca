"""How the trainer's screen is laid out, in windows of all sizes, and that its QR code scans."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import segno
from rich.cells import cell_len
from rich.text import Text

from checklist.questionnaire import Wording
from checklist.render.blocks import Block, Paragraph
from checklist.render.plain import Charset
from checklist.workshop.agenda import MINUTES, PHASES
from checklist.workshop.room import Room
from checklist.workshop.stage import clock, qr
from checklist.workshop.stage.check import spaced
from checklist.workshop.stage.looking import Looking
from checklist.workshop.stage.notes import step
from tests.stages import ADDRESS, DE, EN, LINK, Played, console
from tests.workshop_rooms import CODE, NOW, a_room, a_workshop, answered, begun

UTF8, ANSI = Charset.of("utf-8"), Charset.of("cp1252")
SIZES = [(80, 24), (40, 24), (40, 60), (109, 30), (110, 30), (200, 60), (31, 11)]
sizes = pytest.mark.parametrize("size", SIZES, ids=lambda size: "{}x{}".format(*size))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with a_room(tmp_path, a_workshop("check")) as found:
        yield found


# -- the QR code


def modules(lines: list[Text], scale: int = 1, *, light: bool = False) -> list[list[bool]]:
    """Read half blocks back: rows of modules, True where they are dark."""
    halves = {sign: pair for pair, sign in qr.HALVES.items()}
    rows: list[list[bool]] = []
    for line in lines:
        pairs = [halves[sign] for sign in line.plain]
        rows += [[upper for upper, _ in pairs], [lower for _, lower in pairs]]
    read = [[dark != light for dark in row[::scale]] for row in rows[::scale]]
    return read[: len(read[0])]


def wanted(link: str, border: int) -> list[list[bool]]:
    code = segno.make_qr(link, error="l")
    return [list(map(bool, row)) for row in code.matrix_iter(border=border)]


@pytest.mark.parametrize(
    ("columns", "rows", "scale", "border"),
    [(80, 19, 1, 4), (80, 18, 1, 2), (36, 60, 1, 2), (80, 37, 2, 4), (200, 60, 3, 4)],
)
def test_half_blocks_say_what_segno_says(columns: int, rows: int, scale: int, border: int) -> None:
    lines = qr.picture(LINK, columns, rows, UTF8)

    assert modules(lines, scale) == wanted(LINK, border)
    assert len(lines) <= rows
    assert {line.cell_len for line in lines} == {len(wanted(LINK, border)) * scale}


def test_a_code_is_black_on_white_in_every_terminal() -> None:
    for line in qr.picture(LINK, 80, 24, UTF8):
        assert line.style == "#000000 on #ffffff"
        assert not line.spans


def test_without_colours_light_modules_are_drawn() -> None:
    lines = qr.picture(LINK, 80, 24, UTF8, colours=False)

    assert not any(line.style for line in lines)
    assert modules(lines, light=True) == wanted(LINK, 4)


def test_a_terminal_without_half_blocks_gets_whole_cells() -> None:
    lines = qr.picture(LINK, 80, 40, ANSI)

    assert [
        [line.get_style_at_offset(console(80, 24), at).bgcolor.triplet.hex == "#000000"  # type: ignore[union-attr]
         for at in range(0, len(line), 2)]
        for line in lines
    ] == wanted(LINK, 4)  # fmt: skip
    assert {line.plain.strip() for line in lines} == {""}
    assert qr.picture(LINK, 80, 24, ANSI) == []
    assert qr.picture(LINK, 80, 60, ANSI, colours=False) == []


def test_where_there_is_no_room_there_is_no_code() -> None:
    assert qr.picture(LINK, 32, 60, UTF8) == []
    assert qr.picture(LINK, 80, 16, UTF8) == []


# -- clocks


def test_clocks_say_what_is_left_and_what_is_over() -> None:
    began = NOW - timedelta(minutes=21)
    workshop = a_workshop("answer", phase_began=NOW - timedelta(seconds=280), began=began)

    assert clock.readings(workshop, NOW, DE, UTF8) == [
        "8 Min. · noch 3:20 · 21 von 90 Min.",
        "noch 3:20 · 21 von 90 Min.",
        "noch 3:20",
    ]
    late = NOW + timedelta(seconds=270)
    assert clock.readings(workshop, late, EN, ANSI)[0] == "8 min - +1:10 - 25 of 90 min"
    assert clock.share(workshop, NOW) == pytest.approx(21 / MINUTES)
    assert clock.share(workshop, NOW + timedelta(days=1)) == 1


def test_before_the_first_phase_no_clock_runs() -> None:
    assert clock.left(a_workshop("check", phase_began=NOW), NOW) is None
    assert clock.gone(a_workshop("check"), NOW) == 0


# -- the frame


@sizes
@pytest.mark.parametrize("phase", [phase.id for phase in PHASES])
def test_a_screen_fills_its_window_and_no_more(
    size: tuple[int, int], phase: str, tmp_path: Path
) -> None:
    with a_room(tmp_path, a_workshop(phase, phase_began=NOW, began=NOW)) as room:
        lines = Played(room, tmp_path, size=size).run().lines

    assert len(lines) == size[1]
    assert max(map(cell_len, lines)) <= size[0]
    assert DE(f"workshop.phase.{phase}.title") in " ".join(lines[:2])


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_every_sign_can_be_shown(encoding: str, room: Room, tmp_path: Path) -> None:
    for line in Played(room, tmp_path, "?", encoding=encoding, size=(200, 60)).run().lines:
        line.encode(encoding)


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
def test_who_comes_in_sees_address_code_and_picture(
    size: tuple[int, int], room: Room, tmp_path: Path
) -> None:
    played = Played(room, tmp_path, size=size).run()

    assert ADDRESS in played.seen[-1]
    assert " ".join(spaced(CODE).split()) in played.seen[-1]
    assert "Scannen" in played.seen[-1]
    coded = [line for line in played.screen.drawn[-1] if any(
        "#ffffff" in str(span.style) for span in line.spans
    )]  # fmt: skip
    side = len(wanted(LINK, 4)) * (1 if size == (80, 24) else 3)
    assert len(coded) == (side + 1) // 2


def test_a_narrow_window_still_says_address_and_code(room: Room, tmp_path: Path) -> None:
    seen = Played(room, tmp_path, size=(40, 24)).run().seen[-1]

    assert ADDRESS in seen
    assert " ".join(spaced(CODE).split()) in seen
    assert DE("stage.check.scan") not in seen


def test_the_terminals_colours_do_not_reach_into_the_words_beside_the_code(
    room: Room, tmp_path: Path
) -> None:
    for line in Played(room, tmp_path).run().screen.drawn[-1]:
        for span in line.spans:
            if "#ffffff" in str(span.style):
                assert set(line.plain[span.start : span.end]) <= set(qr.HALVES.values())


@pytest.mark.parametrize(
    ("reach", "loud"),
    [("machine", "--lan"), ("network", "mitlesen"), ("network-tls", "verschlüsselt")],
)
def test_the_screen_says_who_reaches_the_page(
    reach: str, loud: str, room: Room, tmp_path: Path
) -> None:
    assert loud in Played(room, tmp_path, reached_by=reach).run().seen[-1]


def test_notes_are_opened_beside_in_a_wide_window_and_are_not_there_before(
    room: Room, tmp_path: Path
) -> None:
    played = Played(room, tmp_path, "n", "n", size=(110, 30)).run()
    said = step(played.stage).says.split(".")[0]

    assert [said in seen for seen in played.seen] == [False, True, False]
    assert DE("stage.clock.notes") in played.seen[0]
    assert all(ADDRESS in seen for seen in played.seen)


def test_where_only_this_machine_reaches_the_page_no_phone_is_called(
    room: Room, tmp_path: Path
) -> None:
    played = Played(room, tmp_path, reached_by="machine").run()
    command = f"checklist workshop start --resume {room.round.code} --lan"

    assert command in played.seen[-1].replace("\N{NO-BREAK SPACE}", " ")
    assert DE("stage.check.machine") in played.seen[-1]
    assert DE("stage.check.scan") not in played.seen[-1]
    assert f"{ADDRESS}, Code {CODE}" in played.seen[-1]
    assert not any(
        "#ffffff" in str(span.style) for line in played.screen.drawn[-1] for span in line.spans
    )


def test_notes_take_the_place_of_all_else_in_a_narrow_window(room: Room, tmp_path: Path) -> None:
    played = Played(room, tmp_path, "n", "n").run()
    said = step(played.stage).says.split(".")[0]

    assert [said in seen for seen in played.seen] == [False, True, False]
    assert [ADDRESS in seen for seen in played.seen] == [True, False, True]


class Long(Looking):
    def blocks(self, stage: object) -> list[Block]:
        return [Paragraph(f"Zeile-{number}") for number in range(60)]


def test_what_is_longer_than_the_window_is_scrolled(room: Room, tmp_path: Path) -> None:
    pressed = ("page-down", "up", "end", "down", "home")
    played = Played(room, tmp_path, *pressed, own={"check": Long()}).run()
    shown = [
        [number for number in range(60) if f"Zeile-{number} " in f"{seen} "] for seen in played.seen
    ]

    assert shown[0][0] == 0
    assert shown[0][-1] < 59
    assert DE("stage.more", shown=len(shown[0]), all=60) in played.seen[0]
    assert shown[1][0] <= shown[0][-1]
    assert shown[2][0] == shown[1][0] - 1
    assert shown[3][-1] == shown[4][-1] == 59
    assert shown[5] == shown[0]


def test_a_window_that_is_too_small_asks_for_more(room: Room, tmp_path: Path) -> None:
    seen = Played(room, tmp_path, size=(29, 20)).run().seen[-1]

    assert seen == DE("stage.too-small", width=29, height=20)


# -- what the screen says of answers


def test_while_people_answer_the_screen_says_how_many_and_nothing_else(tmp_path: Path) -> None:
    shown = []
    for place, what in enumerate(("1", "5", "-")):
        folder = tmp_path / str(place)
        folder.mkdir()
        with a_room(folder, a_workshop("answer")) as room:
            token = begun(room)
            if what != "-":
                answered(room, token, what * 2)
            shown.append(Played(room, folder).run().lines)

    assert shown[0] == shown[1] == shown[2]
    assert any(line.split() == ["angefangen", "1"] for line in shown[0])


def test_together_the_screen_shows_the_item_and_how_many_have_answered_it(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop("answer", together=True)) as room:
        answered(room, begun(room), "3")
        begun(room)
        played = Played(room, tmp_path, ".").run()
        asked = room.round.questionnaire.asked
        wording = Wording.of(room.round.questionnaire, "de")

    assert wording.item(asked[0]) in played.seen[0]
    assert DE("stage.answer.answered", answered=1, joined=2) in played.seen[0]
    assert wording.item(asked[1]) in played.seen[1]
    assert DE("stage.answer.answered", answered=0, joined=2) in played.seen[1]


def test_the_next_item_is_not_released_by_a_slip_before_half_have_answered(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop("answer", together=True)) as room:
        answered(room, begun(room), "3")
        for _ in range(2):
            begun(room)
        played = Played(room, tmp_path, ".", "escape", ".", "1").run()
        assert room.workshop.pace == 1
        assert DE("stage.answer.early", answered=1, joined=3) in played.seen[1]
        Played(room, tmp_path, ".", "2").run()
        assert room.workshop.pace == 2


def test_after_the_last_item_no_more_are_released(tmp_path: Path) -> None:
    with a_room(tmp_path, a_workshop("answer", together=True)) as room:
        items = len(room.round.questionnaire.items)
        played = Played(room, tmp_path, *"." * (items + 2)).run()

        assert room.workshop.pace == items + 1
    assert DE("stage.answer.released") in played.seen[-1]
    assert DE("stage.answer.key-next") not in played.seen[-1]


def test_notes_stand_in_a_column_of_their_own(room: Room, tmp_path: Path) -> None:
    lines = Played(room, tmp_path, "n", size=(120, 30)).run().lines
    bars = {line.index("│") for line in lines if "│" in line}

    assert len(bars) == 1
    assert sum("│" in line for line in lines) >= 30 - 5
