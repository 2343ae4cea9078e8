// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.VirtualBench.Peripherals.Chips;

/// <summary>An MCP41010: a potentiometer of 10 kΩ in 256 steps (data sheet DS11195). Words of 16 bits, modes 0 and 3, at most 10
/// MHz.</summary>
public sealed class VirtualMcp41010 : ISpiChip
{
    private const int MaxFrequency = 10_000_000;

    private readonly List<string> _violations = [];

    /// <summary>Gets what the firmware did that the data sheet forbids; empty when all is right.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Gets the position of the wiper, 0 to 255; 128 at power-on.</summary>
    public int Position { get; private set; } = 128;

    /// <summary>Gets or sets what is called when the wiper moves: position, time in µs. May be null.</summary>
    public Action<int, long>? Changed { get; set; }

    /// <inheritdoc />
    public void Transfer(SpiWire wire, ReadOnlySpan<byte> toChip, Span<byte> fromChip)
    {
        if (wire.Mode is 1 or 2)
        {
            Violate(wire, $"mode {wire.Mode}: bits are taken at the rising edge, modes 0 and 3");
        }
        else if (wire.Frequency > MaxFrequency)
        {
            Violate(wire, string.Create(CultureInfo.InvariantCulture, $"clock of {wire.Frequency} Hz, at most {MaxFrequency} Hz"));
        }
        else if (toChip.Length < 2 || toChip.Length % 2 != 0)
        {
            Violate(wire, string.Create(CultureInfo.InvariantCulture, $"{toChip.Length * 8} clocks: no whole words of 16"));
        }
        else
        {
            // The last 16 bits are the word; command 01 writes, 10 shuts down, others are none.
            Take(wire, toChip[^2], toChip[^1]);
        }
    }

    private void Take(SpiWire wire, byte command, byte data)
    {
        switch ((command >> 4) & 3)
        {
            case 1 when (command & 1) != 0:
                if (Position != data)
                {
                    Position = data;
                    Changed?.Invoke(data, wire.Time);
                }

                break;
            case 2:
                Violate(wire, "shuts the potentiometer down: the soma's resistor is open");
                break;
            default:
                break;
        }
    }

    private void Violate(SpiWire wire, string what)
        => _violations.Add(string.Create(CultureInfo.InvariantCulture, $"MCP41010 at {wire.Time} us: {what}"));
}
