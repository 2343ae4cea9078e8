// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Networks.Reading;

/// <summary>Reads the inputs.</summary>
internal sealed class InputReader
{
    private const int Forever = int.MaxValue;
    private readonly ReadContext _context;
    private readonly PopulationSet _populations;
    private readonly List<StoredSpike> _spikes = [];
    private readonly List<SpikeInput> _spikeInputs = [];
    private readonly List<PoissonInput> _poisson = [];
    private readonly List<DriveInput> _drives = [];

    private InputReader(ReadContext context, PopulationSet populations)
    {
        _context = context;
        _populations = populations;
    }

    /// <summary>Stored spikes, ascending in time; within one µs in the order of the file.</summary>
    public IReadOnlyList<StoredSpike> Spikes => _spikes.OrderBy(s => s.Time).ToArray();

    /// <summary>Which inputs these spikes belong to.</summary>
    public IReadOnlyList<SpikeInput> SpikeInputs => _spikeInputs;

    /// <summary>Poisson inputs.</summary>
    public IReadOnlyList<PoissonInput> Poisson => _poisson;

    /// <summary>Drive steps.</summary>
    public IReadOnlyList<DriveInput> Drives => _drives;

    /// <summary>Recording for the microphones, or null.</summary>
    public SoundInput? Sound { get; private set; }

    /// <summary>Reads the section.</summary>
    /// <param name="field">The section, or null.</param>
    /// <returns>What it holds.</returns>
    public static InputReader Read(ReadContext context, Field? field, PopulationSet populations)
    {
        InputReader reader = new(context, populations);
        foreach (Field item in Lists.Items(context, field, "inputs", "- {to: stimulus, poisson: {rate: 20 Hz}}"))
        {
            reader.ReadOne(item);
        }

        reader.WarnOfSharedSeeds();
        if (reader._drives.Count > ImageLayout.MaxBindings)
        {
            context.Error(reader._drives[^1].Location,
                string.Create(CultureInfo.InvariantCulture, $"takes the steps of drives to {reader._drives.Count}, more than "
                    + $"{ImageLayout.MaxBindings}"),
                "an image holds no more: keep values of waveforms longer, such as `every: 10 ms`, or drive fewer neurons");
        }

        return reader;
    }

    private void ReadOne(Field item)
    {
        MapReader? map = MapReader.Open(_context, item, "an input");
        if (map == null)
        {
            return;
        }

        Field? toField = map.Take("to");
        Field? spikes = map.Take("spikes");
        Field? csv = map.Take("csv");
        Field? recording = map.Take("recording");
        Field? poisson = map.Take("poisson");
        Field? dc = map.Take("dc");
        Field? wav = map.Take("wav");
        Field? into = map.Take("into");
        Field?[] waves = [.. WaveformReader.Kinds.Select(map.Take)];
        int errors = _context.ErrorCount;
        map.Finish();
        if (new[] { spikes, csv, recording, poisson, dc, wav }.Concat(waves).Count(f => f != null) != 1)
        {
            if (_context.ErrorCount == errors)
            {
                _context.Error(
                    item, "needs exactly one of `spikes`, `csv`, `recording`, `poisson`, `dc`, `wav` and the waveforms `"
                    + string.Join("`, `", WaveformReader.Kinds) + "`", "write one list item per input");
            }

            return;
        }

        if (wav != null)
        {
            ReadSound(wav, toField);
            return;
        }

        if (toField == null)
        {
            _context.Error(item, "`to` is missing", "add `to:` with the name of a population");
            return;
        }

        Population? population = _populations.Find(_context, toField);
        int wave = Array.FindIndex(waves, w => w != null);
        if (population != null && (wave >= 0 || (csv != null && !population.IsSource)))
        {
            _drives.AddRange(WaveformReader.Read(_context, wave < 0 ? "csv" : WaveformReader.Kinds[wave], wave < 0 ? csv! : waves[wave]!,
                toField, into, population));
            return;
        }

        if (into != null && population != null)
        {
            _context.Error(into, "has no effect here", "remove the line; `into` names the input that a waveform is added to");
        }

        if (population != null && KindFits(toField, population, dc != null))
        {
            ReadSpikes(spikes, population);
            ReadCsv(csv, population);
            ReadRecording(recording, population);
            ReadPoisson(poisson, population);
            ReadDrive(dc, population);
        }
    }

