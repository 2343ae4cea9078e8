// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Loop;
using NeuroMCU.Firmware.Transports;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Converters;
using NeuroMCU.Hardware.Outputs;
using NeuroMCU.Hardware.Panel;

namespace NeuroMCU.DeviceTests.Rig
{
    /// <summary>The firmware with a line, two outputs, files and neurons that are all made of integers: it does the same wherever it
    /// runs.</summary>
    internal sealed class Device
    {
        private readonly FirmwareParts _parts = new FirmwareParts();

        public Device(int channels)
            : this(channels, null)
        {
        }

        /// <summary>Initializes a new instance of the <see cref="Device" /> class, which joins a hub by itself.</summary>
        public Device(BoardHub hub, HubPost post)
            : this(0, null)
        {
            _parts.Profile.Hub = hub;
            _parts.Hub = post;
            PowerOn();
        }

        /// <summary>Initializes a new instance of the <see cref="Device" /> class, with a display or a button.</summary>
        public Device(int channels, PanelParts panel)
        {
            _parts.Panel = panel;
            Neurons = new LeakyBoard(channels, Clock);
            BoardProfile profile = new BoardProfile();
            profile.Name = "rig";
            profile.BoardId = 0x72696731;
            profile.MaxImageBytes = 4000;
            profile.MaxNetworkBytes = 98304;
            profile.LinkLossMilliseconds = 500;
            profile.WatchdogMilliseconds = 200;
            profile.Channels = new BoardChannel[channels];
            for (int k = 0; k < channels; k++)
            {
                BoardChannel channel = new BoardChannel();
                channel.Name = "n" + k.ToString();
                channel.SenseKind = ConverterKind.Internal;
                profile.Channels[k] = channel;
            }

            _parts.Clock = Clock;
            _parts.Files = new MemoryFiles();
            _parts.Console = new LineCount();
            _parts.Profile = profile;
            _parts.Outputs = new IBoardOutput[] { new LevelOutput(), new LevelOutput() };
            _parts.Neurons = Neurons;
            _parts.Transports = new ITransport[] { Pipe };
            _parts.DeviceId = new byte[] { 1, 2, 3, 4, 5, 6 };
            PowerOn();
        }

        public SteppingClock Clock { get; } = new SteppingClock();

        public WirePipe Pipe { get; } = new WirePipe();

        public LeakyBoard Neurons { get; }

        public FirmwareApplication Application { get; private set; }

        /// <summary>Starts the firmware: memory is empty, the files are as they were.</summary>
        public void PowerOn()
        {
            Pipe.Reconnect();
            Application = new FirmwareApplication(_parts);
        }

        /// <summary>One turn of the main loop, as the device's Main does it.</summary>
        public void Turn()
        {
            if (!Application.Turn())
            {
                Clock.Idle(Application.NextWake);
            }
        }
    }
}
