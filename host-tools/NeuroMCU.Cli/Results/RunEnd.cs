// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Devices.Client;
using NeuroMCU.Recordings;

namespace NeuroMCU.Cli.Results;

/// <summary>The end of a run that a verb shows in any case: when the link breaks, what arrived until then is still worth showing.</summary>
internal sealed class RunEnd
{
    private DeviceException? _problem;

    private RunEnd(RunReport report, DeviceException? problem)
    {
        Report = report;
        _problem = problem;
    }

    /// <summary>How the run ended, as far as it is known.</summary>
    public RunReport Report { get; }

    /// <summary>Waits for the end of a run.</summary>
    /// <returns>Its end, also when the link broke.</returns>
    /// <exception cref="DeviceException">It did not begin.</exception>
    public static async Task<RunEnd> OfAsync(Func<Task<RunReport>> run)
    {
        try
        {
            return new RunEnd(await run(), null);
        }
        catch (RunBrokenException broken)
        {
            return new RunEnd(broken.Report, broken);
        }
    }

    /// <summary>Asks the device for something after the run, unless the link is broken.</summary>
    /// <param name="otherwise">What stands for the answer when there is none.</param>
    /// <typeparam name="T">The answer.</typeparam>
    /// <returns>The answer.</returns>
    public async Task<T> TryAsync<T>(Func<Task<T>> ask, T otherwise)
    {
        if (_problem is not null)
        {
            return otherwise;
        }

        try
        {
            return await ask();
        }
        catch (DeviceException broken)
        {
            _problem = broken;
            return otherwise;
        }
    }

    /// <summary>Throws what broke the run off, if anything did.</summary>
    /// <exception cref="DeviceException">The link broke.</exception>
    public void Throw()
    {
        if (_problem is not null)
        {
            throw _problem;
        }
    }

    /// <summary>Says, after the result, what broke the run off and which file could not be written.</summary>
    /// <param name="file">Why a file could not be written; null when all were.</param>
    /// <returns>The exit code: that of the link first, then that of the file.</returns>
    public ExitCode Complain(VerbContext context, Exception? file, ExitCode otherwise)
    {
        ExitCode code = otherwise;
        foreach (Exception? problem in new[] { file, _problem })
        {
            if (problem is not null)
            {
                CliException words = Problems.Explain(problem, cancelled: false);
                context.Complain(words);
                code = words.Code;
            }
        }

        return code;
    }
}
