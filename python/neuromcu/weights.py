"""Weights of a projection, read from and written into the device while it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, List, Optional, Tuple, Union

import numpy as np

if TYPE_CHECKING:
    from .device import Device


class Weights:
    """Weights of a projection.

    ``w.matrix`` is a copy with NaN where there is no synapse; ``w[pre, post] = 0.5`` writes one, ``w.write(matrix)`` all.
    """

    def __init__(self, device: "Device", projection: str) -> None:
        self._device = device
        self.projection = projection
        self._tag: Optional[str] = None
        self.read()

    def read(self) -> np.ndarray:
        """Reads all weights anew, in the order of the synapses."""
        document, self._tag = self._device.server.call_with_tag("GET", self._path)
        self.unit: str = document["unit"]
        self.limit: float = document["limit"]
        self.pre = np.asarray(document["pre"], dtype=np.int64)
        self.post = np.asarray(document["post"], dtype=np.int64)
        self.delays = np.asarray(document["delay_us"], dtype=float) / 1e6
        self.values = np.asarray(document["weight"], dtype=float)
        self._shape: Tuple[int, int] = self._sizes(document)
        return self.values

    @property
    def matrix(self) -> np.ndarray:
        """Weights as sources by targets; NaN where there is no synapse, the last one where there are several."""
        matrix = np.full(self._shape, np.nan)
        matrix[self.pre, self.post] = self.values
        return matrix

    def write(self, weights: Union[float, np.ndarray], *, exclusive: bool = False) -> None:
        """Writes all weights: one number, one for each synapse, or a matrix of sources by targets (NaN leaves a synapse alone).

        :param exclusive: refuse when somebody else has changed one of them since they were read.
        :raises ConflictError: somebody has.
        """
        array = np.asarray(weights, dtype=float)
        if array.ndim == 0:
            array = np.full(len(self.pre), float(array))
        elif array.shape == self._shape and array.ndim == 2:
            array = array[self.pre, self.post]
        elif array.shape != self.pre.shape:
            raise ValueError(f"{self.projection} has {len(self.pre)} synapses from {self._shape[0]} to {self._shape[1]} neurons, "
                             f"and the weights have the shape {array.shape}")
        changes = [{"synapse": int(k), "weight": float(array[k])} for k in np.flatnonzero(np.isfinite(array))]
        self._send(changes, exclusive)
        self.read()

    def __getitem__(self, place: Tuple[int, int]) -> float:
        found = np.flatnonzero((self.pre == place[0]) & (self.post == place[1]))
        if len(found) == 0:
            raise KeyError(f"{self.projection} joins no neuron {place[0]} to {place[1]}")
        return float(self.values[found[-1]])

    def __setitem__(self, place: Tuple[int, int], weight: float) -> None:
        self._send([{"pre": int(place[0]), "post": int(place[1]), "weight": float(weight)}], False)
        self.read()

    def __len__(self) -> int:
        return len(self.pre)

    @property
    def _path(self) -> str:
        return f"{self._device.path}/weights/{self.projection}"

    def _send(self, changes: List[Dict[str, Any]], exclusive: bool) -> None:
        headers = {"If-Match": self._tag} if exclusive and self._tag else {}
        self._device.server.call("PATCH", self._path, {"changes": changes}, headers=headers)

    def _sizes(self, document: Dict[str, Any]) -> Tuple[int, int]:
        network = self._device.server.call("GET", self._device.path + "/network")
        sizes = {p["name"]: int(p["size"]) for p in network["populations"]}
        return sizes[document["from"]], sizes[document["to"]]
