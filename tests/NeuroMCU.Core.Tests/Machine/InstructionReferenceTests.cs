// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text.RegularExpressions;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Models.Machine;

namespace NeuroMCU.Core.Tests.Machine;

/// <summary>The page on the vector machine names every instruction with exactly the operands that the reader of images expects.</summary>
public sealed partial class InstructionReferenceTests
{
    private static readonly Dictionary<char, string> s_kinds = new()
    {
        ['d'] = "r",
        ['a'] = "r",
        ['b'] = "r",
        ['e'] = "r",
        ['f'] = "r",
        ['g'] = "r",
        ['x'] = "r",
        ['y'] = "r",
        ['r'] = "ro",
        ['j'] = "k",
        ['k'] = "k",
        ['l'] = "k",
        ['m'] = "k",
        ['c'] = "c",
        ['s'] = "s",
        ['q'] = "q",
        ['h'] = "h",
        ['t'] = "t",
        ['w'] = "w",
        ['n'] = "f",
        ['i'] = "n",
    };

    [Fact]
    public void Every_instruction_is_described_with_its_operands()
    {
        Dictionary<int, string> described = Described();
        Assert.Equal(Enumerable.Range(1, Operation.Highest), described.Keys.Order());
        foreach ((int operation, string letters) in described)
        {
            string kinds = Operation.Operands(operation)!;
            Assert.True(
                letters.Length == kinds.Length && letters.Zip(kinds).All(p => s_kinds[p.First].Contains(p.Second)),
                $"instruction {operation}: the page has {letters}, the machine {kinds}");

            // The words of the table and those that the machine goes on by.
            Assert.Equal(1 + letters.Sum(l => l == 'c' ? 2 : 1), Operation.Words(operation));
        }
    }

    [Fact]
    public void The_limits_of_a_program_are_those_of_the_page()
    {
        string page = Page();
        Assert.Contains($"number of registers, 1 to {VectorProgram.MaxRegisters} ", page, StringComparison.Ordinal);
        Assert.Contains($"number of tables, 0 to {VectorProgram.MaxTables} ", page, StringComparison.Ordinal);
        Assert.Contains($"number of inlets, 0 to {VectorProgram.MaxInlets} ", page, StringComparison.Ordinal);
        Assert.Contains($"number of visible registers, 1 to {VectorProgram.MaxVisible} ", page, StringComparison.Ordinal);
        Assert.Contains($"words of code, 0 to {VectorProgram.MaxWords} ", page, StringComparison.Ordinal);
        Assert.Contains($"i32 count (2 to {VectorProgram.MaxEntries})", page, StringComparison.Ordinal);
        Assert.Equal(10, Operation.AssignmentWords);
        Assert.Contains("An assignment is ten words, d a k b l c s w w", page, StringComparison.Ordinal);
    }

    private static Dictionary<int, string> Described()
    {
        Dictionary<int, string> described = [];
        foreach (Match row in Row().Matches(Page()))
        {
            foreach (string number in row.Groups["numbers"].Value.Split(", "))
            {
                described.Add(int.Parse(number, CultureInfo.InvariantCulture),
                    row.Groups["operands"].Value.Replace(" ", string.Empty, StringComparison.Ordinal).TrimEnd('…'));
            }
        }

        return described;
    }

    private static string Page()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "NeuroMCU.sln")))
        {
            folder = folder.Parent!;
        }

        return File.ReadAllText(Path.Combine(folder.FullName, "docs", "reference", "vector-machine.md"));
    }

    [GeneratedRegex(@"^\| (?<numbers>\d+(, \d+)*) \| (?<operands>[a-z]( [a-z])*( …)?) \|",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
