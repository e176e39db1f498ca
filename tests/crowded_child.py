"""A process that serves a workshop and may have few files open; see ``test_page_crowded``.

``python -m tests.crowded_child FOLDER FILES [CERT KEY]`` tells its address, then the reply to each
line on stdin: a person joins and sends, and the agreements are written, as the trainer's screen
does.
"""

import resource
import sys
from functools import partial
from pathlib import Path

from checklist.workshop import agreements, moves
from checklist.workshop.page.serving import serving
from tests.workshop_rooms import a_room, a_workshop, begun, run


def main(folder: Path, files: int, cert: Path | None = None, key: Path | None = None) -> None:
    """Serve until stdin ends."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    with (
        a_room(folder, a_workshop()) as room,
        serving(room, host="127.0.0.1", port=0, cert=cert, key=key) as served,
    ):
        print(served.address, flush=True)
        for line in sys.stdin:
            try:
                room.change(partial(moves.released, items=15))
                run(room.send(begun(room), with_texts=True))
                agreements.save(folder / "home" / "agreed.json", room.round, room.workshop)
            except Exception as error:
                print(f"{line.strip()}: {error!r}", flush=True)
            else:
                print("kept", flush=True)


if __name__ == "__main__":
    folder, files, *certificate = sys.argv[1:]
    main(Path(folder), int(files), *map(Path, certificate))
