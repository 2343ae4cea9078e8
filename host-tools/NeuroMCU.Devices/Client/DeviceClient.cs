// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NeuroMCU.Devices.Links;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Security;

namespace NeuroMCU.Devices.Client;

/// <summary>
/// A connection to a device. Every request is repeated until it is answered and is applied once; every spike is accounted for. Requests
/// may come from several tasks, for example while <see cref="RunAsync" /> waits; they are served one after the other.
/// </summary>
public sealed partial class DeviceClient : IAsyncDisposable
{
    // Sessions that are begun, when HELLO had to be repeated, until one is whose events can be counted from the first on.
    private const int MostSessions = 3;

    private readonly FrameExchange _exchange;
    private readonly EventStream _events = new();
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Lock _sliceGate = new();
    private CancellationTokenSource? _slice;
    private int _waiting;
    private uint _session;

    private DeviceClient(IDeviceLink link)
    {
        _exchange = new FrameExchange(link);
    }

    /// <summary>Gets what the device said about itself when the connection opened, or in the last
    /// <see cref="RefreshInfoAsync" />.</summary>
    public DeviceInfo Info { get; private set; } = null!;

    /// <summary>Gets the name of the link for messages.</summary>
    public string Address => _exchange.Link.Description;

    /// <summary>Gets the time since the link opened, on the link's clock.</summary>
    public TimeSpan Elapsed => _exchange.Link.Elapsed;

    /// <summary>Gets or sets what sees the events; may be null.</summary>
    public IRunObserver? Observer
    {
        get => _events.Observer;
        set => _events.Observer = value;
    }

    /// <summary>Gets the number of bytes sent since the link opened.</summary>
    public long BytesSent => _exchange.BytesSent;

    /// <summary>Gets the number of bytes received since the link opened.</summary>
    public long BytesReceived => _exchange.BytesReceived;

    /// <summary>Gets the number of requests that had to be sent again.</summary>
    public long RepeatedRequests => _exchange.Repeats;

    /// <summary>Gets the number of damaged frames that arrived and were dropped.</summary>
    public long DamagedFrames => _exchange.Decoder.CheckErrors + _exchange.Decoder.Short + _exchange.Decoder.Overlong;

    /// <summary>Greets the device at the other end of a link, and proves the key to it when it asks for one.</summary>
    /// <param name="link">The link; the client closes it.</param>
    /// <param name="key">Gives the key when the device asks for one; null when there is none.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>The client.</returns>
    /// <exception cref="DeviceException">Nobody answers, the versions differ, or the key is missing or wrong.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "Disposed on failure, handed over on success.")]
    public static async Task<DeviceClient> OpenAsync(IDeviceLink link, Func<byte[]?>? key, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(link);
        var client = new DeviceClient(link);
        try
        {
            await client.GreetAsync(key, cancellation).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Asks the device again what it is and holds.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The answer, also in <see cref="Info" />.</returns>
    public Task<DeviceInfo> RefreshInfoAsync(CancellationToken cancellation = default) =>
        ExclusiveAsync(() => HelloAsync(cancellation), cancellation);

    /// <summary>Measures the time until the device answers.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The time on the link's clock.</returns>
    public Task<TimeSpan> PingAsync(CancellationToken cancellation = default) => ExclusiveAsync(
        async () =>
        {
            TimeSpan begin = Elapsed;
            await _exchange.RequestAsync(MessageType.Ping, null, cancellation).ConfigureAwait(false);
            return Elapsed - begin;
        },
        cancellation);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _exchange.DisposeAsync().ConfigureAwait(false);
        _gate.Dispose();
    }

    private static void Check(bool read, int type)
    {
        if (!read)
        {
            throw new DeviceException(
                DeviceErrorKind.VersionMismatch,
                $"the answer to message 0x{type:X2} has another layout than this program knows",
                "host and firmware come from different builds",
                "flash the firmware of this release");
        }
    }

    private async Task GreetAsync(Func<byte[]?>? key, CancellationToken cancellation)
    {
        await _exchange.ResynchroniseAsync(cancellation).ConfigureAwait(false);
        try
        {
            await BeginSessionAsync(cancellation).ConfigureAwait(false);
        }
        catch (DeviceException starting) when (starting.InnerException is TimeoutException)
        {
            // A device that was just switched on, or that opening the port has reset, needs some seconds until its firmware listens.
            try
            {
                await _exchange.ResynchroniseAsync(cancellation).ConfigureAwait(false);
                await BeginSessionAsync(cancellation).ConfigureAwait(false);
            }
            catch (DeviceException problem) when (problem.InnerException is TimeoutException)
            {
                throw NoAnswer(problem);
            }
        }

        if (Info.AuthenticationNeeded)
        {
            byte[] secret = key?.Invoke() ?? throw Refusals.Make(MessageType.Hello, ErrorCode.AuthenticationNeeded, 0);
            await AuthenticateAsync(secret, cancellation).ConfigureAwait(false);
            await HelloAsync(cancellation).ConfigureAwait(false);
        }
    }

    // The device numbers its events from 0 on when it hears of a new session. Which HELLO it heard first is only known of one that was not
    // repeated; on a line that is too slow for that the numbers begin with the first event that arrives. A connection that has to be proved
    // is new itself, and has no events before the proof.
    private async Task BeginSessionAsync(CancellationToken cancellation)
    {
        bool repeated = true;
        for (int attempt = 0; repeated && attempt < MostSessions; attempt++)
        {
            long before = _exchange.Repeats;
            _session = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4));
            await HelloAsync(cancellation).ConfigureAwait(false);
            repeated = _exchange.Repeats > before && !Info.AuthenticationNeeded;
        }

