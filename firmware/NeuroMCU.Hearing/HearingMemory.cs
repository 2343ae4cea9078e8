// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Hearing.Readout;

namespace NeuroMCU.Hearing
{
    /// <summary>
    /// Managed heap, on nanoFramework's object layout, of what a network has beside its engine: front end, buffer of the sound, and
    /// read-outs.
    /// </summary>
    public static class HearingMemory
    {
        // Objects without arrays of their own size: listener and front end, and the read-out of a direction with its evidence.
        private const int FrontEndObjects = 2100;
        private const int ReadoutObjects = 1500;

        // With PSRAM three tenths of a second at 8 kHz: what comes in while the first blocks of a sound are worked through, which are
        // heard more closely. Without, what the heap has room for; the driver's buffer, which is not of this heap, holds more.
        private const int FramesWithPsram = 2400;
        private const int Frames = 720;

        /// <summary>Frames that may wait for the front end.</summary>
        /// <param name="psram">True on a module with PSRAM.</param>
        /// <returns>The number of frames.</returns>
        public static int BufferFrames(bool psram) => psram ? FramesWithPsram : Frames;

        /// <summary>Bytes that a network takes beside its engine: an upper bound that exceeds the count of every object and array by
        /// about a kilobyte.</summary>
        /// <param name="tables">The network, complete.</param>
        /// <param name="psram">True on a module with PSRAM, where more sound may wait.</param>
        /// <returns>The number of bytes.</returns>
        public static int Estimate(NetworkTables tables, bool psram)
        {
            int bytes = 0;
            for (int i = 0; i < tables.Hearing.Length; i++)
            {
                bytes += FrontEndBytes(tables.Hearing[i]) + (2 * DeviceMemory.ArrayBytes(BufferFrames(psram), 2))
                    + DeviceMemory.ObjectBytes(12);
            }

            for (int i = 0; i < tables.Readouts.Length; i++)
            {
                bytes += ReadoutBytes(tables, tables.Readouts[i]);
            }

            return bytes;
        }

        private static int FrontEndBytes(HearingTable table)
        {
            int[] parameters = table.Parameters;
            try
            {
                HearingCheck.Require(table);
            }
            catch (ImageException)
            {
                // Nothing is made of these: the front end refuses them.
                return 0;
            }

            int bands = parameters[HearingLayout.Bands];
            int block = parameters[HearingLayout.BlockFrames];
            int lead = parameters[HearingLayout.LeadFrames];
            int spikes = 2 * bands * parameters[HearingLayout.SpikesPerBlock];
            int bytes = FrontEndObjects + (2 * DeviceMemory.ArrayBytes(lead + block, 2)) + (2 * DeviceMemory.ArrayBytes(spikes, 4));
            bytes += DeviceMemory.ArrayBytes(lead > 0 ? (block / lead) + 1 : block, 4);
            bytes += DeviceMemory.ArrayBytes(FrontEnd.Piece, 4) + (2 * DeviceMemory.ArrayBytes(FrontEnd.Piece / 2, 4));
            int crossings = 0;
            for (int band = 0; band < bands; band++)
            {
                // Per ear a filter with its crossings, and levels: an object, two counts, two sums, a peak and a mark.
                int most = EarBand.Capacity(parameters, HearingLayout.Record(band));
                bytes += 2 * (DeviceMemory.ObjectBytes(12) + (2 * DeviceMemory.ArrayBytes(most, 4)) + 12 + (2 * 4) + (2 * 8) + 4 + 1 + 4);
                crossings = most > crossings ? most : crossings;
            }

            return bytes + DeviceMemory.ArrayBytes(crossings, 4);
        }

        private static int ReadoutBytes(NetworkTables tables, ReadoutTable readout)
        {
            bool isDirection = readout.Kind == ReadoutKind.Direction;
            int bytes = isDirection ? ReadoutObjects : DeviceMemory.ObjectBytes(9);
            for (int i = 0; i < readout.Populations.Length; i++)
            {
                int size = tables.Populations[readout.Populations[i]].Size;
                bytes += DeviceMemory.ObjectBytes(4) + (2 * DeviceMemory.ArrayBytes(size, 4));
            }

            int places = readout.Parameters.Length > DirectionLayout.Places ? readout.Parameters[DirectionLayout.Places] : 0;
            if (isDirection && places > 0 && places <= DirectionCheck.MaxPlaces)
            {
                bytes += DeviceMemory.ArrayBytes(places * readout.Populations.Length, 4) + (3 * DeviceMemory.ArrayBytes(places, 4));
            }

            return bytes;
        }
    }
}
