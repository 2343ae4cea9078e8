// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Networks;

namespace NeuroMCU.Cli.Inputs;

/// <summary>Whether the stored spikes of a network fall into a run: those after its last microsecond never happen.</summary>
internal static class SpikeSchedule
{
    /// <summary>Warns of spikes after the end of a run, and refuses a table all of whose spikes are.</summary>
    /// <param name="duration">Length of the run in µs.</param>
    /// <param name="chosen">Whether the user gave this length on the command line, so that it is meant.</param>
    /// <exception cref="CliException">No spike of a table falls into the run, whose length is that of the file.</exception>
    public static void Check(VerbContext context, Network network, long duration, bool chosen)
    {
        foreach (SpikeInput input in network.SpikeInputs)
        {
            int late = input.CountAfter(duration);
            if (late == 0)
            {
                continue;
            }

            string source = input.Table is null ? $"{input.Location.File}:{input.Location.Line}" : input.Table;
            string last = (input.Times[^1] / 1e6).ToString("0.######", CultureInfo.InvariantCulture);
            string what =
                $"{source}: {Figures.Count(late, "spike")} of {input.Times.Count} for '{input.Population}' come after the end of the "
                + $"run at {Figures.Time(duration)}"
                + $" (the last one at {last} s) and never happen";
            string longer = string.Create(CultureInfo.InvariantCulture,
                $"--for \"{(input.Times[^1] + 1000) / 1e6:0.######} s\" reaches them all");
            if (late == input.Times.Count && input.Table is not null && !chosen)
            {
                throw new CliException(
                    ExitCode.NetworkFile, what, "a table of times in ms under the name time_s looks like this",
                    longer + ", or write time_ms in the header of the table");
            }

            context.Say($"warning: {what}; {longer}");
        }
    }
}
