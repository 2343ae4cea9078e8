// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Concurrent;
using NeuroMCU.Compiler;
using NeuroMCU.Laboratory.Localization.CrossCorrelation;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Localization;

/// <summary>Plays a set of recordings to virtual devices, several at a time.</summary>
public static class LocalizationTrials
{
    /// <summary>Plays all recordings of a set that lies in files.</summary>
    public static Task<IReadOnlyList<LocalizationTrial>> RunAsync(
        CompiledNetwork network, IReadOnlyList<IndexedRecording> recordings, string? profile, IProgress<int>? progress = null,
        CancellationToken cancellation = default)
    {
        TrialSound[] sounds = [.. recordings.Select(r => new TrialSound(r, () => WavReader.Read(r.Path)))];
        return RunAsync(network, sounds, profile, DelayMap.Kemar, progress, cancellation);
    }

    /// <summary>Plays recordings.</summary>
    /// <param name="network">The network that listens.</param>
    /// <param name="recordings">The recordings.</param>
    /// <param name="profile">Cost profile of the devices; null for the default.</param>
    /// <param name="delays">What delays between the ears the head makes.</param>
    /// <param name="progress">Receives how many trials are done; may be null.</param>
    /// <param name="cancellation">Ends the trials.</param>
    /// <returns>The trials in the order of the recordings; those that were through when it was cancelled.</returns>
    public static async Task<IReadOnlyList<LocalizationTrial>> RunAsync(
        CompiledNetwork network, IReadOnlyList<TrialSound> recordings, string? profile, DelayMap delays, IProgress<int>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(recordings);
        LocalizationTrial?[] trials = new LocalizationTrial?[recordings.Count];
        ConcurrentQueue<int> queue = new(Enumerable.Range(0, recordings.Count));
        int done = 0;
        int workers = Math.Min(recordings.Count, Environment.ProcessorCount);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(Work, cancellation))).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The trials that are through count.
        }

        return [.. trials.OfType<LocalizationTrial>()];

        async Task Work()
        {
            RecordingPlayer player = new(network, profile);
            await using (player.ConfigureAwait(false))
            {
                while (queue.TryDequeue(out int index))
                {
                    StereoSound sound = recordings[index].Sound();
                    PlayedRecording played = await player.PlayAsync(sound, cancellation).ConfigureAwait(false);
                    trials[index] = LocalizationTrial.Of(recordings[index].Recording, sound, played.Heard, delays);
                    progress?.Report(Interlocked.Increment(ref done));
                }
            }
        }
    }
}
