// NeuroMCU, MIT licence. See LICENSE in the repository root.

using nanoFramework.TestFramework;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.DeviceTests.Samples;
using NeuroMCU.Models;

namespace NeuroMCU.DeviceTests
{
    /// <summary>Whole runs: every spike and every trace sample, bit for bit the same on .NET and on the device.</summary>
    [TestClass]
    public class EngineTests
    {
        private const long Second = 1000000;

        // Small enough that neither ring fills up between two readings.
        private const int Portion = 1000;

        [TestMethod]
        public void Spike_record_of_a_random_network()
        {
            NetworkEngine engine = new NetworkEngine(SampleNetwork.Make(5, 20, 40, 40, 8));

            Digest spikes = new Digest();
            Digest traces = new Digest();
            int count = Run(engine, Second, Portion, spikes, traces);

            Assert.AreEqual(Golden.SpikeCount, count, nameof(Golden.SpikeCount));
            Assert.AreEqual(Golden.SpikeRecord, spikes.Value, nameof(Golden.SpikeRecord));
            Assert.AreEqual(Golden.TraceRecord, traces.Value, nameof(Golden.TraceRecord));
            Assert.AreEqual(0, engine.Counters.QueueDrops);
        }

        [TestMethod]
        public void Numbers_that_change_in_a_run_act_the_same_on_both_sides()
        {
            NetworkEngine engine = new NetworkEngine(SampleNetwork.Make(5, 20, 40, 40, 8));
            Digest spikes = new Digest();
            Digest traces = new Digest();
            int count = Run(engine, Second / 4, Portion, spikes, traces);
            int done = 0;
            for (int p = 0; p < engine.Tables.Populations.Length; p++)
            {
                if (!engine.Tables.Populations[p].Model.IsSource)
                {
                    long bias = engine.Tables.Populations[p].Parameters[LeakyModel.Equilibrium][0];
                    done += engine.ChangeParameter(p, LeakyModel.Equilibrium, 0, bias - (1 << 21)) == ChangeResult.Done ? 1 : 0;
                }
            }

            for (int k = 0; k < engine.Tables.PoissonSources.Length; k++)
            {
                int interval = engine.Tables.PoissonSources[k].MeanInterval;
                done += engine.ChangeInterval(k, interval / 2) == ChangeResult.Done ? 1 : 0;
            }

            count += Run(engine, Second / 2, Portion, spikes, traces);

            new GoldenCheck()
                .Value(nameof(Golden.ChangesDone), Golden.ChangesDone, (uint)done)
                .Value(nameof(Golden.ChangedSpikeCount), Golden.ChangedSpikeCount, (uint)count)
                .Value(nameof(Golden.ChangedSpikes), Golden.ChangedSpikes, spikes.Value)
                .Value(nameof(Golden.ChangedTraces), Golden.ChangedTraces, traces.Value)
                .Done();
        }

        [TestMethod]
        public void Programs_of_equations()
        {
            Digest spikes = new Digest();
            Digest traces = new Digest();
            int count = 0;
            for (uint seed = 1; seed <= 24; seed++)
            {
                byte[] image = ImageWriter.Write(ProgramNetwork.Make(seed));
                count += Run(new NetworkEngine(ImageReader.Read(image, 0, image.Length, ModelList.All)), 2000, Portion, spikes, traces);
            }

            new GoldenCheck()
                .Value(nameof(Golden.ProgramSpikeCount), Golden.ProgramSpikeCount, (uint)count)
                .Value(nameof(Golden.ProgramSpikes), Golden.ProgramSpikes, spikes.Value)
                .Value(nameof(Golden.ProgramTraces), Golden.ProgramTraces, traces.Value)
                .Done();
        }

        [TestMethod]
        public void Random_rules_learn_the_same_on_both_sides()
        {
            Digest spikes = new Digest();
            Digest traces = new Digest();
            Digest weights = new Digest();
            for (uint seed = 1; seed <= 6; seed++)
            {
                byte[] image = ImageWriter.Write(LearningNetwork.Make(seed));
                NetworkEngine engine = new NetworkEngine(ImageReader.Read(image, 0, image.Length, ModelList.All));
                Run(engine, Second / 10, Portion, spikes, traces);
                for (int i = 0; i < engine.SynapseCount; i++)
                {
                    weights.Add(engine.ReadWeight(i));
                }

                weights.Add((int)engine.Counters.LearningUpdates);
                weights.Add((int)engine.Counters.LearningEnds);
            }

            new GoldenCheck()
                .Value(nameof(Golden.LearningSpikes), Golden.LearningSpikes, spikes.Value)
                .Value(nameof(Golden.LearningWeights), Golden.LearningWeights, weights.Value)
                .Done();
        }

