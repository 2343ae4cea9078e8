// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler;
using NeuroMCU.Devices;
using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Networks;

namespace NeuroMCU.Cli.Inputs;

/// <summary>A compiled network, and what its drive tables come from.</summary>
/// <param name="Calibration">The calibration that the tables were made of; null for the nominal currents of the profile, or when no
/// table is needed.</param>
internal sealed record DrivenNetwork(CompiledNetwork Compiled, BoardCalibration? Calibration)
{
    /// <summary>Gets whether it drives channels of a board.</summary>
    public bool Drives => Compiled.Tables.Channels.Length > 0;

    /// <summary>Where the tables come from when no calibration is used.</summary>
    public const string Nominal = "nominal currents of the profile";

    /// <summary>Gets where the tables come from, for people.</summary>
    public string Text => Calibration is { } made ? Describe(made) + $", device {made.Device}" : Nominal;

    /// <summary>Gets the same for <c>--json</c>; null without channels.</summary>
    public object? Document => !Drives ? null : Calibration is { } made ? Of("calibration", made.Device, made) : Of("nominal", null, null);

    /// <summary>Compiles a network with the drive tables of a calibration.</summary>
    /// <param name="costs">Cost profile of the device; null for that of the board.</param>
    /// <returns>The network.</returns>
    /// <exception cref="CalibrationException">The calibration is of another board, or a channel failed it.</exception>
    public static DrivenNetwork Compile(Network network, BoardCalibration calibration, string? costs) =>
        new(NetworkCompiler.Compile(network, new CompilerOptions
        {
            DriveTables = new StoredDriveTables(calibration),
            CostProfile = costs,
            Unlimited = costs == VirtualAddress.WithoutCosts
        }), calibration);

    /// <summary>Says which calibration it is.</summary>
    /// <returns>Day, minute and reference.</returns>
    public static string Describe(BoardCalibration made) =>
        $"calibration of {made.Date.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} ({made.Reference})";

    /// <summary>Where drive tables come from, for <c>--json</c>.</summary>
    /// <param name="device">Device that was calibrated; null for none.</param>
    /// <param name="made">The calibration; null when it is not known.</param>
    /// <returns>What to serialise.</returns>
    public static object Of(string source, string? device, BoardCalibration? made)
        => new { Source = source, DeviceId = device, made?.Date, made?.Reference };
}
