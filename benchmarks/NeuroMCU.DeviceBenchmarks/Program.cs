// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
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

        // Texts take long: in short windows some are undisturbed even on a busy machine.
        private const int ShortWindow = 500;
        private const int Duration = 700000;

        /// <summary>Runs all benchmarks.</summary>
        public static void Main()
        {
            LoopWorkload additions = new LoopWorkload(LoopWorkload.Additions);
            LoopWorkload empty = new LoopWorkload(LoopWorkload.Empty);
            LoopWorkload lean = new LoopWorkload(LoopWorkload.Neurons);
            long[] totals = Gauge.Totals(new Workload[] { additions, empty, lean });
            long addition = PerUnit(totals[0] - totals[1], additions.Units);
            Print("addition_ns", addition, 1000);
            Print("lean_update_in_additions", PerUnit(totals[2], lean.Units), addition);

            EngineWorkload clocked = new EngineWorkload(Networks.Clocked(LoopWorkload.Size), Window);
            totals = Gauge.Totals(new Workload[] { lean, clocked });
            Print("clocked_update_in_lean_updates", PerUnit(totals[1], clocked.Units), PerUnit(totals[0], lean.Units));

            EngineWorkload adex = new EngineWorkload(EquationNetworks.Adex(LoopWorkload.Size), Window);
            EngineWorkload izhikevich = new EngineWorkload(EquationNetworks.Izhikevich(LoopWorkload.Size), Window);
            totals = Gauge.Totals(new Workload[] { lean, adex, izhikevich });
            Print("adex_update_in_lean_updates", PerUnit(totals[1], adex.Units), PerUnit(totals[0], lean.Units));
            Print("izhikevich_update_in_lean_updates", PerUnit(totals[2], izhikevich.Units), PerUnit(totals[0], lean.Units));

            Texts(lean);

            Compare("same_delay", 1500, 1500);
            Compare("random_delay", 1000, 10000);

            // A spike of a neuron that nothing disturbs is one event of the engine for either model.
            EngineWorkload integrators = new EngineWorkload(Networks.Biased(Neurons), Window);
            EngineWorkload thyristors = new EngineWorkload(Networks.Thyristors(Neurons), Window);
            totals = Gauge.Totals(new Workload[] { integrators, thyristors });
            Print("thyristor_spike_in_lif_events", PerUnit(totals[1], thyristors.Units), PerUnit(totals[0], integrators.Units));

            Sound(additions, empty);

            NetworkEngine engine = new NetworkEngine(Networks.Mixed());
            engine.Advance(1000000, int.MaxValue);
            Console.WriteLine("mixed_network_spikes," + engine.Spikes.Total.ToString());
            Console.WriteLine("mixed_network_record," + Digest(engine.Spikes).ToString());
        }

        private static void Texts(LoopWorkload lean)
        {
            const int Size = LoopWorkload.Size;
            string[] names = new string[]
            {
                "cuba_lif", "coba_lif", "quadratic_if", "morris_lecar", "ionic_slit", "hodgkin_huxley", "pinsky_rinzel",
            };
            NetworkTables[] texts = new NetworkTables[]
            {
                LibraryNetworks.CubaLif(Size), LibraryNetworks.CobaLif(Size), LibraryNetworks.QuadraticIf(Size),
                LibraryNetworks.MorrisLecar(Size), LibraryNetworks.IonicSlit(Size), LibraryNetworks.HodgkinHuxley(Size),
                LibraryNetworks.PinskyRinzel(Size),
            };
            for (int i = 0; i < texts.Length; i++)
            {
                EngineWorkload text = new EngineWorkload(texts[i], ShortWindow);
                long[] totals = Gauge.Totals(new Workload[] { lean, text });
                Print(names[i] + "_update_in_lean_updates", PerUnit(totals[1], text.Units), PerUnit(totals[0], lean.Units));
            }
        }

        private static void Sound(LoopWorkload additions, LoopWorkload empty)
        {
            HearingWorkload hearing = new HearingWorkload(SoundPatterns.Noise, false);
            HearingWorkload whole = new HearingWorkload(SoundPatterns.Noise, true);
            long[] totals = Gauge.Totals(new Workload[] { additions, empty, hearing, whole });
            long addition = PerUnit(totals[0] - totals[1], additions.Units);
            long noise = PerUnit(totals[2], hearing.Units) / addition;
            Console.WriteLine("sound_100ms_in_additions," + noise.ToString());
            Console.WriteLine("sound_heard_per_mille," + hearing.Heard.ToString());
            Console.WriteLine("sound_100ms_whole_in_additions," + (PerUnit(totals[3], whole.Units) / addition).ToString());
            Console.WriteLine("sound_100ms_azimuth," + hearing.Azimuth.ToString());
            PrintShare("noise", noise);
            HearingWorkload speech = new HearingWorkload(SoundPatterns.Speech, false);
            HearingWorkload claps = new HearingWorkload(SoundPatterns.Claps, false);
            HearingWorkload music = new HearingWorkload(SoundPatterns.Music, false);
            totals = Gauge.Totals(new Workload[] { additions, empty, speech, claps, music });
            addition = PerUnit(totals[0] - totals[1], additions.Units);
            PrintShare("speech", PerUnit(totals[2], speech.Units) / addition);
            PrintShare("claps", PerUnit(totals[3], claps.Units) / addition);
            PrintShare("music", PerUnit(totals[4], music.Units) / addition);
            Console.WriteLine("sound_heap_bytes," + hearing.HeapBytes.ToString());
            Console.WriteLine("sound_front_end_heap_bytes," + hearing.FrontEndBytes.ToString());
        }

        // What sound takes of the loop where an IL instruction takes 0.27 µs, as esp32-psram-rev3 reckons: an addition is four of them.
        private static void PrintShare(string name, long additions)
        {
            long nanoseconds = additions * 4 * 270;
            Console.WriteLine("sound_share_of_loop_" + name + "_percent," + ((nanoseconds + 500000) / 1000000).ToString());
        }

        private static void Compare(string name, int shortest, int longest)
        {
            NetworkTables tables = Networks.Fed(Neurons, Synapses, shortest, longest, Duration);
            LoopWorkload lean = new LoopWorkload(LoopWorkload.Neurons);
            EngineWorkload network = new EngineWorkload(tables, Window);

            // What the same input spikes cost without synapses is no part of a synaptic event.
            EngineWorkload input = new EngineWorkload(Networks.Fed(Neurons, 0, shortest, longest, Duration), Window);
            long[] totals = Gauge.Totals(new Workload[] { lean, network, input });
            Print("synaptic_event_" + name + "_in_lean_updates", PerUnit(totals[1] - totals[2], network.Units),
                PerUnit(totals[0], lean.Units));

            EngineWorkload learning = new EngineWorkload(
                LearningNetworks.Learning(Networks.Fed(Neurons, Synapses, shortest, longest, Duration)), Window);
            totals = Gauge.Totals(new Workload[] { network, input, learning });
            Print("stdp_event_" + name + "_in_synaptic_events", PerUnit(totals[2] - totals[1], learning.Units),
                PerUnit(totals[0] - totals[1], network.Units));

            NaiveWorkload naive = new NaiveWorkload(tables, Window);
            totals = Gauge.Totals(new Workload[] { naive, network });
            Print("float_objects_in_event_networks_" + name, totals[0] * network.Windows, totals[1] * naive.Windows);
        }

        // Picoseconds of a unit, from units of 100 ns; at least 1.
        private static long PerUnit(long time, long units)
        {
            long result = units > 0 ? time * 100000 / units : 0;
            return result > 0 ? result : 1;
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
