// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Localization.Head;

/// <summary>
/// A head from a SOFA file, by default the MIT KEMAR manikin that Debian's libmysofa1 carries: 44.1 kHz, 512 taps, 710 directions,
/// every 5° in the horizontal plane.
/// </summary>
/// <remarks>
/// W. G. Gardner and K. D. Martin, "HRTF measurements of a KEMAR", J. Acoust. Soc. Am. 97, 3907 (1995); the data are free with
/// no restrictions on use, provided the authors are cited.
/// </remarks>
public sealed class SofaHead : IHead
{
    /// <summary>Where Debian's libmysofa1 keeps KEMAR's responses.</summary>
    public const string KemarPath = "/usr/share/libmysofa/MIT_KEMAR_normal_pinna.sofa";

    /// <summary>Sample rate of the KEMAR measurement in Hz.</summary>
    public const int KemarRate = 44_100;

    private const double MeasuredStep = 5;
    private const double Distance = 1.4;

    private const double ElevationStep = 10;
    private const double Lowest = -40;
    private const double Highest = 90;

    private readonly Dictionary<(int Azimuth, int Elevation), HeadResponse> _responses = [];

    private SofaHead(int sampleRate)
    {
        SampleRate = sampleRate;
    }

    /// <inheritdoc />
    public int SampleRate { get; }

    /// <summary>Gets a value indicating whether it is KEMAR as <see cref="KemarPath" /> has it.</summary>
    public bool IsKemar { get; private init; }

    /// <summary>Gets a value indicating whether KEMAR's responses and the library that reads them are on this machine.</summary>
    public static bool IsKemarInstalled
    {
        get
        {
            try
            {
                _ = Kemar();
                return true;
            }
            catch (HeadException)
            {
                return false;
            }
        }
    }

    /// <summary>Reads KEMAR.</summary>
    /// <exception cref="HeadException">The library or its data are missing.</exception>
    public static SofaHead Kemar() => Open(KemarPath, KemarRate);

    /// <summary>Reads a SOFA file, in steps of 5° around and of 10° from −40° to 90° upwards.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="sampleRate">Sample rate in Hz at which the responses are wanted; the library resamples where it has to.</param>
    /// <exception cref="HeadException">The library is missing or the file cannot be read.</exception>
    public static SofaHead Open(string path, int sampleRate)
    {
        if (!File.Exists(path))
        {
            throw new HeadException(
                $"{path}: no such file; Debian's package libmysofa1 carries the KEMAR head, install it with 'apt-get install libmysofa1'");
        }

        IntPtr file;
        int length;
        try
        {
            file = LibMySofa.mysofa_open_no_norm(path, sampleRate, out length, out int error);
            if (file == IntPtr.Zero)
            {
                throw new HeadException(
                    $"{path}: libmysofa cannot read this file (its error {error}); it takes SOFA files of the convention SimpleFreeFieldHRIR");
            }
        }
        catch (DllNotFoundException)
        {
            throw new HeadException("libmysofa is not installed; install it with 'apt-get install libmysofa1'");
        }

        try
        {
            return Read(file, length, sampleRate, string.Equals(path, KemarPath, StringComparison.Ordinal));
        }
        finally
        {
            LibMySofa.mysofa_close(file);
        }
    }

    /// <inheritdoc />
    public HeadResponse ResponseAt(double azimuth) => ResponseAt(azimuth, 0);

    /// <inheritdoc />
    /// <remarks>Below −40° the responses of −40° stand for it.</remarks>
    public HeadResponse ResponseAt(double azimuth, double elevation) => _responses[(Step(azimuth), Level(elevation))];

    private static SofaHead Read(IntPtr file, int length, int sampleRate, bool kemar)
    {
        var head = new SofaHead(sampleRate) { IsKemar = kemar };
        for (double elevation = Lowest; elevation <= Highest; elevation += ElevationStep)
        {
            for (double azimuth = -180; azimuth < 180; azimuth += MeasuredStep)
            {
                head._responses[(Step(azimuth), Level(elevation))] = ReadAt(file, length, sampleRate, azimuth, elevation);
            }
        }

        return head;
    }

    private static HeadResponse ReadAt(IntPtr file, int length, int sampleRate, double azimuth, double elevation)
    {
        float[] left = new float[length];
        float[] right = new float[length];
        (double sine, double cosine) = Math.SinCos(azimuth * Math.PI / 180);
        (double up, double flat) = Math.SinCos(elevation * Math.PI / 180);

        // SOFA counts azimuth counter-clockwise: y points to the left.
        LibMySofa.mysofa_getfilter_float_nointerp(
            file, (float)(Distance * cosine * flat), (float)(-Distance * sine * flat), (float)(Distance * up), left, right,
            out float delayLeft, out float delayRight);
        return new HeadResponse(azimuth, Delayed(left, delayLeft, sampleRate), Delayed(right, delayRight, sampleRate));
    }

    private static int Level(double elevation) => (int)Math.Round(Math.Clamp(elevation, Lowest, Highest) / ElevationStep);

    private static int Step(double azimuth)
    {
        const int Steps = (int)(360 / MeasuredStep);
        int step = (int)Math.Round(azimuth / MeasuredStep) % Steps;
        return step < 0 ? step + Steps : step;
    }

    // A file may state a broadband delay beside each response; KEMAR's are zero.
    private static float[] Delayed(float[] response, float seconds, int sampleRate)
    {
        int samples = (int)Math.Round(seconds * sampleRate);
        if (samples <= 0)
        {
            return response;
        }

        float[] delayed = new float[response.Length + samples];
        response.CopyTo(delayed, samples);
        return delayed;
    }
}
