// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using NeuroMCU.Networks.Boards;
using NeuroMCU.VirtualBench.Boards;

namespace NeuroMCU.VirtualDevice.Boards;

/// <summary>
/// Faults as text: <c>KIND:CHANNEL[=VALUE][@SECONDS]</c>, for example <c>latched:n1@2</c>, <c>swapped:n1=n2</c>, <c>aged:n2=15</c>,
/// <c>no-supply@5</c>. Channels by name or number, values in the unit of the kind.
/// </summary>
internal static class ChannelFaultText
{
    /// <summary>Gets the kinds and their names.</summary>
    public static IReadOnlyDictionary<string, ChannelFaultKind> Kinds { get; } =
        Enum.GetValues<ChannelFaultKind>().ToDictionary(kind => Hyphenated(kind.ToString()), kind => kind, StringComparer.Ordinal);

    /// <summary>Reads a fault.</summary>
    /// <returns>The fault.</returns>
    /// <exception cref="DeviceException">Kind <see cref="DeviceErrorKind.AddressInvalid" />: it is no fault of this board.</exception>
    public static ChannelFault Parse(string text, BoardDescription board)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(board);
        string rest = text.Trim();
        double at = 0;
        int when = rest.IndexOf('@', StringComparison.Ordinal);
        if (when >= 0)
        {
            at = Number(text, rest[(when + 1)..].TrimEnd('s').Trim(), "time in seconds");
            rest = rest[..when];
            if (at < 0)
            {
                throw Wrong(text, "the time lies before power-on", "write for example '@2' for two seconds after power-on");
            }
        }

        string? value = null;
        int equals = rest.IndexOf('=', StringComparison.Ordinal);
        if (equals >= 0)
        {
            value = rest[(equals + 1)..];
            rest = rest[..equals];
        }

        string[] parts = rest.Split(':', 2);
        if (!Kinds.TryGetValue(parts[0], out ChannelFaultKind kind))
        {
            if (parts[0] == "shorted")
            {
                throw Wrong(text, "two parts can be shorted",
                    "write 'shorted-membrane' for its capacitor, 'shorted-thyristor' for the thyristor");
            }

            throw Wrong(text, $"'{parts[0]}' is no kind of fault", Suggestion.Hint(parts[0], Kinds.Keys, '\'')
                ?? "kinds: " + string.Join(", ", Kinds.Keys));
        }

        if (kind == ChannelFaultKind.NoSupply && parts.Length == 1)
        {
            return new ChannelFault(kind, 0) { At = at };
        }

        if (parts.Length == 1)
        {
            throw Wrong(text, "the channel is missing", $"write for example '{parts[0]}:{board.Channels[0].Name}'");
        }

        int channel = Channel(text, parts[1], board);
        return kind == ChannelFaultKind.Swapped
            ? new ChannelFault(kind, channel)
            {
                At = at,
                Other = value is null ? throw Wrong(text, "the other channel is missing", $"write '{rest}=CHANNEL'")
                    : Channel(text, value, board),
            }
            : new ChannelFault(kind, channel) { At = at, Value = value is null ? null : Number(text, value, "number") };
    }

    private static int Channel(string text, string name, BoardDescription board)
    {
        int number = board.ChannelNumber(name);
        if (number < 0 && !(int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number < board.Channels.Count))
        {
            throw Wrong(text, $"the board {board.Profile.Name} has no channel '{name}'",
                "channels: " + string.Join(", ", board.Channels.Select(c => c.Name)));
        }

        return number;
    }

    private static double Number(string text, string digits, string what) =>
        double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw Wrong(text, $"'{digits}' is no {what}", "write for example 'latched:n1@2' or 'aged:n2=15'");

    private static DeviceException Wrong(string text, string why, string next) =>
        new(DeviceErrorKind.AddressInvalid, $"'{text}' is no fault that the board can have", why, next);

    private static string Hyphenated(string name)
    {
        StringBuilder text = new();
        foreach (char c in name)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
