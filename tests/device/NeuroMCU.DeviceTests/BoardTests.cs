// NeuroMCU, MIT licence. See LICENSE in the repository root.

using nanoFramework.TestFramework;
using NeuroMCU.Core.Integrity;
using NeuroMCU.DeviceTests.Samples;
using NeuroMCU.Hardware.Boards;

namespace NeuroMCU.DeviceTests
{
    /// <summary>The board profiles that come with the project: read alike, and refused alike when something in them is wrong.</summary>
    [TestClass]
    public class BoardTests
    {
        // Refusals are kept by their code.
        private const int Codes = 64;

        [TestMethod]
        public void Profiles_are_read()
        {
            Digest digest = new Digest();
            for (int k = 0; k < BoardTexts.All.Length; k++)
            {
                Enter(digest, BoardText.Parse(BoardTexts.All[k]));
            }

            new GoldenCheck().Value(nameof(Golden.BoardProfiles), Golden.BoardProfiles, digest.Value).Done();
        }

        [TestMethod]
        public void Currents_of_all_drives()
        {
            Digest digest = new Digest();
            for (int k = 0; k < BoardTexts.All.Length; k++)
            {
                BoardChannel[] channels = BoardText.Parse(BoardTexts.All[k]).Channels;
                for (int i = 0; i < channels.Length; i++)
                {
                    int last = 0;
                    for (int code = 0; code <= channels[i].DriveMax; code += channels[i].DriveMax > 255 ? 13 : 1)
                    {
                        int current = DriveTransfer.Nanoamps(channels[i], code);
                        Assert.IsTrue(current >= last && current <= channels[i].DriveLimit);
                        last = current;
                        digest.Add(current);
                    }
                }
            }

            new GoldenCheck().Value(nameof(Golden.DriveCurrents), Golden.DriveCurrents, digest.Value).Done();
        }

        [TestMethod]
        public void What_is_wrong_is_refused()
        {
            XorShift random = new XorShift(53);
            Digest digest = new Digest();
            int[] seen = new int[Codes];
            for (int k = 0; k < BoardTexts.All.Length; k++)
            {
                string text = BoardTexts.All[k];
                for (int start = 0; start < text.Length; start = text.IndexOf('\n', start) + 1)
                {
                    Try(Spoil(text, start, random), digest, seen);
                }
            }

            int kinds = 0;
            for (int code = 1; code < Codes; code++)
            {
                kinds += seen[code] > 0 ? 1 : 0;
            }

            Assert.IsTrue(kinds > 12, kinds.ToString());
            new GoldenCheck().Value(nameof(Golden.BoardRefusals), Golden.BoardRefusals, digest.Value).Done();
        }

        // A line is left out, stands twice, loses its equals sign, or has a digit that is another one or none.
        private static string Spoil(string text, int start, XorShift random)
        {
            int end = text.IndexOf('\n', start) + 1;
            string before = text.Substring(0, start);
            string line = text.Substring(start, end - start);
            string after = text.Substring(end);
            int equals = line.IndexOf('=');
            switch (random.Next(8))
            {
                case 0:
                    return before + after;
                case 1:
                    return before + line + line + after;
                case 2:
                    return before + line.Substring(0, equals) + line.Substring(equals + 1) + after;
                default:
                    int place = equals + 1 + random.Next(line.Length - equals - 2);
                    string digit = random.Next(6) == 0 ? "x" : random.Next(10).ToString();
                    return before + line.Substring(0, place) + digit + line.Substring(place + 1) + after;
            }
        }

        private static void Try(string text, Digest digest, int[] seen)
        {
            try
            {
                digest.Add(BoardText.Parse(text).Channels.Length);
            }
            catch (BoardProfileException refusal)
            {
                digest.Add(refusal.Code);
                digest.Add(refusal.Detail);
                seen[refusal.Code]++;
            }
        }

        private static void Enter(Digest digest, BoardProfile p)
        {
            Enter(digest, p.Name);
            Enter(digest, p.StoreRoot);
            Enter(digest, p.UartPort);
            Enter(digest, p.WifiSsid);
            digest.Add(p.BoardId);
            Enter(digest, new int[]
            {
                p.HasPsram ? 1 : 0, p.MaxImageBytes, p.MaxNetworkBytes, p.StoreBytes, p.LampPin, p.UartTxPin, p.UartRxPin, p.UartBaud,
                p.MicrophoneBus, p.MicrophoneClockPin, p.MicrophoneSelectPin, p.MicrophoneDataPin, p.MicrophoneMinRate, p.MicrophoneMaxRate,
                p.MicrophoneBufferFrames, p.TcpPort, p.LinkLossMilliseconds, p.WatchdogMilliseconds,
            });
            for (int k = 0; k < p.Outputs.Length; k++)
            {
                BoardOutput o = p.Outputs[k];
                Enter(digest, o.Name);
                Enter(digest, new int[] { o.Kind, o.Pin, o.Low, o.High, o.Safe });
            }

            for (int k = 0; k < p.Spi.Length; k++)
            {
                BoardSpi s = p.Spi[k];
                Enter(digest, s.Name);
                Enter(digest, new int[] { s.Chip, s.Bus, s.ClockPin, s.MosiPin, s.MisoPin, s.SelectPin, s.Mode, s.Frequency, s.Reference });
            }

            for (int k = 0; k < p.Channels.Length; k++)
            {
                BoardChannel c = p.Channels[k];
                Enter(digest, c.Name);
                Enter(digest, new int[]
                {
                    c.DriveKind, c.DriveDevice, c.DriveInput, c.DriveMax, c.DriveSafe, c.DriveLimit, c.DriveHold, c.DriveOverride ? 1 : 0,
                    c.DriveReference, c.DriveOffset, c.DriveResistance, c.DriveFrequency, c.SenseKind, c.SenseDevice, c.SenseInput,
                    c.SpikeKind, c.SpikePin, c.SpikeDeadTime, c.SpikeThreshold, c.SpikeHysteresis, c.SpikeRate, c.SpikeWidth, c.ResetPin,
                });
            }
        }

        private static void Enter(Digest digest, int[] values)
        {
            for (int k = 0; k < values.Length; k++)
            {
                digest.Add(values[k]);
            }
        }

        private static void Enter(Digest digest, string text)
        {
            if (text == null)
            {
                digest.Add(-1);
                return;
            }

            byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
            digest.Add(Crc32.Compute(bytes, 0, bytes.Length));
        }
    }
}
