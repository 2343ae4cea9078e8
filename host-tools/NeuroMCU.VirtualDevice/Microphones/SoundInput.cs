// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Diagnostics;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.VirtualDevice.Microphones;

/// <summary>
/// Sound for a device's microphones from outside: a recorder of this machine's sound input, which cannot be held back, or a pipe or file of
/// samples, which is read as fast as the device hears.
/// </summary>
public sealed class SoundInput : IDisposable
{
    private const int FrameBytes = 4;
    private const int ChunkFrames = 480;
    private const float FullScale = 32768;

    private readonly Func<Stream> _open;
    private readonly Process? _recorder;
    private long _frames;
    private long _alike;

    private SoundInput(string description, int rate, Func<Stream> open, Process? recorder)
    {
        Description = description;
        Sound = new LiveSound(rate);
        _open = open;
        _recorder = recorder;
    }

    /// <summary>Gets where the sound comes from.</summary>
    public string Description { get; }

    /// <summary>Gets the sound.</summary>
    public LiveSound Sound { get; }

    /// <summary>Gets a value indicating whether it cannot be held back; what finds no room is lost.</summary>
    public bool IsLive => _recorder is not null;

    /// <summary>Gets why it ended before its end, in words; null when it did not.</summary>
    public string? Problem { get; private set; }

    /// <summary>Gets the number of bytes at the end that were no whole frame.</summary>
    public int OddBytes { get; private set; }

    /// <summary>Gets a value indicating whether both ears have heard the very same for a second of sound at least.</summary>
    public bool IsMono => _frames >= Sound.SampleRate && _alike == _frames;

    /// <summary>Makes an input of a stream of samples: 16 bits, little-endian, left and right in turn.</summary>
    /// <param name="description">Where they come from.</param>
    /// <param name="rate">Rate in Hz.</param>
    /// <param name="open">Opens the stream; may block until someone writes to it.</param>
    public static SoundInput OfStream(string description, int rate, Func<Stream> open) => new(description, rate, open, null);

    /// <summary>Starts a recorder.</summary>
    /// <param name="recorder">Which.</param>
    /// <param name="program">Path of its program.</param>
    /// <param name="rate">Rate in Hz.</param>
    public static SoundInput OfRecorder(SoundRecorder recorder, string program, int rate)
    {
        ArgumentNullException.ThrowIfNull(recorder);
        ProcessStartInfo start = new(program, recorder.Call(rate))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start)!;
        return new SoundInput($"the sound input of this machine ({recorder.Program})", rate, () => process.StandardOutput.BaseStream, process);
    }

    /// <summary>Begins to read, on a thread of its own, until the end or <see cref="Dispose" />.</summary>
    public void Start()
    {
        Thread thread = new(Read) { IsBackground = true, Name = "sound input" };
        thread.Start();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Sound.End();
        if (_recorder is { HasExited: false })
        {
            _recorder.Kill();
        }

        _recorder?.Dispose();
    }

    private void Read()
    {
        try
        {
            using Stream stream = _open();
            byte[] bytes = new byte[ChunkFrames * FrameBytes];
            int kept = 0;
            while (stream.Read(bytes, kept, bytes.Length - kept) is > 0 and int count)
            {
                int whole = (kept + count) / FrameBytes;
                Take(bytes.AsSpan(0, whole * FrameBytes));
                kept += count - (whole * FrameBytes);
                bytes.AsSpan(whole * FrameBytes, kept).CopyTo(bytes);
            }

            OddBytes = kept;
            if (_recorder is not null)
            {
                string said = _recorder.StandardError.ReadToEnd().Trim();
                Problem = said.Length > 0 ? said.Split('\n')[^1] : "it ended by itself";
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            Problem = problem.Message;
        }

        Sound.End();
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        float[] left = new float[bytes.Length / FrameBytes];
        float[] right = new float[left.Length];
        for (int k = 0; k < left.Length; k++)
        {
            short l = BinaryPrimitives.ReadInt16LittleEndian(bytes[(k * FrameBytes)..]);
            short r = BinaryPrimitives.ReadInt16LittleEndian(bytes[((k * FrameBytes) + 2)..]);
            left[k] = l / FullScale;
            right[k] = r / FullScale;
            _alike += l == r ? 1 : 0;
        }

        _frames += left.Length;
        Sound.Write(left, right, wait: !IsLive);
    }
}
