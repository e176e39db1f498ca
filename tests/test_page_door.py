"""The door of a workshop's page, and how often anybody may ask."""

import pytest

from checklist.workshop.page.buckets import Bucket, Buckets
from checklist.workshop.page.door import CODES_A_SECOND, WRONG_CODES, WRONG_KEYS, Door
from checklist.workshop.page.rates import (
    ADDRESS_BURST,
    ALL_BURST,
    ALL_RATE,
    SEAT_BURST,
    SEAT_RATE,
    Rates,
)
from tests.raw_http import Client, answer
from tests.served_page import CODE, KEY, SEAT, assert_headers, desk, served


class Clock:
    """Goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


# -- the door


def test_a_right_key_opens_and_so_does_a_right_code() -> None:
    door = Door(desk())
    assert door.tries(key=KEY) == "in"
    assert door.tries(code=CODE) == "in"


@pytest.mark.parametrize(
    "typed", ["ROFI-TALU-MOSA", "rofi talu mosa", "rofitalumosa", " Rofi–Talu\u00a0mosa. "]
)
def test_of_a_code_only_the_letters_count(typed: str) -> None:
    assert Door(desk()).tries(code=typed) == "in"


@pytest.mark.parametrize(
    "typed",
    ["", "-", "rofi", "rofi-talu-mosa-x", "x" * 100_000, "\ud800", "\0", "rofi-talu-mosä", "ﬀ"],
)
def test_what_is_not_the_code_does_not_open(typed: str) -> None:
    door = Door(desk())
    assert door.tries(code=typed) == "wrong"
    assert door.tries(key=typed) == "wrong"


def test_keys_are_compared_letter_by_letter_in_their_case() -> None:
    door = Door(desk())
    assert door.tries(key=KEY.swapcase()) == "wrong"
    assert door.tries(key=KEY[:-1]) == "wrong"
    assert door.tries(key=CODE) == "wrong"
    assert door.tries(code=KEY) == "wrong"


def test_nobody_gets_in_where_there_is_no_key_or_code() -> None:
    door = Door(desk(key="", code=""))
    assert door.tries() == "wrong"
    assert door.tries(code="-") == "wrong"


def test_after_too_many_wrong_codes_even_the_right_one_has_to_wait() -> None:
    clock = Clock()
    door = Door(desk(), clock)
    assert [door.tries(code=f"wrong-{n}") for n in range(WRONG_CODES)] == ["wrong"] * WRONG_CODES
    assert door.tries(code=CODE) == "wait"
    assert door.tries(key=KEY) == "in"
    clock.now += 1 / CODES_A_SECOND
    assert door.tries(code=CODE) == "in"
    assert door.tries(code=CODE) == "in"  # a right one costs nothing


def test_in_three_hours_nobody_tries_more_codes_than_the_docstring_says() -> None:
    clock = Clock()
    door = Door(desk(), clock)
    looked_at = 0
    for _ in range(3 * 3600 * 4):
        clock.now += 0.25
        looked_at += door.tries(code="lala-lala-lala") == "wrong"
    assert looked_at <= 10_820


def test_wrong_keys_are_held_back_and_do_not_hold_codes_back() -> None:
    door = Door(desk(), Clock())
    tried = [door.tries(key=f"wrong-{n}") for n in range(WRONG_KEYS + 50)]
    assert tried == ["wrong"] * WRONG_KEYS + ["wait"] * 50
    assert door.tries(key=KEY) == "in"
    assert door.tries(code=CODE) == "in"


# -- how often


def test_a_bucket_fills_up_again_and_says_when() -> None:
    clock = Clock()
    bucket = Bucket(2, 0.5, clock)
    assert [bucket.take() for _ in range(3)] == [True, True, False]
    assert bucket.wait == 2
    clock.now += 2
    assert bucket.take()
    assert not bucket.take()
    clock.now += 1e6
    assert [bucket.take() for _ in range(3)] == [True, True, False]


def test_buckets_forget_whom_they_have_not_seen_for_longest() -> None:
    buckets = Buckets(1, 1, 3, Clock())
    for key in "abcad":
        buckets.of(key).take()
    assert len(buckets) == 3
    assert buckets.of("a").empty
    assert not buckets.of("b").empty


def test_300_people_behind_one_address_can_join_at_once() -> None:
    rates = Rates(Clock())
    for _ in range(300):
        for _ in range(6):
            assert rates.wait("", "127.0.0.1") == 0


def test_a_flood_from_one_address_leaves_room_for_others() -> None:
    clock = Clock()
    rates = Rates(clock)
    for _ in range(10 * ADDRESS_BURST):
        rates.wait("", "192.0.2.7")
    assert rates.wait("", "192.0.2.7") == 1
    assert rates.wait("", "192.0.2.8") == 0
    assert rates.wait("seat", "192.0.2.7") == 0


def test_a_flood_from_many_addresses_is_bounded_and_seats_go_on() -> None:
    clock = Clock()
    rates = Rates(clock)
    through = sum(rates.wait("", f"192.0.2.{n}") == 0 for n in range(2 * ALL_BURST))
    assert through == ALL_BURST
    clock.now += 1
    through = sum(rates.wait("", f"198.51.100.{n}") == 0 for n in range(2 * ALL_BURST))
    assert through == ALL_RATE
    assert rates.wait("seat", "192.0.2.7") == 0


def test_each_seat_has_a_rate_of_its_own() -> None:
    clock = Clock()
    rates = Rates(clock)
    assert [rates.wait("one", "") for _ in range(SEAT_BURST)] == [0] * SEAT_BURST
    assert rates.wait("one", "") == 1
    assert rates.wait("two", "") == 0
    clock.now += 1
    assert sum(rates.wait("one", "") == 0 for _ in range(1000)) == SEAT_RATE


def test_too_much_from_a_seat_is_answered_with_when_to_come_back() -> None:
    with served() as client:
        seated = Client(client.address, SEAT)
        with seated.connect() as connection:
            answers = []
            for _ in range(SEAT_BURST * 2):
                connection.sendall(seated.head("GET", "/", {}))
                answers.append(answer(connection))
        last = answers[-1]
        assert answers[0].status == 200
        assert last.status == 429
        assert int(last.headers["retry-after"]) >= 1
        assert_headers(last)
        assert Client(client.address, "seat-1").get("/").status == 200
        assert client.get("/").status == 200


def test_made_up_cookies_do_not_get_rates_of_their_own() -> None:
    with served() as client, client.connect() as connection:
        refused = 0
        for number in range(ADDRESS_BURST + 1000):
            made_up = Client(client.address, f"made-up-{number}")
            connection.sendall(made_up.head("GET", "/", {}))
            refused += answer(connection).status == 429
            if refused:
                break
        assert refused
