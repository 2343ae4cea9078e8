// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NeuroMCU.Cli.Tests;

/// <summary>A terminal at which lines are typed that were written down before; after the last one it does what it was told to do
/// then.</summary>
internal sealed class ScriptedConsole : IAnsiConsole, IAnsiConsoleInput
{
    private readonly IAnsiConsole _console;
    private readonly StringBuilder _shown = new();
    private readonly Queue<ConsoleKeyInfo> _keys = new();
    private readonly Action _afterwards;

    public ScriptedConsole(Action afterwards, params string[] lines)
    {
        _afterwards = afterwards;
        foreach (string line in lines)
        {
            foreach (char c in line)
            {
                _keys.Enqueue(new ConsoleKeyInfo(c, default, false, false, false));
            }

            _keys.Enqueue(new ConsoleKeyInfo('\r', ConsoleKey.Enter, false, false, false));
        }

        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(new StringWriter(_shown)),
        });
        _console.Profile.Width = 200;
    }

    public string Shown => _shown.ToString().Replace("\r\n", "\n", StringComparison.Ordinal);

    public Profile Profile => _console.Profile;

    public IAnsiConsoleCursor Cursor => _console.Cursor;

    public IAnsiConsoleInput Input => this;

    public IExclusivityMode ExclusivityMode => _console.ExclusivityMode;

    public RenderPipeline Pipeline => _console.Pipeline;

    public void Clear(bool home) => _console.Clear(home);

    public void Write(IRenderable renderable) => _console.Write(renderable);

    public void WriteAnsi(Action<AnsiWriter> action) => _console.WriteAnsi(action);

    public bool IsKeyAvailable() => _keys.Count > 0;

    public ConsoleKeyInfo? ReadKey(bool intercept) => Next();

    public Task<ConsoleKeyInfo?> ReadKeyAsync(bool intercept, CancellationToken cancellationToken)
    {
        ConsoleKeyInfo? key = Next();
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(key);
    }

    private ConsoleKeyInfo? Next()
    {
        if (_keys.Count > 0)
        {
            return _keys.Dequeue();
        }

        _afterwards();
        return null;
    }
}
