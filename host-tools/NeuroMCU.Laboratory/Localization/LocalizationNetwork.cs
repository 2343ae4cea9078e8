// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using NeuroMCU.Compiler;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Files.Tables;
using NeuroMCU.Hearing;
using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.Laboratory.Localization.Listening;
using NeuroMCU.Laboratory.Localization.Rivals;
using NeuroMCU.Models;
using NeuroMCU.Networks.Reading;

namespace NeuroMCU.Laboratory.Localization;

/// <summary>Writes the network that localizes sounds with a given head: an ordinary network file and the CSV files that it names.</summary>
public static class LocalizationNetwork
{
    /// <summary>Name of the network file.</summary>
    public const string FileName = "network.yaml";

    // Of the threshold, from each ear: the window of coincidence is one and a half places to each side.
    private const double UsualWeight = 0.6;

    // An envelope's times are coarser: its window is two and a half times as wide.
    private const double EnvelopeWeight = 0.734;

    // Windows of the bands in places, where the bands differ by nothing else; neighbouring bands, which a sound often has both of, differ
    // most.
    private static readonly double[] s_windows = [1.05, 1.65, 1.25, 1.85, 1.45];

    // Where the bands are alike, directions in degrees at which the network is heard, and how near positions count together, in places.
    private const double FineStep = 1;
    private const double FineWidth = 0.05;

    private const int SampleRate = 8000;
    private const int SpikesPerBlock = 4;
    private const int BlockMilliseconds = 50;
    private const int HeardMilliseconds = 15;
    private const int LeadMilliseconds = 5;
    private const int HeardEvery = 5;
    private const int LastingSpikes = 3;
    private const string LevelsFile = "levels.csv";
    private const string MapFile = "azimuth.csv";
    private const string DelayFolder = "delays";
    private const string RivalsFile = "rivals.csv";

