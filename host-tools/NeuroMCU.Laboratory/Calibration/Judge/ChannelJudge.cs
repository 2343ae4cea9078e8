// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Laboratory.Calibration.Search;
using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Calibration.Judge;

/// <summary>What counts as success: decides from its readings whether a channel may be used, and if not, names the fault.</summary>
internal sealed class ChannelJudge
{
    /// <summary>A firing range of fewer points is no range: nothing could be set in it.</summary>
    private const int FewestFiringPoints = 4;

    /// <summary>A drop in the rate that no measuring error explains, as a part of the highest rate.</summary>
    private const double RealDrop = 0.12;

    /// <summary>Current in A that no noise of the sense line reaches.</summary>
    private const double LeastCurrent = 10e-6;

    /// <summary>Distance in V between the extremes of the undriven sense that no sound converter shows.</summary>
    private const double MostNoise = 0.04;

    private readonly ThyristorCell _nominal;

    /// <summary>Initializes a new instance of the <see cref="ChannelJudge" /> class.</summary>
    public ChannelJudge(ThyristorCell nominal)
    {
        _nominal = nominal;
    }

    /// <summary>Judges all channels.</summary>
    /// <param name="drivers">For each of them, the places of the channels whose drive fires its spike input.</param>
    /// <returns>A verdict each.</returns>
    public IReadOnlyList<ChannelVerdict> Judge(IReadOnlyList<ChannelCurve> curves, IReadOnlyList<IReadOnlyList<int>> drivers)
    {
        ArgumentNullException.ThrowIfNull(curves);
        return [.. curves.Select((c, i) => Swapped(curves, drivers, i) ?? Judge(c))];
    }

    private static ChannelVerdict? Swapped(IReadOnlyList<ChannelCurve> curves, IReadOnlyList<IReadOnlyList<int>> drivers, int place)
    {
        if (drivers[place].Count != 1 || drivers[place][0] == place || curves[place].Quiet is { Spikes: > 0 })
        {
            return null;
        }

        int other = drivers[place][0];
        string name = curves[place].Channel.Name;
        string otherName = curves[other].Channel.Name;
        bool mutual = drivers[other].Count == 1 && drivers[other][0] == place;
        return new ChannelVerdict(
            ChannelFault.Swapped,
            mutual ? $"channels {name} and {otherName} are swapped: driving {otherName} fires {name}" : $"driving {otherName} fires {name}",
            $"exchange the cables of {name} and {otherName} between board and converter, on one side only");
    }

    private ChannelVerdict Judge(ChannelCurve curve)
    {
        SenseLine? sense = SenseLine.Of(curve);
        return OfConverters(curve) ?? OfSpikeInput(curve) ?? (curve.First is null ? OfSilence(curve, sense) : OfNoise(curve)
            ?? OfCurve(curve) ?? OfSense(curve, sense)) ?? ChannelVerdict.Good;
    }

    private static ChannelVerdict? OfConverters(ChannelCurve curve)
    {
        BenchReading[] all = [.. curve.Readings];
        string name = curve.Channel.Name;
        return all.Any(r => r.Condition == ReadingCondition.DriveFailed)
                ? new ChannelVerdict(ChannelFault.DriveFailed, "its converter could not be written",
                    $"supply and SPI wires of the converter that drives {name}")
            : all.Any(r => r.Condition == ReadingCondition.SenseFailed)
                ? new ChannelVerdict(ChannelFault.SenseBad, "its sense converter could not be read",
                    $"supply and SPI wires of the converter that reads {name}")
            : null;
    }

    private ChannelVerdict? OfSpikeInput(ChannelCurve curve)
    {
        // A current of 10 uA or more is no offset of a converter.
        return curve.Quiet is { Spikes: > 0 } driven && driven.SenseMean > LeastCurrent * _nominal.Load
                ? new ChannelVerdict(
                    ChannelFault.DriveStuck,
                    Text($"it fires with {driven.Rate:0} Hz and its load carries {driven.SenseMean / _nominal.Load * 1e6:0} uA although code 0 is written: its drive does not follow"),
                    $"the converter that drives {curve.Channel.Name}, and the wire of DRIVE")
            : curve.Quiet is { Spikes: > 0 } quiet
                ? new ChannelVerdict(ChannelFault.SpikeInputStuck,
                    Text($"its spike input counted {quiet.Spikes} spikes in {quiet.Window:0.0} s without drive"),
                    "the comparator: its reference, its supply, the wire of DETECT")
            : curve.Readings.Any(r => r.Condition == ReadingCondition.Stuck)
                ? new ChannelVerdict(ChannelFault.SpikeInputStuck, "its spike input fires without pause",
                    "the comparator: its reference, its supply, the wire of DETECT")
            : null;
    }

