// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Networks.Reading;

/// <summary>A file of another program that a network file names: what is wrong with it becomes a finding where it is named.</summary>
internal static class ForeignFile
{
    /// <summary>Reads it.</summary>
    /// <param name="field">The path.</param>
    /// <param name="expected">What it is the path of, in words.</param>
    /// <param name="read">Reads the file at a path.</param>
    /// <returns>What was read; null after a report.</returns>
    public static T? Read<T>(ReadContext context, Field field, string expected, Func<IForeignFiles, string, T> read)
        where T : class
    {
        if (Scalars.Text(context, field, expected) is not { } name)
        {
            return null;
        }

        if (NetworkFile.ForeignFiles is not { } files)
        {
            context.Error(field, "names `" + name + "`, and this program reads no files of other programs", "neuromcu run reads them");
            return null;
        }

        try
        {
            return read(files, context.ReadFile(name));
        }
        catch (InputFileException e)
        {
            context.Error(field, "names `" + name + "`, which " + e.What, e.Next);
        }
        catch (ExplainedException e)
        {
            context.Error(field, "cannot be used: " + e.Message, e.Next ?? "check that it is the right file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            context.Error(field, "cannot read `" + name + "`: " + e.Message, "paths are resolved against the folder of the network file");
        }

        return null;
    }
}
