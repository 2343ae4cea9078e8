// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Tests.Support;
using NeuroMCU.Models;

namespace NeuroMCU.Core.Tests.Engine;

/// <summary>Numbers that change while a network runs. The oracle is a network that has the change as a step of drive from the
/// beginning.</summary>
public sealed class ChangeTests
{
    private const int When = 20_000;
    private const int End = 60_000;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_changed_bias_is_a_step_of_drive_from_the_next_microsecond_on(int seed)
    {
        for (int p = 1; p < RandomNetworks.Make(seed).Populations.Length; p++)
        {
            int by = (seed % 2 == 0 ? 1 : -1) * (1 << 22);
            NetworkTables changed = RandomNetworks.Make(seed);
            NetworkTables driven = RandomNetworks.Make(seed);
            driven.Drives = [.. driven.Drives, Whole(driven, p, by, When + 1)];
            NetworkEngine engine = new(changed);
            Run.To(engine, When);
            long[] bias = changed.Populations[p].Equilibrium;
            int[] results = [.. bias.ToArray().Select((b, place) => engine.ChangeParameter(p, LeakyModel.Equilibrium, place, b + by))];

            if (results.Contains(ChangeResult.Fixed))
            {
                Assert.Equal(UpdateKind.Event, changed.Populations[p].Update);
                continue;
            }

            Assert.All(results, r => Assert.Equal(ChangeResult.Done, r));
            Assert.Equal(Run.Spikes(new NetworkEngine(driven), End), Run.Spikes(engine, End));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_changed_amplitude_is_another_step_of_drive(int seed)
    {
        NetworkTables changed = RandomNetworks.Make(seed);
        NetworkTables driven = RandomNetworks.Make(seed);
        int p = 1 + (seed % (changed.Populations.Length - 1));
        const int before = 1 << 21;
        int after = (seed % 3 - 1) * (1 << 21);
        DriveTable first = Whole(driven, p, before, 0);
        first.Stop = When + 1;
        driven.Drives = [.. driven.Drives, first, Whole(driven, p, after, When + 1)];
        changed.Drives = [.. changed.Drives, Whole(changed, p, before, 0)];
        NetworkEngine engine = new(changed);
        Run.To(engine, When);

        Assert.Equal(ChangeResult.Done, engine.ChangeAmplitude(changed.Drives.Length - 1, after));

        Assert.Equal(Run.Spikes(new NetworkEngine(driven), End), Run.Spikes(engine, End));
    }

    [Fact]
    public void A_changed_rate_holds_from_now_on_and_leaves_other_trains_alone()
    {
        NetworkTables Make() => Build.Network([Build.Source(40, recorded: true)]);
        NetworkTables tables = Make();
        tables.PoissonSources =
        [
            new PoissonTable { First = 0, Count = 20, MeanInterval = 1_000_000, Seed = 5, Stop = int.MaxValue },
            new PoissonTable { First = 20, Count = 20, MeanInterval = 20_000, Seed = 77, Stop = int.MaxValue },
        ];
        NetworkTables same = Make();
        same.PoissonSources = tables.PoissonSources;
        NetworkEngine calm = new(same);
        List<(long Time, int Neuron)> unchanged = Run.Spikes(calm, 2_000_000);
        NetworkEngine engine = new(tables);
        Run.To(engine, 1_000_000);

        Assert.Equal(ChangeResult.Done, engine.ChangeInterval(0, 10_000));
        List<(long Time, int Neuron)> spikes = Run.Spikes(engine, 2_000_000);

        Assert.Equal(unchanged.Where(s => s.Time <= 1_000_000 || s.Neuron >= 20), spikes.Where(s => s.Time <= 1_000_000 || s.Neuron >= 20));
        // 20 trains of 100 Hz for a second: 2000, five standard deviations of 45.
        Assert.InRange(spikes.Count(s => s.Time > 1_000_000 && s.Neuron < 20), 1776, 2224);
    }

    [Fact]
    public void A_reset_begins_with_the_changed_numbers()
    {
        NetworkTables tables = Build.Network([Build.ClockedLif(2, 20000, 100, 0.5)]);
        NetworkEngine engine = new(tables);
        Run.To(engine, 10_000);
        Assert.Equal(ChangeResult.Done, engine.ChangeParameter(0, LeakyModel.Equilibrium, 0, 2 << 24));
        engine.Reset();

        NetworkEngine fresh = new(Build.Network([Build.ClockedLif(2, 20000, 100, 2)]));
        List<(long Time, int Neuron)> spikes = Run.Spikes(engine, 200_000);
        Assert.True(spikes.Count > 4);
        Assert.Equal(Run.Spikes(fresh, 200_000), spikes);
    }

    [Fact]
    public void A_threshold_of_stepped_neurons_acts_at_the_next_step()
    {
        NetworkEngine engine = new(Build.Network([Build.ClockedLif(1, 20000, 100, 0.9)]));
        Run.To(engine, 100_050);
        Assert.Empty(Run.Spikes(engine));

        Assert.Equal(ChangeResult.Done, engine.ChangeParameter(0, LeakyModel.Threshold, 0, 1 << 23));

        Assert.Equal([(100_100L, 0)], Run.Spikes(engine, 100_150));
    }

    [Fact]
    public void What_a_network_cannot_take_changes_nothing()
    {
        NetworkTables tables = Build.Network([Build.EventLif(3, 20000, 0.5)]);
        tables.PoissonSources = [];
        NetworkEngine engine = new(tables);
        Run.To(engine, 5_000);
        int before = engine.ReadMembrane(0);

        Assert.Equal(ChangeResult.NoPlace, engine.ChangeInterval(0, 1000));
        Assert.Equal(ChangeResult.NoPlace, engine.ChangeAmplitude(0, 0));
        Assert.Equal(ChangeResult.NoPlace, engine.ChangeParameter(1, LeakyModel.Equilibrium, 0, 0));
        Assert.Equal(ChangeResult.NoPlace, engine.ChangeParameter(0, LeakyModel.Equilibrium, 1, 0));
        Assert.Equal(ChangeResult.BadValue, engine.ChangeParameter(0, LeakyModel.Equilibrium, 0, 1L << 40));
        Assert.Equal(ChangeResult.Fixed, engine.ChangeParameter(0, LeakyModel.Equilibrium, 0, 2 << 24));
        Assert.Equal(ChangeResult.Fixed, engine.ChangeParameter(0, LeakyModel.Threshold, 0, 1 << 23));
        Assert.Equal(ChangeResult.Fixed, engine.ChangeParameter(0, Lif.LeakRate, 0, 1 << 20));
        Assert.Equal(before, engine.ReadMembrane(0));
        Assert.Equal(1 << 23, tables.Populations[0].Equilibrium[0]);
    }

    private static DriveTable Whole(NetworkTables tables, int population, int amplitude, int start) => new()
    {
        Population = population,
        Count = tables.Populations[population].Size,
        Amplitude = amplitude,
        Start = start,
        Stop = int.MaxValue,
    };
}
