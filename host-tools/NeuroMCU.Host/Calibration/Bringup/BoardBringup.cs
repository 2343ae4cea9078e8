// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NeuroMCU.Host.Calibration.Judge;
using NeuroMCU.Host.Calibration.Measure;
using NeuroMCU.Host.Thyristors;

namespace NeuroMCU.Host.Calibration.Bringup
{
    /// <summary>Looks at everything of a new board that its own instruments can see. Outputs are safe afterwards, whatever happened.</summary>
    public sealed class BoardBringup
    {
        private static readonly MeasureTiming s_quiet = new(20, 200);
        private static readonly MeasureTiming s_fire = new(80, 300);

        private readonly ICalibrationBench _bench;
        private readonly CalibrationOptions _options;
        private readonly Action<string, double> _progress;

        /// <summary>Initializes a new instance of the <see cref="BoardBringup" /> class.</summary>
        /// <param name="bench">The board.</param>
        /// <param name="options">The neuron that it is built for.</param>
        /// <param name="progress">Told what is being done; may be null.</param>
        public BoardBringup(ICalibrationBench bench, CalibrationOptions options, Action<string, double>? progress = null)
        {
            _bench = bench;
            _options = options;
            _progress = progress ?? ((_, _) => { });
        }

        /// <summary>Looks.</summary>
        /// <param name="board">Name of the profile.</param>
        /// <param name="device">The device's id.</param>
        /// <param name="cancellation">Ends it.</param>
        /// <returns>The findings.</returns>
        public async Task<IReadOnlyList<BringupFinding>> RunAsync(string board, string device, CancellationToken cancellation)
        {
            try
            {
                List<BringupFinding> findings = [];
                IReadOnlyList<BenchReading> rest = await _bench.MeasureAsync([.. _bench.Channels.Select(c => new DriveCode(c.Number, 0))], s_quiet, cancellation).ConfigureAwait(false);
                findings.AddRange(rest.Select(Rest));
                BoardCalibration made = await new Calibrator(_bench, _options, _progress).RunAsync(board, device, cancellation).ConfigureAwait(false);
                ThyristorCell nominal = made.ReferenceCell;
                foreach (ChannelCalibration channel in made.Channels)
                {
                    if (channel.Sense is { } sense)
                    {
                        findings.Add(Converters(channel, sense, nominal));
                    }

                    findings.Add(Neuron(channel));
                }

                foreach (ChannelCalibration channel in made.Good())
                {
                    findings.Add(await ResetAsync(channel, cancellation).ConfigureAwait(false));
                }

                return findings;
            }
            finally
            {
                await _bench.SafeAsync().ConfigureAwait(false);
            }
        }

        private BringupFinding Rest(BenchReading reading)
        {
            bool quiet = reading.Spikes == 0 && !(reading.SenseMean > 0.1);
            string volts = double.IsNaN(reading.SenseMean) ? string.Empty : Text($", {reading.SenseMean * 1e3:0} mV on the load");
            return new BringupFinding("rest", NameOf(reading.Channel), quiet, Text($"{reading.Spikes} spikes in {reading.Window:0.0} s without drive") + volts, quiet ? string.Empty : "the supply of comparator and buffer, their ground, the wires of DETECT and SENSE");
        }

        private static BringupFinding Converters(ChannelCalibration channel, SenseLine sense, ThyristorCell nominal)
        {
            bool follows = sense.Resistance > 0.2 * nominal.Load && sense.Resistance < 2 * nominal.Load;
            return new BringupFinding(
                "drive and sense",
                channel.Name,
                follows,
                Text($"the load's mean voltage rises by {sense.Resistance:0} mV per mA of drive ({nominal.Load:0} expected)"),
                follows ? string.Empty : "with a multimeter: the drive's voltage at its largest code, the mirror's supply, the current into the membrane; then the wire of SENSE");
        }

        private static BringupFinding Neuron(ChannelCalibration channel) => channel.Verdict.IsGood && channel.Fit is { } fit
            ? new BringupFinding(
                "neuron", channel.Name, true, Text($"threshold {fit.Cell.Threshold:0.00} V, fires from {fit.Cell.Onset * 1e6:0.0} uA, {(fit.BlockSeen ? "blocked from" : "not blocked up to")} {(fit.BlockSeen ? fit.Cell.Hold : channel.Currents[^1]) * 1e6:0.0} uA, up to {channel.HighestRate:0} Hz"), string.Empty)
            : new BringupFinding("neuron", channel.Name, channel.Verdict.IsGood, channel.Verdict.IsGood ? "fires" : channel.Verdict.Reason, channel.Verdict.Advice);

        // Driven, released by reset, driven again: it must fire as before.
        private async Task<BringupFinding> ResetAsync(ChannelCalibration channel, CancellationToken cancellation)
        {
            DriveCode[] drive = [new DriveCode(channel.Channel, channel.Readings.Where(r => r.Rate > 0).ElementAt(channel.Readings.Count(r => r.Rate > 0) / 2).Code)];
            BenchReading before = (await _bench.MeasureAsync(drive, s_fire, cancellation).ConfigureAwait(false))[0];
            await _bench.ReleaseAsync([channel.Channel], cancellation).ConfigureAwait(false);
            BenchReading after = (await _bench.MeasureAsync(drive, s_fire, cancellation).ConfigureAwait(false))[0];
            bool same = before.Rate > 0 && Math.Abs(after.Rate - before.Rate) < 0.05 * before.Rate;
            return new BringupFinding("reset", channel.Name, same, Text($"{before.Rate:0.0} Hz before, {after.Rate:0.0} Hz after the reset"), same ? string.Empty : "the reset transistor across the membrane capacitor and the wire of RESET");
        }

        private string NameOf(int channel) => _bench.Channels.First(c => c.Number == channel).Name;

        private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