    private ChannelVerdict OfSilence(ChannelCurve curve, SenseLine? sense)
    {
        double limit = curve.Channel.CurrentOf(curve.Channel.MaxCode) * 1e6;
        if (curve.Quiet is { } quiet && quiet.SenseMean > LeastCurrent * _nominal.Load
            && !(sense is { Resistance: var seen } && seen > _nominal.Load / 5))
        {
            return new ChannelVerdict(
                ChannelFault.DriveStuck,
                Text($"its load carries {quiet.SenseMean / _nominal.Load * 1e6:0} uA whatever code is written: its drive does not follow"),
                $"the converter that drives {curve.Channel.Name}, and the wire of DRIVE");
        }

        double highest = curve.Readings.Select(r => r.SenseHigh).Where(v => !double.IsNaN(v)).DefaultIfEmpty(double.NaN).Max();
        bool conducts = sense is not null && sense.Resistance > _nominal.Load / 5;

        // Between spikes the load carries next to nothing; a steady current, leak or latch, carries the same all the time.
        bool spiked = curve.Readings.Count(r => r.SenseMean > LeastCurrent * _nominal.Load
            && r.SenseLow < 0.5 * r.SenseMean) >= FewestFiringPoints;
        string upTo = Text($"no spike up to {limit:0.0} uA");
        if (curve.Readings.Any(r => r.Condition == ReadingCondition.Open) || (sense is not null && !conducts))
        {
            return new ChannelVerdict(
                ChannelFault.Open, upTo + (sense is null ? string.Empty
                    : Text($", and no current through the load ({sense.Resistance:0} Ohm seen, {_nominal.Load:0} expected)")),
                    "the supply of the mirror, the wire of DRIVE, the thyristor's anode and cathode, the load; a shorted membrane "
                    + "capacitor looks the same");
        }

        if (curve.Readings.Any(r => r.Condition == ReadingCondition.Shorted))
        {
            return new ChannelVerdict(ChannelFault.Shorted, upTo + ", and it conducts from the lowest current on",
                "the thyristor: shorted, or put in the wrong way round");
        }

        if (spiked)
        {
            return new ChannelVerdict(ChannelFault.NoSpikesSeen, upTo + Text($", but the load carries pulses of up to {highest:0.0} V"),
                "the comparator: its reference, its supply, the wire of DETECT");
        }

        return curve.Readings.Any(r => r.Spikes == 1) || curve.Step is { Spikes: > 0 }
            ? new ChannelVerdict(ChannelFault.Latched, "it fires once and then stays on: its holding current lies below its onset",
                "another thyristor; a resistor from gate to cathode does the same and must not be there")
            : new ChannelVerdict(
                sense is null ? ChannelFault.NeverFires : ChannelFault.Shorted,
                upTo + (conducts ? ", but it conducts" : string.Empty),
                conducts ? "the thyristor: shorted, put in the wrong way round, or of an onset above the limit"
                : "drive, thyristor and comparator, in this order");
    }

    private static ChannelVerdict? OfCurve(ChannelCurve curve)
    {
        BenchReading[] firing = [.. curve.Readings.Where(r => r.Rate > 0)];
        double first = curve.Channel.CurrentOf(firing[0].Code) * 1e6;
        double last = curve.Channel.CurrentOf(firing[^1].Code) * 1e6;
        if (curve.Blocked is not null && (firing.Length < FewestFiringPoints || firing[^1].Code - firing[0].Code < FewestFiringPoints))
        {
            return new ChannelVerdict(
                ChannelFault.RangeTooNarrow,
                Text($"it fires from {first:0.0} to {last:0.0} uA only: its holding current is hardly above its onset"),
                "use this part elsewhere, put another one in");
        }

        double top = firing.Max(r => r.Rate);
        (double Before, double After) dip = Dip(firing);
        if (dip.Before - dip.After > RealDrop * top)
        {
            return new ChannelVerdict(
                ChannelFault.NotMonotone,
                Text($"its rate falls from {dip.Before:0} to {dip.After:0} Hz and rises again while the current rises"),
                "a loose contact, the supply under load, the dead time of the spike input");
        }

        int lost = firing.Sum(r => r.Lost);
        return lost > 0
            ? new ChannelVerdict(ChannelFault.SpikesLost, Text($"the board lost {lost} spikes while it was measured"),
                "the device's other load; a lower limit of the drive in the board profile, so that fewer spikes come at once")
            : null;
    }

    private static ChannelVerdict? OfNoise(ChannelCurve curve)
    {
        return curve.Quiet is { } quiet && quiet.SenseHigh - quiet.SenseLow > MostNoise
            ? new ChannelVerdict(
                ChannelFault.SenseBad,
                Text($"its sense reads {quiet.SenseLow * 1e3:0} to {quiet.SenseHigh * 1e3:0} mV without drive: it is noisy or open"),
                $"the wire of SENSE, its ground, the buffer and the converter that reads {curve.Channel.Name}")
            : null;
    }

    private ChannelVerdict? OfSense(ChannelCurve curve, SenseLine? sense)
    {
        // The ESP32's converter is 6 % off and blind below 0.1 V; only what no tolerance of converter, mirror and load explains is a fault.
        return sense is null || (sense.Resistance > 0.2 * _nominal.Load && sense.Resistance < 2 * _nominal.Load
            && Math.Abs(sense.Offset) < 0.25)
            ? null
            : new ChannelVerdict(
                ChannelFault.SenseBad,
                Text($"its sense converter does not follow the current: {sense.Resistance:0} Ohm and {sense.Offset * 1e3:0} mV, where {_nominal.Load:0} Ohm and 0 mV are expected"),
                $"whether the board is built with the component set that was named (--reference); then the wire of SENSE and the converter that reads {curve.Channel.Name}");
    }

    // The deepest dip that is followed by a rise of the same size: the fall towards the block is no dip.
    private static (double Before, double After) Dip(BenchReading[] firing)
    {
        (double Before, double After) deepest = (0, 0);
        double highest = 0;
        for (int i = 0; i < firing.Length; i++)
        {
            highest = Math.Max(highest, firing[i].Rate);
            double later = firing.Skip(i + 1).Select(r => r.Rate).DefaultIfEmpty(0).Max();
            double before = Math.Min(highest, later);
            if (before - firing[i].Rate > deepest.Before - deepest.After)
            {
                deepest = (before, firing[i].Rate);
            }
        }

        return deepest;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
