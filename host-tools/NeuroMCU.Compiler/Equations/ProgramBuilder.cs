// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Models.Machine;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Compiler.Equations;

/// <summary>A register while a program is made.</summary>
/// <param name="Exponent">Resolution as a power of 2.</param>
internal sealed record Register(int Index, string Name, int Exponent, Interval Range)
{
    /// <summary>Largest magnitude in units of the register.</summary>
    public double Units => Range.Magnitude / Math.ScaleB(1, Exponent);
}

/// <summary>Collects registers, tables and instructions, and chooses the fixed-point numbers of linear forms.</summary>
internal sealed class ProgramBuilder
{
    /// <summary>Bits of a register's values without their sign, so that a difference of two fits as well.</summary>
    public const int Bits = 30;

    private readonly List<Register> _registers = [];
    private readonly List<int[]?> _start = [];
    private readonly List<int> _code = [];
    private readonly List<string> _listing = [];
    private readonly List<int[]> _tables = [];
    private int _work;

    /// <summary>One line per instruction.</summary>
    public IReadOnlyList<string> Listing => _listing;

    /// <summary>IL instructions per neuron.</summary>
    public int Work => _work;

    /// <summary>Tables so far.</summary>
    public int[][] Tables => [.. _tables];

    /// <summary>Assigns registers.</summary>
    /// <returns>The code, start values, and the register of each value.</returns>
    /// <exception cref="EquationException">There are too few.</exception>
    public (int[] Code, int[][] Start, Func<Register, int> Place) Finish()
    {
        RegisterAssignment assignment = new(_code, [.. _start.Select(s => s != null)]);
        if (assignment.Count > VectorProgram.MaxRegisters)
        {
            throw new EquationException(
                null, string.Create(CultureInfo.InvariantCulture,
                    $"the equations need {assignment.Count} registers, and a program has {VectorProgram.MaxRegisters}"),
                "drop states or definitions, use fewer `substeps`, or make two populations of it");
        }

        int[][] start = new int[assignment.Count][];
        Array.Fill(start, [0]);
        for (int i = 0; i < _start.Count; i++)
        {
            start[assignment.PlaceOf(i) < 0 ? 0 : assignment.PlaceOf(i)] = _start[i] ?? start[Math.Max(0, assignment.PlaceOf(i))];
        }

        return (assignment.Code, start, r => assignment.PlaceOf(r.Index));
    }

    /// <summary>Resolution that holds a range in 30 bits.</summary>
    /// <returns>The power of 2.</returns>
    public static int ExponentOf(Interval range)
    {
        double magnitude = range.Magnitude;
        return magnitude == 0 ? -Bits : (int)Math.Ceiling(Math.Log2(magnitude)) - Bits;
    }

    /// <summary>Rounds to a register's units.</summary>
    /// <param name="value">Value in SI units.</param>
    /// <param name="exponent">Resolution as a power of 2.</param>
    /// <returns>The nearest number of units, saturating.</returns>
    public static int Raw(double value, int exponent)
        => (int)Math.Clamp(Math.Round(Math.ScaleB(value, -exponent), MidpointRounding.AwayFromZero), int.MinValue, int.MaxValue);

    /// <summary>Adds a register.</summary>
    /// <param name="exponent">Its resolution; null for the finest.</param>
    /// <param name="start">Start values in SI units, one or one per neuron; null for what lasts no longer than a step.</param>
    /// <returns>The register.</returns>
    public Register Add(string name, Interval range, int? exponent = null, double[]? start = null)
    {
        Register register = new(_registers.Count, name, exponent ?? ExponentOf(range), range);
        _registers.Add(register);
        _start.Add(start == null ? null : Array.ConvertAll(start, v => Raw(v, register.Exponent)));
        return register;
    }

    /// <summary>Entries that tables may have together.</summary>
    public int Room { get; init; } = VectorProgram.MaxTables * VectorProgram.MaxEntries;

    /// <summary>Entries that are left for further tables.</summary>
    public int RoomLeft => Room - _tables.Sum(t => t.Length);

