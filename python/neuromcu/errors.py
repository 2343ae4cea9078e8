"""What can go wrong, in the words of the program: what, why, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Optional, Sequence


@dataclass(frozen=True)
class Diagnostic:
    """One finding in a network file."""

    file: str
    line: int
    """From 1; 0 when the whole file is meant."""
    column: int
    path: str
    """Field, such as ``populations.cells.tau``."""
    message: str
    next: str
    kind: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        field = f"{self.path}: " if self.path else ""
        hint = f"; {self.next}" if self.next else ""
        return f"{place}: {field}{self.message}{hint}"

    @staticmethod
    def of(document: Mapping[str, Any]) -> "Diagnostic":
        """Reads a finding as the API gives it."""
        return Diagnostic(document["file"], document["line"], document["column"], document["path"], document["message"],
                          document["next"], document["kind"])


class NeuroMcuError(Exception):
    """Anything that this package reports."""


class ProgramError(NeuroMcuError):
    """The program ``neuromcu`` cannot be found or does not start."""


class ApiError(NeuroMcuError):
    """The server refuses a request."""

    def __init__(self, status: int, document: Mapping[str, Any]) -> None:
        self.status = status
        """HTTP status."""
        self.error: str = document.get("error", "unknown")
        """Name of the error for programs."""
        self.what: str = document.get("what", f"the server answered with status {status}")
        self.why: Optional[str] = document.get("why")
        self.next: Optional[str] = document.get("next")
        super().__init__(self._text())

    def _text(self) -> str:
        parts = [self.what]
        if self.why:
            parts.append(f"why: {self.why}")
        if self.next:
            parts.append(f"next: {self.next}")
        return "\n".join(parts)


class DeviceError(ApiError):
    """The device refuses, or does not answer."""


class ConflictError(ApiError):
    """Somebody else changed what is to be changed, or the device is busy with something else."""


class NetworkFileError(ApiError):
    """A network file has errors; ``diagnostics`` lists all of them with file, line and column."""

    def __init__(self, status: int, document: Mapping[str, Any]) -> None:
        self.diagnostics: Sequence[Diagnostic] = [Diagnostic.of(d) for d in document.get("diagnostics") or []]
        super().__init__(status, document)

    def _text(self) -> str:
        return "\n".join(str(d) for d in self.diagnostics) or super()._text()

    @property
    def file(self) -> Optional[str]:
        """File of the first finding."""
        return self.diagnostics[0].file if self.diagnostics else None

    @property
    def line(self) -> int:
        """Line of the first finding, from 1."""
        return self.diagnostics[0].line if self.diagnostics else 0


def error_of(status: int, document: Mapping[str, Any]) -> ApiError:
    """The exception for an answer of the API."""
    error = str(document.get("error", ""))
    if document.get("diagnostics"):
        return NetworkFileError(status, document)
    if status in (409, 412):
        return ConflictError(status, document) if not error.startswith("device_") else DeviceError(status, document)
    if error.startswith("device_"):
        return DeviceError(status, document)
    return ApiError(status, document)
