// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Globalization;
using NeuroMCU.Host.Calibration;
using NeuroMCU.Host.Calibration.Store;
using NeuroMCU.Host.Calibration.Tables;
using NeuroMCU.Host.Compile;
using NeuroMCU.Host.Devices;
using NeuroMCU.Host.Devices.Client;
using NeuroMCU.Host.Networks;

namespace NeuroMCU.Cli
{
    /// <summary>The network that a verb works on: read and compiled from a network file.</summary>
    internal static class NetworkSource
    {
        /// <summary>Argument for verbs that need a network file.</summary>
        public static Argument<string> Argument() => new("FILE") { Description = "Network file (YAML)" };

        /// <summary>Option for verbs that can run physical neurons in software.</summary>
        public static Option<bool> Twin() => new("--twin") { Description = "Compute the neurons that are channels of a board, in software" };

        /// <summary>Option for verbs that drive physical neurons.</summary>
        public static Option<bool> Uncalibrated() => new("--uncalibrated") { Description = "Drive channels by the profile's nominal currents, without a calibration" };

        /// <summary>Puts the drive tables of the board's calibration into a network that uses channels.</summary>
        /// <param name="context">Told which calibration is used.</param>
        /// <param name="connection">The device.</param>
        /// <param name="compiled">The network, compiled with nominal tables.</param>
        /// <param name="path">Its file.</param>
        /// <returns>The network to upload.</returns>
        /// <exception cref="CalibrationException">There is no calibration, or it cannot be used.</exception>
        public static CompiledNetwork Calibrated(VerbContext context, DeviceConnection connection, CompiledNetwork compiled, string path)
        {
            if (compiled.Tables.Channels.Length == 0)
            {
                return compiled;
            }

            DeviceInfo info = connection.Client.Info;
            BoardCalibration? stored = new CalibrationStore(context.CalibrationFolder).Find(info.BoardName, info.DeviceId);
            if (stored is not null)
            {
                context.Say($"drive tables of the calibration of {stored.Date.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} ({stored.Reference})");
                return Compiler.Compile(NetworkFile.Load(path), new CompilerOptions { DriveTables = new StoredDriveTables(stored) });
            }

            if (connection.Device is { Neurons.Specimen.Seed: null })
            {
                context.Say("note: the virtual board's parts are nominal, so that it needs no calibration");
                return compiled;
            }

            throw new CalibrationException(
                CalibrationErrorKind.Missing,
                $"there is no calibration of {info.BoardName} on device {info.DeviceId}",
                "no two thyristors are alike: at the profile's nominal currents some of them stay silent and some are blocked",
                "calibrate it: neuromcu calibrate" + Where(context, info) + "; or go on with --uncalibrated");
        }

        // A seed is a board of its own: without it another board would be calibrated.
        private static string Where(VerbContext context, DeviceInfo info)
        {
            string seed = context.Board?.Seed is { } number ? " --board-seed " + number.ToString(CultureInfo.InvariantCulture) : string.Empty;
            return context.Board is null && context.Device is { } device ? " --device " + device : " --board " + info.BoardName + seed;
        }

        /// <summary>Reads and compiles a network file, and passes its warnings on.</summary>
        /// <param name="context">Where warnings go.</param>
        /// <param name="path">The file.</param>
        /// <param name="twin">True when channels of a board are to run as software.</param>
        /// <returns>The compiled network.</returns>
        public static CompiledNetwork Compile(VerbContext context, string path, bool twin = false)
        {
            CompiledNetwork compiled = Compiler.Compile(NetworkFile.Load(path), new CompilerOptions { Twin = twin });
            foreach (Diagnostic warning in compiled.Report.Warnings)
            {
                context.Say("warning: " + warning);
            }

            return compiled;
        }
    }
}
