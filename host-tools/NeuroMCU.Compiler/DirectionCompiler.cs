// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Hearing.Readout;
using NeuroMCU.Networks;

namespace NeuroMCU.Compiler;

/// <summary>Turns a read-out of direction into the device's integers.</summary>
internal static class DirectionCompiler
{
    private const int One = 256;
    private const int PositionScale = 16;
    private const int ValueScale = 100;
    private const int OddsScale = 64;

    /// <summary>A factor of two in amplitude, in dB.</summary>
    private static readonly double s_octave = 20 * Math.Log10(2);

    /// <summary>Compiles a read-out.</summary>
    /// <returns>The table.</returns>
    public static ReadoutTable Compile(Readout readout, DirectionReading direction)
    {
        int[] head = new int[DirectionLayout.HeadLength];
        head[DirectionLayout.Hearing] = 0;
        head[DirectionLayout.Places] = direction.Places;
        head[DirectionLayout.Step] = Round(direction.Step * PositionScale);
        head[DirectionLayout.LevelFactor] = Round(One * One / (direction.LevelTolerance / s_octave * One));
        head[DirectionLayout.LeastAgreement] = Round(direction.LeastAgreement * One);
        head[DirectionLayout.WeakFactor] = Math.Max(1, Round(1 / direction.WeakBelow));
        head[DirectionLayout.LeastLevel] = Round(direction.LeastLevel * One);
        head[DirectionLayout.LeastConfidence] = Round(direction.MinConfidence * 1000);
        head[DirectionLayout.MapPoints] = direction.Map.Count;
        IEnumerable<int> records = direction.Populations.SelectMany((population, band) => Record(direction, population,
            direction.Levels[band]));
        return new ReadoutTable
        {
            Kind = ReadoutKind.Direction,
            Populations = direction.Populations.Select(p => p.Index).ToArray(),
            Values = [],
            HalfWidth = readout.HalfWidth,
            Window = 0,
            MinSpikes = readout.MinSpikes,
            Parameters =
            [
                .. head,
                .. direction.Map.Select(p => Round(p.Position * PositionScale)),
                .. direction.Map.Select(p => Round(p.Value * ValueScale)),
                .. records,
                .. Rivals(direction.Rivals),
            ],
        };
    }

    private static IEnumerable<int> Record(DirectionReading direction, Population population, IReadOnlyList<double> levels)
    {
        yield return population.Size == direction.Places ? 1 : 2;
        yield return direction.Rough.Contains(population) ? Round(direction.RoughWeight * One) : 0;
        foreach (double level in levels)
        {
            yield return Round(level / s_octave * One);
        }
    }

    // Without rivals there is nothing, as in images from before there were any.
    private static IEnumerable<int> Rivals(IReadOnlyList<IReadOnlyList<RivalTable>> rivals)
    {
        return rivals.Count == 0 ? [] : [rivals.Count, .. rivals.Select(r => r.Count), .. rivals.SelectMany(r => r).SelectMany(Table)];
    }

    private static IEnumerable<int> Table(RivalTable table)
    {
        foreach ((int cue, int from) in table.Questions)
        {
            yield return (cue << 16) | (from & ushort.MaxValue);
        }

        foreach (double[] four in table.Odds.Chunk(4))
        {
            yield return four.Select((odds, i) => (Round(odds * OddsScale) & 0xFF) << (8 * i)).Sum();
        }
    }

    private static int Round(double value) => (int)Math.Round(value, MidpointRounding.AwayFromZero);
}
