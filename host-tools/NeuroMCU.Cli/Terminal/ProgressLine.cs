// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;

namespace NeuroMCU.Cli.Terminal;

/// <summary>
/// One line on standard error that is drawn over and over while something takes long, and wiped at the end. Nothing is drawn when standard
/// error is no terminal.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private const int Cells = 24;
    private readonly VerbContext _context;
    private readonly string _what;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next = TimeSpan.FromMilliseconds(300);
    private readonly StatusLine _line;

    public ProgressLine(VerbContext context, string what)
    {
        _context = context;
        _what = what;
        _line = new StatusLine(context);
    }

    /// <summary>Draws the line, ten times a second at most; work that is done at once draws none.</summary>
    /// <param name="fraction">How far it is, 0 to 1.</param>
    public void Report(double fraction, string detail)
    {
        if (!_context.ShowProgress || _watch.Elapsed < _next)
        {
            return;
        }

        _next = _watch.Elapsed + TimeSpan.FromMilliseconds(100);
        int full = (int)(Math.Clamp(fraction, 0, 1) * Cells);
        _line.Draw($"{_what} {new string('█', full)}{new string('░', Cells - full)} {detail}");
    }

    public void Dispose() => _line.Dispose();
}
