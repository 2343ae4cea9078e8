// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace NeuroMCU.Internet.Packets;

/// <summary>What a keyed packet is. The direction is part of the type, so that no packet can be sent back to where it came from.</summary>
internal enum KeyedType
{
    /// <summary>Site to hub: its name and a nonce.</summary>
    Hello = 1,

    /// <summary>Hub to site: both nonces; from here on the session's key counts.</summary>
    Welcome = 2,

    /// <summary>Site to hub: a batch of spikes.</summary>
    Spikes = 3,

    /// <summary>Hub to site: a batch of arrivals.</summary>
    Arrivals = 4,

    /// <summary>Site to hub: what time is it?</summary>
    Sync = 5,

    /// <summary>Hub to site: the hub's time, policy, and totals.</summary>
    SyncAnswer = 6,

    /// <summary>Site to hub: it ends, with its total.</summary>
    Bye = 7,

    /// <summary>Hub to site: the end was heard, with the hub's total.</summary>
    ByeAnswer = 8,

    /// <summary>Hub to site: the hub ends, with its total.</summary>
    Closing = 9,
}

/// <summary>
/// Frame of the keyed transport, big-endian: magic (4 bytes), type (1), three zero bytes, session (8), number (8), body, and the first
/// 16 bytes of the HMAC-SHA256 over all before it. <c>docs/reference/hub-packets.md</c> is the description.
/// </summary>
internal static class KeyedPacket
{
    /// <summary>The first four bytes, "NMH1".</summary>
    public const uint Magic = 0x4E4D4831;

    /// <summary>Bytes before the body.</summary>
    public const int HeadSize = 24;

    /// <summary>Bytes of the authentication code.</summary>
    public const int CodeSize = 16;

    /// <summary>Bytes of a nonce.</summary>
    public const int NonceSize = 16;

    /// <summary>Most bytes of a packet: fits into one frame of any network.</summary>
    public const int MostBytes = 1400;

    // To take the key in costs as much as the text of a short packet: it is done once for each thread, and forgotten with the key.
    [ThreadStatic]
    private static ConditionalWeakTable<byte[], IncrementalHash>? t_hashes;

    private static readonly byte[] s_label = "neuromcu hub session"u8.ToArray();

    /// <summary>Seals a packet.</summary>
    /// <param name="number">Number within its direction, 0 for the greeting.</param>
    /// <param name="key">Key of the site for the greeting, of the session for all others.</param>
    /// <returns>The datagram.</returns>
    public static byte[] Seal(KeyedType type, ulong session, long number, ReadOnlySpan<byte> body, byte[] key)
    {
        byte[] datagram = new byte[HeadSize + body.Length + CodeSize];
        BinaryPrimitives.WriteUInt32BigEndian(datagram, Magic);
        datagram[4] = (byte)type;
        BinaryPrimitives.WriteUInt64BigEndian(datagram.AsSpan(8), session);
        BinaryPrimitives.WriteInt64BigEndian(datagram.AsSpan(16), number);
        body.CopyTo(datagram.AsSpan(HeadSize));
        Span<byte> code = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Code(datagram.AsSpan(0, HeadSize + body.Length), key, code);
        code[..CodeSize].CopyTo(datagram.AsSpan(HeadSize + body.Length));
        return datagram;
    }

    /// <summary>Looks at the head of a datagram; it proves nothing yet, and its type may be unknown.</summary>
    /// <returns>False when it is no keyed packet.</returns>
    public static bool TryHead(ReadOnlySpan<byte> datagram, out KeyedType type, out ulong session, out long number)
    {
        type = default;
        session = 0;
        number = 0;
        if (datagram.Length is < HeadSize + CodeSize or > MostBytes || BinaryPrimitives.ReadUInt32BigEndian(datagram) != Magic
            || datagram[5] != 0 || datagram[6] != 0 || datagram[7] != 0)
        {
            return false;
        }

        type = (KeyedType)datagram[4];
        session = BinaryPrimitives.ReadUInt64BigEndian(datagram[8..]);
        number = BinaryPrimitives.ReadInt64BigEndian(datagram[16..]);
        return true;
    }

    /// <summary>The body of a datagram whose head was read.</summary>
    /// <returns>The bytes between head and code.</returns>
    public static ReadOnlySpan<byte> Body(ReadOnlySpan<byte> datagram) => datagram[HeadSize..^CodeSize];

    /// <summary>Whether the holder of a key has sealed a datagram.</summary>
    /// <param name="datagram">The datagram, at least a head and a code long.</param>
    /// <returns>True when its code is right.</returns>
    public static bool IsSealedBy(ReadOnlySpan<byte> datagram, byte[] key)
    {
        Span<byte> code = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Code(datagram[..^CodeSize], key, code);
        return CryptographicOperations.FixedTimeEquals(code[..CodeSize], datagram[^CodeSize..]);
    }

    /// <summary>Key of a session: both ends had a part in it, so that no packet of another session is good in this one.</summary>
    /// <returns>The key.</returns>
    public static byte[] SessionKey(byte[] key, ReadOnlySpan<byte> siteNonce, ReadOnlySpan<byte> hubNonce) =>
        HMACSHA256.HashData(key, (byte[])[.. s_label, .. siteNonce, .. hubNonce]);

    private static void Code(ReadOnlySpan<byte> text, byte[] key, Span<byte> code)
    {
        IncrementalHash hash = (t_hashes ??= []).GetValue(key, k => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, k));
        hash.AppendData(text);
        hash.GetHashAndReset(code);
    }
}
