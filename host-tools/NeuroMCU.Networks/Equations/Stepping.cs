// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Equations;

/// <summary>How one state goes from step to step: y + h·f, or y + h·exprel(h·A)·f with f = A·y + B.</summary>
/// <param name="A">A; null where f is not linear in y.</param>
/// <param name="B">B; null where f is not linear in y.</param>
internal sealed record Stepping(ModelState State, bool Exponential, Expr Rate, Expr? A, Expr? B)
{
    // Where the classical method of fourth order leaves its region of stability on the negative axis.
    private const double MostOfRk4 = 2.785;

    // An Euler step of a decay that is faster than this overshoots, and near twice it grows.
    private const double MostDecay = 0.5;

    /// <summary>Chooses how the states of a model are stepped.</summary>
    /// <param name="h">Step in seconds.</param>
    /// <returns>One entry per state.</returns>
    /// <exception cref="EquationException">A method does not fit an equation, or the step is too long for it.</exception>
    public static IReadOnlyList<Stepping> Of(ModelNeurons neurons, double h)
        => neurons.Model.States.Select(s => Of(neurons, s, h)).ToArray();

    private static Stepping Of(ModelNeurons neurons, ModelState state, double h)
    {
        ModelText model = neurons.Model;
        Expr rate = Symbolic.Replace(
            state.Rate, n => string.Equals(n, ModelText.StepName, StringComparison.Ordinal) ? Expr.Number(h) : null);
        (Expr A, Expr B)? linear = Symbolic.LinearIn(rate, state.Name);
        if (linear is not { } form || (form.A.IsNumber && form.A.Value == 0))
        {
            return state.Method == StepMethod.Exponential && linear == null
                ? throw new EquationException(
                    state, "`d" + state.Name + "/dt` is not linear in `" + state.Name + "`, so that `method: exponential` does not fit",
                    "write `method: euler`, or leave the line out")
                : new Stepping(state, false, rate, null, null);
        }

        string[] variables = [.. form.A.Names().Where(n => model.States.Any(s => s.Name == n) || model.Inputs.Any(i => i.Name == n))];
        double fastest = h * Ranges.Of(neurons, form.A).Magnitude;
        bool exponential = state.Method == StepMethod.Exponential
            || (state.Method == StepMethod.Auto && (variables.Length <= 1 || fastest > MostDecay));
        double limit = state.Method == StepMethod.Rk4 ? MostOfRk4 : 2;
        if (!exponential && state.Method != StepMethod.Auto && fastest >= limit && variables.Length == 0)
        {
            string most = (limit * h / fastest * 1e6 * model.Substeps).ToString("G3", System.Globalization.CultureInfo.InvariantCulture);
            throw new EquationException(
                state, "the step is too long for `method: " + state.Method.ToString().ToLowerInvariant() + "`: `" + state.Name
                + "` would grow without end; the largest stable step is " + most + " us",
                "use a step below " + most + " us, more `substeps`, or `method: exponential`");
        }

        return new Stepping(state, exponential, rate, form.A, form.B);
    }
}
