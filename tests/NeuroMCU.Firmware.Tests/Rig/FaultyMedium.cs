// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Platform;

namespace NeuroMCU.Firmware.Tests.Rig;

/// <summary>A medium that says yes to a write and then does something else.</summary>
internal sealed class FaultyMedium : IFileStore
{
    public const string None = "none";

    private const int Header = 16;

    // CRC-32's own polynomial, as powers of x: added to data, it leaves the CRC as it is.
    private static readonly int[] s_unseen = [0, 1, 2, 4, 5, 7, 8, 10, 11, 12, 16, 22, 23, 26, 32];

    private readonly IFileStore _medium;
    private readonly Dictionary<string, int> _written = [];

    public FaultyMedium(IFileStore medium) => _medium = medium;

    public static IReadOnlyList<string> All => ["bit", "unseen by the CRC", "nothing written", "cut", "throws", "throws at the end",
        "cannot be flushed", "deaf to deletion"];

    public string Fault { get; set; } = None;

    public HashSet<string> Touched { get; } = [];

    public int Length(string name) => _medium.Length(name);

    public int Read(string name, int fileOffset, byte[] buffer, int offset, int count)
        => _medium.Read(name, fileOffset, buffer, offset, count);

    public void Create(string name)
    {
        Touched.Add(name);
        _written[name] = 0;
        if (Fault != "nothing written")
        {
            _medium.Create(name);
        }
    }

    public void Append(string name, byte[] buffer, int offset, int count)
    {
        Touched.Add(name);
        var at = _written[name];
        _written[name] = at + count;
        var data = buffer.Skip(offset).Take(count).ToArray();
        switch (Fault)
        {
            case "nothing written":
                return;
            case "bit" or "deaf to deletion" when at == Header:
                data[200] ^= 8;
                break;
            case "unseen by the CRC" when at == Header:
                // CRC-32 takes the lowest bit of a byte first, and the highest power first.
                foreach (var power in s_unseen)
                {
                    var bit = 32 - power;
                    data[100 + (bit / 8)] ^= (byte)(1 << (bit % 8));
                }

                break;
            case "cut" when at > Header:
                data = data[..^1];
                break;
            case "throws" when at > Header:
                throw new IOException("worn out");
            case "throws at the end" when count == 4:
                throw new IOException("worn out");
        }

        _medium.Append(name, data, 0, data.Length);
    }

    public void Flush(string name)
    {
        if (Fault == "cannot be flushed")
        {
            throw new IOException("no space left");
        }

        _medium.Flush(name);
    }

    public void Delete(string name)
    {
        Touched.Add(name);
        if (Fault == "deaf to deletion")
        {
            throw new IOException("write protected");
        }

        _medium.Delete(name);
    }
}
