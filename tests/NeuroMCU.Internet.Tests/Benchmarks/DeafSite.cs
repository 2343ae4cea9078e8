// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using NeuroMCU.Internet.Mqtt;
using NeuroMCU.Internet.Packets;

namespace NeuroMCU.Internet.Tests.Benchmarks;

/// <summary>A site at an MQTT broker that joins its hub and reads nothing from then on; bytes of MQTT 3.1.1 by hand, since every client
/// reads by itself.</summary>
internal sealed class DeafSite : IDisposable
{
    private const byte Connect = 0x10;
    private const byte Subscribe = 0x82;
    private const byte Publish = 0x30;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Joins.</summary>
    public DeafSite(IPEndPoint broker, string name, byte[] key)
    {
        _socket.Connect(broker);
        Send(Connect, [.. Text("MQTT"), 4, 0xC2, 0, 0, .. Text(name), .. Text(name), .. Text(MqttNames.Password(key))]);
        Send(Subscribe, [0, 1, .. Text(MqttNames.Down(name)), 0]);
        byte[] nonce = RandomNumberGenerator.GetBytes(KeyedPacket.NonceSize);
        Publishes(name, KeyedPacket.Seal(KeyedType.Hello, 1, 0, KeyedBodies.Hello(nonce, name), key));

        // CONNACK, SUBACK, and the WELCOME with the hub's nonce.
        byte[] buffer = new byte[4096];
        int count = 0;
        int at;
        do
        {
            count += _socket.Receive(buffer, count, buffer.Length - count, SocketFlags.None);
            at = buffer.AsSpan(0, count).IndexOf("NMH1"u8);
        }
        while (at < 0 || count - at < KeyedPacket.HeadSize + (2 * KeyedPacket.NonceSize) + KeyedPacket.CodeSize);
        byte[] session = KeyedPacket.SessionKey(key, nonce,
            buffer.AsSpan(at + KeyedPacket.HeadSize + KeyedPacket.NonceSize, KeyedPacket.NonceSize));
        Publishes(name, KeyedPacket.Seal(KeyedType.Sync, 1, 1, KeyedBodies.Sync(new Sync(0, 0, 1, 0)), session));
    }

    /// <inheritdoc />
    public void Dispose() => _socket.Dispose();

    private static byte[] Text(string text)
    {
        byte[] bytes = new byte[2 + text.Length];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)text.Length);
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(2));
        return bytes;
    }

    private void Publishes(string name, byte[] packet) => Send(Publish, [.. Text(MqttNames.Up(name)), .. packet]);

    // The length of what follows comes in groups of seven bits.
    private void Send(byte type, byte[] rest)
    {
        byte[] length = rest.Length < 128 ? [(byte)rest.Length] : [(byte)(rest.Length | 0x80), (byte)(rest.Length >> 7)];
        _socket.Send([type, .. length, .. rest]);
    }
}
