"""Headers that every response carries: what a browser may do with it."""

from collections.abc import Iterable

Header = tuple[bytes, bytes]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SAVED = "default-src 'none'; style-src 'unsafe-inline'; sandbox; base-uri 'none'; " + (
    "form-action 'none'; frame-ancestors 'none'"
)
"""Of a page to keep: it brings its own styles along, and may do nothing else."""

SAVED_PATH = "/own/save"

ASSETS = ("/page.css", "/page.js")
"""The same for everybody: how long a browser keeps them is for the page to say."""

CACHING = b"cache-control"

COMMON: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    # Not "no-referrer": with that, browsers send "Origin: null" with a form, even to its own page.
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (
        b"permissions-policy",
        b"accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), "
        b"fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), "
        b"payment=(), publickey-credentials-get=(), screen-wake-lock=(), usb=(), "
        b"xr-spatial-tracking=()",
    ),
)


def with_policies(headers: Iterable[Header], path: str, nonce: str) -> list[Header]:
    """Put the policies in place of whatever a response says about them."""
    policy = SAVED if path == SAVED_PATH else POLICY.format(nonce=nonce)
    kept = list(headers)
    ours = [*COMMON, (b"content-security-policy", policy.encode())]
    if path not in ASSETS or not any(name.lower() == CACHING for name, _ in kept):
        ours.append((CACHING, b"no-store"))
    names = {name for name, _ in ours} | {b"server"}
    return [*(each for each in kept if each[0].lower() not in names), *ours]
