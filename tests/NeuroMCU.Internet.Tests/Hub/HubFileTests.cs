// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Internet.Experiment;
using NeuroMCU.Internet.Hub;
using NeuroMCU.Internet.Rules;

namespace NeuroMCU.Internet.Tests.Hub;

public sealed class HubFileTests
{
    // What is replaced in the right file, by what, and what the reader is shown then.
    [Theory]
    [InlineData("neuromcu-hub: 1", "name: x", "hub.yaml:1:1: `neuromcu-hub` is missing; begin the file with `neuromcu-hub: 1`")]
    [InlineData("neuromcu-hub: 1", "neuromcu-site: 1",
        "hub.yaml:1:1: begins with `neuromcu-site` and not with `neuromcu-hub`; read it with: neuromcu site hub.yaml")]
    [InlineData("neuromcu-hub: 1", "neuromcu-hub: -1", "hub.yaml:1:15: neuromcu-hub: is `-1`; this program reads version 1; write `neuromcu-hub: 1`")]
    [InlineData("neuromcu-hub: 1", "neuromcu-hub: 2",
        "hub.yaml:1:15: neuromcu-hub: is `2`; this program reads version 1; update NeuroMCU, or write `neuromcu-hub: 1`")]
    [InlineData("rule: rate", "rule: rate\nmetrics: \"0.0.0.0:9464\"",
        "hub.yaml:12:10: metrics: is `0.0.0.0:9464`: metrics are served without a key, on this machine only; write `127.0.0.1:9464`, "
        + "and let Prometheus, a proxy with TLS or a tunnel run here")]
    [InlineData("post: bn", "post: bm", "hub.yaml:9:31: synapses[0].post: is `bm`, which is no neuron of this hub; did you mean `bn`?")]
    [InlineData("node: mr1", "node: mr2",
        "hub.yaml:10:33: synapses[1].node: is the node of `anpre->bn` already; each synapse has a node of its own")]
    [InlineData("bn: 256", "bn: 63",
        "hub.yaml:5:43: sites.padova.neurons.bn: is 63, the number of `anpre`; give each neuron a number of its own")]
    [InlineData("bn: 256", "bn: 16777216",
        "hub.yaml:5:43: sites.padova.neurons.bn: is `16777216`, out of range; write a number from 0 to 16777215")]
    [InlineData("bn: 256", "anpre: 256",
        "hub.yaml:5:39: sites.padova.neurons.anpre: `anpre` is a neuron of `zurich` already; names are used once in a hub")]
    [InlineData("padova.key", "zurich.key",
        "hub.yaml:5:17: sites.padova.key: is the key of `zurich` too: each could pass for the other; give each site a key of its own")]
    [InlineData("5.4 kOhm", "5.4",
        "hub.yaml:7:34: nodes.mr1.resistance: is `5.4`: a resistance needs a unit; write `5.4 kOhm` or `5.4 Ohm`")]
    [InlineData("5.4 kOhm", "3 kOhm",
        "hub.yaml:7:34: nodes.mr1.resistance: is `3 kOhm`, outside its range; write a resistance from 4 to 9 kOhm")]
    [InlineData("model: tiox", "model: tiax",
        "hub.yaml:7:16: nodes.mr1.model: is `tiax`, expected `tiox` or `number` or `array`; did you mean `tiox`?")]
    [InlineData("weight: 200", "wight: 200", "hub.yaml:8:24: nodes.mr2.wight: unknown field `wight`; did you mean `weight`?")]
    [InlineData("127.0.0.1:0", "127.0.0.1",
        "hub.yaml:2:30: transports.keyed.listen: is `127.0.0.1`, expected an address with a port; write numbers, such as `127.0.0.1:5006`")]
    [InlineData("{key: padova.key", "{transport: udp-historical",
        "hub.yaml:5:23: sites.padova.transport: uses `udp-historical`, which `transports` does not have; add `udp-historical: {listen: "
        + "\"127.0.0.1:5005\"}` to `transports`")]
    [InlineData("rule: rate", "rule: stpd", "hub.yaml:11:7: rule: is `stpd`: no learning rule of that name comes with the program; did you mean `stdp`?")]
    [InlineData("rule: rate", "rule: {kind: rate, potentiate_above: 4}",
        "hub.yaml:11:7: rule: depresses below 5 and potentiates above 4: some rates would do both; `depress_below` is at most "
        + "`potentiate_above`")]
    [InlineData("rule: rate", "rule: {kind: rate, look_back: 20}",
        "hub.yaml:11:7: rule: looks back at 20 spikes and potentiates above 20: it would never potentiate; `look_back` is above "
        + "`potentiate_above`")]
    [InlineData("policy: constant, ", "policy: as-soon-as-possible, ",
        "hub.yaml:12:47: latency.delay: `delay` has no effect here: as soon as possible has no latency to keep; remove the line")]
    [InlineData("delay: 40 ms", "delay: 40", "hub.yaml:12:36: latency.delay: is `40`: a time needs a unit; write `40 ms` or `40 us`")]
    [InlineData("127.0.0.1:0", "127.1:5006",
        "hub.yaml:2:30: transports.keyed.listen: is `127.1:5006`, expected an address with a port; write numbers, such as `127.0.0.1:5006`")]
    [InlineData("{listen: \"127.0.0.1:0\"}", "{listen: \"127.0.0.1:5006\"}, jaer: {listen: \"127.0.0.1:5006\"}",
        "hub.yaml:2:55: transports.jaer: listens on 127.0.0.1:5006, where `keyed` does; write another port")]
    [InlineData("zurich:", "neuromcu-hub:",
        "hub.yaml:4:17: sites.neuromcu-hub: `neuromcu-hub` is the hub's own name at brokers; call the site otherwise")]
    [InlineData("padova.key", "none/padova.key",
        "hub.yaml:5:17: sites.padova.key: is `none/padova.key`, and there is no folder none; make it: mkdir -p none")]
    [InlineData("rule: rate", "rule: rate\nstate: zurich.key",
        "hub.yaml:12:8: state: is `zurich.key`, which is the key of `zurich` too; name a file of its own")]
    [InlineData("rule: rate", "rule: rate\nlog: hub.yaml", "hub.yaml:12:6: log: is `hub.yaml`, which is this file too; name a file of its own")]
    [InlineData("rule: rate", "rule: rate\nstate: a\nlog: ./a",
        "hub.yaml:13:6: log: is `./a`, which is the file of the weights too; name a file of its own")]
    [InlineData("rule: rate", "rule: rate\nlog: .", "hub.yaml:12:6: log: is `.`, a folder; name a file in it")]
    [InlineData("rule: rate", "rule: {rule: stdp, modulator: bn}",
        "hub.yaml:11:31: rule.modulator: `modulator` has no effect here: the rule `stdp` has no block `on modulation`; remove the line")]
    [InlineData("rule: rate", "rule: {rule: stdp, preset: x}", "hub.yaml:11:28: rule.preset: is `x`, and there is none; remove the line")]
    [InlineData("rule: rate", "rule: {kind: rate, pulse: 0 V}",
        "hub.yaml:11:27: rule.pulse: is `0 V`, and not above 0; write the voltage without a sign: the rule gives it one, and `polarity` of a "
        + "node turns it")]
    public void A_mistake_is_named_with_its_place_and_the_next_step(string right, string wrong, string message)
    {
        HubFile.Parse(Right, "hub.yaml");
        Assert.Contains(right, Right, StringComparison.Ordinal);
        NetworkFileException problem = Assert.Throws<NetworkFileException>(
            () => HubFile.Parse(Right.Replace(right, wrong, StringComparison.Ordinal), "hub.yaml"));
        Assert.Contains(message, problem.Diagnostics.Select(d => d.ToString()));
        Assert.Equal("hub", problem.Verb);
    }

