// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Tables;
using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Networks.Equations;
using NeuroMCU.Networks.Models;

namespace NeuroMCU.Networks.Reading;

/// <summary>Reads waveforms: those that are added to an input of a text become part of its program, those at neurons of another kind
/// steps of their drive.</summary>
internal sealed class WaveformReader
{
    /// <summary>Fields of an input that are waveforms.</summary>
    public static readonly string[] Kinds = ["step", "ramp", "triangle", "sine", "pulses", "noise"];

    private const int Forever = int.MaxValue;
    private const int MostPoints = 100000;

    private readonly ReadContext _context;
    private readonly Population _population;
    private readonly WaveTarget _target;

    private WaveformReader(ReadContext context, Population population, WaveTarget target)
    {
        _context = context;
        _population = population;
        _target = target;
    }

    /// <summary>Reads one.</summary>
    /// <param name="context">The file.</param>
    /// <param name="kind">What it is: one of <see cref="Kinds" />, or <c>csv</c>.</param>
    /// <param name="field">Its values.</param>
    /// <param name="to">The field that names the population.</param>
    /// <param name="into">The field that names the input; null for the first one.</param>
    /// <param name="population">The population.</param>
    /// <returns>Steps of the drive that the waveform is made of; none for a text, whose program makes it.</returns>
    public static IReadOnlyList<DriveInput> Read(
        ReadContext context, string kind, Field field, Field to, Field? into, Population population)
    {
        if (population.IsSource)
        {
            context.Error(to, "is `" + population.Name + "`, which takes no waveform",
                "give waveforms to neurons; this population takes `spikes`, `csv` and `poisson`");
            return [];
        }

        if (population.Equations is not { } neurons)
        {
            return Steps(context, kind, field, into, population);
        }

        ReadText(context, kind, field, to, into, population, neurons);
        return [];
    }

    private static void ReadText(ReadContext context, string kind, Field field, Field to, Field? into, Population population,
        ModelNeurons neurons)
    {
        string[] names = [.. neurons.Model.Inputs.Select(i => i.Name)];
        if (names.Length == 0)
        {
            context.Error(to, "is `" + population.Name + "`, whose model `" + neurons.Model.Name + "` has no input",
                "add one under `inputs` in the model");
            return;
        }

        int input = into == null ? 0 : Array.IndexOf(names, into.Text);
        if (input < 0)
        {
            string hint = Suggestion.Hint(into!.Text ?? string.Empty, names)
                ?? "inputs of `" + neurons.Model.Name + "`: " + string.Join(", ", names);
            context.Error(into, "is " + into.Describe() + ", which is no input of `" + neurons.Model.Name + "`", hint, DiagnosticKind.Name);
            return;
        }

        WaveformReader reader = new(context, population, WaveTarget.Of(neurons.Model.Inputs[input], input));
        int errors = context.ErrorCount;
        if (reader.Wave(kind, field, null) is { } wave && context.ErrorCount == errors
            && reader.IsWithin(wave, field, neurons, neurons.Model.Inputs[input]))
        {
            neurons.Waves = [.. neurons.Waves, wave];
        }
    }

    private static IReadOnlyList<DriveInput> Steps(ReadContext context, string kind, Field field, Field? into, Population population)
    {
        if (into != null)
        {
            context.Error(into, "has no effect here", "remove the line; neurons of `" + population.Name + "` have one input, their drive");
            return [];
        }

        WaveformReader reader = new(context, population, WaveTarget.Of(population));
        int errors = context.ErrorCount;
        HeldFor held = new();
        return reader.Wave(kind, field, held) is not { } wave || context.ErrorCount != errors ? []
            : WaveSteps.Of(context, wave, reader._target.Base, population, held.Every, field);
    }

    private Waveform? Wave(string kind, Field field, HeldFor? held) => kind == "csv" ? Table(field, held) : Course(kind, field, held);

    // How long a value of a course is kept that has no edges of its own.
    private void Hold(MapReader map, string kind, HeldFor? held)
    {
        if (held != null && kind is not ("step" or "pulses" or "noise"))
        {
            held.Every = Time(map.Take("every"), 10, Forever - 1) ?? held.Every;
        }
    }

    private sealed class HeldFor
    {
        public long Every { get; set; }
    }