    /// <summary>Calibrates the network to a head and writes it.</summary>
    /// <param name="head">The head.</param>
    /// <param name="made">What the head is, for the head comment of the file.</param>
    /// <param name="folder">Folder of the files; made when it does not exist, existing files of the network are replaced.</param>
    /// <param name="command">Command that is running, for the head comment of the file.</param>
    /// <param name="rivals">A file of rivals fitted to this head, which is copied into the folder; null for a network without.</param>
    /// <param name="progress">Receives what is being done; may be null.</param>
    /// <param name="fit">True to fit rivals to this head, in place of a file.</param>
    /// <returns>Path of the network file.</returns>
    /// <exception cref="InputFileException">The file of rivals is a folder, a device, or too large.</exception>
    /// <exception cref="IOException">The file of rivals cannot be read.</exception>
    /// <remarks>The files come under their names when all of them are made: a calibration that is broken off leaves what was there
    /// before.</remarks>
    public static string Write(IHead head, string made, string folder, string command, string? rivals = null,
        Action<string>? progress = null, bool fit = false)
    {
        string? fitted = rivals == null ? null : InputFile.ReadText(rivals, CsvSheet.MostBytes);
        string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(folder))!, "." + Path.GetRandomFileName());
        try
        {
            Make(head, made, beside, command, fitted, progress, fit);
            foreach (string file in Directory.GetFiles(beside, "*", SearchOption.AllDirectories)
                .OrderBy(f => Path.GetFileName(f) == FileName))
            {
                string target = Path.Combine(folder, Path.GetRelativePath(beside, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Move(file, target, overwrite: true);
            }
        }
        finally
        {
            if (Directory.Exists(beside))
            {
                Directory.Delete(beside, recursive: true);
            }
        }

        return Path.Combine(folder, FileName);
    }

    private static void Make(IHead head, string made, string folder, string command, string? fitted, Action<string>? progress,
        bool fit)
    {
        IReadOnlyList<HearingBand> bands = HearingBand.Standard;
        progress?.Invoke("rendering noise from 0 to 90 deg");
        CalibrationSounds sounds = new(head, SampleRate);
        progress?.Invoke("measuring delays and levels of each band");
        HeadTables tables = new HeadCalibration(bands, sounds, SpikesPerBlock).Measure();
        Directory.CreateDirectory(Path.Combine(folder, DelayFolder));
        for (int band = 0; band < bands.Count; band++)
        {
            double weight = Weight(bands, band, tables);
            WriteDelays(folder, bands[band], tables.Delays[band], weight, "left", d => Math.Max(0, -d));
            WriteDelays(folder, bands[band], tables.Delays[band], weight, "right", d => Math.Max(0, d));
        }

        WriteLevels(folder, bands, tables);
        string path = Path.Combine(folder, FileName);
        if (fitted != null)
        {
            OutputFile.WriteText(Path.Combine(folder, RivalsFile), fitted);
        }

        OutputFile.WriteText(path, Text(bands, tables, made, command, fitted != null));
        progress?.Invoke("measuring where the network hears each direction");
        WriteMap(folder, [(-1, -90), (1, 90)]);

        // Where all bands have the same delays, the answer goes from neuron to neuron in waves, which the usual directions are too few to
        // show.
        double step = head.Step < CalibrationSounds.Step && tables.AreAlike(Fine(bands)) ? FineStep : head.Step;
        double[][] heard = Positions(path, step < CalibrationSounds.Step ? sounds = new CalibrationSounds(head, SampleRate, step) : sounds);
        WriteMap(folder, step <= FineStep
            ? AnswerMap.Of([.. sounds.Azimuths.SelectMany((a, i) => heard[i].Select(p => (i == 0 ? 0 : p, a)))], FineWidth * tables.Step)
            : Map(heard, sounds.Azimuths));
        if (fit)
        {
            // Beside rivals a network judges other heads less by itself: it is heard with one that explains nothing.
            OutputFile.WriteText(Path.Combine(folder, RivalsFile), RivalFit.Nothing);
            OutputFile.WriteText(path, Text(bands, tables, made, command, hasRivals: true));
            NetworkTables listening = NetworkCompiler.Compile(NetworkFile.Load(path)).Tables;
            OutputFile.WriteText(Path.Combine(folder, RivalsFile), RivalFit.Of(head, listening, progress));
        }
    }

    /// <summary>Makes the parameters of the front end with the standard settings.</summary>
    internal static int[] FrontEndParameters(IReadOnlyList<HearingBand> bands, int sampleRate, int spikesPerBlock)
    {
        int[] head = new int[HearingLayout.HeadLength];
        head[HearingLayout.BlockFrames] = sampleRate / 1000 * BlockMilliseconds;
        head[HearingLayout.SpikesPerBlock] = spikesPerBlock;
        head[HearingLayout.Floor] = 64;
        head[HearingLayout.Silence] = 4;
        head[HearingLayout.InputShift] = 3;
        head[HearingLayout.OnsetRatio] = 4;
        head[HearingLayout.QuietBlocks] = 1;
        head[HearingLayout.LongestSound] = 1;
        head[HearingLayout.HeardFrames] = sampleRate / 1000 * HeardMilliseconds;
        head[HearingLayout.LeadFrames] = sampleRate / 1000 * LeadMilliseconds;
        head[HearingLayout.HeardEvery] = 1;
        head[HearingLayout.AnswerEvery] = 1;
        head[HearingLayout.LastingSpikes] = spikesPerBlock;
        head[HearingLayout.Bands] = bands.Count;
        return [.. head,
            .. bands.SelectMany(b => new BandDesign(sampleRate, b.Low, b.High, b.Width, 0.6, b.LongestPeriod, b.IsEnvelope).Record(3))];
    }

    // The network itself says where it hears each direction: for each, the positions of all noises in µs.
    private static double[][] Positions(string path, CalibrationSounds sounds)
    {
        NetworkTables tables = NetworkCompiler.Compile(NetworkFile.Load(path)).Tables;
        byte[] image = ImageWriter.Write(tables);
        return Enumerable.Range(0, sounds.Azimuths.Count).AsParallel().AsOrdered()
            .Select(i =>
            {
                OfflineListener listener = new(ImageReader.Read(image, 0, image.Length, ModelList.All));
                return sounds.From(i).Select(s => listener.Hear(s).Position / 16.0).Order().ToArray();
            })
            .ToArray();
    }

    // The mean without the two extremes of all noises counts.
    private static (double, double)[] Map(double[][] heard, IReadOnlyList<double> azimuths)
    {
        double[] positions = [.. heard.Select(h => h[1..^1].Average())];
        positions[0] = 0;
        for (int i = 1; i < positions.Length; i++)
        {
            positions[i] = Math.Max(positions[i], positions[i - 1] + 0.2);
        }

        IEnumerable<(double, double)> right = positions.Zip(azimuths, (p, a) => (p, a));
        return [.. right.Skip(1).Reverse().Select(p => (-p.Item1, -p.Item2)), .. right];
    }

    private static void WriteDelays(
        string folder, HearingBand band, IReadOnlyList<int> delays, double weight, string ear, Func<int, int> hold)
    {
        StringBuilder text = new("pre,post,weight,delay_us\n");
        int row = HearingBand.Standard.ToList().IndexOf(band);
        for (int place = 0; place < delays.Count; place += HearingBand.Stride)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row},{place / HearingBand.Stride},{weight},{hold(delays[place])}\n");
        }

        OutputFile.WriteText(Path.Combine(folder, DelayFolder, $"{ear}_{band.Name}.csv"), text.ToString());
    }

    private static void WriteLevels(string folder, IReadOnlyList<HearingBand> bands, HeadTables tables)
    {
        StringBuilder text = new("# Level at the right ear over that at the left, in dB, that each place stands for.\nplace,"
            + string.Join(',', bands.Select(b => b.Name)) + "\n");
        for (int place = 0; place < HeadTables.Places; place++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{place}");
            foreach (IReadOnlyList<double> levels in tables.Levels)
            {
                text.Append(CultureInfo.InvariantCulture, $",{levels[place]}");
            }

            text.Append('\n');
        }

        OutputFile.WriteText(Path.Combine(folder, LevelsFile), text.ToString());
    }

    private static void WriteMap(string folder, IEnumerable<(double Position, double Azimuth)> points)
    {
        IEnumerable<string> rows = points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Position:0.##},{p.Azimuth:0.##}"));
        OutputFile.WriteText(
            Path.Combine(folder, MapFile),
            "# Where on the axis the network hears each direction.\nposition_us,azimuth_deg\n" + string.Join('\n', rows) + "\n");
    }

    // Neurons of neighbouring places are to tell their delays apart, however close the microphones are.
    private static int TimeConstant(HeadTables tables) =>
        (int)Math.Round(HearingBand.TimeConstant * (double)tables.Step / HeadTables.KemarStep);

    private static int[] Fine(IReadOnlyList<HearingBand> bands) =>
        [.. Enumerable.Range(0, bands.Count).Where(b => !bands[b].IsEnvelope)];

    // Two spikes of weight w less than τ·ln(w/(1 − w)) apart make a neuron fire. Where all bands have the same delays, as in free air,
    // equally many neurons would fire in each, and the answer would move in steps: there every band has a window of its own.
    private static double Weight(IReadOnlyList<HearingBand> bands, int band, HeadTables tables)
    {
        if (bands[band].IsEnvelope || !tables.AreAlike(Fine(bands)))
        {
            return bands[band].IsEnvelope ? EnvelopeWeight : UsualWeight;
        }

        double ratio = Math.Exp(s_windows[band] * HeadTables.KemarStep / HearingBand.TimeConstant);
        return Math.Round(ratio / (1 + ratio), 4);
    }

    private static string Text(IReadOnlyList<HearingBand> bands, HeadTables tables, string made, string command, bool hasRivals)
    {
        string List(Func<HearingBand, string> value) => "[" + string.Join(", ", bands.Select(value)) + "]";
        string Hertz(double value) => value.ToString("0", CultureInfo.InvariantCulture) + " Hz";
        string rivals = hasRivals
            ? $"    rivals: {RivalsFile}                  # other explanations, such as a sound from above: where one fits better, the answer is unsure\n"
            : string.Empty;
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $$"""
            # Where a sound comes from: two microphones, delay lines and coincidence neurons after Jeffress (J. Comp. Physiol. Psychol. 41, 35,
            # 1948). Neuron k of every band stands for the same direction; docs/guides/sound-localization.md explains it.
            #   neuromcu demo sound-localization
            #   neuromcu locate RECORDING.wav --network examples/sound-localization/network.yaml
            #
            # Made for {{made}} with
            #   {{command}}
            # Everything may be edited; the CSV files beside it hold what was measured on the head.
            neuromcu: 1
            name: sound localization
            duration: 1 s

            populations:
              left_ear: {model: input, size: {{bands.Count}}}              # one neuron per band, fired by the front end
              right_ear: {model: input, size: {{bands.Count}}}

            """);
        foreach (HearingBand band in bands)
        {
            int size = ((HeadTables.Places - 1) / HearingBand.Stride) + 1;
            text.Append(CultureInfo.InvariantCulture,
                $"  {band.Name}:\n    model: lif\n    size: {size}\n    tau: {TimeConstant(tables)} us\n    threshold: 1.0\n    refractory: 300 us\n    update: event\n");
        }

        text.Append(
            "\n# Delay lines: 0.6 of the threshold from each ear, so that a neuron fires when both spikes arrive within about 80 "
            + "us (200 us in the envelope).\nprojections:\n");
        foreach (string ear in (string[])["left", "right"])
        {
            foreach (HearingBand band in bands)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"  - {{from: {ear}_ear, to: {band.Name}, connect: {{csv: {DelayFolder}/{ear}_{band.Name}.csv}}}}\n");
            }
        }

        text.Append(CultureInfo.InvariantCulture, $$"""

            # The front end: spikes at upward zero crossings of each band, with times of a microsecond.
            hearing:
              left: left_ear
              right: right_ear
              sample_rate: 8 kHz
              parameters:
                block: {{BlockMilliseconds}} ms                        # spikes are chosen once per block
                heard: {{HeardMilliseconds}} ms                        # the loudest stretch of each block: only this is filtered
                lead: {{LeadMilliseconds}} ms                          # before it, in which the filters get into their stride
                heard_every: {{HeardEvery}}                      # of a lasting sound every fifth block is heard, and those that are louder
                lasting_spikes: {{LastingSpikes}}                   # in place of spikes_per_block, beyond the first answer
                first_answer: 100 ms                # after the onset of a sound
                answer_every: 250 ms                # while a sound lasts: each time for what came since the last answer
                spikes_per_block: {{SpikesPerBlock}}                 # per band and ear: bounds the cost of a block
                floor: 64                           # least amplitude, in units of the filter's output
                silence: 4                          # samples up to here are silence, which costs nothing
                onset_ratio: 4                      # a band that becomes so much louder forgets what it heard before
                pause: 300 ms                       # this much quiet ends a sound
                longest_sound: 3 s                  # a sound that does not end is answered after this
                low_resonance: {{List(b => Hertz(b.Low))}}
                high_resonance: {{List(b => Hertz(b.High))}}
                bandwidth: {{List(b => Hertz(b.Width))}}
                shortest_period: {{List(_ => "0.6")}}       # intervals between crossings that fit the band, in periods
                longest_period: {{List(b => b.LongestPeriod.ToString(CultureInfo.InvariantCulture))}}
                envelope: {{List(b => b.IsEnvelope ? "1" : "0")}}              # 1: hears the envelope instead of the fine structure

            readouts:
              azimuth:
                populations: {{List(b => b.Name)}}
                rough: {{List(b => b.Name).Replace(string.Join(", ", bands.Where(b => !b.IsEnvelope).Select(b => b.Name)) + ", ", string.Empty, StringComparison.Ordinal)}}                   # helps to find the rough direction only
                places: {{HeadTables.Places}}                          # every band has a neuron on each second one
                step: {{tables.Step}} us                         # delay between the ears from one place to the next, in the lowest band
                half_width: 2                       # places on each side of the peak that enter the mean
                min_spikes: 3
                min_confidence: 0.1                 # below it the answer is "unsure"
                levels: {{LevelsFile}}                  # level difference that each place stands for
                level_tolerance_db: 10
            {{rivals}}    map: {{MapFile}}                    # from the place to degrees: 0 ahead, positive to the right

            outputs:
              - {readout: azimuth, output: 0, from: -90 deg, to: 90 deg}      # the pointer: a servo on the boards of this project

            record:
              spikes: {{List(b => b.Name)}}

            """);
        return text.ToString();
    }
}
