// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Reflection;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Models;

namespace NeuroMCU.Hardware.Tests.Calibration;

/// <summary>A network on a copy of the engine that counts its instructions.</summary>
internal sealed class CountedEngine
{
    private static readonly InstructionCounter s_counter = new(typeof(NetworkEngine).Assembly, typeof(ModelList).Assembly);

    private readonly object _engine;

    public CountedEngine(NetworkTables tables)
    {
        byte[] image = ImageWriter.Write(tables);
        object models = s_counter.CopyOf(typeof(ModelList)).GetField(nameof(ModelList.All))!.GetValue(null)!;
        MethodInfo read = s_counter.CopyOf(typeof(ImageReader))
            .GetMethod("Read", [typeof(byte[]), typeof(int), typeof(int), models.GetType()])!;
        object copy = read.Invoke(null, [image, 0, image.Length, models])!;
        _engine = Activator.CreateInstance(s_counter.CopyOf(typeof(NetworkEngine)), copy)!;
    }

    /// <summary>Runs and gives the number of instructions that this took.</summary>
    public long Run(long until)
    {
        MethodInfo advance = _engine.GetType().GetMethod("Advance")!;
        PropertyInfo time = _engine.GetType().GetProperty("Time")!;
        long before = s_counter.Count;
        do
        {
            advance.Invoke(_engine, [until, int.MaxValue]);
        }
        while ((long)time.GetValue(_engine)! < until);
        return s_counter.Count - before;
    }

    public long Counter(string name)
    {
        object counters = _engine.GetType().GetProperty("Counters")!.GetValue(_engine)!;
        return Convert.ToInt64(counters.GetType().GetField(name)!.GetValue(counters), System.Globalization.CultureInfo.InvariantCulture);
    }
}
