// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Device.Gpio;
using System.Device.Spi;
using nanoFramework.Hardware.Esp32;
using NeuroMCU.Core.Platform;
using NeuroMCU.Hardware.Converters;
using NeuroMCU.Hardware.Microphones;
using NeuroMCU.Hardware.Nodes;
using NeuroMCU.Hardware.Outputs;
using NeuroMCU.Hardware.Panel;

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>Opens the drivers of what a profile describes. The drivers themselves take plain numbers and know no profile.</summary>
    public static class BoardDrivers
    {
        /// <summary>Checks the whole profile, then opens its outputs, each at its safe level.</summary>
        /// <param name="profile">Profile of the board.</param>
        /// <param name="controller">The pins.</param>
        /// <returns>The outputs by the numbers that networks bind to.</returns>
        /// <exception cref="BoardProfileException">The profile is wrong; nothing has been driven.</exception>
        public static IBoardOutput[] Outputs(BoardProfile profile, GpioController controller)
        {
            BoardCheck.Check(profile);
            IBoardOutput[] outputs = new IBoardOutput[profile.Outputs.Length];
            int[] functions = PwmTimers.Assign(profile);
            for (int i = 0; i < outputs.Length; i++)
            {
                BoardOutput output = profile.Outputs[i];
                OutputRange range = new OutputRange(output.Low, output.High, output.Safe);
                switch (output.Kind)
                {
                    case OutputKind.Servo:
                        outputs[i] = new ServoOutput(output.Pin, functions[i], range);
                        break;
                    case OutputKind.Dac:
                        outputs[i] = new ConverterOutput(new InternalDac(output.Pin, output.Safe), range);
                        break;
                    case OutputKind.Pot:
                        outputs[i] = new ConverterOutput(new Mcp41010(Chip(profile.Spi[output.Pin])), range);
                        break;
                    default:
                        outputs[i] = new DigitalOutput(controller, output.Pin, output.Safe != 0);
                        break;
                }
            }

            return outputs;
        }

        /// <summary>Gets the microphones; no pin is driven yet.</summary>
        /// <param name="profile">Profile of the board, checked.</param>
        /// <param name="clock">The clock.</param>
        /// <returns>The pair; null when the board has none.</returns>
        public static IMicrophonePair Microphones(BoardProfile profile, IClock clock)
        {
            return profile.MicrophoneBus == 0 ? null : new I2sMicrophonePair(
                profile.MicrophoneBus,
                profile.MicrophoneClockPin,
                profile.MicrophoneSelectPin,
                profile.MicrophoneDataPin,
                profile.MicrophoneMinRate,
                profile.MicrophoneMaxRate,
                profile.MicrophoneBufferFrames,
                clock);
        }

        /// <summary>Opens display and button; nothing is sent to the display.</summary>
        /// <param name="profile">Profile of the board, checked.</param>
        /// <param name="controller">The pins.</param>
        /// <returns>The parts; null when the board has neither.</returns>
        public static PanelParts Panel(BoardProfile profile, GpioController controller)
        {
            int chip = I2cCheck.First(profile, I2cKind.Ssd1306);
            if (chip < 0 && profile.ButtonPin < 0)
            {
                return null;
            }

            PanelParts parts = new PanelParts();
            parts.Display = chip < 0 ? null : new Ssd1306(Line(profile.I2c[chip]));
            parts.Button = profile.ButtonPin < 0 ? null : new PushButton(controller, profile.ButtonPin);
            return parts;
        }

        /// <summary>Opens the node array.</summary>
        /// <param name="profile">Profile of the board, checked.</param>
        /// <param name="controller">The pins.</param>
        /// <param name="clock">The clock.</param>
        /// <returns>The array, with no voltage on it; null when the board has none of parts.</returns>
        public static INodeArray Nodes(BoardProfile profile, GpioController controller, IClock clock)
        {
            if (profile.Nodes == null)
            {
                return null;
            }

            switch (profile.Nodes.Kind)
            {
                case NodeArrayKind.Potentiometers:
                    return Potentiometers(profile, clock);
                case NodeArrayKind.Crossbar:
                    return Crossbar(profile, controller, clock);
                default:
                    return null;
            }
        }

        private static INodeArray Potentiometers(BoardProfile profile, IClock clock)
        {
            Mcp4461[] pots = new Mcp4461[profile.Nodes.LastingCount / Mcp4461.Wipers];
            int[] branches = new int[pots.Length];
            Tca9548A bus = null;
            int found = 0;
            for (int i = 0; i < profile.I2c.Length; i++)
            {
                BoardI2c chip = profile.I2c[i];
                if (chip.Chip == I2cKind.Tca9548A)
                {
                    bus = new Tca9548A(Line(chip));
                }
                else if (chip.Chip == I2cKind.Mcp4461)
                {
                    branches[found] = chip.Branch;
                    pots[found] = new Mcp4461(Line(chip), clock);
                    found++;
                }
            }

            BoardSpi dac = profile.Spi[NodeCheck.First(profile, ChipKind.Ad5328)];
            BoardSpi adc = profile.Spi[NodeCheck.First(profile, ChipKind.Mcp3208)];
            return new PotentiometerArray(
                Settings(profile.Nodes, dac.Reference), new Ad5328(Chip(dac)), new Mcp3208(Chip(adc)), pots, branches, bus, clock);
        }

        // The first ADG715 of the list chooses rows, the second columns; each ADS1115 in its order reads four columns.
        private static INodeArray Crossbar(BoardProfile profile, GpioController controller, IClock clock)
        {
            CrossbarParts parts = new CrossbarParts();
            parts.Enable = new DigitalOutput(controller, profile.Nodes.EnablePin, false);
            parts.Write = new DigitalOutput(controller, profile.Nodes.WritePin, false);
            parts.Columns = new Ads1115[(profile.Nodes.Columns + Ads1115.Inputs - 1) / Ads1115.Inputs];
            int found = 0;
            for (int i = 0; i < profile.I2c.Length; i++)
            {
                BoardI2c chip = profile.I2c[i];
                if (chip.Chip == I2cKind.Ads1115 && found < parts.Columns.Length)
                {
                    parts.Columns[found] = new Ads1115(Line(chip), clock, CrossbarArray.ConverterGain);
                    found++;
                }
                else if (chip.Chip == I2cKind.Adg715 && parts.PickRow == null)
                {
                    parts.PickRow = new Adg715(Line(chip));
                }
                else if (chip.Chip == I2cKind.Adg715)
                {
                    parts.PickColumn = new Adg715(Line(chip));
                }
            }

            BoardSpi dac = profile.Spi[NodeCheck.First(profile, ChipKind.Ad5328)];
            parts.Source = new Ad5328(Chip(dac));
            CrossbarSettings settings = new CrossbarSettings();
            settings.Rows = profile.Nodes.Rows;
            settings.Columns = profile.Nodes.Columns;
            settings.FullScale = profile.Nodes.FullScale;
            settings.ReferenceMillivolts = dac.Reference;
            settings.FeedbackOhms = profile.Nodes.FeedbackOhms;
            settings.ReadMillivolts = profile.Nodes.ReadMillivolts;
            return new CrossbarArray(settings, parts, clock);
        }

        /// <summary>Opens a chip on SPI.</summary>
        /// <param name="chip">The chip as in a checked profile: all chips of its bus have its mode and its clock.</param>
        /// <returns>The open chip.</returns>
        public static SpiDevice Chip(BoardSpi chip)
        {
            SpiPort.SetPins(chip.Bus, chip.ClockPin, chip.MosiPin, chip.MisoPin);
            return SpiPort.Open(chip.Bus, chip.SelectPin, chip.Mode, chip.Frequency, chip.MisoPin >= 0);
        }

        /// <summary>Opens a chip on I2C; nothing is sent to it.</summary>
        /// <param name="chip">The chip as in a checked profile: all chips of its bus have its pins and its clock.</param>
        /// <returns>The line to the chip.</returns>
        internal static I2cLine Line(BoardI2c chip)
        {
            I2cPort.SetPins(chip.Bus, chip.DataPin, chip.ClockPin);
            return I2cPort.Open(chip.Bus, chip.Address, chip.Frequency);
        }

        private static PotentiometerSettings Settings(BoardNodes nodes, int reference)
        {
            PotentiometerSettings settings = new PotentiometerSettings();
            settings.Rows = nodes.Rows;
            settings.LastRowLeaks = nodes.LastRowLeaks;
            settings.Columns = nodes.Columns;
            settings.FullScale = nodes.FullScale;
            settings.ReferenceMillivolts = reference;
            settings.FeedbackOhms = nodes.FeedbackOhms;
            settings.ReadMillivolts = nodes.ReadMillivolts;
            settings.DisturbMillivolts = nodes.DisturbMillivolts;
            settings.PulseMillivolts = nodes.PulseMillivolts;
            settings.PulseMicroseconds = nodes.PulseMicroseconds;
            settings.PulseShare = nodes.PulseShare;
            return settings;
        }

        /// <summary>Gives the serial port of the host link its pins; without them it cannot be opened.</summary>
        /// <param name="profile">Profile of the board, checked.</param>
        /// <exception cref="InvalidOperationException">The board has no serial port for a host.</exception>
        public static void SetPortPins(BoardProfile profile)
        {
            if (profile.UartPort == null)
            {
                throw new InvalidOperationException();
            }

            bool second = profile.UartPort == "COM2";
            Configuration.SetPinFunction(profile.UartTxPin, second ? DeviceFunction.COM2_TX : DeviceFunction.COM3_TX);
            Configuration.SetPinFunction(profile.UartRxPin, second ? DeviceFunction.COM2_RX : DeviceFunction.COM3_RX);
        }
    }
}
