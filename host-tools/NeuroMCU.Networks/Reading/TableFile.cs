// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using NeuroMCU.Files.Tables;
using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Networks.Reading;

/// <summary>A table that a network file names: its faults become findings of the network file, each with its place in the table.</summary>
internal static class TableFile
{
    /// <summary>Reads it.</summary>
    /// <param name="read">Takes what is wanted out of the table and notes the faults of its cells.</param>
    /// <param name="warn">Whether columns that are not used are worth a warning.</param>
    /// <typeparam name="T">What is wanted.</typeparam>
    /// <returns>What was taken; null after a report.</returns>
    public static T? Read<T>(ReadContext context, Field field, IReadOnlyList<CsvColumn> columns, Func<CsvSheet, T> read, bool warn = true)
        where T : class
    {
        string? name = Scalars.Text(context, field, "the path of a CSV file");
        if (name == null)
        {
            return null;
        }

        try
        {
            CsvSheet sheet = context.Texts.TryGetValue(name, out string? text) ? CsvSheet.Parse(Encoding.UTF8.GetBytes(text), name, columns)
                : CsvSheet.Read(context.ReadFile(name), columns);
            int errors = context.ErrorCount;
            T found = read(sheet);
            sheet.Check();
            if (warn && sheet.Unused.Count > 0)
            {
                context.Warn(
                    new SourceLocation(sheet.Path, sheet.HeaderLine, 1, string.Empty),
                    "has columns that are not used: " + string.Join(", ", sheet.Unused),
                    "nothing to do, if they are not needed");
            }

            return context.ErrorCount == errors ? found : null;
        }
        catch (CsvException problem)
        {
            foreach (CsvFault fault in problem.Faults)
            {
                DiagnosticKind kind = fault.About == "delay" ? DiagnosticKind.Delay : DiagnosticKind.Other;
                context.Error(new SourceLocation(problem.Path, fault.Line, fault.Column, string.Empty), fault.Message, fault.Hint, kind);
            }
        }
        catch (InputFileException e)
        {
            context.Error(field, "names `" + name + "`, which " + e.What, e.Next);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            context.Error(field, "cannot read `" + name + "`: " + e.Message, "paths are resolved against the folder of the network file");
        }

        return null;
    }
}
