// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Client;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Calibration.Phase;

/// <summary>
/// Sweeps the phase diagram of the bursting neurons of a board, real or virtual, through its firmware: sets the potentiometer of the
/// soma, drives, lets settle, and tells the mode from the intervals that the device measured. Outputs are safe afterwards, whatever
/// happened.
/// </summary>
public sealed class PhaseSweep
{
    private readonly DeviceBench _bench;
    private readonly BoardDescription _board;
    private readonly SomaPot _pot;
    private readonly Action<string, double> _progress;
    private readonly List<PhasePoint> _found = [];

    /// <summary>Initializes a new instance of the <see cref="PhaseSweep" /> class.</summary>
    /// <param name="bench">The board.</param>
    /// <param name="board">Its profile.</param>
    /// <param name="progress">Receives what is being done and which part is over; may be null.</param>
    /// <exception cref="CalibrationException">The board has no bursting neurons, or no potentiometer.</exception>
    public PhaseSweep(DeviceBench bench, BoardDescription board, Action<string, double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(bench);
        ArgumentNullException.ThrowIfNull(board);
        _bench = bench;
        _board = board;
        _progress = progress ?? ((_, _) => { });
        Channels = [.. bench.Channels.Where(c => board.Channels[c.Number].Neuron.Bursting is not null)];
        _pot = SomaPot.Of(board)!;
        if (Channels.Count == 0 || _pot is null)
        {
            throw new CalibrationException(
                CalibrationErrorKind.NothingToCalibrate,
                $"the board {board.Profile.Name} has no phase diagram to sweep",
                Channels.Count == 0 ? "it has no bursting neurons" : "no potentiometer is the resistor of its soma",
                "use a board that has both, for example --board msbn");
        }
    }

    /// <summary>Gets the bursting neurons.</summary>
    public IReadOnlyList<BenchChannel> Channels { get; }

    /// <summary>Gets the points measured so far, also when the sweep was broken off.</summary>
    public IReadOnlyList<PhasePoint> Found => _found;

    /// <summary>Gets the number of settings that the last sweep was to go through.</summary>
    public int Planned { get; private set; }

    /// <summary>Gets or sets how long each point settles and is looked at. A tonic neuron needs some 100 ms for each spike.</summary>
    public MeasureTiming Timing { get; set; } = new(400, 400);

    /// <summary>Measures a grid, and published points.</summary>
    /// <param name="currents">Drives in µA; those above the limit of a channel are left out.</param>
    /// <param name="somas">Resistors of the soma in Ω; the nearest step of the potentiometer is taken.</param>
    /// <param name="published">Published points; those that drive or potentiometer do not reach are left out.</param>
    /// <param name="cancellation">Ends it; outputs are safe then.</param>
    /// <returns>The points by soma, then by current.</returns>
    public async Task<IReadOnlyList<PhasePoint>> RunAsync(
        IReadOnlyList<double> currents, IReadOnlyList<double> somas, IReadOnlyList<PublishedBurstMode> published,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(currents);
        ArgumentNullException.ThrowIfNull(somas);
        ArgumentNullException.ThrowIfNull(published);
        var plan = somas.SelectMany(r => currents.Select(i => (Code: _pot.CodeOf(r), Current: i, Point: (PublishedBurstMode?)null)))
            .Concat(published.Where(p => _pot.Reaches(p.Soma))
                .Select(p => (Code: _pot.CodeOf(p.Soma), p.Current, Point: (PublishedBurstMode?)p)))
            .OrderBy(p => p.Code).ThenBy(p => p.Current).ToArray();
        _found.Clear();
        Planned = plan.Length;
        try
        {
            for (int k = 0; k < plan.Length; k++)
            {
                _progress(FormattableString.Invariant($"{plan[k].Current:0.#} uA, {Potentiometer.Resistance(plan[k].Code):0} Ohm"),
                    (double)k / plan.Length);
                if (k == 0 || plan[k].Code != plan[k - 1].Code)
                {
                    await _bench.SetOutputAsync(_pot.Output, _pot.LevelOf(plan[k].Code), cancellation).ConfigureAwait(false);
                }

                BenchChannel[] driven = [.. Channels.Where(c => Reaches(c, plan[k].Current))];
                if (driven.Length > 0)
                {
                    _found.AddRange(await MeasureAsync(driven, plan[k].Current, plan[k].Code, plan[k].Point, cancellation)
                        .ConfigureAwait(false));
                }
            }

            return _found;
        }
        finally
        {
            await _bench.SafeAsync().ConfigureAwait(false);
        }
    }

    // Within half a code of the limit the largest code is as near as another one would be.
    private static bool Reaches(BenchChannel channel, double current) => current * 1e-6 <= channel.CurrentOf(channel.MaxCode + 0.5);

    private async Task<IEnumerable<PhasePoint>> MeasureAsync(BenchChannel[] driven, double current, int code, PublishedBurstMode? point,
        CancellationToken cancellation)
    {
        DriveCode[] drives = [.. driven.Select(c => new DriveCode(c.Number, c.CodeOf(current * 1e-6)))];
        IReadOnlyList<BenchReading> readings = await _bench.MeasureAsync(drives, Timing, cancellation).ConfigureAwait(false);
        IReadOnlyList<ChannelIntervals> intervals = await _bench.IntervalsAsync(drives.Length, cancellation).ConfigureAwait(false);
        return driven.Select((channel, k) => Judge(channel, readings[k], intervals[k],
            Potentiometer.Resistance(code)) with
        { Published = point }).ToArray();
    }

    private PhasePoint Judge(BenchChannel channel, BenchReading reading, ChannelIntervals intervals, double soma)
    {
        BurstingCell cell = _board.Channels[channel.Number].Neuron.Bursting!;
        double current = channel.CurrentOf(reading.Code);
        double mean = reading.Spikes < 2 ? 0 : (reading.Last - reading.First) / (reading.Spikes - 1);
        double plateau = intervals.Plateau * 1e-6;
        BurstMode mode = current <= 0
            ? BurstMode.Silent
            : BurstModes.Classify(reading.Spikes, intervals.Shortest * 1e-6, intervals.Longest * 1e-6, mean,
                BurstModes.ChargingTime(cell.Part, current), plateau);
        return new PhasePoint
        {
            Channel = channel.Number,
            Current = current * 1e6,
            Soma = soma,
            Mode = mode,
            TimeConstant = 1e3 * soma * cell.SomaCapacitance,
            Spikes = reading.Spikes,
            Mean = mean * 1e3,
            Shortest = intervals.Shortest * 1e-3,
            Longest = intervals.Longest * 1e-3,
            Plateau = plateau * 1e3,
            SomaVoltage = reading.SenseMean,
            Lost = reading.Lost,
        };
    }
}
