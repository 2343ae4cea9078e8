// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Integrity;
using NeuroMCU.Hardware.Panel;

namespace NeuroMCU.DeviceTests.Rig
{
    /// <summary>A display that adds up what it is sent.</summary>
    internal sealed class DotCheck : IDisplay
    {
        private readonly byte[] _number = new byte[1];

        /// <summary>Gets the CRC-32 of all stripes, each behind its number.</summary>
        public uint Crc { get; private set; }

        /// <summary>Gets the number of stripes.</summary>
        public int Stripes { get; private set; }

        /// <inheritdoc />
        public bool Begin() => true;

        /// <inheritdoc />
        public bool Light() => true;

        /// <inheritdoc />
        public bool Show(Canvas canvas, int stripe)
        {
            Stripes++;
            _number[0] = (byte)stripe;
            Crc = Crc32.Update(Crc, _number, 0, 1);
            Crc = Crc32.Update(Crc, canvas.Dots, stripe * Canvas.StripeWidth, Canvas.StripeWidth);
            return true;
        }
    }
}
