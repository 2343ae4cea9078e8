// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.IO.Hashing;
using System.Text;
using NeuroMCU.Compiler.Circuits;
using NeuroMCU.Compiler.Numbers;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Files.Units;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hearing;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Networks.Models;
using NeuroMCU.VirtualBench.Costs;

namespace NeuroMCU.Compiler;

/// <summary>Turns a network into the device's tables and image.</summary>
public sealed class NetworkCompiler
{
    private Network _network;
    private readonly CompilerOptions _options;
    private readonly QuantisationLog _log = new();
    private readonly List<Diagnostic> _errors = [];
    private DeviceUnits? _units;

    private NetworkCompiler(Network network, CompilerOptions options)
    {
        _network = network;
        _options = options;
    }

    /// <summary>Compiles a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="options">Further wishes; null for the defaults.</param>
    /// <returns>Tables, image, symbols and report.</returns>
    /// <exception cref="NetworkFileException">The network does not fit the device's formats or memory; every finding has its place in
    /// the file.</exception>
    public static CompiledNetwork Compile(Network network, CompilerOptions? options = null)
        => new NetworkCompiler(network, options ?? new CompilerOptions()).Run();

    /// <summary>Number by which images are bound to a board: CRC-32 of the profile's name in UTF-8.</summary>
    /// <param name="board">Name of the board; null or empty binds to none.</param>
    /// <returns>The board's id; 0 for none.</returns>
    public static uint BoardId(string? board) =>
        string.IsNullOrEmpty(board) ? 0 : Crc32.HashToUInt32(Encoding.UTF8.GetBytes(board));

    private CompiledNetwork Run()
    {
        CheckCounts();
        BoardDescription? board = TargetBoard.Find(_network, _options, _errors);
        ZeroDelayLoops.Check(_network, _errors);
        ThrowOnErrors();
        Activity activity = _options.Pilot?.Activity ?? Activity.Measure(_network);
        CostProfile costs = CostProfileSource.Find(_options.CostProfile ?? board!.Costs);
        PinLoad? pins = PinLoad.Of(_network, board!, _options.Twin);
        if (!_network.StepGiven && _options.Pilot is null)
        {
            _network = _network with
            {
                Step = StepChoice.Of(_network, activity, n => Clocked(n, UpdateAdvisor.Advise(n, activity)), costs,
                pins)
            };
            activity = activity.Step == _network.Step ? activity : Activity.Measure(_network);
        }

        IReadOnlyList<UpdateAdvice> advice = _options.Pilot?.Advice ?? UpdateAdvisor.Advise(_network, activity);
        _units = _options.Pilot?.Units ?? DeviceUnits.Choose(_network, activity, _options.Twin);
        _units.Programs = EquationPrograms.Of(_network, _log, _errors);
        StepResolution.Refuse(_network, Clocked(_network, advice), _units, _errors);
        ThrowOnErrors();
        PopulationTable[] populations = _network.Populations.Select(p =>
            PopulationCompiler.Compile(p, SchemeOf(p, advice), _network.Step, _units, _log, _errors)).ToArray();
        ProjectionTable[] projections = _network.Projections.Select(p =>
            ProjectionCompiler.Compile(p, _network.Step, _units, _log, _errors)).ToArray();
        NetworkTables tables = new()
        {
            Step = _network.Step,
            BoardId = _options.Twin ? 0 : TargetBoard.IdOf(_network, board),
            QueueCapacity = _network.QueueCapacity ?? CapacityPlanner.Queue(_network, activity),
            SpikeCapacity = _network.SpikeCapacity ?? CapacityPlanner.Spikes(_network, activity),
            Populations = populations,
            Projections = projections,
            Learning = LearningCompiler.Compile(_network, projections, _units, _errors),
            Channels = Channels(board!, populations),
            SpikeTimes = _network.StoredSpikes.Select(s => s.Time).ToArray(),
            SpikeSources = _network.StoredSpikes.Select(s => (short)s.Neuron).ToArray(),
            PoissonSources = _network.PoissonInputs.Select(Poisson).ToArray(),
            Drives = _network.Drives.Select(Drive).ToArray(),
            Traces = _network.Traces.Select(t => Trace(t, projections)).ToArray(),
            Readouts = _network.Readouts.Select(Readout).ToArray(),
            Hearing = _network.Hearing == null ? [] : [Hearing(_network.Hearing)],
            Outputs = _network.Outputs.Select(Output).ToArray(),
        };
        SymbolTable symbols = Symbols();
        tables.Symbols = symbols.Encode();
        ThrowOnErrors();
        double load = DeviceLoad.Of(_network, Clocked(_network, advice), activity, costs, pins, _units.Programs);
        return Finish(tables, symbols, advice, activity, board!, load, costs.Name);
    }

