// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Logic;

/// <summary>
/// A function as a sequence of implications on two-state nodes that share a resistor: <c>P IMP Q</c> leaves Q or not P in Q. The inputs are
/// the first nodes; steps may use them up.
/// </summary>
public sealed record LogicGate
{
    private static readonly string[] s_letters = ["P", "Q", "A", "B"];

    /// <summary>Gets the gates: imp, not, or, and, half-adder.</summary>
    public static IReadOnlyList<LogicGate> All { get; } =
    [
        new()
        {
            Name = "imp", Nodes = 2, Inputs = 2, Steps = [Imp(0, 1)], Outputs = [1], OutputNames = ["P IMP Q"],
            Wanted = (p, q) => [!p || q],
        },
        new()
        {
            Name = "not", Nodes = 2, Inputs = 1, Steps = [Off(1), Imp(0, 1)], Outputs = [1], OutputNames = ["NOT P"],
            Wanted = (p, _) => [!p],
        },
        new()
        {
            Name = "or", Nodes = 3, Inputs = 2, Steps = [Off(2), Imp(0, 2), Imp(2, 1)], Outputs = [1], OutputNames = ["P OR Q"],
            Wanted = (p, q) => [p || q],
        },
        new()
        {
            Name = "and", Nodes = 4, Inputs = 2, Steps = [Off(2), Imp(1, 2), Imp(0, 2), Off(3), Imp(2, 3)], Outputs = [3],
            OutputNames = ["P AND Q"], Wanted = (p, q) => [p && q],
        },

        // A = not P, B = not Q or not P, Q = P or Q, A = P and Q, P = not (P or Q) or (P and Q), Q = not P.
        new()
        {
            Name = "half-adder", Nodes = 4, Inputs = 2,
            Steps =
            [
                Off(2), Imp(0, 2), Off(3), Imp(1, 3), Imp(0, 3), Imp(2, 1), Off(2), Imp(3, 2),
                Off(0), Imp(3, 0), Imp(1, 0), Off(1), Imp(0, 1),
            ],
            Outputs = [1, 2], OutputNames = ["sum", "carry"], Wanted = (p, q) => [p != q, p && q],
        },
    ];

    /// <summary>Gets the name on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the number of nodes.</summary>
    public required int Nodes { get; init; }

    /// <summary>Gets the number of inputs, one or two.</summary>
    public required int Inputs { get; init; }

    /// <summary>Gets the steps.</summary>
    public required IReadOnlyList<LogicStep> Steps { get; init; }

    /// <summary>Gets the nodes that hold the results at the end.</summary>
    public required IReadOnlyList<int> Outputs { get; init; }

    /// <summary>Gets what each result is.</summary>
    public required IReadOnlyList<string> OutputNames { get; init; }

    /// <summary>Gets what the results should be.</summary>
    public required Func<bool, bool, IReadOnlyList<bool>> Wanted { get; init; }

    /// <summary>Gets a letter for each node.</summary>
    public IReadOnlyList<string> Letters => s_letters[..Nodes];

    /// <summary>Gets the inputs that a table lists, in its order.</summary>
    public IReadOnlyList<(bool P, bool Q)> Cases => Inputs == 1
        ? [(false, false), (true, false)] : [(false, false), (false, true), (true, false), (true, true)];

    /// <summary>Finds a gate.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The gate; null when there is none of this name.</returns>
    public static LogicGate? Find(string name) => All.FirstOrDefault(g => string.Equals(g.Name, name, StringComparison.Ordinal));

    private static LogicStep Imp(int condition, int target) => new(condition, target);

    private static LogicStep Off(int target) => new(-1, target);
}
