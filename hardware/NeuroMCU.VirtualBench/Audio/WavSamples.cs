// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Globalization;

namespace NeuroMCU.VirtualBench.Audio;

/// <summary>Turns the bytes of samples into numbers with a full scale of ±1.</summary>
internal static class WavSamples
{
    // Rounding may leave a sample of floating point a little above full scale; that is not worth a note.
    private const double LeastNoted = 1.001;

    /// <summary>Reads samples.</summary>
    /// <param name="bytes">The bytes; what is left over after the last whole frame is not read.</param>
    /// <param name="notes">What is known so far that the user should know.</param>
    /// <returns>The sound; a single channel serves both ears.</returns>
    /// <exception cref="WavException">There is no whole frame, or samples are no numbers.</exception>
    public static StereoSound Read(ReadOnlySpan<byte> bytes, WavFormat format, string name, List<string> notes)
    {
        int frame = format.Channels * format.Width;
        int frames = bytes.Length / frame;
        if (frames == 0)
        {
            throw new WavException(WavProblem.Empty, $"{name}: the recording holds no samples; record or export it again");
        }

        if (bytes.Length % frame != 0)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"the last {bytes.Length % frame} bytes of sound are no whole frame and were left out"));
        }

        double[] values = new double[frames * format.Channels];
        for (int k = 0; k < values.Length; k++)
        {
            ReadOnlySpan<byte> at = bytes.Slice(k * format.Width, format.Width);
            values[k] = format.IsFloat ? Float(at) : Integer(at);
        }

        double scale = format.IsFloat ? FloatScale(values, format, name, notes) : IntegerScale(bytes, values, format, notes);
        float[] left = new float[frames];
        float[] right = new float[frames];
        for (int k = 0; k < frames; k++)
        {
            left[k] = (float)(values[k * format.Channels] * scale);
            right[k] = (float)(values[((k + 1) * format.Channels) - 1] * scale);
        }

        return new StereoSound(format.Rate, left, right) { FileBits = format.Bits, Notes = notes };
    }

    private static double Float(ReadOnlySpan<byte> at) =>
        at.Length == 4 ? BinaryPrimitives.ReadSingleLittleEndian(at) : BinaryPrimitives.ReadDoubleLittleEndian(at);

    // Samples of one byte are unsigned, all others signed.
    private static double Integer(ReadOnlySpan<byte> at)
    {
        if (at.Length == 1)
        {
            return (at[0] - 128) / 128.0;
        }

        ulong value = 0;
        foreach (byte part in at)
        {
            value = (value >> 8) | ((ulong)part << 56);
        }

        return (long)value / 9_223_372_036_854_775_808.0;
    }

    private static double FloatScale(double[] values, WavFormat format, string name, List<string> notes)
    {
        double peak = 0;
        int first = -1;
        int wrong = 0;
        for (int k = 0; k < values.Length; k++)
        {
            if (!double.IsFinite(values[k]))
            {
                first = first < 0 ? k : first;
                wrong++;
                continue;
            }

            peak = Math.Max(peak, Math.Abs(values[k]));
        }

        if (wrong > 0)
        {
            string ear = format.Channels == 1 ? "the" : first % 2 == 0 ? "the left" : "the right";
            throw new WavException(
                WavProblem.NotNumbers,
                string.Create(CultureInfo.InvariantCulture,
                    $"{name}: {wrong} of {values.Length} samples are no numbers; the first is {values[first]}, in {ear} channel at "
                    + $"{(double)(first / format.Channels) / format.Rate:0.000} s; look for a division by zero in what made the file, "
                    + $"and export it again"));
        }

        if (peak > LeastNoted)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"samples reach {peak:0.##}, full scale is 1; the recording was made quieter by that factor"));
        }

        return peak > 1 ? 1 / peak : 1;
    }

    // In a container that is wider than the sample the sample lies at the upper end; when it does not, it is quieter than it was meant.
    private static double IntegerScale(ReadOnlySpan<byte> bytes, double[] values, WavFormat format, List<string> notes)
    {
        int padding = (8 * format.Width) - format.Bits;
        if (padding == 0 || format.Width == 1)
        {
            return 1;
        }

        double largest = Math.Pow(2, -padding);
        bool low = false;
        for (int k = 0; k < values.Length; k++)
        {
            if (values[k] > largest || values[k] < -largest)
            {
                return 1;
            }

            for (int bit = 0; bit < padding && !low; bit++)
            {
                low = ((bytes[(k * format.Width) + (bit / 8)] >> (bit % 8)) & 1) != 0;
            }
        }

        if (!low)
        {
            return 1;
        }

        notes.Add(string.Create(CultureInfo.InvariantCulture,
            $"samples of {format.Bits} bits lie at the lower end of {8 * format.Width}; they were made as loud as they were meant"));
        return Math.Pow(2, padding);
    }
}
