"""What may be brought to the server: nothing; and one small file to the steward's own, which writes nothing down."""

import http.client
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.testing.v1 import AppTest
from websockets.sync.client import ClientConnection, connect

from tests.browser.conftest import free_port
from tests.conftest import ROOT
from vawg_metrics.ui import frame, steward
from vawg_metrics.ui.uploads import MEBIBYTE, MOST_BODY, MOST_MEBIBYTES, NONE_TAKEN, TOO_LARGE, Uploads

STEWARD = {"VAWG_STEWARD": "1"}
STEWARD_WORDS = ("--server.address", "127.0.0.1", "--server.maxUploadSize", str(MOST_MEBIBYTES))  # as ./run gives them
FILE = "/_stcore/upload_file/a-session/a-file"

# The server as it is started, and a list of every file that it opens to write, moves or makes.
WATCHED = """
import os, runpy, sys
list_ = os.open(os.environ["VAWG_WRITES"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
def watch(event, arguments):
    opens = event == "open" and bool((arguments[2] or 0) & writing)
    if opens or event in ("os.rename", "os.mkdir", "os.link", "os.symlink", "tempfile.mkstemp", "tempfile.mkdtemp"):
        if not str(arguments[0]).startswith("/dev/"):
            os.write(list_, f"{event} {arguments[0]}\\n".encode())
sys.addaudithook(watch)
sys.argv[0] = "streamlit"
runpy.run_module("streamlit", run_name="__main__")
"""


@dataclass(frozen=True)
class Served:
    """A running server: its address, what it said, what it wrote, and the folder of its temporary files."""

    address: str
    port: int
    log: Path
    writes: Path
    temporary: Path


@contextmanager
def served(folder: Path, *words: str, **told: str) -> Iterator[Served]:
    """A server of its own, with a home and a folder of temporary files of its own."""
    port, home = free_port(), folder / "home"
    made = Served(f"http://127.0.0.1:{port}", port, folder / "log.txt", folder / "writes.txt", folder / "temporary")
    for one in (home, made.temporary):
        one.mkdir()
    command = [sys.executable, "-c", WATCHED, "run", "dashboard.py", "--server.port", str(port), *words]
    env = os.environ | {
        "HOME": str(home), "TMPDIR": str(made.temporary), "VAWG_WRITES": str(made.writes),
        "PYTHONDONTWRITEBYTECODE": "1", **told,
    }  # fmt: skip
    with made.log.open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT)
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"{made.address}/_stcore/health", timeout=2).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield made
        finally:
            server.terminate()
            server.wait(20)


# What stands before the server, by itself

Answer = tuple[int, str] | None


def passed(
    taken: bool, method: str = "PUT", path: str = FILE, client: str | None = "127.0.0.1", kind: str = "http",
    **headers: str,
) -> Answer:  # fmt: skip
    """Status and words of a refusal; None when the request went on to the server behind."""
    reached, sent = [], []

    async def behind(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401
        reached.append(scope)

    async def receive() -> MutableMapping[str, Any]:
        raise AssertionError("a body was read before its request was let in")

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": kind, "method": method, "path": path, "headers": given, "client": client and (client, 5)}
    with pytest.raises(StopIteration):  # run by hand, for nothing waits and a browser's test may have a loop running
        Uploads(behind, taken)(scope, receive, send).send(None)
    if reached:
        assert not sent
        return None
    assert dict(sent[0]["headers"])[b"connection"] == b"close"
    return sent[0]["status"], sent[1]["body"].decode()


METHODS = ("PUT", "DELETE", "POST", "PATCH", "TRACE", "CONNECT", "PROPFIND", "put", "")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", [FILE, "/", "/_stcore/agent/interact", "/base/_stcore/upload_file/s/f"])
def test_a_normal_server_takes_nothing(method: str, path: str) -> None:
    assert passed(False, method, path, content_length="1") == (403, NONE_TAKEN)
    assert passed(False, method, path) == (403, NONE_TAKEN)


@pytest.mark.parametrize("taken", [True, False])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_is_left_alone(taken: bool, method: str) -> None:
    assert passed(taken, method, "/") is None
    assert passed(taken, method, "/", client="192.0.2.7", content_length="10") is None


@pytest.mark.parametrize("kind", ["websocket", "lifespan"])
def test_what_is_no_request_is_left_alone(kind: str) -> None:
    assert passed(False, "PUT", kind=kind) is None


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("PUT", FILE, None), ("DELETE", FILE, None), ("PUT", f"/base{FILE}", None), ("POST", FILE, 403),
        ("PATCH", FILE, 403), ("PUT", "/", 403), ("PUT", "/_stcore/agent/mcp", 403), ("DELETE", "/media/x", 403),
        ("PUT", "/_stcore/upload_files/s/f", 403),
    ],
)  # fmt: skip
def test_a_stewards_server_takes_files_and_nothing_else(method: str, path: str, expected: int | None) -> None:
    found = passed(True, method, path, content_length="100")
    assert (found and found[0]) == expected


