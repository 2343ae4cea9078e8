// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Equations;
using NeuroMCU.Networks.Reading;

namespace NeuroMCU.Laboratory.Tests.Equations;

/// <summary>The language of models: what it means, and what is said where a text is wrong, with line, column and a mark below the
/// place.</summary>
public sealed class ModelLanguageTests
{
    private const string Good = """
        neuromcu-model: 1
        name: test
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
    [InlineData("2 + 3*4", 14)]
    [InlineData("-2**2", -4)]
    [InlineData("2**-1", 0.5)]
    [InlineData("2**3**2", 512)]
    [InlineData("(2 + 3)*4 - 6/3", 18)]
    [InlineData("7 - 2 - 1", 4)]
    [InlineData("1e3 + 2.5E-1", 1000.25)]
    [InlineData("3 mV/(1 mV)", 3)]
    [InlineData("2 uA*3 kOhm/(1 mV)", 6)]
    [InlineData("1/(4 1/ms*0.5 ms) + 3 1/(mV ms)*2 uV*1 s", 6.5)]
    [InlineData("10 mV/ms*2 ms/(1 V)", 0.02)]
    [InlineData("if(1 > 2, 5, 6)", 6)]
    [InlineData("if(not 1 > 2 and 2 <= 2, 5, 6)", 5)]
    [InlineData("clip(9, 0, 5) + min(1, 2) + max(1, 2) + abs(-1)", 9)]
    [InlineData("exprel(0) + exp(0) + log(1) + sqrt(4 mV**2)/(1 mV)", 6)]
    [InlineData("tanh(0) + sinh(0) + cosh(0)", 1)]
    [InlineData("sin(pi/6) + cos(pi)", -0.5)]
    [InlineData("floor(2.5) + floor(-2.5) + ceil(2.5) + ceil(-2.5) + floor(4) + ceil(4)", 8)]
    public void An_expression_has_its_value(string text, double value)
    {
        string model = Good.Replace("g: 10 nS", "g: 10 nS\n  x: " + text, StringComparison.Ordinal);
        Assert.Equal(value, ModelTextReader.Read(model, "m.yaml").Parameters.Single(p => p.Name == "x").Default, 12);
    }

    [Theory]
    [InlineData("leak = g*(E - v)", "leak = g*(E - x)", 12, 17, "uses `x`, which is no name of this model",
        "known here: C, E, I, g, h, t, v")]
    [InlineData("leak = g*(E - v)", "leak = g*(E - I)", 12, 17,
        "measures a current (A); what it is added to or compared with measures a voltage (V)", "check the units")]
    [InlineData("(leak + I) / C", "(leak + I) * C", 13, 11, "measures V^-1 A^2 s; dv/dt needs V s^-1", "check the units")]
    [InlineData("(leak + I) / C", "(leak + I / C", 13, 11, "has a bracket that is not closed", "add `)`")]
    [InlineData("g*(E - v)", "g*(E - v", 12, 12, "has a bracket that is not closed", "add `)`")]
    [InlineData("(leak + I) / C", "(leak + I) / C ^ 2", 13, 26, "finds `^`", "write powers with `**`")]
    [InlineData("(leak + I) / C", "(leak + exq(I)) / C", 13, 19, "calls `exq`, which is no function", "did you mean `exp`?")]
    [InlineData("(leak + I) / C", "(leak + exp(I)*I) / C", 13, 23, "measures a current (A); `exp` needs a pure number", "divide it")]
    [InlineData("(leak + I) / C", "(leak + I) / C + 3 mVs", 13, 30, "has `mVs` behind a number, which is no unit", "did you mean")]
    [InlineData("leak = g*(E - v)", "C = 3 pF", 12, 3, "gives an equation to the parameter `C`", "declare it under `state`")]
    [InlineData("leak = g*(E - v)", "du/dt = 1", 12, 3, "has an equation for `u`, which is no state", "did you mean `v`?")]
    [InlineData("leak = g*(E - v)", "leak = g*(E - v)\n  dv/dt = 0 mV/ms", 14, 3, "has a second equation for `v`",
        "one equation per state")]
    [InlineData("leak = g*(E - v)", "g", 12, 3, "has a line that is no equation", "write `dv/dt = ...`")]
    [InlineData("leak = g*(E - v)", "leak = leak2*g\n  leak2 = E - v", 12, 10, "uses `leak2` before it is defined, in line 13", "move that line up")]
    [InlineData("when: v >= -50 mV", "when: v >= -50", 15, 14, "measures a pure number", "check the units")]
    [InlineData("when: v >= -50 mV", "when: v + 50 mV", 15, 9, "needs a pure number", "")]
    [InlineData("then: v = E", "then: w = E", 16, 9, "sets `w`, which is no state", "states: v")]
    [InlineData("range: [-100 mV, 0 mV]", "range: [0 mV, -100 mV]", 10, 24, "runs from a higher to a lower value", "[least, most]")]
    [InlineData("unit: pA", "unit: pX", 8, 13, "which is no unit", "pA, mV")]
    [InlineData("name: test", "name: test\nstates: 3", 3, 1, "unknown field `states`", "known here: about")]
    [InlineData("(leak + I) / C", "(leak + I^2) / C", 13, 20, "finds `^` where an operator or `)` should stand", "write powers with `**`")]
    [InlineData("(leak + I) / C", "(leak \u2212 I) / C", 13, 17, "finds `\u2212`", "write the sign `-`")]
    [InlineData("leak = g*(E - v)", "leak = g*(E - 0,5*v)", 12, 18, "finds `,`", "a decimal point")]
    [InlineData("when: v >= -50 mV", "when: v == -50 mV", 15, 11, "finds `=`", "compare with `>=`")]
    [InlineData("leak = g*(E - v)", "f(x) = f(x - E) + x\n  leak = g*f(v)", 12, 10, "calls `f`, the function that it defines", "a state")]
    [InlineData("leak = g*(E - v)", "dI/dt = 1", 12, 3, "gives an equation to the input `I`", "declare it under `state`")]
    [InlineData("g: 10 nS", "g: 10 nS\n  size: 3", 6, 3, "is `size`, a field of populations in network files", "another name")]
    [InlineData("range: [-100 mV, 0 mV]", "range: [0 mV, 0 mV]", 10, 24, "is empty: both ends are 0 mV", "[least, most]")]
    [InlineData("spike:", "on: v > 3 mV\nspike:", 14, 5, "expected a list of events", "when: v >= 30 mV")]
    [InlineData("spike:\n  when: v >= -50 mV\n  then: v = E", "refractory: 2 ms", 14, 13, "has no effect: the model has no `spike`", "remove")]
    [InlineData("equations: |\n  leak = g*(E - v)\n  dv", "equations:\n  - leak = g*(E - v)\n  - dv", 12, 3, "is a list of 2", "`|`")]
    [InlineData("spike:", "presets: {p: {gg: 3 nS}}\nspike:", 14, 15, "sets `gg`, which is no parameter", "did you mean `g`?\npresets: {p: {gg: 3 nS}}\n              ^^")]
    public void What_is_wrong_is_said_with_its_place(string part, string wrong, int line, int column, string message, string hint)
    {
        NetworkFileException refused = Assert.Throws<NetworkFileException>(
            () => ModelTextReader.Read(Good.Replace(part, wrong, StringComparison.Ordinal), "m.yaml"));
        Diagnostic found = refused.Diagnostics[0];
        Assert.Equal((line, column), (found.Line, found.Column));
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        Assert.Contains(hint, found.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finding_in_an_equation_shows_the_line_and_marks_the_place()
    {
        NetworkFileException refused = Assert.Throws<NetworkFileException>(
            () => ModelTextReader.Read(Good.Replace("g*(E - v)", "g*(E - I)", StringComparison.Ordinal), "m.yaml"));
        Assert.EndsWith("\n  leak = g*(E - I)\n                ^", refused.Diagnostics[0].Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_and_definitions_are_put_in()
    {
        string text = Good.Replace("leak = g*(E - v)", "f(x, y) = x*(y - v)\n  k = 2\n  leak = f(g/k, E)*k  # twice the half",
            StringComparison.Ordinal);
        ModelText model = ModelTextReader.Read(text, "m.yaml");
        ModelNeurons neurons = new(model, 1, new System.Collections.Generic.Dictionary<string, double[]>());
        double rate = Symbolic.Evaluate(model.States[0].Rate, n => n == "v" ? -0.06 : n == "I" ? 100e-12 : neurons.Value(n, 0));
        Assert.Equal(((10e-9 * -0.01) + 100e-12) / 200e-12, rate, 9);
    }

    // Each definition that names the last one twice doubles what is written out: refused, not tried.
    [Theory]
    [InlineData("a{0} = a{1} + a{1}", "has more than 20000 parts")]
    [InlineData("f{0}(x) = f{1}(f{1}(x))", "has more than 20000 parts")]
    public void A_text_that_grows_without_end_is_refused(string line, string cause)
    {
        IEnumerable<string> lines = Enumerable.Range(1, 40).Select(i => string.Format(CultureInfo.InvariantCulture, line, i, i - 1));
        string text = Good.Replace("leak = g*(E - v)", "a0 = v\n  f0(x) = x + x\n  " + string.Join("\n  ", lines) + "\n  leak = g*(E - v)",
            StringComparison.Ordinal);
        Diagnostic found = Assert.Throws<NetworkFileException>(() => ModelTextReader.Read(text, "m.yaml")).Diagnostics[0];
        Assert.Contains(cause, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sum_without_end_is_refused_before_it_is_gone_through()
    {
        string text = Good.Replace("g*(E - v)", string.Join('+', Enumerable.Repeat("I", 20000)), StringComparison.Ordinal);
        Diagnostic found = Assert.Throws<NetworkFileException>(() => ModelTextReader.Read(text, "m.yaml")).Diagnostics[0];
        Assert.Contains("has more than 500 numbers and names", found.Message, StringComparison.Ordinal);
        Assert.InRange(found.Hint.Length, 1, 500);
    }

    // The letter of a gate; without one it is the step, in the same text.
    [Theory]
    [InlineData("h", 250)]
    [InlineData("gate", 100)]
    public void A_state_may_have_the_name_of_the_step(string name, double value)
    {
        string text = Good.Replace("  v: {", "  " + name + ": {start: 0.25, range: [0, 1]}\n  v: {", StringComparison.Ordinal)
            .Replace("equations: |", "equations: |\n  d" + name + "/dt = h/(1 ms)" + (name == "h" ? "" : "/(1 ms)"), StringComparison.Ordinal);
        ModelText model = ModelTextReader.Read(text, "m.yaml");
        Evaluator twin = new(model, 1e-4);
        double[] values = new double[twin.Count];
        values[twin.PlaceOf(name)] = 0.25;
        Assert.Equal(value, twin.Number(model.States[0].Rate)(values), 9);
    }

    // Letters, brackets and operators at random: read or refused with a place in the file.
    [Fact]
    public void Random_text_is_read_or_refused_in_its_place()
    {
        Random random = new(5);
        string[] pieces = ["v", "g", "E", "I", "3", " mV", "(", ")", "+", "-", "*", "/", "**", ">=", "exp", "if", ",", " ", "and", "not ",
            "0.5", "=", "#", "d", "é"];
        for (int i = 0; i < 3000; i++)
        {
            string line = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => pieces[random.Next(pieces.Length)]));
            string text = Good.Replace("g*(E - v)", line, StringComparison.Ordinal);
            try
            {
                ModelTextReader.Read(text, "m.yaml");
            }
            catch (NetworkFileException e)
            {
                Assert.All(e.Diagnostics, d => Assert.InRange(d.Line, 1, 17));
            }
        }
    }

    [Theory]
    [InlineData("40 Hz")]
    [InlineData("40 1/s")]
    [InlineData("0.04/ms")]
    [InlineData("{uniform: [0.04/ms, 0.04 1/ms]}")]
    public void A_network_gives_values_in_the_units_of_texts(string value)
    {
        Network network = NetworkFile.Parse($"neuromcu: 1\npopulations:\n  cells: {{model: morris-lecar, size: 2, phi: {value}}}\n", "n.yaml");
        Assert.Equal(40, network.Populations[0].Equations!.Value("phi", 1), 12);
    }

    // What names a variable or input of the model cannot be judged without it.
    [Fact]
    public void A_text_with_an_error_brings_no_others_with_it()
    {
        string path = Compiled.File(Good.Replace("leak + I", "leak + x", StringComparison.Ordinal));
        Diagnostic only = Assert.Single(Assert.Throws<NetworkFileException>(() => NetworkFile.Parse(
            $"neuromcu: 1\npopulations:\n  cells: {{model: '{path}', size: 2}}\ninputs:\n  - {{to: cells, into: I, sine: {{amplitude: 1 pA, "
            + "frequency: 1 Hz}}\nrecord: {traces: [{population: cells, every: 1 ms, quantity: u}]}\n", "n.yaml")).Diagnostics);
        Assert.Equal(13, only.Line);
    }
}
