"""The page's routes: what can be asked for, and what is answered.

Everything is done by ``Desk``, in the seat that the cookie belongs to. Who is a browser gets HTML,
who asks for JSON gets the same view as values.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from secrets import token_urlsafe
from typing import Any, Literal, Protocol

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from checklist.errors import ChecklistError
from checklist.i18n import Texts
from checklist.workshop.desk import Desk, Full
from checklist.workshop.page import asked, screens
from checklist.workshop.page.acting import ACTS, Act, Wrong
from checklist.workshop.page.alike import Alike
from checklist.workshop.page.asked import NO_FIELDS, Fields, fields_of, language_of
from checklist.workshop.page.cookies import COOKIE, token_of
from checklist.workshop.page.events import changes
from checklist.workshop.page.kept import Kept
from checklist.workshop.page.rates import Joins
from checklist.workshop.page.view import View, has_own, view
from checklist.workshop.seats import Late, Seat

COOKIE_AGE = 12 * 60 * 60
"""Seconds that a browser keeps its seat: longer than any workshop."""
ROOM = "/room"
ASK_AGAIN = {"Retry-After": "5"}
KEPT = {"Cache-Control": "max-age=3600"}
"""How long a browser may keep what is the same for everybody."""

Clock = Callable[[], datetime]


class Door(Protocol):
    """Lets in who knows the workshop's code or key; see ``door``."""

    def tries(self, code: str = "", key: str = "") -> Literal["in", "wrong", "wait"]:
        """Try one of them; ``"wait"`` where too many were wrong lately."""
        ...


def app(
    desk: Desk, door: Door, *, secure: bool, clock: Clock = lambda: datetime.now(UTC)
) -> Starlette:
    """Give the page as an application.

    Parameters
    ----------
    secure
        Whether it is served by TLS: the cookie then travels by TLS only.
    clock
        Gives the moment in which somebody looks at their own result.
    """
    screens.prepare()
    page = Page(desk, door, secure, clock)
    return Starlette(
        routes=[
            Route("/", page.welcome),
            Route("/k/{key}", page.scanned),
            Route("/join", page.join, methods=["POST"]),
            Route(ROOM, page.room),
            *(Route(path, page.act(act), methods=["POST"]) for path, act in ACTS.items()),
            Route("/own", page.own),
            Route("/own/save", page.save),
            Route("/questionnaire", page.questionnaire),
            Route("/events", page.events),
            Route("/page.css", page.style),
            Route("/page.js", page.script),
        ],
        exception_handlers={HTTPException: page.missing, ChecklistError: page.failed},
    )


