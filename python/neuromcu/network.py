"""Networks: a network file on a device."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple, Union

from .device import Device, Time, open_device
from .errors import Diagnostic
from .run import Run
from .stream import Stream
from .weights import Weights

Watch = Tuple[str, int, str]
"""Population, neuron and variable that is to be recorded beyond what the file asks for."""


class Network:
    """A network that is loaded into a device."""

    def __init__(self, device: Device, document: Dict[str, Any]) -> None:
        self.device = device
        self._document = document

    @property
    def name(self) -> str:
        """Its name."""
        return str(self._document["name"])

    @property
    def populations(self) -> Dict[str, int]:
        """Number of neurons of each population."""
        return {p["name"]: p["size"] for p in self._document["populations"]}

    @property
    def projections(self) -> List[str]:
        """Names of the projections."""
        return [p["name"] for p in self._document["projections"]]

    @property
    def parameters(self) -> Dict[str, str]:
        """The single numbers of the file that :meth:`set` can change, with their units."""
        return {p["name"]: f"{p['value']} {p['unit']}".strip() for p in self._document["parameters"]}

    @property
    def warnings(self) -> List[Diagnostic]:
        """What the compiler warns of."""
        return [Diagnostic.of(w) for w in self._document["warnings"]]

    @property
    def duration(self) -> float:
        """Duration that the file names, in seconds."""
        return float(self._document["summary"]["duration_us"]) / 1e6

    def set(self, values: Optional[Mapping[str, str]] = None, **more: str) -> bool:
        """Puts values in the place of those of the file: ``net.set({"populations.cells.tau": "10 ms"})``.

        Bias, weights, rates and amplitudes of inputs change while the network runs. For everything else the network is compiled anew and
        begins at time 0; weights that were changed stay.

        :returns: whether the network went on at its time.
        """
        settings = {**(values or {}), **more}
        self._document = self.device.server.call("PATCH", self.device.path + "/network", {"settings": settings})
        return bool(self._document["changed_live"])

    def watch(self, *traces: Watch) -> None:
        """Records variables beyond those of the file: ``net.watch(("cells", 0, "membrane"))``."""
        watched = [{"population": p, "neuron": n, "variable": v} for p, n, v in traces]
        self._document = self.device.server.call("PATCH", self.device.path + "/network", {"watch": watched})

    def run(self, duration: Optional[Time] = None, *, fast: bool = False, reset: bool = True) -> Run:
        """Runs the network and returns its recording.

        :param duration: seconds, or a text such as ``"200 ms"``; default: the duration of the file.
        :param fast: as fast as the device can, instead of in step with its clock.
        :param reset: begin at time 0; otherwise go on where the last run ended.
        """
        body = {"duration": self.duration if duration is None else duration, "fast": fast, "reset": reset, "wait": True}
        return Run(self.device.server, self.device.server.call("POST", self.device.path + "/run", body))

    def start(self, duration: Optional[Time] = None, *, fast: bool = False, reset: bool = True) -> None:
        """Starts the network and comes back at once."""
        self.device.start(duration, fast=fast, reset=reset)

    def stop(self) -> Optional[Run]:
        """Stops the network; the recording of its run."""
        return self.device.stop()

    def inject(self, population: str, neurons: Union[int, Sequence[int]], time: Optional[Time] = None) -> int:
        """Makes inputs fire; see :meth:`Device.inject`."""
        return self.device.inject(population, neurons, time)

    def weights(self, projection: str) -> Weights:
        """The weights of a projection, live."""
        return Weights(self.device, projection)

    def stream(self) -> Stream:
        """What the device sends from now on, as it comes."""
        return self.device.stream()

    def close(self) -> None:
        """Closes the device."""
        self.device.close()

    def __enter__(self) -> "Network":
        return self

    def __exit__(self, *unused: object) -> None:
        self.close()


def load(path: Union[str, Path], *, device: Union[Device, str, None] = None, settings: Optional[Mapping[str, str]] = None,
         watch: Sequence[Watch] = (), twin: bool = False, uncalibrated: bool = False) -> Network:
    """Loads a network file, or a NIR or SONATA file, into a device.

    :param path: the file; tables that it names are found beside it.
    :param device: a device, or its address; default: a virtual bench of its own.
    :param settings: values in the place of those of the file.
    :param watch: variables to record beyond those of the file.
    :param twin: compute the neurons that are channels of a board.
    :param uncalibrated: drive channels by the nominal currents of the profile.
    :raises NetworkFileError: the file has errors; each with its line.
    """
    place = Path(path).resolve()
    return loads(_text_of(place), path=str(place), device=device, settings=settings, watch=watch, twin=twin,
                 uncalibrated=uncalibrated)


def _text_of(place: Path) -> str:
    """The text of a network file; of a network of another program the network file that imports it."""
    content = place.read_bytes()
    sonata = place.suffix.lower() == ".json" and b'"network' in content and b'"neuromcu"' not in content
    quoted = place.name.replace("'", "''")
    return f"neuromcu: 1\nimport: '{quoted}'\n" if sonata or place.suffix.lower() == ".nir" else content.decode("utf-8")


def loads(text: str, *, path: Optional[str] = None, device: Union[Device, str, None] = None,
          settings: Optional[Mapping[str, str]] = None, watch: Sequence[Watch] = (), twin: bool = False,
          uncalibrated: bool = False) -> Network:
    """As :func:`load`, from text."""
    opened = device if isinstance(device, Device) else open_device(device or "virtual")
    body: Dict[str, Any] = {"text": text, "twin": twin, "uncalibrated": uncalibrated}
    if path is not None:
        body["path"] = path
    if settings:
        body["settings"] = dict(settings)
    if watch:
        body["watch"] = [{"population": p, "neuron": n, "variable": v} for p, n, v in watch]
    try:
        return Network(opened, opened.server.call("PUT", opened.path + "/network", body))
    except Exception:
        if opened is not device:
            opened.close()
        raise
