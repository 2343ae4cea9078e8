// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.Hardware.Tests;

/// <summary>WAV files as writers in the field leave them: each is read as what it holds, or refused in words that help.</summary>
public sealed class WavFileTests
{
    private static readonly double[] s_samples = [0.5, -0.25, -1, 0.125, 0, 0.75, 0.25, -0.5];

    [Theory]
    [InlineData(8, 1, 0)]
    [InlineData(16, 1, 0)]
    [InlineData(24, 1, 0)]
    [InlineData(32, 1, 0)]
    [InlineData(64, 1, 0)]
    [InlineData(32, 3, 0)]
    [InlineData(64, 3, 0)]
    [InlineData(12, 1, 2)]
    [InlineData(20, 1, 3)]
    [InlineData(24, 1, 4)]
    [InlineData(16, 1, 4)]
    [InlineData(20, 1, 4)]
    public void Every_sample_format_reads_the_same_values(int bits, int codec, int width)
    {
        foreach (string form in new[] { "RIFF", "RF64", "BW64" })
        {
            foreach (bool extensible in new[] { false, true })
            {
                Reads(new Wav { Form = form, Bits = bits, Codec = codec, Width = width, Extensible = extensible });
            }
        }
    }

    [Fact]
    public void Samples_at_the_lower_end_of_a_wider_container_are_as_loud_as_they_were_meant()
    {
        double[] samples = [.. s_samples.Select(s => s * 0.999)];
        byte[] bytes = new Wav { Bits = 24, Width = 4, LowEnd = true }.Bytes(samples);

        StereoSound sound = WavReader.Read(bytes, "x.wav");

        Assert.Equal(samples.Where((_, i) => i % 2 == 0).Select(s => (float)s), sound.Left, (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Contains("lower end of 32", Assert.Single(sound.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0x7FFF_F000u)]
    [InlineData(0x7FFF_FFFFu)]
    [InlineData(0x8000_0000u)]
    [InlineData(0xFFFF_FFFFu)]
    [InlineData(0xFFFF_FFDBu)]
    [InlineData(0x7FFF_FFDBu)]
    [InlineData(0x7FFF_FFD3u)]
    [InlineData(0xFFFF_F000u)]
    [InlineData(0xFFFF_FF00u)]
    public void The_placeholder_of_a_streaming_writer_is_no_length(uint says)
    {
        StereoSound sound = Reads(new Wav { Says = says });

        Assert.Contains($"says {says} bytes", Assert.Single(sound.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Tags_behind_sound_of_unknown_length_are_no_sound()
    {
        byte[] text = Enumerable.Range(0, 3000).Select(i => (byte)(32 + (i * 7 % 90))).ToArray();
        byte[] info = [.. "INFO"u8, .. Wav.Chunk("ICMT", text)];
        byte[][] tags =
        [
            Wav.Chunk("LIST", info),
            Wav.Chunk("LIST", [.. info, 1], pad: false),
            [.. Wav.Chunk("cue ", new byte[28]), .. Wav.Chunk("LIST", info)],
            Wav.Chunk("_PMX", [.. "<x:xmpmeta>"u8, .. text]),
            Wav.Chunk("odd1", text[..777], pad: false),
            Wav.Chunk("id3 ", [.. "ID3"u8, .. text]),
            [.. "LIST"u8, 0xFF, 0xFF, 0xFF, 0xFF, .. info],
            [.. "TAG"u8, .. text[..125]],
        ];
        foreach (byte[] tag in tags)
        {
            Reads(new Wav { Says = uint.MaxValue, After = tag });
            Reads(new Wav { Says = 0x7FFF_F000, After = tag });
            Reads(new Wav { After = tag });
        }

        // A finished header that says 0 and tags: an empty recording.
        foreach (byte[] tag in tags[..6])
        {
            WavException error = Assert.Throws<WavException>(() => WavReader.Read(new Wav { Says = 0, After = tag }.Bytes([]), "x.wav"));
            Assert.Equal(WavProblem.Empty, error.Problem);
        }
    }

    [Fact]
    public void A_forgotten_pad_byte_moves_nothing()
    {
        for (int length = 1; length < 80; length += 2)
        {
            byte[] body = Encoding.ASCII.GetBytes(new string('y', length));
            foreach (bool pad in new[] { true, false })
            {
                Reads(new Wav { Before = Wav.Chunk("bext", body, pad) });
                Reads(new Wav { Before = [.. Wav.Chunk("abcd", body, pad), .. Wav.Chunk("efgh", [1, 2]), .. Wav.Chunk("wxyz", [1], pad)] });
            }
        }
    }

    [Fact]
    public void An_extension_may_be_missing_short_or_too_long()
    {
        Assert.Contains("extension is missing", Reads(new Wav { Extensible = true, ExtensionLength = 0 }).Notes.Single(),
            StringComparison.Ordinal);
        Reads(new Wav { Extensible = true, ExtensionLength = 30 });
        Refuses(WavProblem.UnsupportedCodec, "may be integers or floating point",
            new Wav { Extensible = true, ExtensionLength = 0, Bits = 32, Codec = 3 }.Bytes(s_samples));

        // Ambisonics: the channels are no ears.
        byte[] tail = [0, 0, 0x21, 0x07, 0xd3, 0x11, 0x86, 0x44, 0xc8, 0xc1, 0xca, 0, 0, 0];
        Refuses(WavProblem.UnsupportedCodec, "00000001-0721-11d3-8644-c8c1ca000000",
            new Wav { Extensible = true, GuidTail = tail }.Bytes(s_samples));
    }

    [Fact]
    public void Floating_point_beyond_full_scale_is_scaled_and_no_number_is_refused()
    {
        double[] loud = [.. s_samples.Select(s => s * 32_768)];
        foreach (int bits in new[] { 32, 64 })
        {
            StereoSound sound = WavReader.Read(new Wav { Bits = bits, Codec = 3 }.Bytes(loud), "x.wav");
            Assert.Equal([0.5f, -1f, 0f, 0.25f], sound.Left);
            Assert.Contains("samples reach 32768", Assert.Single(sound.Notes), StringComparison.Ordinal);

            foreach (double bad in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
            {
                double[] broken = [.. s_samples];
                broken[5] = bad;
                Refuses(WavProblem.NotNumbers, "1 of 8 samples are no numbers", new Wav { Bits = bits, Codec = 3 }.Bytes(broken));
                Refuses(WavProblem.NotNumbers, "in the right channel at 0.000 s", new Wav { Bits = bits, Codec = 3 }.Bytes(broken));
            }
        }
    }

    [Fact]
    public void Other_chunks_are_skipped_also_those_of_odd_length()
    => Reads(new Wav { Before = Wav.Chunk("LIST", [1, 2, 3]), After = Wav.Chunk("LIST", [1, 2, 3]) });

    [Fact]
    public void A_file_that_cannot_be_used_says_why_and_what_to_do()
    {
        byte[] good = Wav.Make(2, 8000, 16, 1, false, [0.5, 0.25, 0.5, 0.25]);
        Refuses(WavProblem.Empty, "record or export it again", []);
        Refuses(WavProblem.NotWav, "this is an MP3 file", Encoding.ASCII.GetBytes("ID3 this is an MP3"));
        Refuses(WavProblem.NotWav, "it does not begin with RIFF", Encoding.ASCII.GetBytes("a text that is no sound"));
        Refuses(WavProblem.NotWav, "it does not begin with RIFF", Encoding.ASCII.GetBytes("RIFF    AVI "));
        Refuses(WavProblem.Mono, "one channel", Wav.Make(1, 8000, 16, 1, false, [0.5]));
        Refuses(WavProblem.TooManyChannels, "6 channels", Wav.Make(6, 8000, 16, 1, false, [0, 0, 0, 0, 0, 0]));
        Refuses(WavProblem.TooManyChannels, "3 channels", Wav.Make(3, 8000, 16, 1, false, [0, 0, 0]));
        Refuses(WavProblem.NotWav, "no channel", Wav.Make(0, 8000, 16, 1, false, [0.5]));
        Refuses(WavProblem.UnsupportedCodec, "codec 7", Wav.Make(2, 8000, 8, 7, false, [0.5, 0.5]));
        Refuses(WavProblem.UnsupportedCodec, "frames of 2 bytes (block align) cannot hold 2 samples of 16 bits",
            new Wav { Width = 1 }.Bytes(s_samples));
        Refuses(WavProblem.UnsupportedCodec, "0 bits", new Wav { Bits = 0, Width = 2 }.Bytes(s_samples));
        Refuses(WavProblem.Empty, "no samples", Wav.Make(2, 8000, 16, 1, false, []));
        Refuses(WavProblem.Truncated, "after 6 of 8 bytes", good[..^2]);
        Refuses(WavProblem.Truncated, "keep what is there with 'ffmpeg", good[..^1]);
        Refuses(WavProblem.Truncated, "before its samples", good[..36]);
        Refuses(WavProblem.Truncated, "inside its format", good[..24]);
        Refuses(WavProblem.NotWav, "0 Hz", Wav.Make(2, 0, 16, 1, false, [0.5, 0.5]));
        Refuses(WavProblem.NotWav, "7 Hz", Wav.Make(2, 7, 16, 1, false, [0.5, 0.5]));
    }

    [Fact]
    public void A_cut_file_is_refused_or_gives_the_samples_before_the_cut()
    {
        double[] samples = [.. Enumerable.Range(0, 40).Select(i => ((i * 37 % 80) - 40) / 64.0)];
        foreach (uint? says in new uint?[] { null, 0, 0x7FFF_F000, uint.MaxValue })
        {
            foreach ((int bits, int codec, int width) in new[] { (8, 1, 0), (16, 1, 0), (24, 1, 0), (24, 1, 4), (32, 3, 0), (64, 3, 0) })
            {
                byte[] file = new Wav
                {
                    Bits = bits,
                    Codec = codec,
                    Width = width,
                    Says = says,
                    Before = Wav.Chunk("bext", [1, 2, 3])
                }.Bytes(samples);
                for (int length = 0; length < file.Length; length++)
                {
                    if (ReadOrRefuse(file[..length]) is { } sound)
                    {
                        Assert.Equal(samples.Where((_, i) => i % 2 == 0).Take(sound.Length).Select(s => (float)s), sound.Left);
                        Assert.Equal(samples.Where((_, i) => i % 2 == 1).Take(sound.Length).Select(s => (float)s), sound.Right);
                    }
                }
            }
        }
    }

    [Fact]
    public void No_changed_byte_does_anything_but_read_or_refuse()
    {
        foreach (string form in new[] { "RIFF", "RF64" })
        {
            byte[] good = new Wav
            {
                Form = form,
                Bits = 24,
                Extensible = true,
                Before = Wav.Chunk("LIST", [1, 2, 3]),
                After = Wav.Chunk("id3 ", [1, 2, 3])
            }
                .Bytes([.. Enumerable.Range(0, 40).Select(i => i / 50.0)]);
            for (int i = 0; i < good.Length; i++)
            {
                foreach (byte value in new byte[] { 0, 1, 0x7f, 0x80, 0xff })
                {
                    byte[] changed = (byte[])good.Clone();
                    changed[i] = value;
                    ReadOrRefuse(changed);
                }
            }
        }
    }

    private static StereoSound Reads(Wav file)
    {
        StereoSound sound = WavReader.Read(file.Bytes(s_samples), "x.wav");
        Assert.Equal(48_000, sound.SampleRate);
        Assert.Equal(file.Bits, sound.FileBits);
        Assert.Equal<IEnumerable<float>>([0.5f, -1f, 0f, 0.25f], sound.Left);
        Assert.Equal<IEnumerable<float>>([-0.25f, 0.125f, 0.75f, -0.5f], sound.Right);
        return sound;
    }

    private static void Refuses(WavProblem problem, string words, byte[] bytes)
    {
        WavException error = Assert.Throws<WavException>(() => WavReader.Read(bytes, "clap.wav"));
        Assert.Equal(problem, error.Problem);
        Assert.StartsWith("clap.wav: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    private static StereoSound? ReadOrRefuse(byte[] bytes)
    {
        try
        {
            StereoSound sound = WavReader.Read(bytes, "x");
            Assert.NotEmpty(sound.Left);
            return sound;
        }
        catch (WavException)
        {
            return null;
        }
    }
}
