// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Files;

/// <summary>What it takes to keep a file over a power failure; tests put a disk in its place whose power fails.</summary>
internal interface IDisk
{
    /// <summary>Gives the paths of the files in a folder, those of lower folders not included.</summary>
    IEnumerable<string> Files(string folder);

    /// <summary>Gives the bytes of a file; null when there is none.</summary>
    byte[]? Read(string path);

    /// <summary>Makes a file, or empties it.</summary>
    Stream Create(string path);

    /// <summary>Returns when the bytes of a file are on the medium.</summary>
    void Flush(Stream file);

    /// <summary>Gives a file another name, in place of a file that has it.</summary>
    void Move(string from, string to);

    /// <summary>Removes a file; nothing happens when it is not there.</summary>
    void Delete(string path);

    /// <summary>Returns when the names in a folder are on the medium.</summary>
    void FlushFolder(string folder);
}
