// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Firmware.Transports
{
    /// <summary>
    /// A port on a network at which hosts knock. It has a few lines; who gets one, and who has to leave for it, is decided by the firmware.
    /// Nothing blocks.
    /// </summary>
    public interface IDoor
    {
        /// <summary>Gets the lines, always the same ones; a line without a host is not open.</summary>
        ITransport[] Lines { get; }

        /// <summary>Looks for a host that wants to be let in.</summary>
        /// <returns>True when one waits for <see cref="Admit" /> or <see cref="Refuse" />.</returns>
        bool Knock();

        /// <summary>Gives the network address of the host that has a line or had it last.</summary>
        /// <param name="line">One of <see cref="Lines" />; null for the host that waits.</param>
        /// <returns>A number that is the same for the same address.</returns>
        int Address(ITransport line);

        /// <summary>Gives a line to the host that waits. A host that had it is sent away.</summary>
        /// <param name="line">One of <see cref="Lines" />.</param>
        void Admit(ITransport line);

        /// <summary>Sends the host away that waits.</summary>
        void Refuse();
    }
}