@pytest.mark.parametrize("client", ["192.0.2.7", "127.0.0.2", "::ffff:127.0.0.1", "10.0.0.1", "", None])
def test_a_stewards_server_takes_nothing_from_elsewhere(client: str | None) -> None:
    assert passed(True, client=client, content_length="1") == (403, NONE_TAKEN)
    assert passed(True, "DELETE", client=client) == (403, NONE_TAKEN)


@pytest.mark.parametrize("name", ["forwarded", "x_forwarded_for", "x_real_ip", "via"])
def test_a_stewards_server_takes_nothing_that_another_passed_on(name: str) -> None:
    assert passed(True, content_length="1", **{name: "127.0.0.1"}) == (403, NONE_TAKEN)


@pytest.mark.parametrize("client", ["127.0.0.1", "::1"])
def test_a_stewards_server_takes_a_file_from_here(client: str) -> None:
    assert passed(True, client=client, content_length="1") is None


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        (str(MOST_BODY), True), (str(MOST_BODY + 1), False), ("0", True), ("-1", False), ("", False), ("1e3", False),
        ("9" * 5_000, False), ("٣", False), (" 5", False),
    ],
)  # fmt: skip
def test_a_file_may_be_as_large_as_it_says_and_no_larger(said: str, fits: bool) -> None:
    assert passed(True, content_length=said) == (None if fits else (413, TOO_LARGE))


def test_a_body_of_no_known_length_is_refused() -> None:
    assert passed(True, transfer_encoding="chunked") == (413, TOO_LARGE)
    assert passed(True, transfer_encoding="chunked", content_length="5") == (413, TOO_LARGE)
    assert passed(False, transfer_encoding="chunked") == (403, NONE_TAKEN)


# A running server


@pytest.fixture(scope="module")
def normal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The dashboard as readers have it; it needs no figures for this."""
    folder = tmp_path_factory.mktemp("normal")
    with served(folder, VAWG_DATA=str(folder / "nothing")) as one:
        yield one


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The dashboard as `./run --steward` starts it."""
    folder = tmp_path_factory.mktemp("own")
    with served(folder, *STEWARD_WORDS, VAWG_DATA=str(folder / "nothing"), **STEWARD) as one:
        yield one


@dataclass(frozen=True)
class Session:
    """What a browser knows of its session: its name, and the token that goes with each file."""

    name: str
    token: str


@contextmanager
def session_of(server: Served) -> Iterator[Session]:
    """A session opened as a browser opens one, for as long as it is needed."""
    with urllib.request.urlopen(f"{server.address}/_stcore/health") as answer:
        token = str(answer.headers["Set-Cookie"]).split("=", 1)[1].split(";")[0]
    address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    with connect(address, subprotocols=["streamlit", token], additional_headers={"Cookie": f"_streamlit_xsrf={token}"},
                 max_size=None) as line:  # fmt: skip
        yield Session(_name_of(line), token)


