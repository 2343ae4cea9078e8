// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Device.Gpio;
using System.IO.Ports;
using System.Net.NetworkInformation;
using System.Threading;
using NeuroMCU.Core.Platform;
using NeuroMCU.Firmware;
using NeuroMCU.Firmware.Loop;
using NeuroMCU.Firmware.Transports;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Microphones;
using NeuroMCU.Hardware.Neurons;
using NeuroMCU.Hardware.Outputs;
using NeuroMCU.Hardware.Platform;
using NeuroMCU.Protocol.Messages;
#if NANOFRAMEWORK_1_0
#endif

namespace NeuroMCU.Boot
{
    /// <summary>
    /// Start of the firmware on a board: reads the board's profile, opens what it names, and turns the application for ever. An assembly of
    /// its own, because the CLR starts the last entry point that it finds: tests on the device load the firmware without it.
    /// </summary>
    public static class Program
    {
        // The profile itself lies there, so its place cannot be part of it.
        private const string ProfileRoot = "I:\\";

        private const int RepeatMilliseconds = 5000;

        /// <summary>Runs the firmware; does not return.</summary>
        public static void Main()
        {
            IConsole console = new ClrConsole();
            console.WriteLine("NeuroMCU firmware " + (FirmwareVersion.Number >> 16).ToString() + "."
                + ((FirmwareVersion.Number >> 8) & 255).ToString() + "." + (FirmwareVersion.Number & 255).ToString());
            try
            {
                Run(Assemble(console));
            }
            catch (BoardProfileException problem)
            {
                // A wrong pin can do harm: nothing is driven until the profile is right.
                Halt(console, BoardStore.FileName + " is wrong: fault " + problem.Code.ToString() + " at " + problem.Detail.ToString());
            }
#pragma warning disable CA1031 // Whatever a driver throws at start: without a word on the console the board would look dead.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                Halt(console, "start failed: " + problem.Message);
            }
        }

        private static FirmwareParts Assemble(IConsole console)
        {
            FirmwareParts parts = new FirmwareParts();
            BoardProfile profile = BoardStore.Load(new LittlefsFileStore(ProfileRoot));
            console.WriteLine("board " + profile.Name);
            parts.Console = console;
            parts.Profile = profile;
            parts.Clock = new EspClock();
            parts.Files = new LittlefsFileStore(profile.StoreRoot);
            GpioController pins = new GpioController();
            parts.Outputs = BoardDrivers.Outputs(profile, pins);
            parts.Neurons = profile.Channels.Length == 0 ? null : new NeuronBoard(profile, pins, parts.Clock);
            parts.Nodes = BoardDrivers.Nodes(profile, pins, parts.Clock);
            parts.Panel = BoardDrivers.Panel(profile, pins);
            parts.Microphones = BoardDrivers.Microphones(profile, parts.Clock);
            parts.DeviceId = ReadId();
            parts.ResetReason = ResetReason.Unknown;
            parts.Transports = OpenLines(profile, parts.Clock);
            bool hasDoor = profile.TcpPort != 0 && profile.LinkKey != null;
            if (profile.WifiSsid != null && profile.WifiSsid.Length > 0 && (hasDoor || profile.Hub != null))
            {
                WifiJoin wifi = new WifiJoin(profile, console, WifiJoin.UsualPause);
                parts.Door = hasDoor ? new WifiDoor(wifi, profile, console, WifiJoin.UsualPause) : null;
                BoardHub hub = profile.Hub;
                parts.Hub = hub == null ? null : new UdpDatagrams(hub.Address, hub.Port, hub.LocalPort, wifi);
            }

            return parts;
        }

        private static ITransport[] OpenLines(BoardProfile profile, IClock clock)
        {
            if (profile.UartPort == null)
            {
                return new ITransport[0];
            }

            BoardDrivers.SetPortPins(profile);
            return new ITransport[] { new SerialTransport(new SerialPort(profile.UartPort, profile.UartBaud), clock) };
        }

        private static void Run(FirmwareParts parts)
        {
            FirmwareApplication application = new FirmwareApplication(parts);
            StatusLamp lamp = new StatusLamp(new GpioController(), parts.Profile.LampPin);
            if (parts.Profile.WatchdogMilliseconds > 0)
            {
                parts.Watchdog = new LoopWatchdog(application, parts.Profile.WatchdogMilliseconds);
            }

            while (true)
            {
                bool busy = application.Turn();
                lamp.Set(application.State == DeviceState.Running);
                if (!busy)
                {
                    parts.Clock.Idle(application.NextWake);
                }
            }
        }

        /// <summary>The address of the radio tells boards apart; a board without one has no id.</summary>
        private static byte[] ReadId()
        {
#if NANOFRAMEWORK_1_0
            try
            {
                NetworkInterface[] interfaces = NetworkInterface.GetAllNetworkInterfaces();
                return interfaces.Length == 0 ? new byte[0] : interfaces[0].PhysicalAddress;
            }
            catch (Exception)
            {
                // An id is a convenience; a firmware without a network stack runs as well.
                return new byte[0];
            }
#else
            // .NET has a class of the same name without this property; nothing on a host starts here.
            return new byte[0];
#endif
        }

        /// <summary>Says again and again what is wrong, so that a console that is opened later shows it too.</summary>
        private static void Halt(IConsole console, string text)
        {
            while (true)
            {
                console.WriteLine(text);
                Thread.Sleep(RepeatMilliseconds);
            }
        }
    }
}
