// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.Laboratory.Localization.Head;

/// <summary>The functions of libmysofa (1.1 and later, github.com/hoene/libmysofa) that read measured heads (SOFA, AES69).</summary>
internal static class LibMySofa
{
    private const string Library = "libmysofa.so.1";

    /// <summary>Opens a file; no loudness normalisation, resampled to the given rate.</summary>
    [DllImport(Library, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern IntPtr mysofa_open_no_norm(string path, float sampleRate, out int filterLength, out int error);

    /// <summary>Reads the filter nearest to a point; x ahead, y to the left, z up, in metres. Delays in seconds.</summary>
    [DllImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern void mysofa_getfilter_float_nointerp(IntPtr file, float x, float y, float z, float[] left, float[] right,
        out float delayLeft, out float delayRight);

    /// <summary>Closes a file.</summary>
    [DllImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern void mysofa_close(IntPtr file);
}