        // Only now: events that were under way to an earlier host are none of ours.
        _events.Connected(fromZero: !repeated);
        _exchange.EventArrived = type => _events.Take(type, _exchange.Decoder);
    }

    private async Task<DeviceInfo> HelloAsync(CancellationToken cancellation)
    {
        var hello = new HelloRequest { Schema = MessageTable.Hash, Session = _session };
        var answer = new HelloAnswer();
        BodyReader body = await _exchange.RequestAsync(MessageType.Hello, hello.Write, cancellation).ConfigureAwait(false);
        bool read = answer.Read(body);
        if (answer.Major != WireFormat.ProtocolMajor)
        {
            throw Refusals.Make(MessageType.Hello, ErrorCode.ProtocolVersion, (answer.Major << 8) | answer.Minor);
        }

        if (answer.Schema != MessageTable.Hash)
        {
            throw Refusals.Make(MessageType.Hello, ErrorCode.SchemaMismatch, (int)answer.Schema);
        }

        Check(read, MessageType.Hello);
        Info = new DeviceInfo(answer);
        return Info;
    }

    private async Task AuthenticateAsync(byte[] key, CancellationToken cancellation)
    {
        var mine = new AuthNonce();
        RandomNumberGenerator.Fill(mine.Nonce);
        var theirs = new AuthNonce();
        Check(
            theirs.Read(await _exchange.RequestAsync(MessageType.AuthBegin, mine.Write, cancellation).ConfigureAwait(false)),
            MessageType.AuthBegin);

        var proof = new AuthProof();
        KeyExchange.HostProof(key, mine.Nonce, theirs.Nonce).CopyTo(proof.Proof, 0);
        var counterProof = new AuthProof();
        Check(
            counterProof.Read(await _exchange.RequestAsync(MessageType.AuthProve, proof.Write, cancellation).ConfigureAwait(false)),
            MessageType.AuthProve);

        byte[] expected = KeyExchange.DeviceProof(key, mine.Nonce, theirs.Nonce);
        if (!CryptographicOperations.FixedTimeEquals(expected, counterProof.Proof))
        {
            throw new DeviceException(
                DeviceErrorKind.WrongKey,
                "what answers does not hold the device's key",
                "the device has to prove the key too, and its proof is wrong",
                "check the address: this may be another machine that poses as the device");
        }

        _exchange.Seal(new FrameSeal(KeyExchange.SessionKey(key, mine.Nonce, theirs.Nonce), isDevice: false));
    }

    private DeviceException NoAnswer(DeviceException inner)
    {
        FrameDecoder decoder = _exchange.Decoder;
        if (decoder.ForeignVersions > 0)
        {
            return new DeviceException(
                DeviceErrorKind.VersionMismatch,
                $"the device at {Address} speaks another version of the protocol than this program ({DeviceInfo.HostProtocol})",
                $"{decoder.ForeignVersions} of its frames carry another version byte",
                "flash the firmware of this release, or use the neuromcu of the firmware's release",
                inner);
        }

        string why = _exchange.BytesReceived == 0
            ? "nothing arrived: no NeuroMCU firmware there, another baud rate, or another host has the connection"
            : $"{_exchange.BytesReceived} bytes arrived, but no whole frame: another baud rate, or no NeuroMCU firmware";
        return new DeviceException(
            DeviceErrorKind.NoAnswer,
            $"no NeuroMCU device answers at {Address}",
            why,
            "close other programs that use the device; flash the firmware if it is not there; give the board profile's rate: "
            + "/dev/ttyUSB0@115200",
            inner);
    }

    private async Task<T> ExclusiveAsync<T>(Func<Task<T>> action, CancellationToken cancellation)
    {
        await EnterAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await action().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task EnterAsync(CancellationToken cancellation)
    {
        if (_gate.Wait(0, CancellationToken.None))
        {
            return;
        }

        Interlocked.Increment(ref _waiting);
        try
        {
            lock (_sliceGate)
            {
                _slice?.Cancel();
            }

            await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