    private CompiledNetwork Finish(
        NetworkTables tables, SymbolTable symbols, IReadOnlyList<UpdateAdvice> advice, Activity activity, BoardDescription target,
        double load, string costs)
    {
        BoardProfile board = target.Profile;
        BoardProfile? alone = _options.Pilot == null ? board : null;
        int heap = DeviceMemory.Estimate(tables) + HearingMemory.Estimate(tables, board.HasPsram);
        int limit = _options.HeapLimit ?? (_options.Unlimited ? int.MaxValue : board.MaxNetworkBytes);
        TooBig(heap, limit, "of the device's heap; `" + board.Name + "` leaves",
            () => JoinAdvice() + TableAdvice(tables, limit) + "use fewer neurons or synapses, share parameters instead of listing them per neuron; "
                + RoomierBoard.Advice(_network, heap, image: 0, alone));
        byte[] image;
        try
        {
            image = ImageWriter.Write(tables);
        }
        catch (ImageException e)
        {
            throw new NetworkFileException([
                Diagnostic.At(
                    _network.BoardLocation,
                    string.Create(CultureInfo.InvariantCulture,
                        $"the network does not fit the image format (code "
                        + $"{e.Code}{(e.Offset < 0 ? string.Empty : $" at byte {e.Offset}")})"),
                    "make it smaller: an image holds 1 MB",
                    DiagnosticKind.TooBig),
            ]);
        }

        TooBig(image.Length, _options.Unlimited ? ImageLayout.MaxLength : board.MaxImageBytes,
            "as an image; the store of `" + board.Name + "` takes",
            () => "use fewer synapses or stored spikes; " + RoomierBoard.Advice(_network, heap, image.Length, alone));
        CompileReport report = new()
        {
            PilotSpikes = activity.Spikes,
            Quantisation = _log.Worst,
            Updates = advice,
            Equations = _units!.Programs,
            Units = StateUnit.Of(_network, _units),
            Memory = MemoryPlan.Of(tables, heap, board.HasPsram),
            HeapBytes = heap,
            HeapLimit = limit,
            Board = board.Name,
            ImageBytes = image.Length,
            Neurons = _network.NeuronCount,
            Synapses = _network.SynapseCount,
            QueueCapacity = tables.QueueCapacity,
            SpikeCapacity = tables.SpikeCapacity,
            DeviceLoad = load,
            CostProfile = costs,
            Step = _network.Step,
            StepChosen = !_network.StepGiven && _network.Populations.Any(p => p.IsCircuit),
            Warnings =
            [
                .. _network.Warnings,
                .. RangeCheck.Warn(_network, _units!),
                .. StepResolution.Warn(_network, Clocked(_network, advice), _units!),
                .. EquationPrograms.Warn(_network, activity),
                .. UpdateAdvisor.Warn(_network, advice),
                // Boards that share a network wait for each other: none of them runs late.
                .. _options.Pilot is null ? DeviceLoad.Warn(_network, load, costs, tables.Channels.Length > 0) : [],
            ],
        };
        return new CompiledNetwork(_network, tables, image, symbols, report);
    }

