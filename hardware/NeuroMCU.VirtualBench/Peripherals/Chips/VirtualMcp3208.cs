// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.VirtualBench.Peripherals.Chips;

/// <summary>
/// An MCP3208: eight inputs of 12 bits, as data sheet DS21298 describes it. Waits for a start bit, takes four bits that choose the input,
/// samples, sends a zero and then the code, most significant bit first. Modes 0 and 3.
/// </summary>
public sealed class VirtualMcp3208 : ISpiChip
{
    /// <summary>Number of inputs.</summary>
    public const int Channels = 8;

    /// <summary>Bits from the start bit to the first bit of the code.</summary>
    private const int CodeDelay = 7;

    private const int CodeBits = 12;
    private const int MinFrequency = 10_000;

    private readonly List<string> _violations = [];
    private readonly IPinSource?[] _sources = new IPinSource?[Channels];
    private readonly double _reference;
    private readonly int _maxFrequency;

    /// <summary>Initializes a new instance of the <see cref="VirtualMcp3208" /> class with nothing connected.</summary>
    /// <param name="reference">Reference in V.</param>
    /// <param name="maxFrequency">Fastest clock in Hz: 1 MHz at 2.7 V of supply, 2 MHz at 5 V.</param>
    public VirtualMcp3208(double reference = 3.3, int maxFrequency = 1_000_000)
    {
        _reference = reference;
        _maxFrequency = maxFrequency;
    }

    /// <summary>Gets what the firmware did that the data sheet forbids; empty when all is right.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Gets the number of conversions.</summary>
    public long Conversions { get; private set; }

    /// <summary>Gets or sets the errors of the converter, its pins being the inputs 0 to 7; null for none but quantisation.</summary>
    public IAdcModel? Errors { get; set; }

    /// <summary>Connects a circuit to an input.</summary>
    /// <param name="channel">0 to 7.</param>
    /// <param name="source">The circuit.</param>
    public void Connect(int channel, IPinSource source) => _sources[channel] = source;

    /// <inheritdoc />
    public void Transfer(SpiWire wire, ReadOnlySpan<byte> toChip, Span<byte> fromChip)
    {
        if (wire.Mode is 1 or 2)
        {
            Violate(wire, $"mode {wire.Mode}: bits are taken at the rising edge, modes 0 and 3");
            return;
        }

        if (wire.Frequency > _maxFrequency || wire.Frequency < MinFrequency)
        {
            Violate(wire, string.Create(CultureInfo.InvariantCulture,
                $"clock of {wire.Frequency} Hz, {MinFrequency} Hz to {_maxFrequency} Hz"));
            return;
        }

        int bits = toChip.Length * 8;
        int start = 0;
        while (start < bits && !Bit(toChip, start))
        {
            start++;
        }

        if (start == bits)
        {
            return;
        }

        if (start + CodeDelay + CodeBits > bits)
        {
            Violate(wire, string.Create(CultureInfo.InvariantCulture,
                $"deselected {bits - start} clocks after the start bit, before the code was out"));
            return;
        }

        if (!Bit(toChip, start + 1))
        {
            Violate(wire, "asks for a difference of two inputs, which the boards do not have");
            return;
        }

        int channel = (Bit(toChip, start + 2) ? 4 : 0) + (Bit(toChip, start + 3) ? 2 : 0) + (Bit(toChip, start + 4) ? 1 : 0);
        Conversions++;
        Put(fromChip, start + CodeDelay, CodeOf(channel, wire.Time));
    }

    private static bool Bit(ReadOnlySpan<byte> bytes, int at) => (bytes[at >> 3] & (0x80 >> (at & 7))) != 0;

    private static void Put(Span<byte> bytes, int at, int code)
    {
        for (int i = 0; i < CodeBits; i++)
        {
            int mask = 0x80 >> ((at + i) & 7);
            bool one = (code & (0x800 >> i)) != 0;
            bytes[(at + i) >> 3] = (byte)(one ? bytes[(at + i) >> 3] | mask : bytes[(at + i) >> 3] & ~mask);
        }
    }

    private int CodeOf(int channel, long time)
    {
        double volts = _sources[channel]?.Volts(time) ?? 0;
        return Errors?.Convert(channel, volts) ?? (int)Math.Clamp(Math.Floor(volts / _reference * 4096), 0, 4095);
    }

    private void Violate(SpiWire wire, string what)
        => _violations.Add(string.Create(CultureInfo.InvariantCulture, $"MCP3208 at {wire.Time} us: {what}"));
}