    private Waveform? Course(string kind, Field field, HeldFor? held)
    {
        string example = _target.Example;
        MapReader? map = MapReader.Open(_context, field, kind switch
        {
            "noise" => "a noise such as `{sd: " + example + ", every: 1 ms}`",
            "pulses" => "pulses such as `{amplitude: " + example + ", width: 1 ms, period: 10 ms}`",
            "triangle" or "sine" => "a " + kind + " such as `{amplitude: " + example + ", period: 100 ms}`",
            _ => "a " + kind + " such as `{amplitude: " + example + ", start: 10 ms, stop: 20 ms}`",
        });
        if (map == null)
        {
            return null;
        }

        WaveShape shape = Enum.Parse<WaveShape>(kind, ignoreCase: true);
        Field? amplitude = map.Require(kind == "noise" ? "sd" : "amplitude", example);
        long start = Time(map.Take("start"), 0, Forever - 1) ?? 0;
        Field? stopField = kind == "ramp" ? map.Require("stop", "20 ms") : map.Take("stop");
        long stop = Time(stopField, 0, Forever - 1) ?? long.MaxValue;
        Field? seedField = kind == "noise" ? map.Take("seed") : null;
        (long period, Field? periodField) = Period(map, kind);
        Field? widthField = kind == "pulses" ? map.Require("width", "1 ms") : null;
        Field? countField = kind == "pulses" ? map.Take("count") : null;
        Field? phaseField = kind == "sine" ? map.Take("phase") : null;
        Hold(map, kind, held);
        IReadOnlyList<int>? neurons = NeuronSelection.Read(_context, map.Take("neurons"), _population);
        map.Finish();
        long width = Time(widthField, 1, Forever - 1) ?? 0;
        long? count = countField == null ? null : Scalars.Integer(_context, countField, 1, int.MaxValue);
        double phase = phaseField == null ? 0 : (Scalars.Value(_context, phaseField, Dimension.Angle) ?? 0) / 360;
        double[]? values = amplitude == null || neurons == null ? null
            : _target.Values(_context, amplitude, neurons.Count);
        if (kind == "noise" && values != null && Array.Exists(values, v => v < 0))
        {
            _context.Error(amplitude!, "is " + amplitude!.Describe() + ", below 0, which no standard deviation is", "leave the sign out");
        }

        if (stopField != null && stop <= start)
        {
            _context.Error(stopField, "is " + stopField.Describe() + ", not after the start",
                "write a `stop` after `start`" + (kind == "ramp" ? string.Empty : ", or leave it out"));
        }

        if (widthField != null && period > 0 && width >= period)
        {
            _context.Error(widthField, "is " + widthField.Describe() + ", not shorter than the period",
                "write a `width` below the `period`, or a `step`");
        }

        if (values == null || neurons == null || (periodField != null && period == 0))
        {
            return null;
        }

        return new Waveform
        {
            Input = _target.Input,
            Shape = shape,
            Amplitude = Spread(values, neurons),
            Start = start,
            Stop = count is { } times ? Math.Min(stop, start + (times * period)) : stop,
            Period = period,
            Width = width,
            Phase = phase,
            Seed = seedField == null ? ((ulong)RandomStreams.Hash(_context.Seed, field.Path) << 8)
                : (ulong)(Scalars.Integer(_context, seedField, 0, uint.MaxValue) ?? 0) << 8,
            Location = _context.LocationOf(field),
        };
    }

    // `period`, or for a sine `frequency`; for noise `every`.
    private (long Period, Field? Field) Period(MapReader map, string kind)
    {
        switch (kind)
        {
            case "triangle" or "pulses":
                Field? period = map.Require("period", "100 ms");
                return (Time(period, 4, Forever - 1) ?? 0, period);
            case "noise":
                Field? every = map.Take("every");
                return (Time(every, 1, Forever - 1) ?? 0, every);
            case "sine":
                Field? length = map.Take("period");
                Field? frequency = map.Take("frequency");
                if (length == null == (frequency == null))
                {
                    _context.Error(map.Field, "needs `period` or `frequency`, and one of them only", "write such as `period: 100 ms`");
                    return (0, null);
                }

                if (length != null)
                {
                    return (Time(length, 4, Forever - 1) ?? 0, length);
                }

                double? hertz = Scalars.Value(_context, frequency!, Dimension.Frequency);
                if (hertz is not (>= 1e-3 and <= 1e5))
                {
                    if (hertz != null)
                    {
                        _context.Error(frequency!, "is " + frequency!.Describe() + ", out of range",
                            "write a frequency from 0.001 Hz to 100 kHz");
                    }

                    return (0, frequency);
                }

                return ((long)_context.WholeMicroseconds(frequency!, [1e6 / hertz.Value], isWritten: false)[0], frequency);
            default:
                return (0, null);
        }
    }

    private long? Time(Field? field, int least, int most) => field == null ? null : Scalars.Microseconds(_context, field, least, most);