    // Tables of equations do not grow with neurons: where they are much of it, fewer neurons are no help.
    private string TableAdvice(NetworkTables tables, int limit)
    {
        const int MuchOf = 4;
        int bytes(PopulationTable? of) => of?.Program?.Tables.Sum(t => DeviceMemory.ArrayBytes(t.Length, sizeof(int))) ?? 0;
        (string Name, int Bytes)[] parts =
        [
            .. tables.Populations.Select((p, i) => ("population `" + _network.Populations[i].Name + "`", bytes(p))),
            .. tables.Learning.Select(l => ("learning rule of `" + _network.Projections[l.Projection].Name + "`",
                l.Blocks.Sum(b => bytes(b.Program)))),
        ];
        (string name, int most) = parts.MaxBy(p => p.Bytes);
        return most < limit / MuchOf ? string.Empty : string.Create(CultureInfo.InvariantCulture,
            $"the equations of {name} have tables of {most} bytes: narrow the `range` of what enters them, or write a smoother function; ");
    }

    // Each population has objects and tables of its own, which outweigh a neuron by far.
    private string JoinAdvice()
    {
        Population[] alike = _network.Populations.Where(p => p.Size == 1).GroupBy(p => (p.IsSource, p.Circuit, p.ModelName))
            .Select(g => g.ToArray())
            .MaxBy(g => g.Length) ?? [];
        return alike.Length < 2
            ? string.Empty
            : string.Create(CultureInfo.InvariantCulture,
                $"join the {alike.Length} populations of one neuron (`{alike[0].Name}`, "
                + $"`{alike[1].Name}`{(alike.Length > 2 ? ", ..." : string.Empty)}) into one of `size: {alike.Length}`")
                + (alike.Any(p => p.Channels.Count > 0) ? " with all their `channels`" : string.Empty)
                + ": each population takes memory of its own; or ";
    }

    private void TooBig(int bytes, int limit, string what, Func<string> hint)
    {
        if (bytes > limit)
        {
            string message = string.Create(CultureInfo.InvariantCulture, $"the network takes {bytes} bytes {what} {limit}");
            throw new NetworkFileException([Diagnostic.At(_network.BoardLocation, message, hint(), DiagnosticKind.TooBig)]);
        }
    }

    private void CheckCounts()
    {
        Count(_network.Populations.Count, ImageLayout.MaxPopulations, "populations", _network.Populations.Select(p => p.Location));
        Count(_network.Projections.Count, ImageLayout.MaxProjections, "projections", _network.Projections.Select(p => p.Location));
        Count(_network.NeuronCount, ImageLayout.MaxNeurons, "neurons", _network.Populations.Select(p => p.Location));
        Count(_network.PoissonInputs.Sum(p => p.Count), ImageLayout.MaxPoissonSources, "Poisson sources",
            _network.PoissonInputs.Select(p => p.Location));
        Count(_network.Traces.Count, ImageLayout.MaxTraces, "traces", _network.Traces.Select(t => t.Location));
        Count(_network.Readouts.Count, ImageLayout.MaxBindings, "read-outs", _network.Readouts.Select(r => r.Location));
    }

    private void Count(int count, int limit, string what, IEnumerable<SourceLocation> places)
    {
        if (count > limit)
        {
            Refuse(
                places.Last(),
                string.Create(CultureInfo.InvariantCulture, $"the network has {count} {what}, an image holds {limit}"),
                "use fewer " + what,
                DiagnosticKind.TooBig);
        }
    }

    private UpdateScheme SchemeOf(Population population, IReadOnlyList<UpdateAdvice> advice)
    {
        if (population.Equations != null)
        {
            return UpdateScheme.Clocked;
        }

        if (population.IsCircuit)
        {
            return CircuitCompiler.IsClocked(population, _options.Twin) ? UpdateScheme.Clocked : UpdateScheme.Event;
        }

        UpdateAdvice? own = advice.FirstOrDefault(a => string.Equals(a.Population, population.Name, StringComparison.Ordinal));
        return own != null && string.Equals(own.Chosen, "clocked", StringComparison.Ordinal) ? UpdateScheme.Clocked : UpdateScheme.Event;
    }

    private bool[] Clocked(Network network, IReadOnlyList<UpdateAdvice> advice)
        => [.. network.Populations.Select(p => !p.IsSource && SchemeOf(p, advice) == UpdateScheme.Clocked)];

