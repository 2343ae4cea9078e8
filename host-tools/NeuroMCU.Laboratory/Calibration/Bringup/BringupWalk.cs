// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Laboratory.Calibration.Measure;

namespace NeuroMCU.Laboratory.Calibration.Bringup;

/// <summary>Leads from stage to stage and gathers the findings.</summary>
internal sealed class BringupWalk
{
    private const double SupplyTolerance = 0.05;
    private const double ReferenceTolerance = 0.02;
    private const double MostAtRest = 0.15;

    private static readonly MeasureTiming s_quiet = new(20, 200);

    private readonly ICalibrationBench _bench;
    private readonly IBringupGuide _guide;
    private readonly List<BringupFinding> _findings = [];

    /// <summary>Initializes a new instance of the <see cref="BringupWalk" /> class.</summary>
    public BringupWalk(ICalibrationBench bench, IBringupGuide guide)
    {
        _bench = bench;
        _guide = guide;
    }

    /// <summary>Gets what was found so far, in order.</summary>
    public IReadOnlyList<BringupFinding> Findings => _findings;

    /// <summary>What every board is supplied with, and the references of its converters where they have one of their own.</summary>
    /// <returns>What to measure before anything is driven.</returns>
    public static IReadOnlyList<MeterReading> Supplies(IEnumerable<BenchChannel> channels) =>
    [
        MeterReading.Around("5 V supply", 5, SupplyTolerance,
            "the USB cable and its supply, the polarity of the electrolytic capacitors, a short from 5 V to ground"),
        MeterReading.Around("3.3 V supply", 3.3, SupplyTolerance,
            "the regulator of the ESP32 module, what it supplies, a short from 3.3 V to ground"),
        .. channels.Where(c => c.Drive.Converter is not ("dac" or "pwm")).Select(c => (c.Drive.Converter, c.Drive.Reference)).Distinct()
            .Select(
            r => MeterReading.Around($"reference of {r.Converter}", r.Reference * 1e-3, ReferenceTolerance,
                "the reference chip, its supply and its capacitor, and that nothing else loads it")),
    ];

    /// <summary>Makes every output safe, takes the readings of a stage and asks whether to begin it.</summary>
    /// <returns>False when the user declines; that is a finding.</returns>
    public async Task<bool> BeginAsync(BringupStage stage, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(stage);
        await _bench.SafeAsync().ConfigureAwait(false);
        (IReadOnlyList<double?> volts, bool goOn) = await _guide.BeforeAsync(stage, cancellation).ConfigureAwait(false);
        _findings.AddRange(stage.Readings.Zip(volts, (reading, value) => reading.Judge(value)));
        if (!goOn)
        {
            Add(new BringupFinding(stage.Name, string.Empty, false, "not done: declined",
                "run neuromcu bringup again when the board is ready for it")
            { Measured = false });
        }

        return goOn;
    }

    /// <summary>The stage "rest": every channel is watched for spikes and current without being driven.</summary>
    /// <returns>False when the user declines.</returns>
    public async Task<bool> LookAtRestAsync(CancellationToken cancellation)
    {
        if (!await BeginAsync(new BringupStage("rest", "Every channel is watched for spikes and current without being driven.",
            Supplies(_bench.Channels)), cancellation).ConfigureAwait(false))
        {
            return false;
        }

        foreach (BenchReading reading in await _bench.MeasureAsync([.. _bench.Channels.Select(c => new DriveCode(c.Number, 0))], s_quiet,
            cancellation).ConfigureAwait(false))
        {
            Add(Rest(reading));
        }

        return true;
    }

    /// <summary>Begins a stage in which all channels are driven up to their limit.</summary>
    /// <returns>False when the user declines.</returns>
    /// <remarks>
    /// At code 0 no current may flow: a converter that stands above the offset of its mirror drives the neuron all the time. The
    /// ESP32's own DAC does not quite reach 0 V.
    /// </remarks>
    public Task<bool> BeginSweepAsync(string name, string howLong, CancellationToken cancellation) => BeginAsync(
        new BringupStage(
            name,
            Text($"All channels are driven from 0 to {_bench.Channels.Max(c => c.CurrentOf(c.MaxCode)) * 1e6:0} uA, for {howLong}. Keep a hand on the supply: nothing may become warm."),
            [new MeterReading($"{_bench.Channels[0].Drive.Net} undriven", -0.05, MostAtRest,
                "the converter's supply and ground, its reset, a short from the drive to a supply")]),
        cancellation);

    /// <summary>Adds the finding that it was broken off, so that what was found until then is no passed board.</summary>
    public void BreakOff()
        => Add(new BringupFinding(BringupFinding.AllStages, string.Empty, false, "not done: broken off",
            "run neuromcu bringup again")
        { Measured = false });

    /// <summary>Adds a finding.</summary>
    public void Add(BringupFinding finding) => _findings.Add(finding);

    private BringupFinding Rest(BenchReading reading)
    {
        bool quiet = reading.Spikes == 0 && !(reading.SenseMean > 0.1);
        string volts = double.IsNaN(reading.SenseMean) ? string.Empty : Text($", {reading.SenseMean * 1e3:0} mV on the load");
        return new BringupFinding("rest", _bench.Channels.First(c => c.Number == reading.Channel).Name, quiet,
            Text($"{reading.Spikes} spikes in {reading.Window:0.0} s without drive") + volts, quiet ? string.Empty
            : "the supply of comparator and buffer, their ground, the wires of DETECT and SENSE");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