def _name_of(line: ClientConnection) -> str:
    asking = BackMsg()
    asking.rerun_script.query_string = ""
    line.send(asking.SerializeToString())
    while True:
        told = ForwardMsg.FromString(line.recv(timeout=30))
        if told.WhichOneof("type") == "new_session":
            return str(told.new_session.initialize.session_id)


def form(*contents: bytes) -> bytes:
    """Files as a browser sends them."""
    parts = [
        b'--edge\r\nContent-Disposition: form-data; name="f%d"; filename="f.csv"\r\n\r\n%b\r\n' % (number, content)
        for number, content in enumerate(contents)
    ]
    return b"".join(parts) + b"--edge--\r\n"


def sent(
    server: Served, method: str, body: bytes, session: Session | None = None, path: str = "", said: str = ""
) -> tuple[int, str]:
    """Send a request in one go and read its answer. `said` is what it says of its length, where that is not so:
    what is refused must be answered before the rest of it has come."""
    path = path or f"/_stcore/upload_file/{session.name if session else 'none'}/file"
    head = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", said or f"Content-Length: {len(body)}"]
    head += ["Content-Type: multipart/form-data; boundary=edge"]
    if session:
        head += [f"X-Xsrftoken: {session.token}", f"Cookie: _streamlit_xsrf={session.token}"]
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        line.sendall("\r\n".join([*head, "", ""]).encode() + body)
        answer = http.client.HTTPResponse(line, method=method)
        answer.begin()
        return answer.status, answer.read().decode()


CHUNKED = "Transfer-Encoding: chunked"
IN_CHUNKS = b"3\r\nabc\r\n0\r\n\r\n"


