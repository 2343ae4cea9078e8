// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Devices;
using NeuroMCU.VirtualBench.Audio;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Laboratory.Localization;

/// <summary>
/// Plays recordings to a virtual device with the costs of an ESP32. What it is too slow for would be missing from the answer: such a
/// recording is played again to a device without costs, and both answers are known.
/// </summary>
/// <param name="network">The network that listens.</param>
/// <param name="profile">Cost profile of the one device that is to be played to, whatever it loses; null for an ESP32, and one without
/// costs.</param>
public sealed class RecordingPlayer(CompiledNetwork network, string? profile) : IAsyncDisposable
{
    private SoundLocator? _device;
    private SoundLocator? _whole;

    /// <summary>Plays a recording.</summary>
    /// <param name="sound">The recording.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What was heard.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<PlayedRecording> PlayAsync(StereoSound sound, CancellationToken cancellation)
    {
        string first = profile ?? VirtualDeviceOptions.DefaultProfile;
        _device ??= await SoundLocator.OpenAsync(network, first, cancellation).ConfigureAwait(false);
        LocatedRecording device = await _device.LocateAsync(sound, cancellation).ConfigureAwait(false);
        if (profile is not null || device.Losses.IsComplete)
        {
            return new PlayedRecording(device, first, null);
        }

        _whole ??= await SoundLocator.OpenAsync(network, VirtualAddress.WithoutCosts, cancellation).ConfigureAwait(false);
        return new PlayedRecording(await _whole.LocateAsync(sound, cancellation).ConfigureAwait(false), VirtualAddress.WithoutCosts,
            device);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (SoundLocator? locator in new[] { _device, _whole })
        {
            if (locator is not null)
            {
                await locator.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
