// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files;
using PureHDF;

namespace NeuroMCU.Exchange.Hdf;

/// <summary>A table as an HDF5 file: a group with a dataset for each column, all of one length, and texts about it as attributes.</summary>
public static class HdfTable
{
    /// <summary>Writes one.</summary>
    /// <param name="path">Path of the file; it appears when it is whole.</param>
    /// <param name="group">Name of the group.</param>
    /// <param name="columns">Arrays of numbers or texts by name.</param>
    /// <param name="about">Attributes of the group.</param>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static void Write(string path, string group, IEnumerable<KeyValuePair<string, Array>> columns,
        IEnumerable<KeyValuePair<string, string>> about)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(about);
        H5Group table = [];
        foreach ((string name, Array values) in columns)
        {
            // HDF5 has no empty dataset of a fixed shape here: a table without rows has no columns.
            if (values.Length > 0)
            {
                table[name] = values;
            }
        }

        foreach ((string name, string text) in about)
        {
            table.Attributes[name] = text;
        }

        using MemoryStream whole = new();
        new H5File { [group] = table }.Write(whole);
        OutputFile.Write(path, stream => stream.Write(whole.GetBuffer(), 0, (int)whole.Length));
    }
}
