// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Concurrent;
using NeuroMCU.Internet.Hub;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Site;

namespace NeuroMCU.Internet.Tests.Hub;

public sealed class ImpairedNetworkTests
{
    [Theory]
    [InlineData(1, 0, 0, 0, 0, 0)]
    [InlineData(2, 0.05, 0.02, 0.05, 20, 5)]
    [InlineData(3, 0.3, 0.1, 0.3, 0, 0)]
    [InlineData(4, 0, 0, 0, 50, 50)]
    [InlineData(5, 0, 0, 0, 200, 0)]
    public async Task The_account_is_exact_to_the_packet_and_the_weights_are_those_of_what_arrived(int seed, double loss, double doubled,
        double swapped, double delay, double jitter)
    {
        await using HubLab lab = new HubLab().Start(untilAllLeft: true);
        using Relay relay = new(lab.Server.KeyedPlace!, seed, loss, doubled, swapped, delay, jitter);
        await using HubLink zurich = lab.Join("zurich", relay.Place);
        await using HubLink padova = lab.Join("padova");
        List<WireArrival> arrived = [];
        zurich.Arrived = arrived.AddRange;
        await HubLab.Until(() => zurich.IsSynchronised && padova.IsSynchronised);

        Random random = new(seed);
        for (int k = 0; k < 400; k++)
        {
            long now = zurich.ToHub(zurich.Clock.Now);
            zurich.Send([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => new WireSpike(63, SpikeKind.Spontaneous, now))]);
            padova.Send([new WireSpike(256, (SpikeKind)random.Next(3), now)]);
            if (k % 4 == 0)
            {
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }
        }

        await padova.LeaveAsync();
        Assert.True(await zurich.LeaveAsync());
        await HubLab.Until(() => lab["zurich"].Closed && lab["padova"].Closed);
        await Task.Delay(100 + (int)(delay + jitter), TestContext.Current.CancellationToken);   // the relay lets go of what it holds
        await lab.EndAsync();

        SiteAccount account = lab["zurich"];
        Assert.Equal((relay.Up.Lost, relay.Up.Duplicates, relay.Up.Reordered),
            (account.LostPackets, account.Duplicates, account.Reordered));
        Assert.Equal(relay.Up.Spikes, account.Taken);
        Assert.Equal(zurich.Sent, account.Taken + account.Lost);
        Assert.Equal(relay.Down.Spikes, arrived.Count);
        Assert.Equal(account.Sent, arrived.Count + zurich.Tallies.Sum(t => t.Lost));
        Assert.Equal(400, lab["padova"].Taken);
        Assert.Equal(0, lab["padova"].Lost);
        Assert.Equal(relay.Up.Lost > 0, account.Lost > 0 && !lab.Server.IsComplete);

        HubCore replay = new(lab.Plan);
        foreach (RecordedSpike spike in lab.Server.Record.Spikes)
        {
            replay.Accept(new WireSpike(spike.Neuron.Id, spike.Kind, spike.Time), []);
        }

