// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Yaml;
using NeuroMCU.VirtualBench.Costs;
using YamlDotNet.Core;

namespace NeuroMCU.Compiler;

/// <summary>The cost profile that a user names.</summary>
internal static class CostProfileSource
{
    /// <summary>Finds a cost profile.</summary>
    /// <param name="name">Name of one that comes with the program, or the path of a .yaml file.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="DeviceException">There is none of that name, or the file cannot be read.</exception>
    public static CostProfile Find(string name)
    {
        try
        {
            if (!name.EndsWith(".yaml", StringComparison.Ordinal))
            {
                return CostProfile.Find(name);
            }

            string text = InputFile.ReadText(name);
            YamlBounds.CheckDepth(text);
            using var reader = new StringReader(text);
            return CostProfileFile.Read(reader, name);
        }
        catch (ArgumentException problem)
        {
            throw new DeviceException(
                DeviceErrorKind.AddressInvalid,
                $"there is no cost profile '{name}'",
                null,
                $"use one of: {string.Join(", ", CostProfileFile.BuiltInNames)}, or the path of a .yaml file",
                problem);
        }
        catch (Exception problem) when (problem is FormatException or IOException or UnauthorizedAccessException or YamlException)
        {
            throw new DeviceException(
                DeviceErrorKind.FileAccess, $"the cost profile '{name}' cannot be read", problem.Message, "correct the file", problem);
        }
    }
}