    private bool KindFits(Field field, Population population, bool drive)
    {
        if (drive && population.IsSource)
        {
            _context.Error(field, "is `" + population.Name + "`, which has no membrane to drive",
                "give a current to a population of neurons, or spikes to this one");
            return false;
        }

        if (!drive && !population.IsSource)
        {
            _context.Error(
                field,
                "is `" + population.Name + "`, which fires by itself and cannot be told to",
                "add a population with `model: input`, send the spikes there, and project from it to `" + population.Name + "`");
            return false;
        }

        return true;
    }

    private void ReadSpikes(Field? field, Population population)
    {
        List<StoredSpike> spikes = [];
        foreach (Field row in Lists.Items(_context, field, "spikes", "- [0, 5 ms]"))
        {
            if (row.Items?.Children.Count != 2)
            {
                _context.Error(row, "is " + row.Describe() + ", expected a spike", "write `[neuron, time]`, such as `[0, 5 ms]`");
                continue;
            }

            int? neuron = NeuronSelection.Index(_context, row.Item(0), population);
            int? time = Scalars.Microseconds(_context, row.Item(1), 0, Forever - 1);
            if (neuron != null && time != null)
            {
                spikes.Add(new StoredSpike(population.FirstNeuron + neuron.Value, time.Value));
            }
        }

        if (field != null)
        {
            Keep(spikes, population, null, field);
        }
    }

    private void ReadCsv(Field? field, Population population)
    {
        if (field == null)
        {
            return;
        }

        string[] others = [.. _populations.Readable.Where(p => p != population).Select(p => p.Name)];
        if (SpikeTableReader.Read(_context, field, population, others, Forever - 1) is { } spikes)
        {
            Keep(spikes, population, field.Text, field);
        }
    }

    private void ReadRecording(Field? field, Population population)
    {
        if (field != null && RecordingReader.Read(_context, field, population, Forever - 1) is { } read)
        {
            Keep(read.Spikes, population, read.File, field);
        }
    }

    private void Keep(List<StoredSpike> spikes, Population population, string? table, Field field)
    {
        int twice = spikes.Count - spikes.Distinct().Count();
        if (twice > 0)
        {
            _context.Warn(_context.LocationOf(field),
                string.Create(CultureInfo.InvariantCulture, $"gives {twice} of {spikes.Count} spikes at a microsecond at which the same neuron fires already: each one counts"),
                "remove what stands twice, if it is one spike");
        }

        _spikes.AddRange(spikes);
        if (spikes.Count > 0)
        {
            _spikeInputs.Add(new SpikeInput(population.Name, table, [.. spikes.Select(s => s.Time).Order()], _context.LocationOf(field)));
        }
    }

    private void ReadPoisson(Field? field, Population population)
    {
        MapReader? map = field == null ? null : MapReader.Open(_context, field, "a Poisson input such as `{rate: 20 Hz}`");
        if (map == null)
        {
            return;
        }

        int errors = _context.ErrorCount;
        Field? rateField = map.Require("rate", "20 Hz");
        Field? seedField = map.Take("seed");
        (int start, int stop) = Span(map);
        IReadOnlyList<int>? neurons = NeuronSelection.Read(_context, map.Take("neurons"), population);
        map.Finish();
        uint seed = (uint?)(seedField == null ? null : Scalars.Integer(_context, seedField, 0, uint.MaxValue))
            ?? RandomStreams.Hash(_context.Seed, map.Field.Path);
        double[]? rates = rateField == null || neurons == null
            ? null
            : ParameterReader.Read(_context, rateField, Dimension.Frequency, neurons.Count, "neurons");
        if (rates == null || neurons == null || _context.ErrorCount != errors)
        {
            return;
        }

        double? wrong = rates.Where(r => r is < 0.001 or > 100000).Select(r => (double?)r).FirstOrDefault();
        if (wrong != null)
        {
            _context.Error(rateField!, "is " + Scalars.Number(wrong.Value) + " Hz, out of range",
                "write a rate from 0.001 Hz to 100 kHz, or leave the neurons out");
            return;
        }

        foreach (NeuronRange range in NeuronSelection.Runs(neurons).SelectMany(r => rates.Length == 1 ? [r] : Singles(r)))
        {
            double rate = rates[rates.Length == 1 ? 0 : range.Position];
            _poisson.Add(new PoissonInput
            {
                Population = population,
                First = range.First,
                Count = range.Count,
                Rate = rate,
                MeanInterval = (int)Math.Round(1e6 / rate, MidpointRounding.AwayFromZero),
                Seed = unchecked(seed + (uint)range.Position),
                Start = start,
                Stop = stop,
                Location = _context.LocationOf(map.Field),
            });
        }
    }

