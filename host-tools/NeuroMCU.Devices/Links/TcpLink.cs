// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.Net.Sockets;

namespace NeuroMCU.Devices.Links;

/// <summary>A link over TCP.</summary>
public sealed class TcpLink : IDeviceLink
{
    private static readonly TimeSpan s_connectTime = TimeSpan.FromSeconds(5);

    private readonly Socket _socket;
    private readonly long _opened = Stopwatch.GetTimestamp();

    private TcpLink(Socket socket, TcpAddress address)
    {
        _socket = socket;
        Description = address.ToString();
    }

    /// <inheritdoc />
    public string Description { get; }

    /// <inheritdoc />
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_opened);

    /// <summary>Connects.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>The link.</returns>
    /// <exception cref="DeviceException">Kind <see cref="DeviceErrorKind.NotFound" />: nobody answers there within 5 s.</exception>
    public static async Task<TcpLink> ConnectAsync(TcpAddress address, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(address);

        // Requests are small and wait for their answers: Nagle's algorithm would delay each one.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_connectTime);
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, limit.Token).ConfigureAwait(false);
            return new TcpLink(socket, address);
        }
        catch (SocketException problem)
        {
            socket.Dispose();
            throw NotFound(address, problem.Message, problem);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            socket.Dispose();
            throw NotFound(address, "no answer within 5 s", null);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, TimeSpan wait, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            if (_socket.Available == 0)
            {
                if (wait <= TimeSpan.Zero && !_socket.Poll(0, SelectMode.SelectRead))
                {
                    return 0;
                }

                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                limit.CancelAfter(wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(1));
                try
                {
                    return Checked(await _socket.ReceiveAsync(buffer, limit.Token).ConfigureAwait(false));
                }
                catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
                {
                    return 0;
                }
            }

            return Checked(await _socket.ReceiveAsync(buffer, cancellation).ConfigureAwait(false));
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            throw LinkErrors.Lost(Description, problem.Message, problem);
        }
    }

    /// <inheritdoc />
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        try
        {
            for (int sent = 0; sent < data.Length;)
            {
                sent += await _socket.SendAsync(data[sent..], cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            throw LinkErrors.Lost(Description, problem.Message, problem);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static DeviceException NotFound(TcpAddress address, string why, Exception? inner) => new(
        DeviceErrorKind.NotFound,
        $"no device answers at {address}",
        why,
        "check host, port and Wi-Fi; 'neuromcu devices' lists virtual devices that run on this machine, 'neuromcu virtual' starts one",
        inner);

    private int Checked(int count) => count > 0
        ? count
        : throw LinkErrors.Lost(Description, "the device closed the connection", null);
}
