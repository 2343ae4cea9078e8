// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Hashing;
using System.Text.Json;

namespace NeuroMCU.Recordings;

/// <summary>
/// Appends to a hub log. A block is its kind (u8), length (u32), CRC-32 of what precedes and follows it in the block (u32) and bytes; a
/// head begins a session, rows follow it. A block is written as a whole and at most a fifth of a second after its first row, so that a
/// log whose program was killed lacks no more than that; what follows the last whole block is no row. Little-endian.
/// </summary>
internal sealed class HubLogWriter : IDisposable
{
    /// <summary>Bytes at the begin of the file.</summary>
    internal static readonly byte[] Magic = "NeuroMCU hub log 1\n"u8.ToArray();

    /// <summary>Bytes before those of a block.</summary>
    internal const int BlockHead = 9;

    /// <summary>Most bytes of a block.</summary>
    internal const int MostBytes = 1 << 20;

    private const int MostRows = 2048;
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(200);

    private readonly FileStream _file;
    private readonly byte[] _block = new byte[BlockHead + (MostRows * HubLogRow.Size)];
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private int _rows;

    /// <summary>Opens a log, or begins one, and begins a session in it.</summary>
    /// <param name="path">The file. What follows its last whole block is cut off: a program that was killed left it.</param>
    /// <param name="head">Begins the session.</param>
    /// <exception cref="InvalidDataException">The file is no hub log.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public HubLogWriter(string path, HubLogHead head)
    {
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        try
        {
            if (_file.Length == 0)
            {
                _file.Write(Magic);
            }
            else
            {
                long whole = HubLogReader.WholeLength(_file);
                CutOff = _file.Length - whole;
                _file.SetLength(whole);
                _file.Position = whole;
            }

            Write((byte)'H', JsonSerializer.SerializeToUtf8Bytes(head));
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Whether there is a file of that name which is no hub log.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool IsOther(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] begin = new byte[Magic.Length];
        int read = file.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false);
        return read > 0 && !begin.AsSpan().SequenceEqual(Magic);
    }

    /// <summary>Bytes after the last whole block that an earlier program left, and that were cut off.</summary>
    public long CutOff { get; }

    /// <summary>Rows that could not be written.</summary>
    public long Lost { get; private set; }

    /// <summary>Why the log could not be written any further; null while it can.</summary>
    public IOException? Problem { get; private set; }

    /// <summary>Adds a row.</summary>
    public void Add(HubLogRow row)
    {
        Span<byte> to = _block.AsSpan(BlockHead + (_rows * HubLogRow.Size), HubLogRow.Size);
        BinaryPrimitives.WriteInt64LittleEndian(to, row.Time);
        BinaryPrimitives.WriteInt32LittleEndian(to[8..], row.Place);
        to[12] = row.Kind;
        to[13] = row.Weight;
        BinaryPrimitives.WriteDoubleLittleEndian(to[14..], row.State);
        _rows++;
        if (_rows == MostRows)
        {
            Flush();
        }
    }

    /// <summary>Writes what waits for longer than a fifth of a second.</summary>
    public void Poll()
    {
        if (_rows > 0 && _since.Elapsed > s_between)
        {
            Flush();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Flush();
        _file.Dispose();
    }

    /// <summary>Writes what waits.</summary>
    /// <remarks>After a failed write the file holds a part of a block, after which nothing can be found: later rows are lost, and
    /// counted.</remarks>
    internal void Flush()
    {
        if (_rows > 0)
        {
            try
            {
                if (Problem is null)
                {
                    Write((byte)'R', _block.AsSpan(BlockHead, _rows * HubLogRow.Size));
                }
            }
            catch (IOException problem)
            {
                Problem = problem;
            }

            Lost += Problem is null ? 0 : _rows;
            _rows = 0;
        }

        _since.Restart();
    }

    private void Write(byte kind, ReadOnlySpan<byte> bytes)
    {
        byte[] block = new byte[BlockHead + bytes.Length];
        block[0] = kind;
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(1), bytes.Length);
        bytes.CopyTo(block.AsSpan(BlockHead));
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(5), Check(block));
        _file.Write(block);
    }

    /// <summary>CRC-32 of a block, its own four bytes left out.</summary>
    internal static uint Check(ReadOnlySpan<byte> block)
    {
        Crc32 crc = new();
        crc.Append(block[..5]);
        crc.Append(block[BlockHead..]);
        return crc.GetCurrentHashAsUInt32();
    }
}