        [TestMethod]
        public void Small_portions_of_work_change_nothing()
        {
            NetworkEngine engine = new NetworkEngine(SampleNetwork.Make(5, 20, 40, 40, 8));

            Digest spikes = new Digest();
            Digest traces = new Digest();
            Run(engine, Second, 7, spikes, traces);

            Assert.AreEqual(Golden.SpikeRecord, spikes.Value, nameof(Golden.SpikeRecord));
            Assert.AreEqual(Golden.TraceRecord, traces.Value, nameof(Golden.TraceRecord));
        }

        [TestMethod]
        public void Image_and_tables_run_alike_and_reset_repeats_the_run()
        {
            byte[] image = ImageWriter.Write(SampleNetwork.Make(5, 20, 40, 40, 8));
            NetworkEngine engine = new NetworkEngine(ImageReader.Read(image, 0, image.Length, ModelList.All));

            Digest first = new Digest();
            Run(engine, Second, Portion, first, new Digest());
            engine.Reset();
            Digest second = new Digest();
            Run(engine, Second, Portion, second, new Digest());

            Assert.AreEqual(Golden.SpikeRecord, first.Value, nameof(Golden.SpikeRecord));
            Assert.AreEqual(Golden.SpikeRecord, second.Value, nameof(Golden.SpikeRecord));
        }

        [TestMethod]
        public void Weights_changed_and_spikes_injected_while_running()
        {
            NetworkEngine engine = new NetworkEngine(SampleNetwork.Make(6, 10, 20, 20, 8));

            Digest spikes = new Digest();
            Digest traces = new Digest();
            Run(engine, Second / 4, Portion, spikes, traces);
            for (int k = 0; k < 40; k++)
            {
                engine.WriteWeight(k, 2 * engine.ReadWeight(k));
                Assert.IsTrue(engine.Inject(k % 10, (Second / 4) + (k * 500)));
                Run(engine, (Second / 4) + ((k + 1) * 400), Portion, spikes, traces);
            }

            Run(engine, Second / 2, Portion, spikes, traces);
            for (int k = 0; k < engine.NeuronCount; k++)
            {
                spikes.Add(engine.ReadMembrane(k));
            }

            Assert.AreEqual(Golden.LiveRecord, spikes.Value, nameof(Golden.LiveRecord));
        }

        [TestMethod]
        public void Thyristor_neurons_with_a_synapse_block()
        {
            NetworkEngine engine = new NetworkEngine(ThyristorNetwork.Make(9));

            Digest spikes = new Digest();
            Digest traces = new Digest();
            int count = Run(engine, Second, Portion, spikes, traces);

            Assert.AreEqual(Golden.ThyristorSpikes, count, nameof(Golden.ThyristorSpikes));
            Assert.AreEqual(Golden.ThyristorRecord, spikes.Value, nameof(Golden.ThyristorRecord));
            Assert.AreEqual(Golden.ThyristorTraces, traces.Value, nameof(Golden.ThyristorTraces));
        }

        [TestMethod]
        public void Thyristor_neurons_at_the_edges_of_their_law()
        {
            NetworkEngine engine = new NetworkEngine(ThyristorNetwork.MakeEdges());

            Digest spikes = new Digest();
            Digest traces = new Digest();
            int count = Run(engine, Second / 2, Portion, spikes, traces);

            Assert.IsTrue(count > 100, count.ToString());
            new GoldenCheck()
                .Value(nameof(Golden.EdgeSpikes), Golden.EdgeSpikes, spikes.Value)
                .Value(nameof(Golden.EdgeTraces), Golden.EdgeTraces, traces.Value)
                .Done();
        }

        [TestMethod]
        public void Bursting_thyristor_neurons()
        {
            NetworkEngine engine = new NetworkEngine(ThyristorNetwork.MakeBursting());

            Digest spikes = new Digest();
            Digest traces = new Digest();
            int count = Run(engine, Second / 10, Portion, spikes, traces);

            Assert.AreEqual(Golden.BurstingSpikes, count, nameof(Golden.BurstingSpikes));
            Assert.AreEqual(Golden.BurstingRecord, spikes.Value, nameof(Golden.BurstingRecord));
            Assert.AreEqual(Golden.BurstingTraces, traces.Value, nameof(Golden.BurstingTraces));
        }

        private static int Run(NetworkEngine engine, long until, int portion, Digest spikes, Digest traces)
        {
            int count = 0;
            while (!engine.HasReached(until))
            {
                engine.Advance(until, portion);
                count += spikes.Take(engine.Spikes);
                traces.Take(engine.Traces);
            }

            return count;
        }
    }
}
