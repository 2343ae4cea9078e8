// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Laboratory.Localization;

/// <summary>Plays recordings to the firmware on a virtual device, which hears them in real time at the costs of its profile.</summary>
/// <param name="network">The network that listens.</param>
/// <param name="profile">Cost profile of the device; null for <see cref="DefaultProfile" />.</param>
public sealed class RecordingPlayer(CompiledNetwork network, string? profile) : IAsyncDisposable
{
    /// <summary>The profile when none is asked for: the ESP32 that hears in real time.</summary>
    public const string DefaultProfile = "esp32-psram-rev3";

    private readonly string _profile = profile ?? DefaultProfile;
    private SoundLocator? _device;

    /// <summary>Plays a recording.</summary>
    /// <returns>What was heard.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<PlayedRecording> PlayAsync(StereoSound sound, CancellationToken cancellation)
    {
        _device ??= await SoundLocator.OpenAsync(network, _profile, cancellation).ConfigureAwait(false);
        return new PlayedRecording(await _device.LocateAsync(sound, cancellation).ConfigureAwait(false), _profile);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_device is not null)
        {
            await _device.DisposeAsync().ConfigureAwait(false);
        }
    }
}
