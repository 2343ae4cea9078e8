// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Search;
using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Calibration.Tables;

/// <summary>
/// Makes drive tables. Every code that was measured fired with a rate; the reference neuron fires with the same rate at some current; that
/// current and that code are an entry. So entries carry no rounding of codes and no error of a fitted law.
/// </summary>
internal static class DriveTableMaker
{
    /// <summary>Most entries of a table: what the device has room for, and more than the curve bends.</summary>
    public const int MostEntries = 24;

    // What the last code without current stands for, and the least step of currents, in A: the device takes rising currents only, and a
    // rate at the reference's onset is found a rounding beside it.
    private const double LeastCurrent = 1e-9;

    /// <summary>Makes the table of a channel.</summary>
    /// <param name="reference">The neuron that all channels are to behave like.</param>
    /// <returns>The table; null when the channel shares no rate with the reference.</returns>
    public static DriveTable? Make(ChannelCurve curve, ThyristorCell reference)
    {
        ArgumentNullException.ThrowIfNull(curve);
        ArgumentNullException.ThrowIfNull(reference);
        RisingCurve rising = RisingCurve.Of(curve);
        List<(double Current, int Code)> entries = [(0, 0)];
        int idle = curve.Channel.CodeOf(LeastCurrent);
        if (idle > 0 && idle < curve.Silent)
        {
            // Nothing flows below the mirror's offset: from there a membrane is brought to the same part of its threshold as the
            // reference's.
            entries.Add((LeastCurrent, idle));
        }

        if (curve.Silent > 0)
        {
            // Up to the reference's onset the channel stays below its own.
            entries.Add((reference.Onset, curve.Silent));
        }

        int ends = entries.Count;
        foreach (int place in Chosen(rising.Rates))
        {
            double? current = ThyristorRate.CurrentFor(reference, rising.Rates[place]);
            int code = (int)Math.Round(rising.Codes[place]);
            if (current >= entries[^1].Current + LeastCurrent && code > entries[^1].Code)
            {
                entries.Add((current.Value, code));
            }
        }

        return entries.Count < ends + 2 ? null : new DriveTable
        {
            Currents = [.. entries.Select(e => e.Current)],
            Codes = [.. entries.Select(e => e.Code)]
        };
    }

    // As many as there is room for, evenly over the rates.
    private static IEnumerable<int> Chosen(IReadOnlyList<double> rates)
    {
        const int Room = MostEntries - 3;
        if (rates.Count <= Room)
        {
            return Enumerable.Range(0, rates.Count);
        }

        double step = (rates[^1] - rates[0]) / (Room - 1);
        return Enumerable.Range(0, Room)
            .Select(k => Enumerable.Range(0, rates.Count).MinBy(i => Math.Abs(rates[i] - rates[0] - (k * step))))
            .Distinct()
            .Order();
    }
}
