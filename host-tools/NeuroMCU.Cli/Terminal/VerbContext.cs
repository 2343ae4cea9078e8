// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Devices;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Networks.Reading;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;
using Spectre.Console;

namespace NeuroMCU.Cli.Terminal;

/// <summary>What a verb works with: the common options and the two outputs.</summary>
internal sealed class VerbContext
{
    private static readonly JsonSerializerOptions s_json = new JsonSerializerOptions
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        NewLine = "\n",
    };

    private readonly CliEnvironment _environment;
    private readonly List<string> _inputs = [];
    private readonly List<string> _outputs = [];
    private string? _input;

    public VerbContext(CliEnvironment environment, bool json, bool quiet, bool color, bool debug, string? device, string? keyFile)
    {
        _environment = environment;
        Json = json;
        Quiet = quiet;
        Debug = debug;
        AskedDevice = device;
        Device = device ?? environment.Variable("NEUROMCU_DEVICE");
        KeyFile = keyFile ?? environment.Variable("NEUROMCU_KEY_FILE");
        Out = Console(environment.Out, color && environment.OutIsTerminal, environment.Width);
        Messages = Console(environment.Error, color && environment.ErrorIsTerminal, environment.Width);
    }

    /// <summary>Results as one JSON document on standard output instead of text.</summary>
    public bool Json { get; }

    /// <summary>No progress and no messages; errors are still printed.</summary>
    public bool Quiet { get; }

    /// <summary>Stack traces with errors.</summary>
    public bool Debug { get; }

    /// <summary>Device address, or null for the virtual bench.</summary>
    public string? Device { get; }

    /// <summary>Device address of <c>--device</c> itself, without the variable that stands for it; or null.</summary>
    public string? AskedDevice { get; }

    /// <summary>Board of the virtual bench, or null for the usual one.</summary>
    public VirtualBoardOptions? Board { get; set; }

    /// <summary>Number of the specimen that --board-seed asks for; it counts for the board that is named or that the network is
    /// for.</summary>
    public long? BoardSeed { get; init; }

    /// <summary>What --fault asks for, of the same board.</summary>
    public IReadOnlyList<string> BoardFaults { get; init; } = [];

    /// <summary>Folder of calibrations; null for the user's.</summary>
    public string? CalibrationFolder => _environment.CalibrationFolder;

    /// <summary>Settings of the virtual bench in this process.</summary>
    public VirtualDeviceOptions Virtual => Board is null ? _environment.Virtual : _environment.Virtual with { Board = Board };

    /// <summary>File with the pre-shared key, or null.</summary>
    public string? KeyFile { get; }

    /// <summary>Standard output, for results as text. Verbs write to it only when <see cref="Json" /> is off.</summary>
    public IAnsiConsole Out { get; }

    /// <summary>Standard output without colours and without folding of long lines.</summary>
    public TextWriter Plain => _environment.Out;

    /// <summary>Standard error, for progress and messages.</summary>
    public IAnsiConsole Messages { get; }

    /// <summary>Where questions are asked and answered; null when nobody is there to answer.</summary>
    public IAnsiConsole? Questions => _environment.Questions;

    /// <summary>Environment variables.</summary>
    public Func<string, string?> Variable => _environment.Variable;

    /// <summary>Whether moving progress can be drawn on standard error.</summary>
    public bool ShowProgress => !Quiet && _environment.ErrorIsTerminal;

    /// <summary>Connects to the device that --device names, else to the virtual bench in this process.</summary>
    /// <returns>The open connection.</returns>
    public Task<DeviceConnection> ConnectAsync(CancellationToken cancellation)
    {
        CheckBoard();
        return DeviceConnector.ConnectAsync(Device, new ConnectOptions { KeyFile = KeyFile, Virtual = Virtual }, cancellation);
    }

    /// <summary>Puts the virtual bench on a board when the user named none and no device elsewhere.</summary>
    public void UseBoard(string board)
    {
        if (Board is null && (Device is null || DeviceAddress.Parse(Device) is VirtualAddress))
        {
            Board = new VirtualBoardOptions { Board = board, Seed = BoardSeed, Faults = BoardFaults };
        }
    }

    /// <summary>Puts the virtual bench on the usual node array when the user named neither a board nor a device elsewhere.</summary>
    public void UseNodes()
    {
        if (Board is null && (Device is null || DeviceAddress.Parse(Device) is VirtualAddress))
        {
            Board = UsualBoards.Nodes(BoardSeed, BoardFaults);
        }
    }

    /// <summary>The same for a network that has weights on nodes and names no board.</summary>
    public void UseNodesOf(Network network)
    {
        if (network.Board is null && network.Projections.Any(p => p.OnNodes))
        {
            UseNodes();
        }
    }

    /// <summary>Refuses --board-seed and --fault when there is no board that they could be of.</summary>
    /// <exception cref="CliException">Neither the command line nor the network names a board.</exception>
    public void CheckBoard()
    {
        if (Board is null && (BoardSeed is not null || BoardFaults.Count > 0))
        {
            throw new CliException(ExitCode.Usage, "--board-seed and --fault belong to a virtual board", "none is named",
                "--board thyristor-starter");
        }
    }

    /// <summary>Puts the virtual bench on the board that a network is for when the user named neither a board nor a device
    /// elsewhere.</summary>
    /// <param name="network">The network; null for an image, which does not name its board.</param>
    public void UseBoardOf(Network? network)
    {
        // The usual bench stands for the usual board, and keeps its networks under its own name.
        bool usual = network?.Board == BoardCatalog.DefaultName && BoardSeed is null && BoardFaults.Count == 0;
        if (network?.Board is { } board && !usual)
        {
            UseBoard(board);
        }
    }

    /// <summary>Values that --set puts in the place of those of the network file.</summary>
    public IReadOnlyList<NetworkSetting> Settings { get; set; } = [];

    /// <summary>Reads a network file, or standard input for <c>-</c>, with the values of --set.</summary>
    /// <param name="more">Further values that replace those of the file.</param>
    /// <returns>The network.</returns>
    /// <exception cref="NetworkFileException">It has errors.</exception>
    public Network LoadNetwork(string path, params NetworkSetting[] more)
    {
        NetworkSetting[] settings = [.. Settings, .. more];
        if (path != "-")
        {
            return NetworkFile.Load(Note(path), settings);
        }

        // Read once: a second look at it, as for each point of a sweep, finds the same text.
        _input ??= InputFile.ReadText(_environment.In);
        return NetworkFile.Parse(_input, "standard input", settings);
    }

    /// <summary>Opens standard input.</summary>
    public Stream OpenInput() => _environment.OpenIn();

    /// <summary>Reads the bytes of standard input.</summary>
    /// <returns>The bytes.</returns>
    /// <exception cref="InputFileException">There are more.</exception>
    public byte[] ReadInput(long most)
    {
        using Stream input = _environment.OpenIn();
        return InputFile.ReadBytes(input, most);
    }

    /// <summary>Says where a network runs, for people.</summary>
    /// <returns><c>the virtual bench (PROFILE)</c>, or the address.</returns>
    public static string Describe(DeviceConnection connection) =>
        connection.Device is { } device ? $"the virtual bench ({device.Costs.Name})" : connection.Client.Address;

    /// <summary>Says something on standard error, unless --quiet.</summary>
    public void Say(string text)
    {
        if (!Quiet)
        {
            _environment.Error.Write(Printable.Of(text, lines: true) + "\n");
        }
    }

    /// <summary>Writes over the line on standard error in which the cursor stands, from its beginning.</summary>
    public void Overwrite(string line) => _environment.Error.Write("\r" + Printable.Of(line, lines: false));

    /// <summary>Says what was found in a file and stops nothing.</summary>
    public void Warn(IEnumerable<Diagnostic> findings)
    {
        foreach (string finding in Listing.Of([.. findings], "neuromcu compile --json lists them all"))
        {
            Say("warning: " + finding);
        }
    }

    /// <summary>Prints a problem beside a result that was shown all the same; the exit code says that it is there.</summary>
    /// <returns>Its exit code.</returns>
    public ExitCode Complain(CliException problem)
    {
        ErrorReport.Write(_environment, problem, json: false, Debug, Messages);
        return problem.Code;
    }

    /// <summary>Notes a file that this command reads, so that no output replaces it.</summary>
    /// <returns>The same path.</returns>
    /// <exception cref="CliException">It is one of the command's outputs.</exception>
    public string Note(string path)
    {
        _inputs.Add(path);
        CheckFiles();
        return path;
    }

    /// <summary>Notes a file that this command reads, and refuses what is no regular file.</summary>
    /// <param name="most">Largest size in bytes.</param>
    /// <returns>The same path.</returns>
    /// <exception cref="InputFileException">It is a folder, a pipe, a device, or too large.</exception>
    /// <exception cref="IOException">It does not exist.</exception>
    public string Read(string path, long most = InputFile.MostBytes)
    {
        InputFile.Check(path, most);
        return Note(path);
    }

    /// <summary>Checks a file that this command is going to write.</summary>
    /// <returns>The same path.</returns>
    /// <exception cref="CliException">It is one of the command's inputs, or a folder.</exception>
    public string ForWriting(string path)
    {
        if (Directory.Exists(path))
        {
            throw new CliException(ExitCode.Usage, $"{path} is a folder, and the output a file", null,
                $"name a file in it, such as {System.IO.Path.Combine(path, "result")}");
        }

        _outputs.Add(path);
        CheckFiles();
        return path;
    }

    /// <summary>Checks the files that this command is going to write.</summary>
    /// <param name="paths">The files; null for one that was not asked for.</param>
    /// <exception cref="CliException">One is an input of the command.</exception>
    public void ForWritingAll(params string?[] paths)
    {
        foreach (string path in paths.OfType<string>())
        {
            ForWriting(path);
        }
    }

    /// <summary>Checks that no output of this command is one of its inputs.</summary>
    /// <exception cref="CliException">One is.</exception>
    private void CheckFiles()
    {
        foreach (string output in _outputs)
        {
            if (_inputs.FirstOrDefault(input => SamePlace.Is(input, output)) is { } input)
            {
                throw new CliException(
                    ExitCode.Usage, $"{output} would be overwritten", $"this command reads {input}, which is the same file",
                    "name another file for the output");
            }
        }
    }

    /// <summary>Writes the verb's one JSON document.</summary>
    /// <param name="document">Its first property is <c>Schema</c>, such as <c>neuromcu.compile/1</c>.</param>
    public void WriteJson(object document) => WriteJson(_environment.Out, document);

    /// <summary>Writes a document in the form that all verbs share: snake_case names, indented, unescaped where JSON allows.</summary>
    public static void WriteJson(TextWriter writer, object document)
    {
        writer.Write(JsonSerializer.Serialize(document, s_json) + "\n");
    }

    /// <summary>Writes a line of plain text to standard output.</summary>
    /// <param name="text">Plain text; markup is not interpreted and lines are not folded.</param>
    public void WriteLine(string text = "")
    {
        _environment.Out.Write(Printable.Of(text, lines: true) + "\n");
    }

    private static IAnsiConsole Console(TextWriter writer, bool color, int width)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = color ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = color ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
