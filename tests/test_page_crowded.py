"""Connections without end that say nothing: the files of the process do not run out by them."""

import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from tests.certificate import written
from tests.raw_http import Client, many

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no such limit there")

FILES, FLOOD = 180, 500
ORDERS = 5


@contextmanager
def child(*arguments: object) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.crowded_child", *map(str, arguments)],
        cwd=Path(__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield told(process), process
    finally:
        process.kill()
        process.communicate()


def told(process: "subprocess.Popen[str]") -> str:
    out: IO[str] | None = process.stdout
    assert out is not None
    return out.readline().strip()


def order(process: "subprocess.Popen[str]") -> str:
    assert process.stdin is not None
    process.stdin.write("write\n")
    process.stdin.flush()
    return told(process)


@pytest.mark.parametrize("encrypted", [False, True], ids=["plain", "TLS"])
def test_a_flood_of_half_open_connections_leaves_files_for_what_is_kept(
    tmp_path: Path, encrypted: bool
) -> None:
    certificate = written(tmp_path) if encrypted else ()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # it signs itself
    with child(tmp_path, FILES, *certificate) as (address, process):
        honest = Client(address, context=context if encrypted else None)
        silent = Client(address)  # not even a handshake where there should be one
        with many(silent, FLOOD) as opened:
            for each in opened[::2]:
                each.sendall(b"\x16\x03\x01" if encrypted else b"GET / HTTP/1.1\r\nHo")
            for _ in range(ORDERS):
                assert order(process) == "kept"
                assert honest.get("/").status == 200
            with many(silent, FLOOD // 2):
                assert order(process) == "kept"
                assert honest.get("/").status == 200
