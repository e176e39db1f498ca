"""How a workshop's page is served: connections, ports, certificates, addresses."""

import logging
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from checklist.errors import ChecklistError
from checklist.i18n import Texts
from checklist.workshop.page import addresses, connections, serving
from checklist.workshop.page.serving import Served, serving_app
from checklist.workshop.page.streams import MOST
from tests.certificate import written
from tests.raw_http import PATIENCE, Client, answer, closed, many
from tests.served_page import KEY, SEAT, assert_headers, desk, page, served


def until(condition: Callable[[], object]) -> None:
    """Wait for something that happens in another thread."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.005)


# -- connections


@contextmanager
def deadlines(**seconds: float) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HEADERS", "BODY", "ANSWER"):
            patch.setattr(connections, name, seconds.get(name.lower(), PATIENCE * 10))
        yield


def trickle(client: Client, raw: bytes) -> float:
    """Send a byte after the other until the connection is cut; gives the seconds that took."""
    began = time.monotonic()
    with client.connect() as connection:
        connection.settimeout(0.01)
        for place in range(len(raw)):
            try:
                connection.sendall(raw[place : place + 1])
                if not connection.recv(65536):
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        else:
            pytest.fail("nobody cut it")
    return time.monotonic() - began


def test_headers_that_trickle_in_are_cut() -> None:
    with deadlines(headers=0.2), served() as client:
        raw = client.head("GET", "/", {})[:-4] + b"\r\nX: " + b"x" * 4000
        assert trickle(client, raw) >= 0.2


def test_a_body_that_trickles_in_is_cut() -> None:
    with deadlines(body=0.2), served() as client:
        raw = client.head("POST", "/", {"Content-Length": "4000"})
        with client.connect() as connection:
            connection.sendall(raw)
            assert closed(connection)
        assert trickle(client, raw + b"x" * 4000) >= 0.2


def test_a_connection_that_says_nothing_is_cut_before_and_between_requests() -> None:
    with deadlines(headers=0.2), served() as client, client.connect() as idle:
        assert closed(idle)
        with client.connect() as kept:
            for _ in range(3):
                kept.sendall(client.head("GET", "/", {}))
                assert answer(kept).status == 200
            assert closed(kept)


def test_an_answer_that_nobody_takes_is_cut() -> None:
    with deadlines(answer=0.2), served() as client, client.connect() as deaf:
        deaf.sendall(client.head("GET", "/large", {}))
        # What has been sent fits into no buffer: it is cut in the middle.
        watched = time.monotonic() + 1
        until(lambda: time.monotonic() > watched)
        received = 0
        with suppress(ConnectionResetError):
            while part := deaf.recv(1 << 20):
                received += len(part)
        assert received < 20_000_000


def test_a_stream_of_events_has_no_deadline() -> None:
    with deadlines(headers=0.1, body=0.1, answer=0.1), served() as client:
        seated = Client(client.address, SEAT)
        with seated.connect() as stream:
            stream.sendall(seated.head("GET", "/events", {}))
            assert begun(stream)
            for _ in range(3):  # as long as three deadlines
                with client.connect() as idle:
                    assert closed(idle)
            stream.settimeout(0.01)
            with pytest.raises(TimeoutError):
                stream.recv(1)


def begun(stream: socket.socket) -> bool:
    """Read up to the first event; False where the stream was ended before."""
    received = b""
    while b"data: 1" not in received:
        part = stream.recv(65536)
        if not part:
            return False
        received += part
    return b" 200 " in received


def test_half_open_requests_beyond_a_bound_push_out_the_oldest() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(serving, "_files", lambda: 40)  # of them 10 that wait
        with deadlines(), served() as client, many(client, 30) as opened:
            for each in opened:
                each.sendall(b"GET / HTTP/1.1\r\nHost:")
            assert client.get("/").status == 200
            cut = [each for each in opened[:20] if closed(each)]
            assert len(cut) == 20
            opened[-1].sendall(f" {client.host}\r\n\r\n".encode())
            assert answer(opened[-1]).status == 200


def test_more_connections_than_there_is_room_for_do_not_keep_new_ones_out() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(serving, "_files", lambda: 40)
        with deadlines(), served() as client, ExitStack() as stack:
            streams = []
            for number in range(35):
                seated = Client(client.address, f"seat-{number}")
                streams.append(stack.enter_context(seated.connect()))
                streams[-1].sendall(seated.head("GET", "/events", {}))
                assert begun(streams[-1])
            with many(client, 30) as idle:  # for 5 there is room
                until(lambda: sum(map(is_over, idle)) >= 25)
                assert client.get("/").status == 200
            assert not any(map(is_over, streams))


def is_over(connection: socket.socket) -> bool:
    """Whether the other side has ended it by now."""
    connection.setblocking(False)
    try:
        return not connection.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return False
    except OSError:
        return True


def test_one_seat_holds_few_streams_and_the_newest_stay(client: Client) -> None:
    seated = Client(client.address, SEAT)
    with many(seated, 3 * MOST) as opened:
        for each in opened:
            each.sendall(seated.head("GET", "/events", {}))
            assert begun(each)
        for each in opened[:-MOST]:
            assert closed(each)
        for each in opened[-MOST:]:
            each.settimeout(0.01)
            with pytest.raises(TimeoutError):
                each.recv(1)


def test_without_a_seat_there_is_no_stream(client: Client) -> None:
    for cookie in ("", "somebody", "a-seat-", "a" * 200):
        got = Client(client.address, cookie).get("/events")
        assert got.status == 401
        assert_headers(got)


@pytest.mark.parametrize(
    "around",
    ["{}", "x y; {}", "a[1]=x; {}", "a,b=1; {}", '{{"a"}}=1; {}', '{}; x="', 'x="; {}', "a=b;{} ;",
     "; ;{}", "seat; {}", "seat=not/one; {}", "Seat=x; {}"],
)  # fmt: skip
def test_whatever_stands_beside_the_cookie_its_streams_are_counted(
    client: Client, around: str
) -> None:
    said = {"Cookie": around.format(f"seat={SEAT}")}
    with many(client, MOST + 2) as opened:
        for each in opened:
            each.sendall(client.head("GET", "/events", said))
            assert begun(each)
        for each in opened[:-MOST]:
            assert closed(each)


# -- serving


def test_it_stops_within_two_seconds_with_300_streams_open() -> None:
    before = threading.active_count()
    with ExitStack() as stack:
        with served() as client:
            streams = []
            for number in range(300):
                seated = Client(client.address, f"seat-{number}")
                streams.append(stack.enter_context(seated.connect()))
                streams[-1].sendall(seated.head("GET", "/events", {}))
            assert all(map(begun, streams))
            began = time.monotonic()
        took = time.monotonic() - began
        assert all(map(closed, streams))
    assert took < 2.0
    assert threading.active_count() == before


def test_it_stops_where_somebody_is_in_the_middle_of_a_request() -> None:
    with ExitStack() as stack:
        with served() as client:
            for raw in (b"GET / HT", client.head("POST", "/", {"Content-Length": "9"})):
                stack.enter_context(client.connect()).sendall(raw)
            assert client.get("/").status == 200
            began = time.monotonic()
        assert time.monotonic() - began < 2.0


def test_an_answer_does_not_wait_for_the_one_who_gets_it_to_confirm_a_part(client: Client) -> None:
    """Each would take 40 ms more: headers and body are written one after the other."""
    with client.connect() as connection:
        took = []
        for _ in range(50):
            began = time.monotonic()
            connection.sendall(client.head("GET", "/", {}))
            assert answer(connection).status == 200
            took.append(time.monotonic() - began)
    assert sorted(took)[25] < 0.03


def test_its_port_is_free_again_at_once() -> None:
    with served() as client:
        port = client.place[1]
        assert client.get("/").status == 200
    with serving_app(page, desk(), host="127.0.0.1", port=port) as again:
        assert again.port == port


def test_the_link_holds_the_key(client: Client) -> None:
    assert Served(client.address, 1, desk()).link == f"{client.address}/k/{KEY}"
    assert KEY not in repr(Served(client.address, 1, desk()))


def failing(**arguments: Any) -> ChecklistError:
    with pytest.raises(ChecklistError) as caught, serving_app(page, desk(), **arguments):
        pytest.fail("it is served")
    for language in ("de", "en"):
        texts = Texts(language)
        for part in ("what", "remedy"):
            assert texts(f"error.{caught.value.code}.{part}", **caught.value.values)
    return caught.value


def test_a_port_that_is_taken_is_said_before_anything_is_served() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        error = failing(host="127.0.0.1", port=port)
    assert (error.code, error.values) == ("page-port-taken", {"port": port})


@pytest.mark.parametrize("host", ["198.51.100.7", "workshop.example", "", "999.1.1.1"])
def test_an_address_of_another_machine_is_said(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def looked_up(*arguments: object) -> None:
        pytest.fail(f"looked up: {arguments}")

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    assert failing(host=host, port=0).code == "page-no-address"


def test_a_port_that_does_not_exist_is_said() -> None:
    assert failing(host="127.0.0.1", port=65536).code == "page-port-not-allowed"


def test_a_wildcard_is_shown_by_the_address_in_the_local_network() -> None:
    with serving_app(page, desk(), host="0.0.0.0", port=0) as found:
        assert found.address == f"http://{addresses.candidates()[0]}:{found.port}"
        assert Client(f"http://127.0.0.1:{found.port}").get("/").status == 200


def test_localhost_is_loopback_without_a_look_up() -> None:
    with serving_app(page, desk(), host="localhost", port=0) as found:
        by_name = Client(found.address)
        assert by_name.get("/", host=f"localhost:{found.port}").status == 200


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
def test_an_address_of_six_is_written_in_brackets() -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("no IPv6 here")
    with serving_app(page, desk(), host="::1", port=0) as found:
        assert found.address == f"http://[::1]:{found.port}"
        assert Client(found.address).get("/").status == 200


def test_nothing_is_written_onto_the_trainers_screen(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.root, "handlers", [])  # as outside of tests
    with served() as client:
        for path in ("/", "/fails", "/fails-late", "/large"):
            with client.connect() as connection:
                connection.sendall(client.head("GET", path, {}))
        upgrade = {"Upgrade": "websocket", "Connection": "upgrade"}
        client.send(client.head("GET", "/", upgrade))
        logging.getLogger("asyncio").warning("as where a socket is broken")
        assert client.get("/").status == 200
    assert capfd.readouterr() == ("", "")


def test_the_main_threads_signals_stay_as_they_are() -> None:
    import signal

    asked = (signal.SIGINT, signal.SIGTERM)
    before = [signal.getsignal(each) for each in asked]
    with served() as client:
        assert client.get("/").status == 200
        assert [signal.getsignal(each) for each in asked] == before
    assert [signal.getsignal(each) for each in asked] == before


@pytest.mark.skipif(os.name == "nt", reason="no such limit there")
def test_as_many_files_as_the_system_allows_may_be_open() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (300, before[1]))
        most = serving._files()
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        assert hard == before[1]
        assert soft == min(hard, 4060) or soft > 4060
        assert 200 <= most <= 4000
        assert most < soft
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


# -- encrypted


def test_a_certificate_makes_it_tls(tmp_path: Path) -> None:
    cert, key = written(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # it signs itself
    with served(cert=cert, key=key, names=["workshop.test"]) as found:
        port = found.place[1]
        assert found.address == f"https://workshop.test:{port}"
        client = Client(f"https://127.0.0.1:{port}", context=context)
        assert client.get("/").status == 200
        assert client.post("/", b"a", origin=client.address).status == 200
        assert client.post("/", b"a", origin=f"http://127.0.0.1:{port}").status == 403
        with Client(f"http://127.0.0.1:{port}").connect() as plain:
            plain.sendall(b"GET / HTTP/1.1\r\n\r\n")
            assert closed(plain)


def test_both_may_lie_in_one_file(tmp_path: Path) -> None:
    cert, key = written(tmp_path)
    both = tmp_path / "both.pem"
    both.write_text(key.read_text("ascii") + cert.read_text("ascii"), "ascii")
    with served(cert=both) as client:
        assert client.address.startswith("https://")


def test_a_certificate_that_does_not_work_is_said(tmp_path: Path) -> None:
    cert, key = written(tmp_path)
    nonsense = tmp_path / "nonsense.pem"
    nonsense.write_text("-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n", "ascii")
    for bad, its_key, said in (
        (tmp_path / "missing.crt", key, "missing.crt"),
        (cert, tmp_path / "missing.key", "missing.key"),
        (nonsense, key, "nonsense.pem"),
        (cert, nonsense, "page.crt"),
        (cert, None, "page.crt"),
        (tmp_path, key, tmp_path.name),
    ):
        error = failing(host="127.0.0.1", port=0, cert=bad, key=its_key)
        assert error.code == "page-certificate"
        assert str(error.values["file"]).endswith(said)


# -- addresses


def test_this_machines_addresses_are_its_own() -> None:
    found = addresses.candidates()
    assert found
    versions = [ip_address(each).version for each in found]
    assert versions == sorted(versions)
    for each in found:
        family = socket.AF_INET if ip_address(each).version == 4 else socket.AF_INET6
        with socket.socket(family, socket.SOCK_DGRAM) as own:
            own.bind((each, 0))  # fails for an address of another machine


def test_without_a_network_it_is_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    class Unreachable(socket.socket):
        def connect(self, address: object) -> None:
            raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(socket, "socket", Unreachable)
    assert addresses.candidates() == ["127.0.0.1"]


def test_addresses_that_no_phone_could_use_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    own = iter(["127.0.0.1", "192.168.1.20", "10.0.0.7", "192.168.1.20", "0.0.0.0", "",
                "fe80::1%eth0", "2001:db8::7"])  # fmt: skip
    monkeypatch.setattr(addresses, "_own", lambda family, far: next(own))
    assert addresses.candidates() == ["192.168.1.20", "10.0.0.7", "2001:db8::7"]
