// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.Hardware.Boards
{
    /// <summary>A board profile cannot be used; nothing has been driven.</summary>
    public sealed class BoardProfileException : Exception
    {
        /// <summary>Initializes a new instance of the <see cref="BoardProfileException" /> class.</summary>
        /// <param name="code">What is wrong, one of <see cref="BoardFault" />.</param>
        /// <param name="detail">Where: line, GPIO or output, as the code says.</param>
        public BoardProfileException(int code, int detail)
            : base("board profile fault " + code.ToString() + " at " + detail.ToString())
        {
            Code = code;
            Detail = detail;
        }

        /// <summary>Gets what is wrong, one of <see cref="BoardFault" />.</summary>
        public int Code { get; }

        /// <summary>Gets where: line, GPIO or output, as the code says.</summary>
        public int Detail { get; }
    }
}
