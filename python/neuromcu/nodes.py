"""Nodes of the board's array: what they show, what is done to them, what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Union

import numpy as np

if TYPE_CHECKING:
    from .device import Device, Time


class Nodes:
    """The node array of a board, ``nodes.rows`` by ``nodes.columns``.

    ``nodes.siemens`` holds what each node showed when :meth:`read` was last called. What is done goes into the array's history, as with
    the command ``neuromcu node``.
    """

    def __init__(self, device: "Device") -> None:
        self._device = device
        self.read()

    def read(self, samples: int = 16) -> np.ndarray:
        """Reads all nodes anew.

        :param samples: readings of each node, 1 to 64; their mean is given.
        :returns: conductances in siemens, rows by columns.
        """
        document = self._device.server.call("GET", self._path, query={"samples": str(int(samples))})
        self.rows: int = document["rows"]
        self.columns: int = document["columns"]
        self.full_scale: float = document["full_scale_s"]
        nodes: List[Dict[str, Any]] = document["nodes"]
        self.modes = [n["mode"] for n in nodes]
        """``keeping``, ``volatile`` or ``unknown``, by number."""
        self.masked = self._grid([n["masked"] for n in nodes], bool)
        self.targets = self._grid([np.nan if n["target_s"] is None else n["target_s"] for n in nodes], float)
        """Targets in siemens; NaN without one."""
        self.siemens = self._grid([np.nan if n["siemens"] is None else n["siemens"] for n in nodes], float)
        return self.siemens

    def __len__(self) -> int:
        return self.rows * self.columns

    def program(self, targets: Union[Mapping[int, float], np.ndarray], *, tolerance: float = 2.0) -> Dict[str, Any]:
        """Brings nodes to conductances by write and verify.

        :param targets: siemens by number of the node, or an array of the shape of the nodes in which NaN leaves a node alone.
        :param tolerance: how far a node may be from its target, in percent of full scale.
        :returns: ``reached``, ``pulses``, and ``nodes`` with the outcome of each.
        """
        if isinstance(targets, np.ndarray):
            if targets.shape != (self.rows, self.columns):
                raise ValueError(f"targets have the shape {targets.shape}, the array has {(self.rows, self.columns)}")
            chosen = {k: float(v) for k, v in enumerate(targets.ravel()) if not np.isnan(v)}
        else:
            chosen = {int(k): float(v) for k, v in targets.items()}
        answer = self._device.server.call("POST", self._path, {
            "targets": [{"node": k, "siemens": v} for k, v in chosen.items()], "tolerance_percent": tolerance})
        self.read()
        return answer

    def pulse(self, node: int, volts: float, width: "Time", count: int = 1) -> float:
        """Gives a node equal pulses within the limits of its board; its conductance in siemens after them."""
        answer = self._device.server.call("POST", f"{self._path}/{int(node)}/pulse", {"volts": volts, "width": width, "count": count})
        return float(answer["after_s"])

    def set(self, node: int, *, mode: Optional[str] = None, masked: Optional[bool] = None) -> None:
        """Sets the mode of a node (``keeping`` or ``volatile``), masks it or frees it."""
        body = {name: value for name, value in (("mode", mode), ("masked", masked)) if value is not None}
        self._device.server.call("PATCH", f"{self._path}/{int(node)}", body)

    def history(self, node: Optional[int] = None, last: int = 100) -> List[Dict[str, Any]]:
        """The newest pulses and readings, oldest first: ``node``, ``volts`` (0 for a reading), ``width_s``, ``siemens``, ``what``."""
        query = {"last": str(int(last))}
        if node is not None:
            query["node"] = str(int(node))
        return list(self._device.server.call("GET", self._path + "/history", query=query)["steps"])

    @property
    def _path(self) -> str:
        return self._device.path + "/nodes"

    def _grid(self, values: List[Any], kind: type) -> np.ndarray:
        return np.asarray(values, dtype=kind).reshape(self.rows, self.columns)
