// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Localization;

/// <summary>Finds the sound localization example that ships with the program.</summary>
public static class ShippedExample
{
    private const string Place = "examples/sound-localization";

    /// <summary>Finds its folder: above the program, else above the present folder.</summary>
    /// <returns>Full path of the folder.</returns>
    /// <exception cref="DirectoryNotFoundException">It is in neither place.</exception>
    public static string Folder()
    {
        foreach (string start in (string[])[AppContext.BaseDirectory, Environment.CurrentDirectory])
        {
            for (DirectoryInfo? folder = new(start); folder != null; folder = folder.Parent)
            {
                string candidate = Path.Combine(folder.FullName, Place);
                if (File.Exists(Path.Combine(candidate, LocalizationNetwork.FileName)))
                {
                    return candidate;
                }
            }
        }

        throw new DirectoryNotFoundException(
            $"{Place} is not above {AppContext.BaseDirectory}; run neuromcu from its repository, or name a network with --network");
    }

    /// <summary>Path of the network file.</summary>
    public static string Network => Path.Combine(Folder(), LocalizationNetwork.FileName);

    /// <summary>Path of the folder of recordings.</summary>
    public static string Recordings => Path.Combine(Folder(), "recordings");
}
