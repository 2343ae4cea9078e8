// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Converters;
using NeuroMCU.Hardware.Spikes;

namespace NeuroMCU.Networks.Boards;

/// <summary>Writes the text that the firmware reads a board from ('board.txt' in its store).</summary>
public static class BoardDeviceText
{
    /// <summary>Writes a profile. What the board does not have is left out.</summary>
    /// <param name="profile">The profile; set its Wi-Fi network, passphrase and link key first when the device is to use TCP.</param>
    /// <returns>Lines of 'key=value' that <see cref="BoardText" /> reads.</returns>
    /// <exception cref="ArgumentException">A text holds a line end or, as a name of an output, a comma.</exception>
    public static string Write(BoardProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        StringBuilder text = new();
        Line(text, "name", profile.Name);
        Line(text, "psram", profile.HasPsram ? 1 : 0);
        Line(text, "image.max", profile.MaxImageBytes);
        Line(text, "network.max", profile.MaxNetworkBytes);
        Line(text, "store.root", profile.StoreRoot);
        Line(text, "store.bytes", profile.StoreBytes);
        if (profile.LampPin >= 0)
        {
            Line(text, "lamp", profile.LampPin);
        }

        if (profile.ButtonPin >= 0)
        {
            Line(text, "button", profile.ButtonPin);
        }

        if (profile.UartPort != null)
        {
            Line(text, "uart.port", profile.UartPort);
            Line(text, "uart.tx", profile.UartTxPin);
            Line(text, "uart.rx", profile.UartRxPin);
            Line(text, "uart.baud", profile.UartBaud);
        }

        if (profile.MicrophoneBus > 0)
        {
            Line(text, "mic.bus", profile.MicrophoneBus);
            Line(text, "mic.clock", profile.MicrophoneClockPin);
            Line(text, "mic.select", profile.MicrophoneSelectPin);
            Line(text, "mic.data", profile.MicrophoneDataPin);
            Line(text, "mic.min", profile.MicrophoneMinRate);
            Line(text, "mic.max", profile.MicrophoneMaxRate);
            Line(text, "mic.buffer", profile.MicrophoneBufferFrames);
        }

        for (int i = 0; i < profile.Outputs.Length; i++)
        {
            BoardOutput output = profile.Outputs[i];
            Line(
                text,
                string.Create(CultureInfo.InvariantCulture, $"output.{i}"),
                string.Create(CultureInfo.InvariantCulture,
                    $"{Plain(output.Name)},{output.Kind},{output.Pin},{output.Low},{output.High},{output.Safe}"));
        }

        for (int i = 0; i < profile.Spi.Length; i++)
        {
            BoardSpi c = profile.Spi[i];
            Line(
                text,
                string.Create(CultureInfo.InvariantCulture, $"spi.{i}"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Plain(c.Name)},{c.Chip},{c.Bus},{c.ClockPin},{c.MosiPin},{c.MisoPin},{c.SelectPin},{c.Mode},{c.Frequency},{c.Reference}"));
        }

        for (int i = 0; i < profile.I2c.Length; i++)
        {
            BoardI2c c = profile.I2c[i];
            Line(
                text,
                string.Create(CultureInfo.InvariantCulture, $"i2c.{i}"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Plain(c.Name)},{c.Chip},{c.Bus},{c.DataPin},{c.ClockPin},{c.Frequency},{c.Address},{c.Switch},{c.Branch}"));
        }

        for (int i = 0; i < profile.Channels.Length; i++)
        {
            Channel(text, string.Create(CultureInfo.InvariantCulture, $"channel.{i}"), profile.Channels[i]);
        }

        if (profile.Nodes is { } n)
        {
            Line(text, "nodes", string.Create(
                CultureInfo.InvariantCulture,
                $"{n.Kind},{n.Rows},{n.Columns},{n.FullScale},{n.ReadMillivolts},{n.DisturbMillivolts},{n.PulseMillivolts},{n.PulseMicroseconds},")
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $"{n.PulseShare},{n.MaxMillivolts},{n.MaxMicroseconds},{n.MaxMicroamperes},{n.FormFromMillivolts},{n.FormToMillivolts},")
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $"{n.FormStepMillivolts},{n.FormMicroseconds},{n.SettleMilliseconds},{(n.AlwaysVolatile ? 1 : 0)},{n.ReadNoise},{n.FeedbackOhms},")
                + string.Create(CultureInfo.InvariantCulture, $"{n.EnablePin},{n.WritePin},{(n.LastRowLeaks ? 1 : 0)}"));
        }

        if (!string.IsNullOrEmpty(profile.WifiSsid))
        {
            Line(text, "wifi.ssid", profile.WifiSsid);
            Line(text, "wifi.password", profile.WifiPassword ?? string.Empty);
        }

        Line(text, "tcp.port", profile.TcpPort);
        if (profile.LinkKey != null)
        {
            Line(text, "link.key", Convert.ToHexStringLower(profile.LinkKey));
        }

        if (profile.Hub is { } hub)
        {
            Hub(text, hub);
        }

        Line(text, "link.loss", profile.LinkLossMilliseconds);
        Line(text, "watchdog", profile.WatchdogMilliseconds);
        return text.ToString();
    }

