// NeuroMCU, MIT licence. See LICENSE in the repository root.

using MathNet.Numerics.Random;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Laboratory.Localization.Head;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.Models;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Localization.Rivals;

/// <summary>Answers of a network to the sounds of the training, heard through its own head and through others.</summary>
internal sealed class TrainingAnswers : IDisposable
{
    // Wrong enough to learn from: an answer may be in doubt before it is 15° off.
    private const double Wrong = 9;
    private const double Right = 10;
    private const int AzimuthStep = 5;

    private static readonly int[] s_noises = [30, 20, 15, 10, 5];
    private static readonly int[] s_heights = [50, 55, 65, 70, 80];
    private static readonly double[] s_levels = [0.5, 0.7, 0.85, 1];
    private static readonly double[] s_scales = [0.55, 0.6, 0.7, 0.8, 1.25, 1.4, 1.6, 1.7];
    private static readonly double[] s_radii = [0.04, 0.06, 0.0875, 0.105, 0.12];
    private static readonly double[] s_spacings = [0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1];
    private static readonly (double Spacing, double Turned)[] s_cardioids =
        [(0, 45), (0.1, 60), (0.15, 50), (0.17, 55), (0.2, 50), (0.2, 60), (0.25, 55), (0.3, 45)];

    private readonly IHead _head;
    private readonly ThreadLocal<AnswerCollector> _collector;
    private int _seed;

    /// <summary>Prepares to hear.</summary>
    /// <param name="head">The head that the network was made for.</param>
    /// <param name="tables">The network, with rivals that explain nothing.</param>
    public TrainingAnswers(IHead head, NetworkTables tables)
    {
        byte[] image = ImageWriter.Write(tables);
        _collector = new(() => new AnswerCollector(ImageReader.Read(image, 0, image.Length, ModelList.All)));
        _head = head;
    }

    /// <inheritdoc />
    public void Dispose() => _collector.Dispose();

    /// <summary>Answers to clean sounds at the height of the ears, loud and quiet.</summary>
    public IReadOnlyList<HeardAnswer> Clean() => Hear(new TrainingHead(_head), 6000, 60, null, -1, -31);

    /// <summary>Right answers to such sounds in noise at the ears.</summary>
    public IReadOnlyList<HeardAnswer> Noisy() =>
        [.. s_noises.SelectMany(snr => Hear(new TrainingHead(_head), 250, 60, snr)).Where(a => a.Error < Right)];

    /// <summary>Right answers to sounds that were given a delay and a level, the same at all frequencies, as an editor does.</summary>
    public IReadOnlyList<HeardAnswer> Edited()
    {
        TrainingHead head = new(_head);
        return [.. s_levels.SelectMany(share => Hear(new PlainHead(head, share), 400, 60)).Where(a => a.Error < Right)];
    }

    /// <summary>Wrong answers to sounds from above.</summary>
    public IReadOnlyList<HeardAnswer> FromAbove()
    {
        TrainingHead head = new(_head);
        return Wrongs([.. Hear(new ElevatedHead(head, 60), 2000, 60), .. s_heights
            .SelectMany(up => Hear(new ElevatedHead(head, up), 300, 90))]);
    }

    /// <summary>Wrong answers to sounds that were heard with the same head, smaller or larger.</summary>
    public IReadOnlyList<HeardAnswer> WithItsSizes() =>
        Wrongs([.. s_scales.SelectMany(scale => Hear(new TrainingHead(_head, scale), 300, 60))]);

    /// <summary>Wrong answers to sounds that were heard with a ball.</summary>
    public IReadOnlyList<HeardAnswer> WithSpheres() =>
        Wrongs([.. s_radii
            .SelectMany(radius => Hear(new TrainingHead(new SphereHead(radius)), 300, 60))]);

    /// <summary>Wrong answers to sounds that were heard with two microphones without a head.</summary>
    public IReadOnlyList<HeardAnswer> WithPairs() =>
        Wrongs([.. s_spacings
            .SelectMany(spacing => Hear(new TrainingHead(new MicrophonePair(spacing)), 150, 60))]);

    /// <summary>Wrong answers to sounds that were heard with two cardioids turned outwards, as in ORTF and XY.</summary>
    public IReadOnlyList<HeardAnswer> WithCardioids() =>
        Wrongs([.. s_cardioids
            .SelectMany(pair => Hear(new TrainingHead(new MicrophonePair(pair.Spacing, pair.Turned)), 250, 60))]);

    private static IReadOnlyList<HeardAnswer> Wrongs(IReadOnlyList<HeardAnswer> answers) => [.. answers.Where(a => a.Error > Wrong)];

    private static StereoSound Louder(StereoSound sound, float gain) =>
        new(sound.SampleRate, Array.ConvertAll(sound.Left, v => v * gain), Array.ConvertAll(sound.Right, v => v * gain));

    // Only answers that are sure without rivals: these are to be told apart.
    private IReadOnlyList<HeardAnswer> Hear(IHead head, int count, int widest, int? snr = null, double loudest = -6, double quietest = -26)
    {
        int first = _seed;
        _seed += count;
        return
        [
            .. Enumerable.Range(first, count).AsParallel().AsOrdered().SelectMany(seed =>
            {
                MersenneTwister random = new(seed);
                float[] dry = TrainingSounds.Next(random);
                int azimuth = AzimuthStep * (random.Next((2 * widest / AzimuthStep) + 1) - (widest / AzimuthStep));
                EarNoise? noise = snr is { } decibels ? new EarNoise(decibels, seed) : null;
                StereoSound ears = new BinauralRenderer(head).Render(dry, TrainingHead.Rate, azimuth, noise);
                double gain = 2 * Math.Pow(10, (loudest + ((quietest - loudest) * random.NextDouble())) / 20);
                return _collector.Value!.Hear(PcmSound.Of(Louder(ears, (float)gain), TrainingHead.Rate), azimuth);
            }).Where(answer => answer.Sure),
        ];
    }
}