    // What follows from a mistake is none: a reader would mend what is right.
    [Theory]
    [InlineData("127.0.0.1:0", "nowhere")]
    [InlineData("model: tiox", "model: tiax")]
    [InlineData("bn: 256", "bn: -1")]
    public void One_mistake_is_one_message(string right, string wrong)
    {
        NetworkFileException problem = Assert.Throws<NetworkFileException>(
            () => HubFile.Parse(Right.Replace(right, wrong, StringComparison.Ordinal), "hub.yaml"));
        Assert.Single(problem.Diagnostics);
    }

    [Fact]
    public void No_message_shows_a_key()
    {
        string key = new('a', 64);
        NetworkFileException problem = Assert.Throws<NetworkFileException>(() => HubFile.Parse(key, "zurich.key"));
        Assert.DoesNotContain(key, problem.Diagnostics.Single().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_historical_transport_stays_on_this_machine_and_answers_the_other_partner()
    {
        string text = """
            neuromcu-hub: 1
            transports: {udp-historical: {listen: "0.0.0.0:5005"}}
            sites:
              zurich: {transport: udp-historical, partner: 1, address: "127.0.0.1:10000", neurons: {a: 1, b: 2}}
              padova: {transport: udp-historical, partner: 1, address: "127.0.0.1:25002", neurons: {c: 3}}
            nodes: {mr1: {model: number, weight: 1}}
            synapses: [{pre: a, post: b, node: mr1}]
            """;
        string[] found = [.. Assert.Throws<NetworkFileException>(() => HubFile.Parse(text, "hub.yaml"))
            .Diagnostics.Select(d => d.ToString())];
        Assert.Contains(found, d => d.Contains("nothing without a key listens beyond this machine", StringComparison.Ordinal));
        Assert.Contains(found, d => d.Contains("has 2 sites that are partner 1", StringComparison.Ordinal));
        Assert.Contains(found, d => d.Contains("both at partner 1", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_left_out_is_as_in_the_experiment()
    {
        HubPlan plan = HubFile.Parse(HubLab.Chain, Path.Combine(Path.GetTempPath(), "hub.yaml"));
        AssertRate(plan.Rule!, 1, 20, 5, 100);
        Assert.Equal((4.0, 100.0), (plan.Rule!.Voltage, plan.Rule.Width));
        Assert.Equal(new LatencyPlan(null, true), plan.Latency);
        Assert.Null(plan.HistoricalListen);
        Assert.Equal("hub", plan.Name);
        Assert.Equal((4000, 9000, 5400), (plan.Nodes[0].Least, plan.Nodes[0].Most, plan.Nodes[0].Initial));
        Assert.Equal(Path.Combine(Path.GetTempPath(), "zurich.key"), plan.Sites[0].KeyFile);
    }

    [Fact]
    public void All_fields_are_read()
    {
        HubPlan plan = HubFile.Parse(Right.Replace("rule: rate",
            "rule: {kind: rate, window: 2 s, potentiate_above: 30, depress_below: 3, look_back: 50, pulse: 1.5 V, width: 1 us}",
            StringComparison.Ordinal), "hub.yaml");
        AssertRate(plan.Rule!, 2, 30, 3, 50);
        Assert.Equal((1.5, 1.0), (plan.Rule!.Voltage, plan.Rule.Width));
        Assert.Equal(new LatencyPlan(40_000, false), plan.Latency);
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 0), plan.KeyedListen);
        Assert.Null(HubFile.Parse(Right.Replace("rule: rate", "rule: none", StringComparison.Ordinal), "hub.yaml").Rule);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1, 2]")]
    [InlineData("neuromcu-hub: [")]
    [InlineData("neuromcu-hub: 1")]
    [InlineData("neuromcu-hub: 1\nsites: 3\ntransports: x\nnodes: []\nsynapses: {}")]
    [InlineData("neuromcu-hub: 1\nsites: {a: }\ntransports: {keyed: }\nnodes: {a: {model: tiox, resistance: 0 Ohm, least: 9 "
    + "kOhm}}\nsynapses: [1, {}, {pre: a}]\nrule: {}\nlatency: {}")]
    public void Nonsense_is_a_finding_and_no_fault(string text)
    {
        Assert.NotEmpty(Assert.Throws<NetworkFileException>(() => HubFile.Parse(text, "hub.yaml")).Diagnostics);
    }

    [Fact]
    public void The_shipped_hub_is_right()
    {
        HubPlan plan = HubFile.Parse(ShippedFiles.Text("hub.yaml"), "hub.yaml");
        Assert.Equal((2, 3, 2), (plan.Sites.Count, plan.Neurons.Count, plan.Synapses.Count));
    }

    private const string Right = """
        neuromcu-hub: 1
        transports: {keyed: {listen: "127.0.0.1:0"}}
        sites:
          zurich: {key: zurich.key, neurons: {anpre: 63, anpost: 1}}
          padova: {key: padova.key, neurons: {bn: 256}}
        nodes:
          mr1: {model: tiox, resistance: 5.4 kOhm}
          mr2: {model: number, weight: 200}
        synapses: [{pre: anpre, post: bn, node: mr1},
          {pre: bn, post: anpost, node: mr2}]
        rule: rate
        latency: {policy: constant, delay: 40 ms, late: drop}
        """;

    private static void AssertRate(HubRule rule, double window, double above, double below, int lookBack)
    {
        Assert.Equal((window, above, below, lookBack, true),
            (rule.Value("window"), rule.Value("above"), rule.Value("below"), rule.LookBack, rule.AtPotentials));
    }
}
