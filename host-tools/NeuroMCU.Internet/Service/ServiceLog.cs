// NeuroMCU, MIT licence. See LICENSE in the repository root.

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace NeuroMCU.Internet.Service;

/// <summary>
/// Where the lines of a service go: to the terminal of a user, or, where systemd has started it, into the journal with a level for each
/// line. Keys and passwords are in none of them.
/// </summary>
internal sealed class ServiceLog : IDisposable
{
    private readonly ILoggerFactory? _factory;
    private readonly ILogger? _journal;
    private readonly Action<string> _terminal;

    /// <summary>Makes a log.</summary>
    /// <param name="name">What writes: <c>hub</c> or <c>site</c>.</param>
    /// <param name="terminal">Shows a line to a user.</param>
    /// <param name="service">Whether lines get levels also where systemd has not started the program.</param>
    public ServiceLog(string name, Action<string> terminal, bool service)
    {
        _terminal = terminal;
        if (service || SystemdHelpers.IsSystemdService())
        {
            _factory = LoggerFactory.Create(logging => logging.AddSystemdConsole(options => options.TimestampFormat = null)
                .Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace));
            _journal = _factory.CreateLogger(name);
        }
    }

    /// <summary>Says what happens.</summary>
    public void Say(string line)
    {
        if (_journal is null)
        {
            _terminal(line);
        }
        else
        {
            _journal.Log(LogLevel.Information, 0, line, null, (text, _) => text);
        }
    }

    /// <summary>Says what an administrator should look at.</summary>
    public void Warn(string line)
    {
        if (_journal is null)
        {
            _terminal(line);
        }
        else
        {
            _journal.Log(LogLevel.Warning, 0, line, null, (text, _) => text);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _factory?.Dispose();
}
