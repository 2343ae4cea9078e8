// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Models.Machine;

namespace NeuroMCU.Compiler.Equations;

/// <summary>Gives values that are needed for a while only the same registers one after the other.</summary>
internal sealed class RegisterAssignment
{
    private readonly int[] _code;
    private readonly int[] _places;

    /// <summary>Assigns.</summary>
    /// <param name="code">Code over as many registers as there are values.</param>
    /// <param name="lasting">Whether a value lasts from step to step, by register.</param>
    public RegisterAssignment(IReadOnlyList<int> code, IReadOnlyList<bool> lasting)
    {
        _code = [.. code];
        _places = new int[lasting.Count];
        List<(int Word, int Instruction)> uses = Uses();
        int[] last = new int[lasting.Count];
        foreach ((int word, int instruction) in uses)
        {
            last[_code[word]] = instruction;
        }

        Array.Fill(_places, -1);
        for (int i = 0; i < lasting.Count; i++)
        {
            _places[i] = lasting[i] ? Count++ : -1;
        }

        Stack<int> free = new();
        List<int> ending = [];
        int current = -1;
        foreach ((int word, int instruction) in uses)
        {
            if (instruction != current)
            {
                ending.ForEach(free.Push);
                ending.Clear();
                current = instruction;
            }

            int register = _code[word];
            if (_places[register] < 0)
            {
                _places[register] = free.Count > 0 ? free.Pop() : Count++;
            }

            if (!lasting[register] && last[register] == instruction && !ending.Contains(_places[register]))
            {
                ending.Add(_places[register]);
            }

            _code[word] = _places[register];
        }
    }

    /// <summary>The code over the registers that are left.</summary>
    public int[] Code => _code;

    /// <summary>Number of registers.</summary>
    public int Count { get; private set; }

    /// <summary>Register of a value.</summary>
    /// <returns>The register; −1 for a value that nothing uses.</returns>
    public int PlaceOf(int value) => _places[value];

    // Words that name registers, with the number of their instruction.
    private List<(int Word, int Instruction)> Uses()
    {
        List<(int, int)> uses = [];
        int instruction = 0;
        for (int at = 0; at < _code.Length; instruction++)
        {
            string operands = Operation.Operands(_code[at])!;
            int place = at + 1;
            foreach (char kind in operands)
            {
                if (kind == 'r' || (kind == 'o' && _code[place] >= 0))
                {
                    uses.Add((place, instruction));
                }

                place += kind == 'c' ? 2 : 1;
            }

            int assignments = operands.EndsWith('n') ? _code[place - 1] : 0;
            for (int i = 0; i < assignments; i++)
            {
                uses.AddRange([(place, instruction), (place + 1, instruction), (place + 3, instruction)]);
                place += Operation.AssignmentWords;
            }

            at = place;
        }

        return uses;
    }
}
