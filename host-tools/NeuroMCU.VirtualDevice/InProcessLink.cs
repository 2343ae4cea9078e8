// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Links;

namespace NeuroMCU.VirtualDevice;

/// <summary>
/// A cable to a virtual device in this process. The device runs while the link waits for it, on its own clock: no thread, no wall
/// time, the same bytes at the same virtual microseconds in every run.
/// </summary>
internal sealed class InProcessLink(BenchDevice device) : IDeviceLink
{
    private readonly TimeSpan _opened = device.Time;

    /// <inheritdoc />
    public string Description => "virtual";

    /// <inheritdoc />
    public TimeSpan Elapsed => device.Time - _opened;

    /// <inheritdoc />
    public ValueTask<int> ReadAsync(Memory<byte> buffer, TimeSpan wait, CancellationToken cancellation)
    {
        long end = device.Bench.Clock.Now + (long)wait.TotalMicroseconds;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = device.Uart.HostRead(buffer.Span);
            long now = device.Bench.Clock.Now;
            if (count > 0 || now >= end)
            {
                return ValueTask.FromResult(count);
            }

            device.Turn(Math.Min(end, Math.Max(now + 1, device.Uart.NextHostArrival)));
        }
    }

    /// <inheritdoc />
    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        device.Uart.HostWrite(data.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
