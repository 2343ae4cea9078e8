"""The program that does the work: found where it runs, or started."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple
from urllib.parse import quote, urlencode

from .errors import ProgramError, error_of

_START_PATIENCE = 180.0  # s; the first start of a clone builds the program

_lock = threading.Lock()
_default: Optional["Server"] = None


class Server:
    """A running ``neuromcu live`` and the way to its API."""

    def __init__(self, url: str, key: Optional[str] = None, process: Optional["subprocess.Popen[str]"] = None) -> None:
        """Takes the address of the page, such as ``http://localhost:5380/``, and the key of a server elsewhere."""
        self.url = url.rstrip("/") + "/"
        self.key = key
        self._process = process
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    @staticmethod
    def start(program: Optional[List[str]] = None) -> "Server":
        """Starts a server of its own on a free port of this machine; it ends with this process.

        :param program: the command, such as ``["/path/to/neuromcu"]``; default: ``NEUROMCU``, ``neuromcu`` on the path, or the
            one of the clone that this package lies in.
        :raises ProgramError: it cannot be found or does not start.
        """
        command = (program or find_program()) + ["live", "--headless", "--empty", "--port", "0", "--json"]
        try:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                       text=True, encoding="utf-8")
        except OSError as problem:
            raise ProgramError(f"{command[0]} cannot be started: {problem}") from problem
        document = _first_document(process)
        server = Server(document["url"], process=process)
        atexit.register(server.close)
        return server

    def close(self) -> None:
        """Ends a server that was started here; others stay."""
        process, self._process = self._process, None
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        if process is not None:
            for pipe in (process.stdout, process.stderr):
                if pipe is not None:
                    pipe.close()

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *unused: object) -> None:
        self.close()

    def call(self, method: str, path: str, body: Optional[Dict[str, Any]] = None, *, headers: Optional[Dict[str, str]] = None,
             query: Optional[Dict[str, str]] = None) -> Dict[str, Any]:
        """Sends a request to the API and returns its JSON answer."""
        return self.call_with_tag(method, path, body, headers=headers, query=query)[0]

    def call_with_tag(self, method: str, path: str, body: Optional[Dict[str, Any]] = None, *,
                      headers: Optional[Dict[str, str]] = None, query: Optional[Dict[str, str]] = None
                      ) -> Tuple[Dict[str, Any], Optional[str]]:
        """As :meth:`call`, with the version that the answer carries."""
        data = None if body is None else json.dumps(body).encode()
        content, tag = self._send(method, path, data, "application/json", headers or {}, query)
        return (json.loads(content) if content else {}), tag

    def fetch(self, path: str, query: Optional[Dict[str, str]] = None) -> bytes:
        """Downloads a file of the API."""
        return self._send("GET", path, None, "", {}, query)[0]

    def send_bytes(self, method: str, path: str, data: bytes, query: Optional[Dict[str, str]] = None) -> Dict[str, Any]:
        """Sends bytes, such as a WAV file."""
        return json.loads(self._send(method, path, data, "application/octet-stream", {}, query)[0])

    def _send(self, method: str, path: str, data: Optional[bytes], kind: str, headers: Dict[str, str],
              query: Optional[Dict[str, str]]) -> Tuple[bytes, Optional[str]]:
        url = self.url + "api/v1" + quote(path) + ("?" + urlencode(query) if query else "")
        request = urllib.request.Request(url, data=data, method=method, headers={"X-Client": f"Python {os.getpid()}", **headers})
        if data is not None:
            request.add_header("Content-Type", kind)
        if self.key:
            request.add_header("Authorization", "Bearer " + self.key)
        try:
            with self._opener.open(request) as answer:
                return answer.read(), answer.headers.get("ETag")
        except urllib.error.HTTPError as refusal:
            text = refusal.read()
            try:
                document = json.loads(text)
            except ValueError:
                document = {}
            raise error_of(refusal.code, document) from None
        except urllib.error.URLError as problem:
            raise ProgramError(f"nothing answers at {self.url}: {problem.reason}; start it with: neuromcu live") from problem


def connect(url: Optional[str] = None, key: Optional[str] = None) -> Server:
    """The server that this process uses: the one at ``url``, at ``NEUROMCU_URL``, or one that is started for it.

    :param url: address of a running ``neuromcu live``.
    :param key: its key, when it is on another machine; default ``NEUROMCU_API_KEY``.
    """
    global _default
    with _lock:
        if url is not None:
            _default = Server(url, key or os.environ.get("NEUROMCU_API_KEY"))
        elif _default is None:
            named = os.environ.get("NEUROMCU_URL")
            _default = Server(named, os.environ.get("NEUROMCU_API_KEY")) if named else Server.start()
        return _default


def find_program() -> List[str]:
    """The command of the program: ``NEUROMCU``, that of the clone that the working folder or this package lies in, or the one on
    the path.

    :raises ProgramError: there is none.
    """
    named = os.environ.get("NEUROMCU")
    if named:
        return [named]
    for folder in [Path.cwd(), *Path.cwd().parents, *Path(__file__).resolve().parents]:
        clone = folder / "neuromcu"
        if clone.is_file() and (folder / "NeuroMCU.sln").is_file():
            return [str(clone)]
    on_path = shutil.which("neuromcu")
    if on_path:
        return [on_path]
    raise ProgramError("the program neuromcu is not found; put it on the path, or name it in the variable NEUROMCU")


def _first_document(process: "subprocess.Popen[str]") -> Dict[str, Any]:
    # The program prints one document when it serves, and an error document when it does not. What it prints to standard error is
    # read all the time: a full pipe would stop it.
    said: List[str] = []
    assert process.stdout is not None and process.stderr is not None
    errors = process.stderr
    threading.Thread(target=lambda: said.extend(errors), daemon=True).start()
    timer = threading.Timer(_START_PATIENCE, process.kill)
    timer.start()
    try:
        text = ""
        for line in process.stdout:
            text += line
            try:
                document = json.loads(text)
            except ValueError:
                continue
            if "url" in document:
                return dict(document)
            raise ProgramError("\n".join(str(document[m]) for m in ("what", "why", "next") if document.get(m)))
    finally:
        timer.cancel()
    process.wait()
    raise ProgramError("neuromcu did not start: " + ("".join(said).strip() or f"it ended with code {process.returncode}"))