    // Neurons that are not selected get nothing.
    private double[] Spread(double[] values, IReadOnlyList<int> neurons)
    {
        if (values.Length == 1 && neurons.Distinct().Count() == _population.Size)
        {
            return values;
        }

        double[] all = new double[_population.Size];
        for (int i = 0; i < neurons.Count; i++)
        {
            all[neurons[i]] = values[values.Length == 1 ? 0 : i];
        }

        return all;
    }

    // A table with the columns of time and value.
    private Waveform? Table(Field field, HeldFor? held)
    {
        Field? file = field;
        IReadOnlyList<int>? neurons = NeuronSelection.Read(_context, null, _population);
        if (field.Text == null)
        {
            MapReader? map = MapReader.Open(_context, field, "a table such as `wave.csv`");
            file = map?.Require("file", "wave.csv");
            neurons = map == null ? null : NeuronSelection.Read(_context, map.Take("neurons"), _population);
            if (map != null)
            {
                Hold(map, "csv", held);
            }

            map?.Finish();
        }

        if (file == null || neurons == null)
        {
            return null;
        }

        Dimension kind = _target.Dimension.Kind ?? Dimension.None;
        CsvColumn[] columns =
        [
            new("time", Dimension.Time) { OtherNames = ["t"] },
            new("value", kind) { OtherNames = [_target.Name, "amplitude"], BareUnit = kind == Dimension.None
                || _target.Dimension.Kind == null ? null : _target.Unit.Symbol },
        ];
        double scale = _target.Dimension.Kind == null ? _target.Unit.Scale : DisplayUnit.BaseOf(kind);
        return TableFile.Read(_context, file, columns, sheet => Points(sheet, scale)) is not { } points ? null : new Waveform
        {
            Input = _target.Input,
            Shape = WaveShape.Points,
            Amplitude = Spread([1], neurons),
            Points = points,
            Location = _context.LocationOf(file),
        };
    }

    private PointTable Points(CsvSheet sheet, double scale)
    {
        List<double> times = [];
        List<double> values = [];
        for (int row = 0; row < sheet.Count; row++)
        {
            if (sheet.Number(row, 0) is not { } time || sheet.Number(row, 1) is not { } value)
            {
                continue;
            }

            if (time < 0 || time > Forever - 1)
            {
                sheet.Fault(row, 0, "expected a time from 0 to 2147 s");
            }
            else if (times.Count > 0 && !(time * 1e-6 > times[^1]))
            {
                sheet.Fault(row, 0, "expected a time after the one above",
                    "sort the rows by time; for a jump write two times that differ a little");
            }
            else
            {
                times.Add(time * 1e-6);
                values.Add(value * scale);
            }
        }

        if (times.Count < 2 || times.Count > MostPoints)
        {
            sheet.Check();
            throw new CsvException(sheet.Path,
                [new CsvFault(sheet.HeaderLine, 1, string.Create(CultureInfo.InvariantCulture, $"has {times.Count} rows of time and value"),
                    "write from 2 to 100000 rows")]);
        }

        return new PointTable(times, values, new PhysicalDimension(0, 0, 1, 0, 0), _target.Dimension);
    }

    private bool IsWithin(Waveform wave, Field field, ModelNeurons neurons, ModelInput declared)
    {
        Interval range = neurons.Range(declared.Least, declared.Most);
        double given = neurons.Values(declared.Name).Max(Math.Abs);
        bool signed = wave.Shape is WaveShape.Triangle or WaveShape.Sine or WaveShape.Noise;
        double high = wave.Points?.Y.Max() ?? (signed ? wave.Most : Math.Max(0, wave.Amplitude.Max()));
        double low = wave.Points?.Y.Min() ?? (signed ? -wave.Most : Math.Min(0, wave.Amplitude.Min()));
        double least = neurons.Values(declared.Name).Min() + Math.Min(0, low);
        double most = neurons.Values(declared.Name).Max() + Math.Max(0, high);
        double slack = 1e-9 * (given + range.Magnitude);
        if (least >= range.Least - slack && most <= range.Most + slack)
        {
            return true;
        }

        double beyond = most > range.Most + slack ? most : least;
        _context.Error(
            field,
            "takes `" + declared.Name + "` to " + declared.Unit.Text(beyond) + ", beyond its range from "
            + declared.Unit.Text(range.Least) + " to " + declared.Unit.Text(range.Most),
            "lower it, or widen the `range` of `" + declared.Name + "` in the model `" + neurons.Model.Name + "`");
        return false;
    }
}
