"""What a run left behind."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Union

import numpy as np

from .server import Server


@dataclass(frozen=True)
class Spikes:
    """The spikes of a population."""

    times: np.ndarray
    """Seconds, ascending."""
    neurons: np.ndarray
    """Indices within the population."""
    size: int
    """Number of neurons."""
    duration: float
    """Length of the run in seconds."""

    def __len__(self) -> int:
        return len(self.times)

    @property
    def rate(self) -> float:
        """Mean rate of a neuron in Hz."""
        return len(self.times) / self.size / self.duration if self.duration > 0 else 0.0

    def of(self, neuron: int) -> np.ndarray:
        """Times of one neuron in seconds."""
        return self.times[self.neurons == neuron]

    @property
    def trains(self) -> List[np.ndarray]:
        """Times of each neuron in seconds."""
        return [self.of(k) for k in range(self.size)]


@dataclass(frozen=True)
class Trace:
    """A recorded variable of a neuron."""

    name: str
    times: np.ndarray
    """Seconds."""
    values: np.ndarray
    unit: str


class _Named(Dict[str, Any]):
    """A dict that names what it has when asked for something else."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind

    def __missing__(self, name: str) -> Any:
        raise KeyError(f"no {self._kind} {name!r}; there are: {', '.join(self) or 'none'}")


class Run:
    """The recording of a run."""

    def __init__(self, server: Server, document: Dict[str, Any]) -> None:
        self._server = server
        self._document = document
        self._arrays: Optional[Dict[str, np.ndarray]] = None

    @property
    def id(self) -> str:
        """Its name in the API."""
        return str(self._document["recording"])

    @property
    def duration(self) -> float:
        """Network time at the end in seconds."""
        return float(self._document["time_us"]) / 1e6

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return bool(self._document["complete"])

    @property
    def incomplete(self) -> Optional[str]:
        """What is missing, in words."""
        return self._document["incomplete"]

    @property
    def losses(self) -> Mapping[str, int]:
        """Everything that is missing, by cause."""
        return dict(self._document["losses"])

    @property
    def troubles(self) -> List[Dict[str, Any]]:
        """Everything that went wrong, the serious first."""
        return list(self._document["troubles"])

    @property
    def spikes(self) -> Dict[str, Spikes]:
        """Spikes by population."""
        arrays = self.arrays
        times = arrays["time_us"] / 1e6
        neurons = arrays["neuron"]
        found: Dict[str, Spikes] = _Named("population")
        for population in self._document["populations"]:
            first, size = population["first"], population["size"]
            own = (neurons >= first) & (neurons < first + size)
            found[population["name"]] = Spikes(times[own], neurons[own] - first, size, self.duration)
        return found

    @property
    def traces(self) -> Dict[str, Trace]:
        """Recorded variables by name, such as ``chain[0]``."""
        arrays = self.arrays
        found: Dict[str, Trace] = _Named("trace")
        for k, trace in enumerate(self._document["traces"]):
            found[trace["name"]] = Trace(trace["name"], arrays[f"trace_{k}_time_us"] / 1e6, arrays[f"trace_{k}_value"], trace["unit"])
        return found

    @property
    def arrays(self) -> Dict[str, np.ndarray]:
        """The arrays of the recording, as ``run --out X.npz`` writes them."""
        if self._arrays is None:
            with np.load(io.BytesIO(self._server.fetch(f"/recordings/{self.id}/file", {"format": "npz"})), allow_pickle=False) as file:
                self._arrays = {name: file[name] for name in file.files}
        return self._arrays

    def save(self, path: Union[str, Path]) -> None:
        """Writes the recording; its ending names the format: .npz, .csv, .nwb, .h5, .aedat, or .html for a report."""
        place = Path(path)
        place.write_bytes(self._server.fetch(f"/recordings/{self.id}/file", {"format": place.suffix.lstrip(".")}))

    def __repr__(self) -> str:
        counts = ", ".join(f"{p['name']}: {p['spikes']}" for p in self._document["populations"])
        return f"<Run {self.id} of {self._document['network']}, {self.duration:g} s, {counts}>"
