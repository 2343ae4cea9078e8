// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Networks.Equations;
using NeuroMCU.Networks.Reading;

namespace NeuroMCU.Laboratory.Tests.Learning;

/// <summary>A slip in a rule or in its use ends with its place, its cause and the next step.</summary>
public sealed class RuleTextTests
{
    [Theory]
    [InlineData("on pre: w = w + z", 5, "uses `z`, which is no name")]
    [InlineData("on pre: z = 1", 5, "sets `z`, which is neither the weight `w` nor a variable")]
    [InlineData("on pre: y = 1", 5, "sets `y`, which `on pre` has many of")]
    [InlineData("on pre: x = x + y", 5, "one value for all synapses of the event, from `y`")]
    [InlineData("on post: send w", 5, "sends, but nothing arrives in `on post`")]
    [InlineData("on pre: w = w + tau", 5, "measures")]
    [InlineData("on pre: n = n + 1", 5, "counts arrivals by itself")]
    [InlineData("on time: w = 0", 1, "has one of `interval` and `on time` without the other")]
    [InlineData("title: nothing", 1, "has no block, so that nothing ever changes")]
    public void A_wrong_rule_names_its_line(string block, int line, string cause)
    {
        string text = "neuromcu-learning: 1\nname: mine\nparameters: {tau: 20 ms}\n"
            + "pre: {x: {decay: tau}, n: {count: 1 s}}\n" + block + "\npost: {y: {decay: tau}}\n";

        NetworkFileException error = Assert.Throws<NetworkFileException>(() => ModelTextReader.ReadRule(text, "mine.yaml"));

        Diagnostic first = error.Diagnostics[0];
        Assert.Contains(cause, first.Message, StringComparison.Ordinal);
        Assert.Equal(line, first.Line);
        Assert.NotEmpty(first.Hint);
    }

    [Theory]
    [InlineData("post: {n: {count: 1 s}}", "counts arrivals, which only a source neuron has")]
    [InlineData("pre: {x: {decay: 20 mV}}", "measures")]
    [InlineData("pre: {x: {decay: 20 ms, range: [1, 2]}}", "does not hold 0 and its start")]
    [InlineData("pre: {x: {decay: 20 ms, most: 5}}", "is for `count` only")]
    [InlineData("pre: {w: {}}", "a second time")]
    public void A_wrong_variable_names_its_cause(string variables, string cause)
    {
        string text = "neuromcu-learning: 1\nname: mine\n" + variables + "\non pre: w = w\n";

        NetworkFileException error = Assert.Throws<NetworkFileException>(() => ModelTextReader.ReadRule(text, "mine.yaml"));

        Assert.Contains(cause, error.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("learning: stpd", "weight_limit: 1, ", "no learning rule of that name comes with the program")]
    [InlineData("learning: stdp", "", "learns between 0 and `weight_limit`, which is missing")]
    [InlineData("learning: {rule: stdp, A_plus: 2}", "weight_limit: 1, ", "is 2, out of range")]
    [InlineData("learning: {rule: stdp, A_pluss: 0.1}", "weight_limit: 1, ", "A_pluss")]
    [InlineData("learning: {rule: stdp, tau_plus: 20}", "weight_limit: 1, ", "tau_plus")]
    [InlineData("learning: {rule: stdp, modulator: a}", "weight_limit: 1, ", "has no effect: the rule `stdp` has no block `on modulation`")]
    [InlineData("learning: {rule: stdp, preset: none}", "weight_limit: 1, ", "is `none`, and there is none")]
    [InlineData("learning: reward-stdp", "weight_limit: 1, ", "needs a `modulator`")]
    [InlineData("learning: {rule: homeostatic, every: 0.1 ms}", "weight_limit: 1, ", "is 0.1 ms, out of range")]
    [InlineData("learning: stdp", "weight_limit: 0.25, ", "but the largest weight is 0.5")]
    [InlineData("learning: stdp", "weight_limit: 0, ", "but the largest weight is 0.5")]
    [InlineData("learning: stdp", "weight_limit: much, ", "weight_limit")]
    public void A_wrong_use_of_a_rule_names_the_field(string learning, string limit, string cause)
    {
        string text = "neuromcu: 1\nduration: 1 ms\npopulations:\n  a: {model: input, size: 1}\n  b: {model: lif, size: 1, tau: 5 ms, threshold: 1}\n"
            + "projections:\n  - {from: a, to: b, connect: all-to-all, weight: 0.5, " + limit + "delay: 1 ms, " + learning + "}\n";

        NetworkFileException error = Assert.Throws<NetworkFileException>(() => NetworkFile.Parse(text, "net.yaml"));

        Diagnostic first = Assert.Single(error.Diagnostics);
        Assert.Contains(cause, first.Message + " " + first.Path, StringComparison.Ordinal);
        Assert.Equal(7, first.Line);
        Assert.NotEmpty(first.Hint);
    }
}