class Page:
    """What the routes share."""

    def __init__(self, desk: Desk, door: Door, secure: bool, clock: Clock) -> None:
        self._desk = desk
        self._door = door
        self._secure = secure
        self._clock = clock
        self._alike = Alike(desk.round, secure=secure)
        self._joins = Joins(desk.most_seats)
        self._kept = Kept(desk.round)

    # -- coming in

    async def welcome(self, request: Request) -> Response:
        """Show where the code is typed."""
        return self._joining(request)

    async def scanned(self, request: Request) -> Response:
        """Show what a scanned address leads to; a seat is taken only by the button on it."""
        key = request.path_params["key"]
        if self._seat(request) is not None:
            return _go(ROOM)
        found = self._door.tries(key=key)
        if found == "in":
            return self._joining(request, key)
        texts = Texts(language_of(request))
        if found == "wrong":
            return self._say(request, 404, texts("page.join.wrong-key"), way="/")
        return self._say(request, 429, texts("page.join.wait"), way="/", headers=ASK_AGAIN)

    def _joining(
        self,
        request: Request,
        key: str = "",
        *,
        status: int = 200,
        problem: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        if self._seat(request) is not None:
            return _go(ROOM)
        language = language_of(request)
        if asked.wants_json(request):
            return JSONResponse({"error": problem}, status, headers)
        return _html(self._alike.joining(language, key, problem), status, headers)

    async def join(self, request: Request) -> Response:
        """Take a seat, by key or code."""
        if self._seat(request) is not None:
            return _go(ROOM)
        form = await _form(request)
        language = language_of(request, form("lang"))
        texts, key = Texts(language), form("key")
        found = self._door.tries(form("code"), key)
        if found == "wait":
            said = texts("page.join.wait")
            return self._joining(request, key, status=429, problem=said, headers=ASK_AGAIN)
        if found == "wrong":
            return self._joining(request, status=403, problem=texts("page.join.wrong"))
        wait = self._joins.wait(request.client.host if request.client else "")
        if wait:
            later, said = {"Retry-After": str(wait)}, texts("page.join.many")
            return self._joining(request, key, status=429, problem=said, headers=later)
        try:
            token = await self._desk.join(language)
        except Full:
            said = texts("page.join.full")
            return self._joining(request, key, status=503, problem=said, headers=ASK_AGAIN)
        response = _go(ROOM)
        response.set_cookie(
            COOKIE,
            token,
            max_age=COOKIE_AGE,
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="lax",
        )
        return response

    # -- in a seat

    async def room(self, request: Request) -> Response:
        """Show where this person is."""
        seat = self._seat(request)
        return self._stranger(request) if seat is None else self._shown(request, seat)

    def act(self, act: Act) -> Callable[[Request], Any]:
        """Give the route of something that is done in a seat."""

        async def acting(request: Request) -> Response:
            seat = self._seat(request)
            if seat is None:
                return self._stranger(request)
            form = NO_FIELDS
            try:
                form = await fields_of(request)
                seat = await act(self._desk, token_of(request), seat, form)
            except Late:
                if asked.wants_json(request):
                    return self._shown(request, self._seat(request) or seat, 409)
            except ValueError as error:
                said = error.said if isinstance(error, Wrong) else ()
                said = said or (Texts(seat.language)("page.wrong.request"),)
                return self._shown(request, seat, 400, said, form)
            if asked.wants_json(request):
                return self._shown(request, seat)
            return _go("/own" if form("to") == "own" else ROOM)

        return acting

    async def own(self, request: Request) -> Response:
        """Show the own result, once it is time for it."""
        seat = self._seat(request)
        if seat is None:
            return self._stranger(request)
        if not has_own(self._desk.workshop, seat):
            return self._shown(request, seat, 409) if asked.wants_json(request) else _go(ROOM)
        result = self._kept.own(seat, self._clock(), Texts(seat.language))
        found = replace(self._view(request, seat), kind="result", blocks=result, mine="")
        return self._written(request, found, path="/own")

    async def save(self, request: Request) -> Response:
        """Give the own result, the own plan and what was agreed as one file to keep."""
        seat = self._seat(request)
        if seat is None:
            return self._stranger(request)
        if not self._desk.workshop.reached("result"):
            return _go(ROOM)
        texts, desk = Texts(seat.language), self._desk
        own = self._kept.own(seat, self._clock(), texts) if seat.begun else ()
        page = screens.taken_home(desk.round, own, seat, desk.workshop, texts)
        name = texts("page.own.file")
        return _html(page, headers={"Content-Disposition": f'attachment; filename="{name}"'})

    async def questionnaire(self, request: Request) -> Response:
        """Give the questionnaire as it was frozen, for fronts that ask by themselves."""
        if self._seat(request) is None:
            return self._stranger(request)
        return PlainTextResponse(self._desk.round.questionnaire.toml)

    async def events(self, request: Request) -> Response:
        """Tell of changes as they come."""
        if self._seat(request) is None:
            return Response(status_code=401)
        return StreamingResponse(changes(self._desk), media_type="text/event-stream")

    async def style(self, request: Request) -> Response:
        """Give the style sheet."""
        return Response(screens.style(), headers=KEPT, media_type="text/css")

    async def script(self, request: Request) -> Response:
        """Give the script; the page works without it."""
        return Response(screens.script(), headers=KEPT, media_type="text/javascript")

    # -- what went wrong

    async def missing(self, request: Request, error: Exception) -> Response:
        """Say that there is no such page; nothing here reads a form by its address."""
        status = error.status_code if isinstance(error, HTTPException) else 404
        if status == 405 and not asked.wants_json(request) and request.method == "GET":
            return _go(ROOM)
        said = Texts(self._language(request))("page.wrong.missing")
        return self._say(request, status, said)

    async def failed(self, request: Request, error: Exception) -> Response:
        """Say that something could not be written; what and where is for the trainer only."""
        said = Texts(self._language(request))("page.wrong.disk")
        return self._say(request, 503, said, headers=ASK_AGAIN)

    def _say(
        self,
        request: Request,
        status: int,
        said: str,
        *,
        way: str = ROOM,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        if asked.wants_json(request):
            return JSONResponse({"error": said}, status, headers)
        texts = Texts(self._language(request))
        return _html(screens.message(texts, said, way, nonce=_nonce(request)), status, headers)

    # -- what they share

    def _seat(self, request: Request) -> Seat | None:
        token = token_of(request)
        return self._desk.seat(token) if token else None

    def _language(self, request: Request) -> str:
        seat = self._seat(request)
        return language_of(request) if seat is None else seat.language

    def _stranger(self, request: Request) -> Response:
        if asked.wants_json(request):
            said = Texts(language_of(request))("page.wrong.no-seat")
            return JSONResponse({"error": said}, 401)
        return _go("/")

    def _view(self, request: Request, seat: Seat) -> View:
        token, now = token_of(request), self._clock()
        return view(self._desk, seat, token, now, secure=self._secure, kept=self._kept)

    def _shown(
        self,
        request: Request,
        seat: Seat,
        status: int = 200,
        problem: tuple[str, ...] = (),
        form: Fields = NO_FIELDS,
    ) -> Response:
        """Show where a person is; with a problem, what they typed is still there."""
        if problem and asked.wants_json(request):
            return JSONResponse({"error": " ".join(problem)}, status)
        return self._written(request, self._view(request, seat), status, problem, form)

    def _written(
        self,
        request: Request,
        found: View,
        status: int = 200,
        problem: tuple[str, ...] = (),
        form: Fields = NO_FIELDS,
        *,
        path: str = ROOM,
    ) -> Response:
        if asked.wants_json(request):
            return JSONResponse(found.as_json(), status)
        alike = self._alike.question(found) if not problem and path == ROOM else None
        shown = alike or screens.room(
            found, self._desk.round, problem=problem, form=form, path=path, nonce=_nonce(request)
        )
        return _html(shown, status)


async def _form(request: Request) -> Fields:
    try:
        return await fields_of(request)
    except ValueError:
        return NO_FIELDS


def _go(path: str) -> Response:
    return RedirectResponse(path, 303)


def _html(page: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(page, status, headers, media_type="text/html")


def _nonce(request: Request) -> str:
    """Give what the guards have put into the content policy; without them one that fits none."""
    state: dict[str, Any] = request.scope.get("state") or {}
    return str(state.get("nonce") or token_urlsafe(12))
