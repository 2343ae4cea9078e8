"""What a device sends, as it comes: a small WebSocket client (RFC 6455) over the standard library."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import socket
import ssl
import struct
from dataclasses import dataclass
from typing import Any, Dict, Iterator, Optional, Tuple, Union
from urllib.parse import urlsplit

import numpy as np

from .errors import ProgramError, error_of
from .server import Server

_HEAD = struct.Struct("<BBHiqqqii")
_MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


@dataclass(frozen=True)
class SpikeBatch:
    """Spikes that came together."""

    run: int
    number: int
    """How many spikes of the run came before."""
    times: np.ndarray
    """Seconds of network time."""
    neurons: np.ndarray
    """Global indices: those of the populations follow one another in the order of the file."""


@dataclass(frozen=True)
class Samples:
    """Samples of recorded variables that came together."""

    run: int
    number: int
    times: np.ndarray
    traces: np.ndarray
    """Indices of the traces of the network."""
    values: np.ndarray


Event = Union[SpikeBatch, Samples, Dict[str, Any]]


class Stream:
    """Listens to a device: iterating gives spikes, samples, and documents of everything else, until the device is closed.

    ``missed`` counts spikes that were sent and did not come, because this process did not read fast enough.
    """

    def __init__(self, server: Server, device: str) -> None:
        self.missed = 0
        self._next: Optional[int] = None
        self._run = -1
        self._socket, self._buffer = _open(server, f"/api/v1/devices/{device}/stream?client=Python+{os.getpid()}")

    def __iter__(self) -> Iterator[Event]:
        while True:
            message = self._receive()
            if message is None:
                return
            yield self._event(*message)

    def spikes(self) -> Iterator[SpikeBatch]:
        """Spikes only."""
        for event in self:
            if isinstance(event, SpikeBatch):
                yield event

    def close(self) -> None:
        """Leaves."""
        try:
            self._socket.sendall(b"\x88\x80" + os.urandom(4))
        except OSError:
            pass
        self._socket.close()

    def __enter__(self) -> "Stream":
        return self

    def __exit__(self, *unused: object) -> None:
        self.close()

    def _event(self, kind: int, body: bytes) -> Event:
        if kind == 1:
            document: Dict[str, Any] = json.loads(body)
            if document.get("type") in ("run_started", "restart"):
                self._next = 0
                self._run = document.get("run", self._run)
            return document
        what, _, _, run, number, _, base, count, _ = _HEAD.unpack_from(body)
        offsets = np.frombuffer(body, "<u4", count, _HEAD.size)
        indices = np.frombuffer(body, "<i4", count, _HEAD.size + 4 * count)
        times = (base + offsets.astype(np.int64)) / 1e6
        if what == 2:
            return Samples(run, number, times, indices, np.frombuffer(body, "<f4", count, _HEAD.size + 8 * count))
        if run == self._run and self._next is not None and number > self._next:
            self.missed += number - self._next
        self._run, self._next = run, number + count
        return SpikeBatch(run, number, times, indices)

    def _receive(self) -> Optional[Tuple[int, bytes]]:
        body = b""
        kind = 0
        while True:
            head = self._take(2)
            if head is None:
                return None
            code, length = head[0] & 15, head[1] & 127
            if length == 126:
                length = struct.unpack(">H", self._need(2))[0]
            elif length == 127:
                length = struct.unpack(">Q", self._need(8))[0]
            part = self._need(length)
            if code == 8:
                self._socket.close()
                return None
            if code == 9:
                self._socket.sendall(bytes([0x8A, 0x80 | len(part)]) + b"\0\0\0\0" + part)
                continue
            if code == 10:
                continue
            kind = code or kind
            body += part
            if head[0] & 128:
                return kind, body

    def _need(self, count: int) -> bytes:
        taken = self._take(count)
        if taken is None:
            raise ProgramError("the stream broke off")
        return taken

    def _take(self, count: int) -> Optional[bytes]:
        parts = [self._buffer]
        have = len(self._buffer)
        while have < count:
            try:
                chunk = self._socket.recv(max(65536, count - have))
            except OSError:
                chunk = b""
            if not chunk:
                return None
            parts.append(chunk)
            have += len(chunk)
        whole = b"".join(parts)
        self._buffer = whole[count:]
        return whole[:count]


def _open(server: Server, path: str) -> Tuple[socket.socket, bytes]:
    url = urlsplit(server.url)
    secure = url.scheme == "https"
    host, port = url.hostname or "localhost", url.port or (443 if secure else 80)
    line: socket.socket = socket.create_connection((host, port))
    if secure:
        line = ssl.create_default_context().wrap_socket(line, server_hostname=host)
    key = base64.b64encode(os.urandom(16)).decode()
    headers = [f"GET {path} HTTP/1.1", f"Host: {url.netloc}", "Upgrade: websocket", "Connection: Upgrade",
               f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13"]
    if server.key:
        headers.append("Authorization: Bearer " + server.key)
    line.sendall(("\r\n".join(headers) + "\r\n\r\n").encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        chunk = line.recv(65536)
        if not chunk:
            raise ProgramError("the server closed the connection before the stream began")
        answer += chunk
    head, rest = answer.split(b"\r\n\r\n", 1)
    status = int(head.split()[1])
    if status != 101:
        line.close()
        try:
            raise error_of(status, json.loads(rest[rest.index(b"{"):rest.rindex(b"}") + 1]))
        except ValueError:
            raise error_of(status, {}) from None
    expected = base64.b64encode(hashlib.sha1((key + _MAGIC).encode()).digest())
    if expected not in head:
        raise ProgramError("what answers is no WebSocket")
    return line, rest
