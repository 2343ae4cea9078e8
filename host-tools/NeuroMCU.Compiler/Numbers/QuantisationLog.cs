// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Compiler.Numbers;

/// <summary>Collects rounding errors and keeps the worst of each parameter.</summary>
internal sealed class QuantisationLog
{
    private readonly List<QuantisationError> _worst = [];

    /// <summary>The worst error of each parameter, in the order of first use.</summary>
    public IReadOnlyList<QuantisationError> Worst => _worst;

    /// <summary>Notes one rounding.</summary>
    public void Note(string element, string parameter, double wanted, double got, string unit)
    {
        QuantisationError error = new(element, parameter, wanted, got, unit);
        int known = _worst.FindLastIndex(e => string.Equals(e.Element, element, StringComparison.Ordinal)
            && string.Equals(e.Parameter, parameter, StringComparison.Ordinal));
        if (known < 0)
        {
            _worst.Add(error);
        }
        else if (Math.Abs(error.Absolute) > Math.Abs(_worst[known].Absolute))
        {
            _worst[known] = error;
        }
    }
}
