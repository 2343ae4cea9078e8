"""Devices: the virtual bench, or a board."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, Iterable, List, Optional, Sequence, Union

from .nodes import Nodes
from .server import Server, connect
from .stream import Stream

if TYPE_CHECKING:
    from .run import Run

Time = Union[str, float, int]
"""A time: seconds as a number, or a text such as ``"200 ms"``."""


class Device:
    """An open device."""

    def __init__(self, server: Server, document: Dict[str, Any]) -> None:
        self.server = server
        self.id: str = document["id"]
        self.address: str = document["address"]

    @property
    def path(self) -> str:
        """Path of the device in the API."""
        return f"/devices/{self.id}"

    def info(self) -> Dict[str, Any]:
        """What the device is and does."""
        return self.server.call("GET", self.path)

    @property
    def state(self) -> str:
        """``empty``, ``idle``, ``running`` or ``broken``."""
        return str(self.info()["state"])

    def start(self, duration: Optional[Time] = None, *, fast: bool = False, reset: bool = False) -> None:
        """Starts the network and comes back at once; without a duration it runs until :meth:`stop`."""
        self.server.call("POST", self.path + "/run", {"duration": duration, "fast": fast, "reset": reset})

    def stop(self) -> Optional["Run"]:
        """Stops the network; the recording of the run, or None when there was none."""
        from .run import Run
        document = self.server.call("POST", self.path + "/stop").get("recording")
        return None if document is None else Run(self.server, document)

    def step(self, duration: Time) -> "Run":
        """Runs for a time, as fast as the device can."""
        from .run import Run
        return Run(self.server, self.server.call("POST", self.path + "/step", {"duration": duration}))

    def reset(self) -> None:
        """Sets the network back to time 0; weights stay."""
        self.server.call("POST", self.path + "/reset")

    def inject(self, population: str, neurons: Union[int, Iterable[int]], time: Optional[Time] = None) -> int:
        """Makes inputs fire, now or at a network time; the number of spikes for which the device had room."""
        listed = [neurons] if isinstance(neurons, int) else [int(n) for n in neurons]
        item: Dict[str, Any] = {"population": population, "neurons": listed}
        if time is not None:
            item["time"] = time
        return int(self.server.call("POST", self.path + "/inject", {"spikes": [item]})["injected"])

    def play(self, wav: Union[str, Path]) -> float:
        """Plays a stereo WAV file to the microphones of a virtual device; its length in seconds."""
        path = Path(wav)
        answer = self.server.send_bytes("POST", self.path + "/sound", path.read_bytes(), {"name": path.name})
        return float(answer["duration_s"])

    def counters(self) -> Dict[str, int]:
        """All counters of engine, run, queues, wire and store."""
        return dict(self.server.call("GET", self.path + "/counters")["counters"])

    def membrane(self, population: str) -> List[float]:
        """Membrane values of a population at the present network time, in its own unit."""
        return list(self.server.call("GET", f"{self.path}/membrane/{population}")["values"])

    def channels(self) -> List[Dict[str, Any]]:
        """The neuron channels of the board."""
        return list(self.server.call("GET", self.path + "/channels")["channels"])

    def calibration(self) -> Dict[str, Any]:
        """The calibration that is kept of the board."""
        return self.server.call("GET", self.path + "/calibration")

    def calibrate(self, *, force: bool = False) -> Dict[str, Any]:
        """Measures all neurons of the board and keeps the result; networks that are loaded from then on are driven by it.

        :param force: keep it even when it is worse than the former one.
        :returns: ``channels``, each with ``good``, ``reason``, currents and rates; ``kept``, and ``unkept`` with the reason.
        """
        return self.server.call("POST", self.path + "/calibration", {"force": force})

    def nodes(self) -> Nodes:
        """The nodes of the board's array; a board without one has none."""
        return Nodes(self)

    def stream(self) -> Stream:
        """What the device sends from now on, as it comes."""
        return Stream(self.server, self.id)

    def close(self) -> None:
        """Closes the device; what it holds in memory only is forgotten."""
        self.server.call("DELETE", self.path)

    def __enter__(self) -> "Device":
        return self

    def __exit__(self, *unused: object) -> None:
        self.close()


def open_device(address: str = "virtual", *, board: Optional[str] = None, seed: Optional[int] = None, faults: Sequence[str] = (),
                real_time: bool = False, server: Optional[Server] = None) -> Device:
    """Opens a device.

    :param address: as on the command line: ``virtual``, ``virtual:ideal``, ``serial:PATH``, ``id:USB-SERIAL``, ``tcp://HOST:PORT``.
    :param board: board of the virtual bench; default: the one that the network is for.
    :param seed: specimen of that board.
    :param faults: faults of that board, such as ``latched:n1@2``.
    :param real_time: a virtual device lives by the clock of this machine; otherwise a run takes as long as it has to be computed.
    """
    server = server or connect()
    request: Dict[str, Any] = {"address": address, "clock": "wall" if real_time else "free"}
    if board is not None:
        request["board"] = board
    if seed is not None:
        request["board_seed"] = seed
    if faults:
        request["faults"] = list(faults)
    return Device(server, server.call("POST", "/devices", request))
