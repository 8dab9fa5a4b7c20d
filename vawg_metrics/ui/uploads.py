"""What a request may bring to the server: nothing; and under `./run --steward` one file, from this machine alone.

Streamlit takes the bytes of any session that asks, whether or not a page has a box for files, so the refusal stands
before it. A refused request is answered before any of its body is read.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

MEBIBYTE: Final = 1024 * 1024
MOST_MEBIBYTES: Final = 5
MOST_BODY: Final = MOST_MEBIBYTES * MEBIBYTE + 64 * 1024  # a file, and what a browser puts around it
MOST_DIGITS: Final = 16
READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
BRINGING: Final = frozenset({"PUT", "DELETE"})
UPLOADS: Final = "/_stcore/upload_file/"
HERE: Final = frozenset({"127.0.0.1", "::1", "localhost"})
PASSED_ON: Final = frozenset({b"forwarded", b"x-forwarded-for", b"x-real-ip", b"via"})
NONE_TAKEN: Final = "This server takes no files.\n"
TOO_LARGE: Final = f"A file of at most {MOST_MEBIBYTES} MB is taken, and its size must be said first.\n"

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Uploads:
    """Stands before the server and answers every request that would bring something, unless it may."""

    def __init__(self, app: App, taken: bool) -> None:
        self.app, self.taken = app, taken

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        refused = self._refused(scope) if scope["type"] == "http" else None
        if refused is None:
            await self.app(scope, receive, send)
        else:
            await _answer(send, *refused)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        """Status and words of a refusal; None where a request may pass."""
        if scope["method"] in READING:
            return None
        ours = self.taken and scope["method"] in BRINGING and UPLOADS in scope["path"] and _from_here(scope)
        if not ours:
            return 403, NONE_TAKEN
        return None if _length(scope) <= MOST_BODY else (413, TOO_LARGE)


def _from_here(scope: Scope) -> bool:
    """Whether a request comes from this machine itself, and not through something on it that passes on others'."""
    near = bool(scope.get("client")) and scope["client"][0] in HERE
    return near and PASSED_ON.isdisjoint(name for name, _ in scope["headers"])


def _length(scope: Scope) -> float:
    """How long the body says it is; without end where a body comes in pieces of unknown number."""
    headers = dict(scope["headers"])
    if b"transfer-encoding" in headers:
        return float("inf")
    said = headers.get(b"content-length", b"0")
    return int(said) if said.isdigit() and len(said) < MOST_DIGITS else float("inf")


async def _answer(send: Send, status: int, words: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words.encode("utf-8")})
