// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Client;

namespace NeuroMCU.Api.Sessions;

/// <content>What listeners hear of the device beside its spikes.</content>
internal sealed partial class DeviceSession
{
    // Sends what has gathered, and looks at the device now and then.
    private async Task WatchAsync()
    {
        using PeriodicTimer timer = new(s_flushTime);
        TimeSpan next = TimeSpan.Zero;
        TimeSpan now = TimeSpan.Zero;
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(_end.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            _memory.Flush();
            now += s_flushTime;
            if (now < next || Hub.Clients.Count == 0 || Broken is not null)
            {
                continue;
            }

            next = now + s_statusTime;
            await LookAsync().ConfigureAwait(false);
        }

        _memory.Flush();
    }

    // A device without a clock of its own is not asked: a question would let its time pass.
    private async Task LookAsync()
    {
        try
        {
            DeviceStatus? status = null;
            if (!_device.IsFree)
            {
                _latency = (await _device.Client.PingAsync(_end.Token).ConfigureAwait(false)).TotalMilliseconds;
                status = await _device.Client.ReadStateAsync(_end.Token).ConfigureAwait(false);
            }

            Hub.Send(new
            {
                Type = "status",
                State = StateText,
                Run = _runs,
                TimeUs = Math.Max(Time, IsRunning ? status?.Time ?? 0 : 0),
                Spikes,
                _memory.NotKept,
                LateEvents = status?.LateEvents,
                MaxLatenessUs = status?.MaxLateness,
                LatencyMs = _device.IsFree ? (double?)null : Math.Round(_latency, 2),
                Fault = status is { Fault: not 0 } ? status.FaultText : null,
                Clients = Hub.Clients.Select(c => new
                {
                    c.Number,
                    c.Name,
                    c.SentMessages,
                    c.DroppedMessages,
                    c.DroppedSpikes,
                    c.WaitingBytes
                }),
            });
        }
        catch (OperationCanceledException)
        {
            // The session ends.
        }
        catch (DeviceException problem) when (!IsRunning)
        {
            Broken = problem.Message;
            Hub.Send(new { Type = "broken", Text = problem.Message, problem.Why, Next = Advice.Of(problem) });
        }
        catch (DeviceException)
        {
            // The run itself finds out, and accounts for what came until then.
        }
        catch (ObjectDisposedException)
        {
            // The device is being exchanged for one on another board.
        }
    }
}
