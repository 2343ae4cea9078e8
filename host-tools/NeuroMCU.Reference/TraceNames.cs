// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Networks;

namespace NeuroMCU.Reference;

/// <summary>Names of traces, the same for every engine so that traces can be compared.</summary>
public static class TraceNames
{
    /// <summary>Name of a trace.</summary>
    /// <param name="request">The trace.</param>
    /// <returns><c>population[neuron]</c>, with <c>.current</c> for a current.</returns>
    public static string Of(TraceRequest request)
    {
        if (request.Projection is { } projection)
        {
            return TraceRequest.NameOfWeight(projection.Name, request.Pre, request.Neuron);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{request.Population.Name}[{request.Neuron}]")
            + (request.Variable >= 0 ? VariableOf(request) : request.Quantity == TraceQuantity.Current ? ".current" : string.Empty);
    }

    private static string VariableOf(TraceRequest request) => request.Variable == 0 ? string.Empty
        : "." + request.Population.VariableNames[request.Variable];
}