    /// <summary>Adds a table.</summary>
    /// <param name="values">Entries in SI units.</param>
    /// <param name="exponent">Resolution as a power of 2.</param>
    /// <returns>Its number.</returns>
    public int AddTable(double[] values, int exponent)
    {
        if (_tables.Count == VectorProgram.MaxTables)
        {
            throw new EquationException(
                null, "the equations need more than 64 tables",
                "write a function that several equations use once, as a definition; write powers as products; or make two populations "
                + "of it");
        }

        _tables.Add(Array.ConvertAll(values, v => Raw(v, exponent)));
        return _tables.Count - 1;
    }

    /// <summary>Adds an instruction.</summary>
    public void Emit(int operation, string text, params int[] words)
    {
        _code.Add(operation);
        _code.AddRange(words);
        _listing.Add(text);
        _work += Operation.Work(operation);
    }

    /// <summary>Two words of a constant.</summary>
    /// <returns>The lower word, the upper word.</returns>
    public static int[] Words(long value) => [unchecked((int)value), unchecked((int)(value >> 32))];

    /// <summary>Chooses shift, factors and constant of a linear form whose result has a resolution.</summary>
    /// <param name="terms">Factor in SI units and operand.</param>
    /// <param name="constant">Constant in SI units.</param>
    /// <param name="halves">Halves of a unit to add for rounding: 0, 1, or 2 where something else has been rounded down.</param>
    /// <returns>Factors, constant, shift.</returns>
    public static (int[] Factors, long Constant, int Shift) Scale(IReadOnlyList<(double Factor, Register Of)> terms, double constant,
        int exponent, int halves = 1)
    {
        // What is always 0 has no unit of its own.
        double[] ratios = [.. terms.Select(t => t.Of.Range.Magnitude == 0 ? 0 : Math.ScaleB(t.Factor, t.Of.Exponent - exponent))];
        double fixedPart = Math.ScaleB(constant, -exponent);
        for (int shift = 62; shift >= 0; shift--)
        {
            double one = Math.ScaleB(1, shift);
            double sum = (Math.Abs(fixedPart) * one) + (2 * one);
            bool fits = true;
            for (int i = 0; i < ratios.Length; i++)
            {
                fits &= Math.Abs(ratios[i]) * one < int.MaxValue;
                sum += ((Math.Abs(ratios[i]) * one) + 1) * (terms[i].Of.Units + 1);
            }

            if (fits && sum < Math.ScaleB(1, 62))
            {
                int[] factors = Array.ConvertAll(ratios, r => (int)Math.Round(r * one, MidpointRounding.AwayFromZero));
                long half = shift == 0 ? 0 : halves * (1L << (shift - 1));
                return (factors, (long)Math.Round(fixedPart * one, MidpointRounding.AwayFromZero) + half, shift);
            }
        }

        (double factor, Register widest) = terms.MaxBy(t => Math.Abs(t.Factor) * t.Of.Range.Magnitude);
        string times = (Math.Abs(factor) * widest.Range.Magnitude / Math.ScaleB(1, exponent + Bits)).ToString("G2",
            CultureInfo.InvariantCulture);
        throw new EquationException(
            null, "32 bits are too coarse: at the end of the range of `" + widest.Name + "` its term is " + times
            + " times the range of the result",
            "narrow the `range` of `" + widest.Name + "` to what it needs");
    }

    /// <summary>Text of a linear form.</summary>
    /// <param name="terms">Factor in SI units and operand.</param>
    /// <param name="constant">Constant in SI units.</param>
    /// <returns>Such as <c>0.5*v - 2*u + 3</c>.</returns>
    public static string Text(IEnumerable<(double Factor, Register Of)> terms, double constant)
    {
        string text = string.Join(" + ", terms.Select(t => t.Factor.ToString("G4", CultureInfo.InvariantCulture) + "*" + t.Of.Name));
        return constant == 0 ? text : text + " + " + constant.ToString("G4", CultureInfo.InvariantCulture);
    }
}