    private PoissonTable Poisson(PoissonInput input)
    {
        _log.Note(input.Location.Path, "rate", input.Rate, 1e6 / input.MeanInterval, "Hz");
        return new PoissonTable
        {
            First = input.Population.FirstNeuron + input.First,
            Count = input.Count,
            MeanInterval = input.MeanInterval,
            Seed = input.Seed,
            Start = input.Start,
            Stop = input.Stop,
        };
    }

    // Without a board, or as a twin, channels are software: the same neurons, computed.
    private ChannelTable[] Channels(BoardDescription board, PopulationTable[] tables)
    {
        Population[] physical = _options.Twin ? [] : _network.Populations.Where(p => p.Channels.Count > 0).ToArray();
        if (physical.Length > 0 && _options.Board == null && _network.Board == null)
        {
            Refuse(
                physical[0].ChannelsLocation ?? physical[0].Location,
                "names channels of a board, but the file names no board",
                "add `board: thyristor-starter` at the top of the file, or compile with --twin to run the neurons in software");
            return [];
        }

        ChannelCompiler compiler = new(_network, board, _options.DriveTables, _errors);
        foreach (Population population in physical)
        {
            compiler.Bind(population, tables[population.Index]);
        }

        return compiler.Used;
    }

    private TraceTable Trace(TraceRequest trace, IReadOnlyList<ProjectionTable> projections)
    {
        if (trace.Projection != null)
        {
            return new TraceTable
            {
                Neuron = SynapseOf(trace, projections),
                Interval = trace.Interval,
                Quantity = Core.Contracts.TraceQuantity.Weight,
            };
        }

        return new TraceTable
        {
            Neuron = trace.Population.FirstNeuron + trace.Neuron,
            Interval = trace.Interval,
            Quantity = trace.Variable >= 0 ? _units!.Programs[trace.Population.Index]!.Visible.ToList().IndexOf(trace.Variable)
                : trace.Quantity == Networks.TraceQuantity.Current ? Core.Contracts.TraceQuantity.Current
                    : Core.Contracts.TraceQuantity.Membrane,
        };
    }

    private static int SynapseOf(TraceRequest trace, IReadOnlyList<ProjectionTable> projections)
    {
        int first = 0;
        for (int p = 0; p < trace.Projection!.Index; p++)
        {
            first += projections[p].Synapses.Length;
        }

        ProjectionTable table = projections[trace.Projection.Index];
        return first + Enumerable.Range(table.RowStart[trace.Pre], table.RowStart[trace.Pre + 1] - table.RowStart[trace.Pre])
            .Where(s => (table.Synapses[s] & Formats.TargetMask) == trace.Neuron).ElementAt(trace.Parallel);
    }

    private DriveTable DriveCurrent(DriveInput drive)
    {
        CurrentFormat currents = _units!.Currents(drive.Population);
        long amplitude = currents.Current(drive.Amplitude);
        if (Math.Abs(amplitude) > Formats.MaxCurrent)
        {
            Refuse(
                drive.Location,
                "the amplitude is " + Quantity.Text(drive.Amplitude, Dimension.Current) + "; the device holds "
                + Quantity.Text(currents.Most * 1e6, Dimension.Current),
                "lower `amplitude`, or check its unit");
            amplitude = 0;
        }

        _log.Note(drive.Location.Path, "amplitude", drive.Amplitude, amplitude / currents.PerMicroampere, drive.Population.DriveUnit);
        return new DriveTable
        {
            Population = drive.Population.Index,
            First = drive.First,
            Count = drive.Count,
            Amplitude = (int)amplitude,
            Start = drive.Start,
            Stop = drive.Stop,
        };
    }

    private DriveTable Drive(DriveInput drive)
    {
        if (drive.Population.IsCircuit)
        {
            return DriveCurrent(drive);
        }

        if (drive.Population.Equations != null)
        {
            return EquationPrograms.Drive(drive, _units!.Programs[drive.Population.Index]!, _log, _errors);
        }

        double unit = _units!.Membrane(drive.Population);
        double relative = drive.Amplitude / unit;
        double distances = drive.Amplitude / drive.Population.Distance;
        if (Math.Abs(distances) > FixedPoint.MembraneLimit)
        {
            Refuse(
                drive.Location,
                string.Create(CultureInfo.InvariantCulture,
                    $"the amplitude is {Math.Abs(distances):F0} times the threshold; the device holds {FixedPoint.MembraneLimit:F0} times"),
                "lower `amplitude`, or check its unit");
            relative = 0;
        }

        int amplitude = FixedPoint.Membrane(relative);
        _log.Note(drive.Location.Path, "amplitude", drive.Amplitude, FixedPoint.FromMembrane(amplitude) * unit,
            drive.Population.MembraneUnit);
        return new DriveTable
        {
            Population = drive.Population.Index,
            First = drive.First,
            Count = drive.Count,
            Amplitude = amplitude,
            Start = drive.Start,
            Stop = drive.Stop,
        };
    }

