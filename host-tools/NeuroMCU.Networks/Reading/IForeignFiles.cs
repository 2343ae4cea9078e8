// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Reading;

/// <summary>Reads the files of other programs that a network file names. The formats are elsewhere: this is all that the reader of network
/// files knows of them.</summary>
internal interface IForeignFiles
{
    /// <summary>Whether a path names a network of another program.</summary>
    bool IsNetwork(string path);

    /// <summary>Says what shows a file that is no network but a recording; null for any other file.</summary>
    string? CommandForRecording(string path);

    /// <summary>Reads a network.</summary>
    /// <exception cref="ExplainedException">It cannot be used; says where and why.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    ForeignNetwork ReadNetwork(string path, ForeignOptions options);

    /// <summary>Reads the spikes of a recording.</summary>
    /// <exception cref="ExplainedException">It cannot be used; says where and why.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    ForeignRecording ReadRecording(string path);
}

/// <summary>How a network of another program is to be read where its file leaves it open.</summary>
/// <param name="Step">Step in µs; null for the one that the file was made for.</param>
/// <param name="Decay"><c>euler</c> or <c>exact</c>; null for the one of the program that wrote the file.</param>
/// <param name="Reset"><c>value</c> or <c>subtract</c>; null for the first.</param>
internal sealed record ForeignOptions(int? Step, string? Decay, string? Reset);

/// <summary>A network of another program in the words of this one.</summary>
/// <param name="Text">A network file.</param>
/// <param name="Tables">The tables that it names.</param>
/// <param name="Files">Further files that it was read from.</param>
/// <param name="Approximations">What of it is met in another way than its file says.</param>
internal sealed record ForeignNetwork(string Text, IReadOnlyDictionary<string, string> Tables, IReadOnlyList<string> Files,
    IReadOnlyList<string> Approximations);

/// <summary>A recording, by populations.</summary>
/// <param name="Populations">The populations of which it holds spikes.</param>
/// <param name="IsComplete">Whether it says that nothing is missing of it.</param>
internal sealed record ForeignRecording(IReadOnlyList<ForeignTrains> Populations, bool IsComplete);

/// <summary>Recorded spikes of one population.</summary>
/// <param name="Population">Its name.</param>
/// <param name="Spikes">Neuron within the population, and time in µs.</param>
internal sealed record ForeignTrains(string Population, IReadOnlyList<(int Neuron, long Time)> Spikes);
