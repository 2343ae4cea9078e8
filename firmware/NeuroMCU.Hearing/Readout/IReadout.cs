// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hearing.Readout
{
    /// <summary>Reads a quantity from the spike counts of populations.</summary>
    public interface IReadout
    {
        /// <summary>Gets a value indicating whether the last evaluation gave an answer.</summary>
        bool IsValid { get; }

        /// <summary>Gets the answer in hundredths of the read-out's unit; when it is not valid the best guess, 0 when there is
        /// none.</summary>
        int Value { get; }

        /// <summary>Gets how far the spikes agree with the answer, 0 to 1000.</summary>
        int Confidence { get; }

        /// <summary>Gets the number of spikes that entered.</summary>
        int Spikes { get; }

        /// <summary>Gets what speaks most against the answer: one of <see cref="Readout.Doubt" />, <see cref="Readout.Doubt.None" />
        /// when it is valid.</summary>
        int Doubt { get; }

        /// <summary>Evaluates the spikes counted since the last <see cref="Forget" />.</summary>
        void Evaluate();

        /// <summary>Counts from now on.</summary>
        void Forget();
    }
}
