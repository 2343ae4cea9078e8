// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Models;

namespace NeuroMCU.Core.Tests.Machine;

/// <summary>Programs of the vector machine for tests, and what their registers are after a step.</summary>
internal static class Programs
{
    /// <summary>A network of one neuron with a program; all registers can be seen.</summary>
    internal static NetworkTables Network(int[] start, int[] code, params int[][] tables)
    {
        return Network(start.Length, code, tables, [.. start.Select(s => new[] { s })]);
    }

    internal static NetworkTables Network(int registers, int[] code, int[][] tables, int[][] start, int size = 1)
    {
        return new NetworkTables
        {
            Step = 100,
            QueueCapacity = 16,
            SpikeCapacity = 64,
            Populations =
            [
                new PopulationTable
                {
                    Model = new EquationModel(),
                    Update = UpdateKind.Clocked,
                    Recorded = true,
                    Size = size,
                    Program = new VectorProgram
                    {
                        Code = code, Tables = tables, Start = start, Drive = -1, Inlets = [], Visible = [.. Enumerable.Range(0, registers)],
                    },
                },
            ],
            Traces = [.. Enumerable.Range(0, registers).Select(r => new TraceTable { Neuron = 0, Interval = 100, Quantity = r })],
        };
    }

    /// <summary>Registers of neuron 0 after a number of steps, and the spikes.</summary>
    internal static (int[] Registers, int Spikes) Run(NetworkTables tables, int steps = 1)
    {
        byte[] image = ImageWriter.Write(tables);
        NetworkEngine engine = new(ImageReader.Read(image, 0, image.Length, ModelList.All));
        int[] registers = new int[tables.Traces.Length];
        for (int step = 0; step <= steps; step++)
        {
            engine.Advance(step * tables.Step, int.MaxValue);
            for (int i = 0; i < engine.Traces.Count; i++)
            {
                registers[engine.Traces.IndexAt(i)] = engine.Traces.ValueAt(i);
            }

            engine.Traces.Remove(engine.Traces.Count);
        }

        return (registers, (int)engine.Spikes.Total);
    }

    internal static int[] Words(long value) => [unchecked((int)value), unchecked((int)(value >> 32))];

    /// <summary>Numbers of all magnitudes, the ends of the range among them.</summary>
    internal static int Any(Random random)
    {
        return random.Next(10) switch
        {
            0 => int.MinValue,
            1 => int.MaxValue,
            2 => 0,
            _ => random.Next(int.MinValue, int.MaxValue) >> random.Next(31),
        };
    }
}
