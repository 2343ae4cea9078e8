// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Tests.Support;

/// <summary>One number of an image: where it lies, what docs/reference/image.md allows for it, and the error for anything else.</summary>
/// <param name="Name">Name for messages.</param>
/// <param name="Offset">First byte.</param>
/// <param name="Bits">Width: 8, 16, 32, 64, or fewer for a part of a number of four bytes.</param>
/// <param name="Min">Least value.</param>
/// <param name="Max">Largest value.</param>
/// <param name="Below">Error for the value below <paramref name="Min" />.</param>
/// <param name="Above">Error for the value above <paramref name="Max" />.</param>
internal sealed record ImageField(string Name, int Offset, int Bits, long Min, long Max, int Below, int Above)
{
    /// <summary>Lowest bit within a number of four bytes.</summary>
    internal int Shift { get; init; }

    /// <summary>True when both ends are good whatever the rest of the image says.</summary>
    internal bool Free { get; init; }

    /// <summary>True when it says how many items follow.</summary>
    internal bool Counts { get; init; }

    private bool Signed => Min < 0 || Bits >= 32;

    private int Bytes => Bits is 8 or 16 or 64 ? Bits / 8 : 4;

    /// <summary>Reads the number.</summary>
    internal long Get(byte[] image)
    {
        long value = 0;
        for (int k = 0; k < Bytes; k++)
        {
            value |= (long)image[Offset + k] << (8 * k);
        }

        int unused = 64 - Bits;
        long left = value << (unused - Shift);
        return Signed ? left >> unused : (long)((ulong)left >> unused);
    }

    /// <summary>Writes a number; false when the field has no room for it.</summary>
    internal bool Put(byte[] image, long value)
    {
        for (int bit = 0; bit < Bits; bit++)
        {
            int at = Offset + ((bit + Shift) / 8);
            byte mask = (byte)(1 << ((bit + Shift) % 8));
            image[at] = (byte)((value >> bit & 1) != 0 ? image[at] | mask : image[at] & ~mask);
        }

        return Get(image) == value;
    }

    /// <summary>Says which field failed.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name} at {Offset}, {Min} to {Max}");
}
