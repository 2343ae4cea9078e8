"""Networks of spiking neurons on an ESP32, or on its virtual bench.

    net = neuromcu.load("first-network.yaml")
    run = net.run("2 s")
    run.spikes["chain"].times      # seconds
    run.spikes["chain"].neurons    # indices within the population

Everything goes over the HTTP API of ``neuromcu live``, which is started when none is running.
"""

from .device import Device, open_device
from .errors import (ApiError, ConflictError, DeviceError, Diagnostic, NetworkFileError, NeuroMcuError,
                     ProgramError)
from .network import Network, load, loads
from .nodes import Nodes
from .run import Run, Spikes, Trace
from .server import Server, connect, find_program
from .stream import Samples, SpikeBatch, Stream
from .weights import Weights

__version__ = "0.1.0"

__all__ = [
    "ApiError", "ConflictError", "Device", "DeviceError", "Diagnostic", "Network", "NetworkFileError", "NeuroMcuError",
    "Nodes", "ProgramError", "Run", "Samples", "Server", "SpikeBatch", "Spikes", "Stream", "Trace", "Weights", "connect",
    "find_program", "load", "loads", "open_device",
]
