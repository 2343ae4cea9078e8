// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>A trace on an even grid from time 0 on, as formats without times of their own want it.</summary>
/// <param name="Trace">The trace.</param>
/// <param name="Every">Step in µs.</param>
/// <param name="Values">A value for each step; where a sample was lost, the one before it.</param>
/// <param name="Held">How many were lost.</param>
internal sealed record Grid(TraceRecord Trace, long Every, double[] Values, int Held)
{
    /// <summary>Where the last value ends, in µs.</summary>
    public long End => Every * Values.Length;

    /// <summary>The grid of a trace.</summary>
    public static Grid Of(TraceRecord trace)
    {
        if (trace.Times.Length == 0)
        {
            return new Grid(trace, 1000, [0], 1);
        }

        long every = trace.Times[^1];
        for (int i = 1; i < trace.Times.Length; i++)
        {
            every = Divisor(every, trace.Times[i] - trace.Times[i - 1]);
        }

        every = Math.Max(1, Divisor(Math.Max(0, every), trace.Times[0]));
        double[] values = new double[trace.Times[^1] / every + 1];
        int held = 0;
        for (int step = 0, sample = 0; step < values.Length; step++)
        {
            bool known = sample < trace.Times.Length && trace.Times[sample] <= step * every;
            held += known ? 0 : 1;
            values[step] = known ? trace.Values[sample++] : step == 0 ? trace.Values[0] : values[step - 1];
        }

        return new Grid(trace, every, values, held);
    }

    private static long Divisor(long a, long b) => b == 0 ? a : Divisor(b, a % b);
}
