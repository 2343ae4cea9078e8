// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Store;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Firmware.Tests.Rig;

internal static class StoreExtensions
{
    public static StoreSlot Save(this ImageStore store, byte[] image, bool startAtBoot) => store.Save(Blocks.Of(image), startAtBoot);
}
