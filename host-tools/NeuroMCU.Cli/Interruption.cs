// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;
using NeuroMCU.Cli.Errors;

namespace NeuroMCU.Cli;

/// <summary>
/// Ends a command in order on Ctrl-C, SIGTERM and SIGHUP, all three alike: what was measured is written, and the device is stopped. A
/// second one, or ten seconds, end it at once. A signal that was ignored when the program began, as by <c>nohup</c>, stays ignored.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>Time that a verb gets to write what it has and to leave the device in order.</summary>
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _source = new CancellationTokenSource();
    private readonly PosixSignalRegistration[] _signals;
    private int _count;

    public Interruption()
    {
        _signals = Array.ConvertAll([PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP],
            signal => PosixSignalRegistration.Create(signal, End));
    }

    /// <summary>Set at the first signal.</summary>
    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }

        _source.Dispose();
    }

    private void End(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (Interlocked.Increment(ref _count) > 1)
        {
            Leave("interrupted a second time: ended at once; what was not yet written is lost");
        }

        _ = Task.Run(async () =>
        {
            _source.Cancel();
            await Task.Delay(s_farewell);
            Leave("interrupted: ended before it was in order; what was not yet written is lost");
        });
    }

    private static void Leave(string why)
    {
        try
        {
            Console.Error.Write("error: " + why + "\n");
        }
        catch (IOException)
        {
            // The terminal is gone.
        }

        Environment.Exit((int)ExitCode.Cancelled);
    }
}
