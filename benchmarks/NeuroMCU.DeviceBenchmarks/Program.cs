// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Integrity;

namespace NeuroMCU.DeviceBenchmarks
{
    /// <summary>
    /// Prints what the engine costs as ratios within one run, one <c>name,value</c> per line: the same program on the device, on nanoCLR
    /// and on .NET. See docs/reference/benchmarks.md.
    /// </summary>
    public static class Program
    {
        private const int Neurons = 100;
        private const int Synapses = 20;
        private const int Window = 5000;
        private const int Duration = 700000;

        /// <summary>Runs all benchmarks.</summary>
        public static void Main()
        {
            long addition = Gauge.PerUnit(new LoopWorkload(LoopWorkload.Additions)) - Gauge.PerUnit(new LoopWorkload(LoopWorkload.Empty));
            addition = addition > 0 ? addition : 1;
            long lean = Gauge.PerUnit(new LoopWorkload(LoopWorkload.Neurons));
            long clocked = Gauge.PerUnit(new EngineWorkload(Networks.Clocked(LoopWorkload.Size), Window));
            Print("addition_ns", addition, 1000);
            Print("lean_update_in_additions", lean, addition);
            Print("clocked_update_in_lean_updates", clocked, lean);

            Compare("same_delay", lean, addition, 1500, 1500);
            Compare("random_delay", lean, addition, 1000, 20000);

            NetworkEngine engine = new NetworkEngine(Networks.Mixed());
            engine.Advance(1000000, int.MaxValue);
            Console.WriteLine("mixed_network_spikes," + engine.Spikes.Total.ToString());
            Console.WriteLine("mixed_network_record," + Digest(engine.Spikes).ToString());
        }

        private static void Compare(string name, long lean, long addition, int shortest, int longest)
        {
            NetworkTables tables = Networks.Fed(Neurons, Synapses, shortest, longest, Duration);
            EngineWorkload network = new EngineWorkload(tables, Window);
            long whole = Gauge.Total(network);

            // What the same input spikes cost without synapses is no part of a synaptic event.
            long input = Gauge.Total(new EngineWorkload(Networks.Fed(Neurons, 0, shortest, longest, Duration), Window));
            long perEvent = (whole - input) * 100000 / network.Units;
            Print("synaptic_event_" + name + "_in_lean_updates", perEvent, lean);
            Print("synaptic_event_" + name + "_in_additions", perEvent, addition);

            NaiveWorkload naive = new NaiveWorkload(tables, Window);
            long clocked = Gauge.Total(naive) * network.Windows / naive.Windows;
            Print("float_objects_in_event_networks_" + name, clocked, whole);
        }

        private static void Print(string name, long value, long unit)
        {
            long hundredths = unit > 0 ? ((value * 100) + (unit / 2)) / unit : 0;
            long rest = hundredths % 100;
            Console.WriteLine(name + "," + (hundredths / 100).ToString() + (rest < 10 ? ".0" : ".") + rest.ToString());
        }

        private static uint Digest(SpikeRing spikes)
        {
            byte[] bytes = new byte[6];
            uint crc = 0;
            for (int i = 0; i < spikes.Count; i++)
            {
                int time = (int)spikes.TimeAt(i);
                int neuron = spikes.NeuronAt(i);
                bytes[0] = (byte)time;
                bytes[1] = (byte)(time >> 8);
                bytes[2] = (byte)(time >> 16);
                bytes[3] = (byte)(time >> 24);
                bytes[4] = (byte)neuron;
                bytes[5] = (byte)(neuron >> 8);
                crc = Crc32.Update(crc, bytes, 0, 6);
            }

            return crc;
        }
    }
}
