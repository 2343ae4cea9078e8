// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NeuroMCU.Host.Calibration.Measure;

namespace NeuroMCU.Host.Calibration.Bringup
{
    /// <summary>Leads from stage to stage and gathers the findings.</summary>
    public sealed class BringupWalk
    {
        private const double SupplyTolerance = 0.05;
        private const double ReferenceTolerance = 0.02;

        private readonly ICalibrationBench _bench;
        private readonly IBringupGuide _guide;
        private readonly List<BringupFinding> _findings = [];

        /// <summary>Initializes a new instance of the <see cref="BringupWalk" /> class.</summary>
        /// <param name="bench">The board.</param>
        /// <param name="guide">Who is asked.</param>
        public BringupWalk(ICalibrationBench bench, IBringupGuide guide)
        {
            _bench = bench;
            _guide = guide;
        }

        /// <summary>Gets what was found so far, in order.</summary>
        public IReadOnlyList<BringupFinding> Findings => _findings;

        /// <summary>What every board is supplied with, and the references of its converters where they have one of their own.</summary>
        /// <param name="channels">The board's channels.</param>
        /// <returns>What to measure before anything is driven.</returns>
        public static IReadOnlyList<MeterReading> Supplies(IEnumerable<BenchChannel> channels) =>
        [
            MeterReading.Around("5 V supply", 5, SupplyTolerance, "the USB cable and its supply, the polarity of the electrolytic capacitors, a short from 5 V to ground"),
            MeterReading.Around("3.3 V supply", 3.3, SupplyTolerance, "the regulator of the ESP32 module, what it supplies, a short from 3.3 V to ground"),
            .. channels.Where(c => c.Drive.Converter is not ("dac" or "pwm")).Select(c => (c.Drive.Converter, c.Drive.Reference)).Distinct().Select(
                r => MeterReading.Around($"reference of {r.Converter}", r.Reference * 1e-3, ReferenceTolerance, "the reference chip, its supply and its capacitor, and that nothing else loads it")),
        ];

        /// <summary>Makes every output safe, takes the readings of a stage and asks whether to begin it.</summary>
        /// <param name="stage">The stage.</param>
        /// <param name="cancellation">Ends it.</param>
        /// <returns>False when the user declines; that is a finding.</returns>
        public async Task<bool> BeginAsync(BringupStage stage, CancellationToken cancellation)
        {
            ArgumentNullException.ThrowIfNull(stage);
            await _bench.SafeAsync().ConfigureAwait(false);
            (IReadOnlyList<double?> volts, bool goOn) = await _guide.BeforeAsync(stage, cancellation).ConfigureAwait(false);
            _findings.AddRange(stage.Readings.Zip(volts, (reading, value) => reading.Judge(value)));
            if (!goOn)
            {
                Add(new BringupFinding(stage.Name, string.Empty, false, "not done: declined", "run neuromcu bringup again when the board is ready for it") { Measured = false });
            }

            return goOn;
        }

        /// <summary>Adds a finding.</summary>
        /// <param name="finding">What was found.</param>
        public void Add(BringupFinding finding) => _findings.Add(finding);
    }
}