    private static void Hub(StringBuilder text, BoardHub hub)
    {
        Line(text, "hub.wire", hub.Wire);
        Line(text, "hub.address", hub.Address);
        Line(text, "hub.port", hub.Port);
        Line(text, "hub.local", hub.LocalPort);
        if (hub.Key != null)
        {
            Line(text, "hub.name", hub.Name);
            Line(text, "hub.key", Convert.ToHexStringLower(hub.Key));
        }

        for (int k = 0; k < hub.Spikes.Length; k++)
        {
            Line(text, string.Create(CultureInfo.InvariantCulture, $"hub.spike.{k}"), string.Join(',', hub.Spikes[k]));
        }

        for (int k = 0; k < hub.Arrivals.Length; k++)
        {
            Line(text, string.Create(CultureInfo.InvariantCulture, $"hub.arrival.{k}"), string.Join(',', hub.Arrivals[k]));
        }
    }

    private static void Channel(StringBuilder text, string key, BoardChannel c)
    {
        Line(text, key, c.Name);
        if (c.DriveKind != ConverterKind.None)
        {
            Line(text, key + ".drive", string.Create(
                CultureInfo.InvariantCulture,
                $"{c.DriveKind},{c.DriveDevice},{c.DriveInput},{c.DriveMax},{c.DriveSafe},{c.DriveLimit},{c.DriveHold},{(c.DriveOverride ? 1 : 0)},{c.DriveReference},{c.DriveOffset},{c.DriveResistance},{c.DriveFrequency}"));
        }

        if (c.SenseKind != ConverterKind.None)
        {
            Line(text, key + ".sense", string.Create(CultureInfo.InvariantCulture, $"{c.SenseKind},{c.SenseDevice},{c.SenseInput}"));
        }

        if (c.SpikeKind != SpikeInputKind.None)
        {
            Line(text, key + ".spikes", string.Create(
                CultureInfo.InvariantCulture,
                $"{c.SpikeKind},{c.SpikePin},{c.SpikeDeadTime},{c.SpikeThreshold},{c.SpikeHysteresis},{c.SpikeRate},{c.SpikeWidth}"));
        }

        if (c.PulseOutput >= 0)
        {
            Line(text, key + ".pulses", c.PulseOutput);
        }

        if (c.ResetPin >= 0)
        {
            Line(text, key + ".reset", c.ResetPin);
        }
    }

    /// <summary>A name in front of a comma.</summary>
    private static string Plain(string name)
    {
        return name.Contains(',', StringComparison.Ordinal)
            ? throw new ArgumentException("the name '" + name + "' holds a comma; rename it", nameof(name))
            : name;
    }

    private static void Line(StringBuilder text, string key, int value) => Line(text, key, value.ToString(CultureInfo.InvariantCulture));

    private static void Line(StringBuilder text, string key, string value)
    {
        if (value.AsSpan().ContainsAny('\r', '\n'))
        {
            throw new ArgumentException("'" + key + "' holds a line end; remove it", nameof(value));
        }

        text.Append(key).Append('=').Append(value).Append('\n');
    }
}
