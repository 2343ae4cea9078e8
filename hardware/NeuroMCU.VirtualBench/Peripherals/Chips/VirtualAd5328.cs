// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.VirtualBench.Peripherals.Chips;

/// <summary>
/// An AD5328: eight converters of 12 bits, as the data sheet of the AD5308/AD5318/AD5328 (revision F) describes it. Takes a bit at each
/// falling edge of the clock, so that only the modes 1 and 2 work; the first 16 bits of a selection are a word, fewer are none.
/// </summary>
public sealed class VirtualAd5328 : ISpiChip
{
    /// <summary>Number of outputs.</summary>
    public const int Channels = 8;

    private const int MaxFrequency = 30_000_000;

    private readonly List<string> _violations = [];
    private readonly int[] _input = new int[Channels];
    private readonly int[] _output = new int[Channels];
    private readonly double _reference;
    private readonly bool _updates;
    private bool _continuous;
    private bool _gainTwo;

    /// <summary>Initializes a new instance of the <see cref="VirtualAd5328" /> class, all outputs at 0 V.</summary>
    /// <param name="reference">Reference of all eight outputs in V.</param>
    /// <param name="updates">True when the LDAC pin is tied low, so that a write reaches the output at once.</param>
    public VirtualAd5328(double reference = 2.5, bool updates = true)
    {
        _reference = reference;
        _updates = updates;
    }

    /// <summary>Gets what the firmware did that the data sheet forbids; empty when all is right.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Gets the number of words that were taken.</summary>
    public long Words { get; private set; }

    /// <summary>Gets or sets what is called when an output changes: channel, code, time in µs. May be null.</summary>
    public Action<int, int, long>? Changed { get; set; }

    /// <summary>Gets the code of an output.</summary>
    /// <param name="channel">0 to 7.</param>
    /// <returns>0 to 4095.</returns>
    public int Code(int channel) => _output[channel];

    /// <summary>Gets the voltage of an output.</summary>
    /// <param name="channel">0 to 7.</param>
    /// <returns>Volts.</returns>
    public double Volts(int channel) => _output[channel] / 4096.0 * _reference * (_gainTwo ? 2 : 1);

    /// <inheritdoc />
    public void Transfer(SpiWire wire, ReadOnlySpan<byte> toChip, Span<byte> fromChip)
    {
        if (wire.Mode is 0 or 3)
        {
            Violate(wire, $"mode {wire.Mode}: bits are taken at the falling edge, modes 1 and 2");
            return;
        }

        if (wire.Frequency > MaxFrequency)
        {
            Violate(wire, string.Create(CultureInfo.InvariantCulture, $"clock of {wire.Frequency} Hz, at most {MaxFrequency} Hz"));
            return;
        }

        if (toChip.Length < 2)
        {
            Violate(wire, "deselected before 16 bits: the word is dropped");
            return;
        }

        Words++;
        Take(wire, (toChip[0] << 8) | toChip[1]);
    }

    private void Take(SpiWire wire, int word)
    {
        if ((word & 0x8000) == 0)
        {
            int channel = (word >> 12) & 7;
            _input[channel] = word & 0xfff;
            if (_updates || _continuous)
            {
                Update(channel, wire.Time);
            }

            return;
        }

        switch ((word >> 13) & 3)
        {
            case 0:
                _gainTwo = (word & 0x30) != 0;
                break;
            case 1:
                _continuous = (word & 3) == 0;
                for (int i = 0; (word & 3) is 0 or 2 && i < Channels; i++)
                {
                    Update(i, wire.Time);
                }

                break;
            case 2:
                if ((word & 0xff) != 0)
                {
                    Violate(wire, "powers outputs down: they float, and so do the neurons' currents");
                }

                break;
            default:
                Array.Clear(_input);
                for (int i = 0; i < Channels; i++)
                {
                    Update(i, wire.Time);
                }

                break;
        }
    }

    private void Update(int channel, long time)
    {
        if (_output[channel] != _input[channel])
        {
            _output[channel] = _input[channel];
            Changed?.Invoke(channel, _output[channel], time);
        }
    }

    private void Violate(SpiWire wire, string what)
        => _violations.Add(string.Create(CultureInfo.InvariantCulture, $"AD5328 at {wire.Time} us: {what}"));
}