@pytest.mark.parametrize("method", ["PUT", "POST", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "path", ["", "/", "/_stcore/agent/interact", "/_stcore/agent/mcp", "/check_return", "/media/x"]
)
def test_a_running_server_refuses_whatever_is_brought(normal: Served, method: str, path: str) -> None:
    assert sent(normal, method, form(b"x"), path=path) == (403, NONE_TAKEN)


def test_not_even_a_session_of_its_own_may_bring_a_file(normal: Served) -> None:
    with session_of(normal) as session:
        for body in (form(b"x"), form(b""), b""):
            assert sent(normal, "PUT", body, session) == (403, NONE_TAKEN)
        assert sent(normal, "PUT", IN_CHUNKS, session, said=CHUNKED) == (403, NONE_TAKEN)
        assert sent(normal, "PUT", b"--edge", session, said=f"Content-Length: {10**9}") == (403, NONE_TAKEN)
        assert sent(normal, "DELETE", b"", session) == (403, NONE_TAKEN)
    assert list(normal.temporary.iterdir()) == []


def test_the_stewards_server_takes_one_small_file(own: Served) -> None:
    before = own.writes.read_text()
    with session_of(own) as session:
        most = MOST_MEBIBYTES * MEBIBYTE - 1024  # less what a browser puts around it
        assert sent(own, "PUT", form(b"x"), session)[0] == 204
        assert sent(own, "PUT", form(b"x" * most), session)[0] == 204
        assert sent(own, "PUT", b"--edge", session, said=f"Content-Length: {most + 2048}")[0] == 413
        assert sent(own, "PUT", b"--edge", session, said=f"Content-Length: {MOST_BODY + 1}") == (413, TOO_LARGE)
        assert sent(own, "PUT", IN_CHUNKS, session, said=CHUNKED) == (413, TOO_LARGE)
        assert sent(own, "PUT", form(b"x", b"y"), session)[0] == 400
        assert sent(own, "PUT", form(), session)[0] == 400
        assert sent(own, "POST", form(b"x"), session) == (403, NONE_TAKEN)
        assert sent(own, "DELETE", b"", session)[0] == 204
        without = Session(session.name, "")
        assert sent(own, "PUT", form(b"x"), without)[0] == 403
    assert sent(own, "PUT", form(b"x"), session)[0] == 400  # the session is over
    assert own.writes.read_text() == before and list(own.temporary.iterdir()) == []


def test_a_steward_who_listens_to_all_the_world_takes_nothing(tmp_path: Path) -> None:
    words = ("--server.address", "0.0.0.0", "--server.maxUploadSize", "5")
    with served(tmp_path, *words, VAWG_DATA=str(tmp_path / "nothing"), **STEWARD) as one, session_of(one) as session:
        assert sent(one, "PUT", form(b"x"), session) == (403, NONE_TAKEN)


def test_the_word_steward_starts_the_server_so() -> None:
    said = (ROOT / "run").read_text("utf-8")
    assert f"steward=({' '.join(STEWARD_WORDS)})" in said and "export VAWG_STEWARD=1" in said
    assert "maxUploadSize = 0\n" in (ROOT / ".streamlit" / "config.toml").read_text("utf-8")


# The page of the check


@pytest.fixture
def switch(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Turn the steward's switch."""
    return lambda to: monkeypatch.setenv("VAWG_STEWARD", to)


def opened(page: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    return app.switch_page(f"pages/{page}.py").run()


def links(app: AppTest) -> list[str]:
    return [one.proto.label for one in app.sidebar.get("page_link")]


@pytest.mark.real_data
@pytest.mark.filterwarnings("default")
def test_the_page_of_the_check_is_no_page_of_a_normal_server(switch: Callable[[str], None]) -> None:
    switch("")
    app = opened("check_return")
    assert not app.exception and "Check a return" not in [one.value for one in app.title]
    assert not app.get("file_uploader")
    assert "Overview" in links(app) and "Check a return" not in links(app)


@pytest.mark.real_data
@pytest.mark.filterwarnings("default")
def test_the_page_of_the_check_is_a_page_of_the_stewards_server(switch: Callable[[str], None]) -> None:
    switch("1")
    app = opened("check_return")
    assert not app.exception and [one.value for one in app.title] == ["Check a return"]
    (box,) = app.get("file_uploader")
    assert box.proto.max_upload_size_mb == MOST_MEBIBYTES and not box.proto.multiple_files
    assert "Check a return" in links(app)


def test_files_of_a_session_are_let_go_of(monkeypatch: pytest.MonkeyPatch) -> None:
    held = MemoryUploadedFileManager("/_stcore/upload_file")
    for session in ("ours", "another"):
        held.add_file(session, UploadedFileRec("file", "a.csv", "text/csv", b"x"))
    monkeypatch.setattr(
        steward, "get_script_run_ctx", lambda: SimpleNamespace(uploaded_file_mgr=held, session_id="ours")
    )
    steward.drop_files()
    assert held.get_files("ours", ["file"]) == [] and len(held.get_files("another", ["file"])) == 1


@pytest.mark.real_data
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize(
    ("to", "page", "dropped"), [("1", "about", 1), ("1", "check_return", 0), ("", "about", 0)]
)  # fmt: skip
def test_a_file_is_held_on_the_page_of_the_check_alone(
    to: str, page: str, dropped: int, switch: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    switch(to)
    monkeypatch.setattr(frame, "drop_files", lambda: calls.append(1))
    assert not opened(page).exception
    assert len(calls) == dropped


def test_a_server_of_this_test_notes_what_it_writes(tmp_path: Path) -> None:
    """Else a list that stays empty would prove nothing."""
    code = (
        "import runpy; runpy.run_module = lambda *_, **__: None\n" + WATCHED + "\nimport tempfile; tempfile.mkstemp()"
    )
    told = os.environ | {"VAWG_WRITES": str(tmp_path / "writes.txt"), "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], env=told, check=True)
    assert "tempfile.mkstemp" in (tmp_path / "writes.txt").read_text()
