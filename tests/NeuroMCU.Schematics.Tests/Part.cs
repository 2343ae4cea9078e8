// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Schematics.Tests;

/// <summary>A symbol of a sheet that stands for something to buy or to solder.</summary>
internal sealed class Part
{
    private Part(Expression symbol)
    {
        Reference = symbol.Property("Reference");
        Value = symbol.Property("Value");
        Footprint = symbol.Property("Footprint");
        Description = symbol.Property("Description");
        Manufacturer = symbol.Property("Manufacturer");
        Number = symbol.Property("MPN");
        PriceClass = symbol.Property("Price class");
        Quantity = symbol.Property("Quantity") is { Length: > 0 } quantity ? int.Parse(quantity, CultureInfo.InvariantCulture) : 1;
        Bought = symbol.Of("in_bom") == "yes" && symbol.Of("dnp") == "no";
        OnBoard = symbol.Of("on_board") == "yes";
    }

    public string Reference { get; }

    public string Value { get; }

    /// <summary>Gets the library and name of the footprint; empty for what is not on the circuit board.</summary>
    public string Footprint { get; }

    public string Description { get; }

    public string Manufacturer { get; }

    /// <summary>Gets the manufacturer's part number.</summary>
    public string Number { get; }

    /// <summary>Gets the price class, A to D.</summary>
    public string PriceClass { get; }

    /// <summary>Gets what makes two parts the same: maker and number, or the description of what has none.</summary>
    public string Key => Number.Length > 0 ? Manufacturer + " " + Number : Description;

    public int Quantity { get; }

    public bool Bought { get; }

    public bool OnBoard { get; }

    /// <summary>Gets a value indicating whether this stands for a board of the folder <c>schematics</c>, named by the value.</summary>
    public bool IsBoard => File.Exists(SheetOf(Value));

    /// <summary>Gets the upper end of the price class in euros.</summary>
    public decimal Limit => PriceClass switch { "A" => 0.1m, "B" => 1, "C" => 5, _ => 20 };

    public static string SheetOf(string board)
    {
        return Path.Combine(Schematic.Root, "schematics", board, board + ".kicad_sch");
    }

    public static IReadOnlyList<Part> OfBoard(string board)
    {
        return OfSheet(File.ReadAllText(SheetOf(board)));
    }

    public static IReadOnlyList<Part> OfSheet(string text)
    {
        return [.. Expression.Parse(text).All("symbol").Select(s => new Part(s)).Where(p => p.Reference[0] != '#')];
    }
}
