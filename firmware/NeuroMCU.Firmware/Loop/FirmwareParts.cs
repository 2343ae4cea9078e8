// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Platform;
using NeuroMCU.Firmware.Transports;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Microphones;
using NeuroMCU.Hardware.Neurons;
using NeuroMCU.Hardware.Nodes;
using NeuroMCU.Hardware.Outputs;
using NeuroMCU.Hardware.Panel;
using NeuroMCU.Protocol.Hub;

namespace NeuroMCU.Firmware.Loop
{
    /// <summary>What the application is put together from: the board's parts on a device, simulated ones on the bench.</summary>
    public sealed class FirmwareParts
    {
        /// <summary>The clock.</summary>
        public IClock Clock;

        /// <summary>Where images are kept.</summary>
        public IFileStore Files;

        /// <summary>Where the device speaks without a host.</summary>
        public IConsole Console;

        /// <summary>Pins, limits and safe levels.</summary>
        public BoardProfile Profile;

        /// <summary>Outputs by number, as in the profile; each is at its safe level.</summary>
        public IBoardOutput[] Outputs = new IBoardOutput[0];

        /// <summary>The microphones; null when the board has none.</summary>
        public IMicrophonePair Microphones;

        /// <summary>The physical neurons, each undriven; null when the board has none.</summary>
        public INeuronBoard Neurons;

        /// <summary>The node array, with no voltage on it; null when the board has none.</summary>
        public INodeArray Nodes;

        /// <summary>Display and button; null when the board has neither.</summary>
        public PanelParts Panel;

        /// <summary>Lines to hosts that are wired to the device.</summary>
        public ITransport[] Transports = new ITransport[0];

        /// <summary>The port on a network at which hosts knock; null when there is none.</summary>
        public IDoor Door;

        /// <summary>The way to the hub that the board profile names; null when there is none.</summary>
        public IDatagrams Hub;

        /// <summary>The clock that hosts live by, for how long one may be silent; null when it is the device's, as on a board.</summary>
        public IClock HostClock;

        /// <summary>Timer that restarts the device when it is not fed; null when there is none.</summary>
        public IWatchdog Watchdog;

        /// <summary>Unique id of the device, 0 to 16 bytes.</summary>
        public byte[] DeviceId = new byte[0];

        /// <summary>Why the device started, one of <see cref="Protocol.Messages.ResetReason" />.</summary>
        public int ResetReason;
    }
}
