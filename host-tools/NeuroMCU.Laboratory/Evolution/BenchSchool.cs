// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Devices.Client;
using NeuroMCU.VirtualBench.Nodes;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Laboratory.Evolution;

/// <summary>A virtual device with a node array: the firmware teaches the nodes, the host shows presentations over the wire.</summary>
public sealed class BenchSchool : IDisposable
{
    private readonly BenchDevice _device;
    private DeviceClient? _client;

    /// <summary>Switches a device on.</summary>
    /// <param name="board">Name of a board profile with an array.</param>
    /// <param name="seed">Which specimen.</param>
    /// <param name="faults">Nodes that are broken.</param>
    public BenchSchool(string board, long seed, IEnumerable<NodeFault> faults) => _device = new BenchDevice(new VirtualDeviceOptions
    {
        Ephemeral = true,
        Board = new VirtualBoardOptions
        {
            Board = board,
            Seed = seed,
            Faults = [.. faults.Select(f => NodeFaultText.Of(f.Kind) + ":" + f.Node.ToString(CultureInfo.InvariantCulture))],
        },
    });

    /// <summary>Teaches the array a task.</summary>
    /// <param name="lesson">Presentations in the order in which they are shown.</param>
    /// <param name="test">Presentations that are never taught.</param>
    /// <param name="answers">Names of the answers.</param>
    /// <param name="settings">How it learns.</param>
    /// <param name="every">Presentations between looks at the test.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What became of it; the power has been off at the end.</returns>
    public async Task<EvolutionResult> TeachAsync(IReadOnlyList<Presentation> lesson, IReadOnlyList<Presentation> test,
        IReadOnlyList<string> answers, LessonSettings settings, int every, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(lesson);
        ArgumentNullException.ThrowIfNull(settings);
        DeviceArray array = await DeviceArray.PrepareAsync(
            await OpenAsync(cancellation).ConfigureAwait(false), lesson[0].Inputs.Count, answers.Count, lesson, settings.Sharpness,
            settings.Half, CycleAsync, null, cancellation).ConfigureAwait(false);
        return await EvolutionResult.OfAsync(array, lesson, test, answers, every, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public void Dispose() => _device.Dispose();

    private async Task<DeviceClient> OpenAsync(CancellationToken cancellation)
        => _client = await DeviceClient.OpenAsync(_device.Connect(), null, cancellation).ConfigureAwait(false);

    private async Task<DeviceClient> CycleAsync(CancellationToken cancellation)
    {
        if (_client is not null)
        {
            await _client.DisposeAsync().ConfigureAwait(false);
        }

        _device.PowerCycle();
        return await OpenAsync(cancellation).ConfigureAwait(false);
    }
}
