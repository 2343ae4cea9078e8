// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Integrity;
using System.Text;

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>
    /// Reads a board profile from text: one 'key=value' per line, '#' begins a comment line, lines end with LF or CR LF. Meant for the file
    /// 'board.txt' in the device's store; the host writes it from the YAML profile. Every key is optional but 'name'.
    /// </summary>
    public static partial class BoardText
    {
        /// <summary>Most outputs that a profile may have.</summary>
        public const int MaxOutputs = 16;

        private const int KeyBytes = 32;

        /// <summary>Reads and checks a profile.</summary>
        /// <param name="text">The text.</param>
        /// <returns>A profile that has passed <see cref="BoardCheck" />.</returns>
        /// <exception cref="BoardProfileException">The text or the profile is wrong.</exception>
        public static BoardProfile Parse(string text)
        {
            BoardProfile profile = new BoardProfile();
            BoardOutput[] outputs = new BoardOutput[MaxOutputs];
            BoardSpi[] chips = new BoardSpi[MaxChips];
            BoardI2c[] wired = new BoardI2c[MaxWired];
            BoardChannel[] channels = new BoardChannel[MaxChannels];
            int line = 0;
            int start = 0;
            while (start < text.Length)
            {
                int end = text.IndexOf('\n', start);
                if (end < 0)
                {
                    end = text.Length;
                }

                line++;
                ParseLine(profile, outputs, chips, wired, channels, text.Substring(start, end - start).Trim(), line);
                start = end + 1;
            }

            int count = 0;
            while (count < MaxOutputs && outputs[count] != null)
            {
                count++;
            }

            for (int i = count; i < MaxOutputs; i++)
            {
                if (outputs[i] != null)
                {
                    // A gap in the numbers: networks would be bound to the wrong output.
                    throw new BoardProfileException(BoardFault.BadRange, count);
                }
            }

            profile.Outputs = new BoardOutput[count];
            for (int i = 0; i < count; i++)
            {
                profile.Outputs[i] = outputs[i];
            }

            CloseLists(profile, chips, channels);
            CloseWired(profile, wired);
            BoardCheck.Check(profile);
            CheckHub(profile.Hub);
            byte[] name = Encoding.UTF8.GetBytes(profile.Name);
            profile.BoardId = Crc32.Compute(name, 0, name.Length);
            return profile;
        }

        private static void ParseLine(
            BoardProfile profile, BoardOutput[] outputs, BoardSpi[] chips, BoardI2c[] wired, BoardChannel[] channels, string text, int line)
        {
            if (text.Length == 0 || text[0] == '#')
            {
                return;
            }

            int equals = text.IndexOf('=');
            if (equals <= 0)
            {
                throw new BoardProfileException(BoardFault.Syntax, line);
            }

            string key = text.Substring(0, equals).Trim();
            string value = text.Substring(equals + 1).Trim();
            switch (key)
            {
                case "name":
                    profile.Name = value;
                    break;
                case "store.root":
                    profile.StoreRoot = value;
                    break;
                case "uart.port":
                    profile.UartPort = value;
                    break;
                case "wifi.ssid":
                    profile.WifiSsid = value;
                    break;
                case "wifi.password":
                    profile.WifiPassword = value;
                    break;
                case "link.key":
                    profile.LinkKey = ParseKey(value, line);
                    break;
                case "nodes":
                    profile.Nodes = ParseNodes(value, line);
                    break;
                default:
                    if (Begins(key, "hub."))
                    {
                        ParseHub(profile, key.Substring(4), value, line);
                    }
                    else if (Begins(key, "spi."))
                    {
                        ParseChip(chips, key.Substring(4), value, line);
                    }
                    else if (Begins(key, "i2c."))
                    {
                        ParseWired(wired, key.Substring(4), value, line);
                    }
                    else if (Begins(key, "channel."))
                    {
                        ParseChannel(channels, key.Substring(8), value, line);
                    }
                    else if (Begins(key, "output."))
                    {
                        int number = ParseNumber(key.Substring(7), line);
                        if (number < 0 || number >= MaxOutputs || outputs[number] != null)
                        {
                            throw new BoardProfileException(BoardFault.BadValue, line);
                        }

                        outputs[number] = ParseOutput(value, line);
                    }
                    else
                    {
                        SetNumber(profile, key, ParseNumber(value, line), line);
                    }

                    break;
            }
        }

        private static void SetNumber(BoardProfile profile, string key, int value, int line)
        {
            switch (key)
            {
                case "psram":
                    profile.HasPsram = value != 0;
                    break;
                case "image.max":
                    profile.MaxImageBytes = value;
                    break;
                case "network.max":
                    profile.MaxNetworkBytes = value;
                    break;
                case "store.bytes":
                    profile.StoreBytes = value;
                    break;
                case "lamp":
                    profile.LampPin = value;
                    break;
                case "button":
                    profile.ButtonPin = value;
                    break;
                case "uart.tx":
                    profile.UartTxPin = value;
                    break;
                case "uart.rx":
                    profile.UartRxPin = value;
                    break;
                case "uart.baud":
                    profile.UartBaud = value;
                    break;
                case "mic.bus":
                    profile.MicrophoneBus = value;
                    break;
                case "mic.clock":
                    profile.MicrophoneClockPin = value;
                    break;
                case "mic.select":
                    profile.MicrophoneSelectPin = value;
                    break;
                case "mic.data":
                    profile.MicrophoneDataPin = value;
                    break;
                case "mic.min":
                    profile.MicrophoneMinRate = value;
                    break;
                case "mic.max":
                    profile.MicrophoneMaxRate = value;
                    break;
                case "mic.buffer":
                    profile.MicrophoneBufferFrames = value;
                    break;
                case "tcp.port":
                    profile.TcpPort = value;
                    break;
                case "link.loss":
                    profile.LinkLossMilliseconds = value;
                    break;
                case "watchdog":
                    profile.WatchdogMilliseconds = value;
                    break;
                default:
                    throw new BoardProfileException(BoardFault.UnknownKey, line);
            }
        }

        /// <summary>name,kind,pin,low,high,safe with the kind as a number of <see cref="Outputs.OutputKind" />.</summary>
        private static BoardOutput ParseOutput(string value, int line)
        {
            BoardOutput output = new BoardOutput();
            int[] numbers = NamedNumbers(value, 5, line);
            output.Name = value.Substring(0, value.IndexOf(','));
            output.Kind = numbers[0];
            output.Pin = numbers[1];
            output.Low = numbers[2];
            output.High = numbers[3];
            output.Safe = numbers[4];
            return output;
        }

        private static byte[] ParseKey(string value, int line)
        {
            if (value.Length == 0)
            {
                return null;
            }

            if (value.Length != 2 * KeyBytes)
            {
                throw new BoardProfileException(BoardFault.BadKey, line);
            }

            byte[] key = new byte[KeyBytes];
            for (int i = 0; i < key.Length; i++)
            {
                key[i] = (byte)((Digit(value[2 * i], line) << 4) | Digit(value[(2 * i) + 1], line));
            }

            return key;
        }

        private static int Digit(char c, int line)
        {
            if (c >= '0' && c <= '9')
            {
                return c - '0';
            }

            if (c >= 'a' && c <= 'f')
            {
                return c - 'a' + 10;
            }

            if (c >= 'A' && c <= 'F')
            {
                return c - 'A' + 10;
            }

            throw new BoardProfileException(BoardFault.BadKey, line);
        }

        /// <summary>Decimal with an optional minus; the runtimes differ in what else they take.</summary>
        private static int ParseNumber(string text, int line)
        {
            text = text.Trim();
            bool negative = text.Length > 0 && text[0] == '-';
            int start = negative ? 1 : 0;
            if (text.Length == start || text.Length - start > 9)
            {
                throw new BoardProfileException(BoardFault.BadValue, line);
            }

            int value = 0;
            for (int i = start; i < text.Length; i++)
            {
                if (text[i] < '0' || text[i] > '9')
                {
                    throw new BoardProfileException(BoardFault.BadValue, line);
                }

                value = (value * 10) + (text[i] - '0');
            }

            return negative ? -value : value;
        }
    }
}
