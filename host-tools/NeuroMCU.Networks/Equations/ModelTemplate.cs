// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Equations;

/// <summary>A small complete model, and a learning rule, to start from.</summary>
public static class ModelTemplate
{
    private const string Body = """
        title: leaky integrate-and-fire with a conductance that decays
        source: where your equations come from
        parameters:
          C: {default: 200 pF, range: [1 pF, 100 nF], about: membrane capacitance}
          g_L: {default: 10 nS, range: [10 pS, 10 uS], about: leak conductance}
          E_L: {default: -70 mV, about: leak reversal}
          E_e: {default: 0 mV, about: reversal of excitation}
          tau_e: {default: 5 ms, range: [0.2 ms, 1 s], about: decay of excitation}
          V_th: {default: -50 mV, about: threshold}
          V_r: {default: -60 mV, about: reset}
        inputs:
          I: {unit: pA, range: [-5 nA, 5 nA], about: current into the membrane}
        state:
          v: {start: E_L, range: [-100 mV, 0 mV], about: membrane}
          g_e: {start: 0 nS, range: [0 nS, 500 nS], about: "excitation; a projection adds to it with `receptor: g_e`"}
        equations: |
          dv/dt = (g_L*(E_L - v) + g_e*(E_e - v) + I) / C
          dg_e/dt = -g_e / tau_e
        spike:
          when: v >= V_th
          then: |
            v = V_r
        refractory: 2 ms
        presets:
          firing: {I: 300 pA}

        """;

    private const string RuleBody = """
        title: what arrives shortly before the target fires grows, what arrives after it shrinks
        source: where your rule comes from
        parameters:
          A_plus: {default: 0.01, range: [0, 1], about: "part of what is left to the limit that a pair adds"}
          A_minus: {default: 0.01, range: [0, 1], about: part of the weight that a pair takes away}
          tau: {default: 20 ms, range: [1 ms, 1 s], about: how long a spike is remembered}
        pre:
          x: {decay: tau, about: trace of what arrives}
        post:
          y: {decay: tau, about: trace of the target's spikes}
        on pre: |
          x = x + 1
          w = w - A_minus*y*w
        on post: |
          y = y + 1
          w = w + A_plus*x*(1 - w)

        """;

    /// <summary>The text of a model.</summary>
    /// <param name="name">Name that it gets; what is no letter, digit, `_` or `-` becomes `-`.</param>
    /// <returns>YAML.</returns>
    public static string Text(string name) => "neuromcu-model: 1\nname: " + Plain(name) + "\n" + Body;

    /// <summary>The text of a learning rule.</summary>
    /// <param name="name">Name that it gets, as that of a model.</param>
    /// <returns>YAML.</returns>
    public static string RuleText(string name) => "neuromcu-learning: 1\nname: " + Plain(name) + "\n" + RuleBody;

    private static string Plain(string name) => new([.. name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '-')]);
}
