// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Cli.Terminal;

/// <summary>One line on standard error that is drawn over and over, below what is said meanwhile. Nothing is drawn when standard error
/// is no terminal.</summary>
internal sealed class StatusLine : IDisposable
{
    private readonly VerbContext _context;
    private readonly Lock _gate = new();
    private Timer? _timer;
    private int _drawn;
    private bool _over;

    public StatusLine(VerbContext context) => _context = context;

    /// <summary>Draws the line, cut where the terminal ends.</summary>
    public void Draw(string line)
    {
        lock (_gate)
        {
            if (_over || !_context.ShowProgress)
            {
                return;
            }

            int most = Math.Max(1, _context.Messages.Profile.Width - 1);
            string shown = line.Length <= most ? line : line[..(most - 1)] + "…";
            _context.Overwrite(shown.PadRight(_drawn));
            _drawn = shown.Length;
        }
    }

    /// <summary>Draws what a function says, once a second.</summary>
    /// <param name="line">Called on another thread; throws nothing.</param>
    public void Watch(Func<string> line)
    {
        if (_context.ShowProgress)
        {
            _timer = new Timer(_ => Draw(line()), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Says something above the line.</summary>
    public void Say(string text)
    {
        lock (_gate)
        {
            Wipe();
            _context.Say(text);
        }
    }

    /// <summary>Ends the line; what is said after it is still said.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        lock (_gate)
        {
            _over = true;
            Wipe();
        }
    }

    private void Wipe()
    {
        if (_drawn > 0)
        {
            _context.Overwrite(new string(' ', _drawn));
            _context.Overwrite(string.Empty);
            _drawn = 0;
        }
    }
}