        Assert.Equal(replay.Nodes.Values.Select(n => n.State), lab.Server.Core.Nodes.Values.Select(n => n.State));
    }

    [Fact]
    public async Task A_site_that_comes_back_goes_on_and_its_account_adds_up()
    {
        await using HubLab lab = new HubLab().Start();
        HubLink killed = lab.Join("zurich");
        await HubLab.Until(() => killed.IsSynchronised);
        killed.Send([new WireSpike(63, SpikeKind.Spontaneous, killed.ToHub(killed.Clock.Now))]);
        await HubLab.Until(() => lab["zurich"].Taken == 1);
        await killed.DisposeAsync();   // without a goodbye

        await using HubLink again = lab.Join("zurich");
        await HubLab.Until(() => again.IsSynchronised);
        again.Send([new WireSpike(63, SpikeKind.Spontaneous, again.ToHub(again.Clock.Now))]);
        Assert.True(await again.LeaveAsync());
        await HubLab.Until(() => lab["zurich"].Closed);
        Assert.Equal((2, 0, 2), (lab["zurich"].Taken, lab["zurich"].Lost, lab["zurich"].Windows.Count));
        Assert.Contains(lab.Said, s => s.StartsWith("site zurich joined again", StringComparison.Ordinal));

        // Nobody knows what the killed one had sent and nobody heard.
        Assert.Equal(1, lab["zurich"].OpenSessions);
        Assert.False(lab.Server.IsComplete);
    }

    [Fact]
    public async Task Two_programs_of_one_site_are_named_and_the_second_waits_for_the_first()
    {
        await using HubLab lab = new HubLab().Start();
        await using HubLink first = lab.Join("zurich");
        await HubLab.Until(() => first.IsSynchronised);
        ConcurrentQueue<string> said = [];
        await using HubLink second = lab.Join("zurich");
        second.Say = said.Enqueue;
        await HubLab.Until(() => second.IsOccupied);
        first.Send([new WireSpike(63, SpikeKind.Spontaneous, first.ToHub(first.Clock.Now))]);
        second.Send([new WireSpike(63, SpikeKind.Spontaneous, 0)]);
        Assert.Equal((1, 1), (first.Sent, second.Unsent));
        Assert.Single(lab.Said, s => s.StartsWith("two programs are site zurich: one at 127.0.0.1:", StringComparison.Ordinal));
        Assert.True(await first.LeaveAsync());
        await HubLab.Until(() => second.IsSynchronised);
        Assert.False(second.IsOccupied);

        // What was said before this test listened is missing.
        Assert.Equal("joined the hub", said.Last());
        Assert.InRange(said.Count, 1, 2);
        Assert.True(await second.LeaveAsync());
        await HubLab.Until(() => lab["zurich"].Closed);
        Assert.Equal((1, 0, 2), (lab["zurich"].Taken, lab["zurich"].Lost, lab["zurich"].Windows.Count));
        Assert.True(lab["zurich"].IsComplete);
    }

    [Fact]
    public async Task A_cable_that_was_out_costs_exactly_what_was_sent_meanwhile()
    {
        await using HubLab lab = new HubLab().Start();
        using Relay relay = new(lab.Server.KeyedPlace!, 1, 0, 0, 0);
        await using HubLink zurich = lab.Join("zurich", relay.Place, silence: 0.4);
        await HubLab.Until(() => zurich.IsSynchronised);
        for (int round = 1; round <= 2; round++)
        {
            Send(10);
            await HubLab.Until(() => lab["zurich"].Taken == 20 * round - 10);
            relay.Cut = true;
            Send(7);
            await HubLab.Until(() => !zurich.IsSynchronised);   // it has noticed, and greets again
            long unsent = zurich.Unsent;
            Send(5);
            Assert.Equal(unsent + 5, zurich.Unsent);
            relay.Cut = false;
            await HubLab.Until(() => zurich.IsSynchronised);
            Send(10);
            await HubLab.Until(() => lab["zurich"].Taken == 20 * round);
        }

        Assert.True(await zurich.LeaveAsync());
        await HubLab.Until(() => lab["zurich"].Closed);
        Assert.Equal((40, 14, 0, 3), (lab["zurich"].Taken, lab["zurich"].Lost, lab["zurich"].OpenSessions, lab["zurich"].Windows.Count));
        Assert.Equal((54, 2), (zurich.Sent, zurich.Broken));

        void Send(int count)
            => zurich.Send([.. Enumerable.Range(0, count)
                .Select(_ => new WireSpike(63, SpikeKind.Spontaneous, zurich.ToHub(zurich.Clock.Now)))]);
    }

    [Fact]
    public async Task A_hub_that_ends_closes_the_accounts_and_a_new_one_goes_on_with_the_weights()
    {
        string text = HubLab.Chain + "\nstate: weights.json\n";
        await using HubLab lab = new HubLab(text).Start();
        await using HubLink padova = lab.Join("padova");
        await HubLab.Until(() => padova.IsSynchronised);
        padova.Send([.. Enumerable.Range(0, 20).Select(_ => new WireSpike(256, SpikeKind.Potential, padova.ToHub(padova.Clock.Now)))]);
        await HubLab.Until(() => lab["padova"].Taken == 20);
        await lab.EndAsync();
        Assert.True(lab["padova"].Closed);
        Assert.True(lab.Server.IsComplete);
        double kept = lab.Server.Core.Nodes["mr1"].State;
        Assert.Equal(4000 + (1400 * Math.Pow(0.95, 20)), kept, 1e-6);

        using HubServer next = new(lab.Plan, _ => { });
        Assert.Equal(kept, next.Core.Nodes["mr1"].State);
        Assert.Equal(200, next.Core.Nodes["mr2"].State);
    }
}
