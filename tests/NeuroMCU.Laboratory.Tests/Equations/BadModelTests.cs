// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Laboratory.Models;

namespace NeuroMCU.Laboratory.Tests.Equations;

/// <summary>What <c>model check</c> says of texts that read well and are wrong all the same: the place with its mark, the cause, the
/// next step.</summary>
public sealed class BadModelTests
{
    private const string Good = """
        neuromcu-model: 1
        name: bad
        parameters:
          C: {default: 200 pF, range: [1 pF, 1 nF]}
          g: 10 nS
          E: -70 mV
        inputs:
          I: {unit: pA, range: [-1 nA, 1 nA]}
        state:
          v: {start: E, range: [-100 mV, 0 mV]}
        equations: |
          leak = g*(E - v)
          dv/dt = (leak + I) / C
        spike:
          when: v >= -50 mV
          then: v = E
        """;

    [Theory]
    [InlineData("(leak + I) / C", "(leak + I) / C * (10 mV/(v + 50 mV))", 13, "(v + 50 mV)",
        "divides by `(v + 50 mV)`, which lies from -0.05 to 0.05", "narrow the `range` of `v`")]
    [InlineData("g*(E - v)", "g*(E - v)*log((v + 60 mV)/(1 mV))", 12, "log((v + 60 mV)/(1 mV)",
        "takes the logarithm of `(v + 60 mV)/(1 mV)`, which lies from -40 to 60", "narrow the `range` of `v`")]
    [InlineData("g*(E - v)", "g*(E - v)*sqrt(I/(1 pA))", 12, "sqrt(I/(1 pA))",
        "takes the root of `I/(1 pA)`, which lies from -1000 to 1000", "narrow the `range` of `I`")]
    [InlineData("g*(E - v)", "g*(E - v)*(v/(1 mV))**0.5", 12, "(v/(1 mV))**0.5", "takes a power of `(v/(1 mV))`",
        "narrow the `range` of `v`")]
    [InlineData("g*(E - v)", "g*(E - v)*exp(v/(1 uV))", 13, "dv/dt = (leak + I) / C", "would need more than 8192 entries",
        "narrow the `range` of `v`")]
    [InlineData("range: [-1 nA, 1 nA]", "range: [-1 kA, 1 kA]", 13, "dv/dt = (leak + I) / C", "at the end of the range of `I` its term is",
        "narrow the `range` of `I`")]
    [InlineData("when: v >= -50 mV", "when: v >= 50 mV", 15, "v >= 50 mV", "never fires: `v >= 50 mV` cannot be in the declared ranges",
        "lower the threshold")]
    [InlineData("start: E", "start: 20 mV", 10, "20 mV", "starts `v` at 20 mV, outside its range from -100 mV to 0 mV",
        "widen the `range`")]
    [InlineData("leak = g*(E - v)", "a = b*2\n  b = a/2\n  leak = g*(E - v)*b", 12, "b", "goes round in a circle: `a` needs `b` needs `a`",
        "write one of them without the others")]
    [InlineData("g*(E - v)", "g*(E - v)*(2 uA/(fA ms))", 12, "ms", "finds `ms` where an operator or `)` should stand", "write `*`")]
    [InlineData("leak = g*(E - v)", "leak = leak + g*(E - v)", 12, "leak", "defines `leak` by itself", "give one side another name")]
    [InlineData("leak = g*(E - v)", "leak = 2*late\n  late = g*(E - v)", 12, "late", "uses `late` before it is defined, in line 13",
        "move that line up")]
    [InlineData("leak = g*(E - v)", "dg/dt = 3 nS/ms\n  leak = g*(E - v)", 12, "dg/dt", "gives an equation to the parameter `g`",
        "declare it under `state`")]
    [InlineData("(leak + I) / C", "(leak + I/(2 - 2)) / C", 13, "(2 - 2)", "divides by `(2 - 2)`, which lies from 0 to 0", "change the values")]
    [InlineData("g*(E - v)", "g*(E - v)*log(g/(1 nS) - 12)", 12, "log(g/(1 nS) - 12)", "takes the logarithm", "change the values")]
    [InlineData("g: 10 nS", "g: {default: 2*k}\n  k: g/2", 5, "k", "goes round in a circle: `g` needs `k` needs `g`",
        "write one of them without the others")]
    [InlineData("g: 10 nS", "g: g", 5, "g", "defines `g` by itself", "write a number with its unit")]
    [InlineData("C: {default: 200 pF", "C: {default: 2000 pF", 4, null, "is `2000 pF`, outside the range of `C`", "from 1 pF to 1000 pF")]
    public void A_text_that_cannot_be_run_is_marked_where_it_is_wrong(string part, string wrong, int line, string? marked, string cause,
        string hint)
    {
        Diagnostic finding = Assert.Throws<NetworkFileException>(() => ModelCheck.Run(File(part, wrong), string.Empty, 100, 100000))
            .Diagnostics[0];
        Assert.Equal(line, finding.Line);
        Assert.Contains(cause, finding.Message, StringComparison.Ordinal);
        Assert.Contains(hint, finding.Hint, StringComparison.Ordinal);
        if (marked != null)
        {
            Assert.StartsWith(marked, Marked(finding), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("euler", "40 us")]
    [InlineData("midpoint", "40 us")]
    [InlineData("rk4", "55.7 us")]
    public void A_step_that_is_too_long_is_answered_with_the_largest(string method, string largest)
    {
        // C/g is 20 us, and the methods are stable up to 2, 2 and 2.785 times that.
        string file = File("g: 10 nS", "g: 10 uS", "state:\n", "method: " + method + "\nstate:\n");
        Diagnostic finding = Assert.Throws<NetworkFileException>(() => ModelCheck.Run(file, string.Empty, 100, 100000)).Diagnostics[0];
        Assert.Contains("the largest stable step is " + largest, finding.Message, StringComparison.Ordinal);
        Assert.StartsWith("dv/dt", Marked(finding), StringComparison.Ordinal);
        Assert.Empty(ModelCheck.Run(file, string.Empty, 30, 100000).Findings);
    }

    [Theory]
    [InlineData("euler", 2)]
    [InlineData("rk4", 2.785)]
    public void So_is_one_whose_decay_depends_on_a_state(string method, double limit)
    {
        // The leak opens with the voltage; where it settles, v decays with C/(g·s) and s = 400.
        string file = File("g*(E - v)", "g*(E - v)*s", "equations: |\n",
            "  s: {start: 1, range: [0, 500]}\nmethod: " + method + "\nequations: |\n  ds/dt = (400 - s)/(5 ms)\n");
        Diagnostic finding = ModelCheck.Run(file, string.Empty, 200, 500000)
            .Findings.First(f => f.Message.Contains("largest stable", StringComparison.Ordinal));
        string largest = (limit * 50).ToString("G3", System.Globalization.CultureInfo.InvariantCulture) + " us";
        Assert.Contains("too long for `" + method + "`", finding.Message, StringComparison.Ordinal);
        Assert.Contains(largest, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_that_a_run_leaves_is_marked()
    {
        Diagnostic finding = Assert.Single(ModelCheck.Run(File("(leak + I)", "(leak + I - 2 nA)"), string.Empty, 100, 500000).Findings);
        Assert.Contains("at the lower end of its range, -100 mV", finding.Message, StringComparison.Ordinal);
        Assert.Equal("[-100 mV, 0 mV]", Marked(finding));
        Assert.Contains("widen the `range` of `v`", finding.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_that_is_too_coarse_is_marked_at_its_range()
    {
        string file = Compiled.File("""
            neuromcu-model: 1
            name: coarse
            inputs:
              I: {unit: 1, range: [-1e9, 1e9]}
            state: {v: {start: 0, range: [-2, 2]}}
            equations: dv/dt = (min(max(I, -1), 1) - v)/(10 ms)
            presets: {small: {I: 1}}
            """);
        Diagnostic finding = ModelCheck.Run(file, "small", 100, 100000)
            .Findings.First(f => f.Message.Contains("the resolution of the input", StringComparison.Ordinal));
        Assert.Equal((4, 23), (finding.Line, finding.Column));
        Assert.Equal("[-1e9, 1e9]", Marked(finding));
    }

    // Sixty-five functions, each of its own steepness.
    [Fact]
    public void The_table_that_is_one_too_many_is_marked_in_its_equation()
    {
        string file = Many(70, "x: {start: 0, range: [-5, 5]}", "dx/dt = (1 - x + exp(y/z))/(10 ms)");
        Diagnostic finding = Assert.Throws<NetworkFileException>(() => ModelCheck.Run(file, string.Empty, 100, 1000)).Diagnostics[0];
        Assert.Equal((140, 3), (finding.Line, finding.Column));
        Assert.Contains("dx64/dt: the equations need more than 64 tables", finding.Message, StringComparison.Ordinal);
        Assert.StartsWith("dx64/dt = (1 - x64 + exp(x65/74))/(10 ms)", Marked(finding), StringComparison.Ordinal);
        Assert.Contains("make two populations of it", finding.Hint, StringComparison.Ordinal);
    }

    // Each of 130 states waits in a register of its own until the others have read its old value.
    [Fact]
    public void Too_many_registers_are_counted()
    {
        string mean = "s = (" + string.Join(" + ", Enumerable.Range(0, 130).Select(i => "x" + i)) + ")/130";
        string file = Many(130, "x: {start: 0, range: [-5, 5]}", "dx/dt = (1 + s - x)/(10 ms)", mean);
        Diagnostic finding = Assert.Throws<NetworkFileException>(() => ModelCheck.Run(file, string.Empty, 100, 1000)).Diagnostics[0];
        Assert.Contains("the equations need 262 registers, and a program has 255", finding.Message, StringComparison.Ordinal);
        Assert.Equal((2, 7), (finding.Line, finding.Column));
        Assert.StartsWith("many", Marked(finding), StringComparison.Ordinal);
        Assert.Contains("drop states or definitions", finding.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void The_state_that_is_one_too_many_is_marked()
    {
        string file = Many(300, "x: {start: 0, range: [-5, 5]}", "dx/dt = (1 - x)/(10 ms)");
        Diagnostic finding = Assert.Single(
            Assert.Throws<NetworkFileException>(() => ModelCheck.Run(file, string.Empty, 100, 1000)).Diagnostics);
        Assert.Equal((5 + 254, 3), (finding.Line, finding.Column));
        Assert.Contains("one state or input too many: each takes one of a program's 255 registers", finding.Message,
            StringComparison.Ordinal);
        Assert.Contains("make two populations of it", finding.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_learning_rule_is_no_model_and_its_use_is_named()
    {
        string file = Compiled.File("neuromcu-learning: 1\nname: r\non pre: w = w\n");
        Diagnostic finding = Assert.Throws<NetworkFileException>(() => ModelCheck.Run(file, string.Empty, 100, 1000)).Diagnostics[0];
        Assert.Contains("is a learning rule", finding.Message, StringComparison.Ordinal);
        Assert.Contains("learning: ./" + Path.GetFileName(file), finding.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resolution_that_is_too_coarse_names_the_range()
    {
        string file = File("range: [-100 mV, 0 mV]", "range: [-100 MV, 100 MV]", "when: v >= -50 mV", "when: v >= -60 mV", "(leak + I)",
            "(leak + I + 150 pA)");
        Diagnostic finding = ModelCheck.Run(file, string.Empty, 100, 500000)
            .Findings.First(f => f.Message.Contains("is coarse", StringComparison.Ordinal));
        Assert.Contains("the resolution of `v`", finding.Message, StringComparison.Ordinal);
        Assert.Contains("narrow the `range` of `v`, to about [", finding.Hint, StringComparison.Ordinal);
        Assert.Empty(ModelCheck.Run(File("(leak + I)", "(leak + I + 300 pA)"), string.Empty, 100, 500000).Findings);
    }

    // A membrane of 50 us fires every fourth step of 100 us, and every third and a half in truth: nothing is unstable.
    [Fact]
    public void A_step_that_changes_the_count_of_spikes_is_named_and_the_advised_one_is_not()
    {
        string fast = File("default: 200 pF", "default: 1 pF");
        System.IO.File.WriteAllText(fast, System.IO.File.ReadAllText(fast).Replace("g: 10 nS", "g: 20 nS", StringComparison.Ordinal)
            .Replace("{unit: pA,", "{unit: pA, default: 416 pA,", StringComparison.Ordinal));

        Diagnostic found = Assert.Single(ModelCheck.Run(fast, string.Empty, 100, 1000000).Findings);

        Assert.StartsWith("a step of 100 us is too long: it gives ", found.Message, StringComparison.Ordinal);
        Assert.Matches("^use a step of about [0-9]+ us, or `substeps: [0-9]+`", found.Hint);
        int advised = int.Parse(found.Hint.Split(' ')[5], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Empty(ModelCheck.Run(fast, string.Empty, advised, 1000000).Findings);
    }

    [Fact]
    public void A_model_that_no_input_makes_fire_is_named()
    {
        Diagnostic finding = ModelFindings.NeverFires(File("range: [-1 nA, 1 nA]", "range: [-10 pA, 10 pA]"), 100)!;
        Assert.Contains("whatever `I` is within its range", finding.Message, StringComparison.Ordinal);
        Assert.Equal("v >= -50 mV", Marked(finding));
        Assert.Null(ModelFindings.NeverFires(File("name: bad", "name: good"), 100));
    }

    // At rest no spike would be compared.
    [Fact]
    public void A_neuron_that_is_silent_with_its_defaults_is_made_to_fire()
    {
        ModelCheckResult result = ModelCheck.Run(File("name: bad", "name: good"), string.Empty, 100, 500_000);
        Assert.EndsWith(" pA", result.Drive, StringComparison.Ordinal);
        Assert.True(result.Conformance.Spikes >= 5, $"{result.Conformance.Spikes} spikes");
    }

    [Fact]
    public void Tables_and_registers_have_a_limit_that_is_told()
    {
        string States(int count, Func<int, string> rate, string method = "") =>
            Compiled.File("neuromcu-model: 1\nname: many\n" + method + "state:\n"
                + string.Concat(Enumerable.Range(0, count).Select(i => $"  x{i}: {{start: 0, range: [-1, 1]}}\n"))
                + "equations: |\n" + string.Concat(Enumerable.Range(0, count)
                    .Select(i => $"  dx{i}/dt = ({rate((i + 1) % count)} - x{i})/(10 ms)\n")));
        string registers = States(100, i => "x" + i, "method: rk4\n");
        string tables = States(70, i => $"exp(x{i}*{i + 2}/20)");
        Assert.Contains("registers, and a program has 255",
            Assert.Throws<NetworkFileException>(() => ModelCheck.Run(registers, string.Empty, 100, 1000)).Message,
            StringComparison.Ordinal);
        Assert.Contains("more than 64 tables", Assert.Throws<NetworkFileException>(() => ModelCheck.Run(tables, string.Empty, 100, 1000))
            .Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Neighbours_of_a_chaotic_neuron_part_and_those_of_an_even_one_do_not()
    {
        Assert.True(ModelCheck.Run("adex", "irregular", 100, 3000000).IsChaotic);
        Assert.False(ModelCheck.Run("adex", "tonic", 100, 3000000).IsChaotic);
    }

    private static string File(params string[] changes)
    {
        string text = Good;
        for (int i = 0; i < changes.Length; i += 2)
        {
            Assert.Contains(changes[i], text, StringComparison.Ordinal);
            text = text.Replace(changes[i], changes[i + 1], StringComparison.Ordinal);
        }

        return Compiled.File(text);
    }

    // The part of the line above the mark.
    private static string Marked(Diagnostic finding)
    {
        string[] lines = finding.Hint.Split('\n');
        int from = lines[^1].IndexOf('^', StringComparison.Ordinal);
        return lines[^2][from..(lines[^1].LastIndexOf('^') + 1)];
    }

    // Numbered states: x stands for one, y for the next, z for a number.
    private static string Many(int count, string state, string equation, string before = "")
    {
        IEnumerable<int> all = Enumerable.Range(0, count);
        string lines = string.Join('\n', all.Select(i => "  " + equation.Replace("exp(y/z)", $"exp(x{(i + 1) % count}/{10 + i})",
            StringComparison.Ordinal).Replace("dx/", $"dx{i}/", StringComparison.Ordinal)
            .Replace("- x", $"- x{i}", StringComparison.Ordinal)));
        return Compiled.File("neuromcu-model: 1\nname: many\ninputs: {I: {unit: 1, range: [-5, 5]}}\nstate:\n"
            + string.Join('\n', all.Select(i => "  x" + i + state[1..])) + "\nequations: |\n" + (before.Length == 0 ? string.Empty
            : "  " + before + "\n") + lines + "\n");
    }
}