    private ReadoutTable Readout(Readout readout)
    {
        if (readout.Direction != null)
        {
            if (_network.Hearing?.Left.Size != readout.Direction.Populations.Count)
            {
                Refuse(
                    readout.Location,
                    string.Create(CultureInfo.InvariantCulture,
                        $"reads {readout.Direction.Populations.Count} bands; the network hears {_network.Hearing?.Left.Size ?? 0}"),
                    "list one population per band of the `hearing` section, in its order");
            }

            return DirectionCompiler.Compile(readout, readout.Direction);
        }

        int[] values = readout.Values.Select(v => Hundredths(v)).ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            _log.Note(readout.Name, "values", readout.Values[i], values[i] / 100.0, readout.Unit);
        }

        return new ReadoutTable
        {
            Kind = ReadoutKind.Population,
            Populations = [readout.Population.Index],
            Values = values,
            Parameters = [],
            HalfWidth = readout.HalfWidth,
            Window = readout.Window,
            MinSpikes = readout.MinSpikes,
        };
    }

    private HearingTable Hearing(MicrophonePair hearing)
    {
        return new HearingTable
        {
            Left = hearing.Left.Index,
            Right = hearing.Right.Index,
            SampleRate = hearing.SampleRate,
            Parameters = _options.HearingFrontEnd.Encode(hearing, _errors),
        };
    }

    private OutputTable Output(OutputBinding output)
    {
        if (output.Readout == null)
        {
            return new OutputTable
            {
                Source = OutputSource.Neuron,
                Index = output.Population!.FirstNeuron + output.Neuron,
                Output = output.Output,
                To = output.PulseWidth,
            };
        }

        return new OutputTable
        {
            Source = OutputSource.Readout,
            Index = _network.Readouts.Select((r, i) => (r, i)).First(p => ReferenceEquals(p.r, output.Readout)).i,
            Output = output.Output,
            From = Hundredths(output.From),
            To = Hundredths(output.To),
        };
    }

    private static int Hundredths(double value) => (int)Math.Round(value * 100, MidpointRounding.AwayFromZero);

    private SymbolTable Symbols()
    {
        return new SymbolTable(
            _network.Name,
            _network.Populations.Select(p => EquationPrograms.Symbol(p, _units!)
                ?? new PopulationSymbol(p.Index, p.Name, _units!.Membrane(p), p.MembraneOrigin, p.MembraneUnit)
                {
                    CurrentBits = _units!.Currents(p).Bits,
                }).ToArray(),
            _network.Projections.Select(p => p.Name).ToArray(),
            _network.Readouts.Select((r, i) => new ReadoutSymbol(i, r.Name, r.Unit)).ToArray(),
            _network.Projections.Select(p => InMembraneUnits(p.Target) ? null : WeightFormat.Of(p, _network.Step, _units!)).ToArray(),
            _network.Projections.Where(p => p.IsMeasured).Select(p => p.Index).ToHashSet());
    }

    private bool InMembraneUnits(Population target)
        => !target.IsCircuit && target.Equations == null && _units!.Current(target).Equals(_units.Membrane(target));

    private void Refuse(SourceLocation location, string message, string hint, DiagnosticKind kind = DiagnosticKind.Other)
    {
        _errors.Add(Diagnostic.At(location, message, hint, kind));
    }

    private void ThrowOnErrors()
    {
        if (_errors.Count > 0)
        {
            throw new NetworkFileException(_errors.OrderBy(e => e.Line).ThenBy(e => e.Column).ToArray());
        }
    }
}