    private void ReadDrive(Field? field, Population population)
    {
        MapReader? map = field == null ? null : MapReader.Open(_context, field,
            "a drive such as `{amplitude: 5 mV, start: 0 ms, stop: 1 s}`");
        if (map == null)
        {
            return;
        }

        int errors = _context.ErrorCount;
        string example = population.DriveDimension switch
        {
            Dimension.Voltage => "5 mV",
            Dimension.Current => "20 uA",
            _ => "0.5",
        };
        Field? amplitudeField = map.Require("amplitude", example);
        (int start, int stop) = Span(map);
        IReadOnlyList<int>? neurons = NeuronSelection.Read(_context, map.Take("neurons"), population);
        map.Finish();
        double[]? amplitudes = amplitudeField == null || neurons == null
            ? null
            : ParameterReader.Read(_context, amplitudeField, population.DriveDimension, neurons.Count, "neurons");
        if (amplitudes == null || neurons == null || _context.ErrorCount != errors)
        {
            return;
        }

        foreach (NeuronRange range in NeuronSelection.Runs(neurons).SelectMany(r => amplitudes.Length == 1 ? [r] : Singles(r)))
        {
            _drives.Add(new DriveInput
            {
                Population = population,
                First = range.First,
                Count = range.Count,
                Amplitude = amplitudes[amplitudes.Length == 1 ? 0 : range.Position],
                Start = start,
                Stop = stop,
                Location = _context.LocationOf(map.Field),
            });
        }
    }

    private void ReadSound(Field field, Field? to)
    {
        if (to != null)
        {
            _context.Error(to, "has no effect on `wav`", "remove the line; `hearing` names the populations that the microphones drive");
        }

        if (Sound != null)
        {
            _context.Error(field, "is a second recording", "keep one; it holds both ears as its two channels");
            return;
        }

        Field? file = field;
        int start = 0;
        if (field.Text == null)
        {
            MapReader? map = MapReader.Open(_context, field, "a recording such as `clip.wav`");
            file = map?.Require("file", "clip.wav");
            Field? startField = map?.Take("start");
            start = (startField == null ? null : Scalars.Microseconds(_context, startField, 0, Forever - 1)) ?? 0;
            map?.Finish();
        }

        string? path = file == null ? null : Scalars.Text(_context, file, "the path of a WAV file");
        if (path == null)
        {
            return;
        }

        string resolved = _context.ReadFile(path);
        if (!System.IO.File.Exists(resolved))
        {
            _context.Error(file!, "there is no file `" + path + "`", "paths are resolved against the folder of the network file");
            return;
        }

        Sound = new SoundInput(resolved, start, _context.LocationOf(field));
    }

    private (int Start, int Stop) Span(MapReader map)
    {
        Field? startField = map.Take("start");
        Field? stopField = map.Take("stop");
        int start = (startField == null ? null : Scalars.Microseconds(_context, startField, 0, Forever - 1)) ?? 0;
        int? stop = stopField == null ? Forever : Scalars.Microseconds(_context, stopField, 0, Forever - 1);
        if (stop <= start)
        {
            _context.Error(stopField!, "is " + stopField!.Describe() + ", not after the start",
                "write a `stop` after `start`, or leave it out");
        }

        return (start, stop ?? Forever);
    }

    private static NeuronRange[] Singles(NeuronRange range)
        => Enumerable.Range(0, range.Count).Select(i => new NeuronRange(range.First + i, 1, range.Position + i)).ToArray();

    // Neuron k of an input draws with seed + k, so that neighbouring seeds of two inputs give the same trains again.
    private void WarnOfSharedSeeds()
    {
        for (int i = 0; i < _poisson.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                PoissonInput a = _poisson[j];
                PoissonInput b = _poisson[i];
                if (a.Seed < (ulong)b.Seed + (ulong)b.Count && b.Seed < (ulong)a.Seed + (ulong)a.Count)
                {
                    string seeds = string.Create(CultureInfo.InvariantCulture, $"seeds {b.Seed} to {(ulong)b.Seed + (ulong)b.Count - 1}");
                    _context.Warn(b.Location, "uses " + seeds + " of `" + a.Location.Path + "` again: the trains are not independent",
                        "move the seeds apart by the number of neurons");
                    return;
                }
            }
        }
    }
}
