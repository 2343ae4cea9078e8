// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Store;
using NeuroMCU.Firmware.Tests.Rig;
using NeuroMCU.Tests.Shared;
using NeuroMCU.VirtualBench.Storage;

namespace NeuroMCU.Firmware.Tests;

public class ImageStoreTests
{
    private const int Capacity = 64 * 1024;

    private static readonly byte[] s_old = Bytes(700, 1);
    private static readonly byte[] s_new = Bytes(900, 2);

    [Fact]
    public void The_newest_of_two_generations_wins_and_the_older_slot_is_written()
    {
        var flash = new VirtualFlash(Capacity);
        var store = new ImageStore(flash);
        Assert.Null(store.Newest);
        for (var k = 1; k <= 5; k++)
        {
            var slot = store.Save(Bytes(100 * k, k), k % 2 == 0);
            Assert.Equal((uint)k, slot.Generation);
            var reopened = new ImageStore(flash);
            Assert.Equal((uint)k, reopened.Newest.Generation);
            Assert.Equal(k % 2 == 0, reopened.Newest.StartAtBoot);
            Assert.Equal(Bytes(100 * k, k), Blocks.Bytes(reopened.Load(reopened.Newest)));
        }

        Assert.Equal([ImageStore.FileA, ImageStore.FileB], flash.Files);
    }

    [Fact]
    public void Generations_may_wrap()
    {
        var flash = new VirtualFlash(Capacity);
        var store = new ImageStore(flash);
        store.Save(s_old, true);
        var file = flash.Contents(ImageStore.FileA)!;
        BitConverter.TryWriteBytes(file.AsSpan(8), uint.MaxValue);
        BitConverter.TryWriteBytes(file.AsSpan(file.Length - 4), Core.Integrity.Crc32.Compute(file, 0, file.Length - 4));
        flash.Put(ImageStore.FileA, file);
        store = new ImageStore(flash);
        Assert.Equal(0u, store.Save(s_new, true).Generation);
        store = new ImageStore(flash);
        Assert.Equal(s_new, Blocks.Bytes(store.Load(store.Newest)));
    }

    [Theory]
    [InlineData(TornWrite.Prefix)]
    [InlineData(TornWrite.PrefixThenErased)]
    [InlineData(TornWrite.Nothing)]
    public void Power_cut_at_every_byte_of_every_write_leaves_exactly_the_old_or_the_new_image(TornWrite torn)
    {
        // First save into an empty store, second into one slot, third over an older image: each is cut at every step of the medium.
        var points = 0;
        for (var saved = 0; saved <= 2; saved++)
        {
            byte[]? old = saved == 0 ? null : s_old;
            for (long cut = 0; ; cut++)
            {
                var flash = new VirtualFlash(Capacity);
                var store = new ImageStore(flash);
                for (var k = 0; k < saved; k++)
                {
                    store.Save(k == saved - 1 ? s_old : Bytes(300, 9), true);
                }

                flash.CutPowerAfter(cut, torn);
                var survived = true;
                try
                {
                    Assert.NotNull(store.Save(s_new, false));
                }
                catch (PowerLostException)
                {
                    survived = false;
                }

                flash.RestorePower();
                store = new ImageStore(flash);
                var found = store.Newest == null ? null : Blocks.Bytes(store.Load(store.Newest));
                var isNew = found != null && found.SequenceEqual(s_new) && !store.Newest!.StartAtBoot;
                var isOld = old == null ? found == null : found != null && found.SequenceEqual(old) && store.Newest!.StartAtBoot;
                Assert.True(isNew || isOld, $"cut after {cut} steps: neither old nor new");
                Assert.True(!survived || isNew);

                // The next save works whatever was left behind.
                if (cut % 97 == 0)
                {
                    Assert.NotNull(store.Save(s_new, true));
                    Assert.Equal(s_new, Blocks.Bytes(store.Load(store.Newest!)));
                }

                if (survived)
                {
                    break;
                }

                points++;
            }
        }

        Assert.True(points >= 2700, $"{points} cuts");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Power_cut_while_erasing_leaves_the_newest_image_or_none(int saved)
    {
        for (long cut = 0; ; cut++)
        {
            var flash = new VirtualFlash(Capacity);
            var store = new ImageStore(flash);
            for (var k = 0; k < saved; k++)
            {
                store.Save(k == saved - 1 ? s_new : Bytes(300, k), true);
            }

            flash.CutPowerAfter(cut);
            var survived = true;
            try
            {
                Assert.True(store.Erase());
            }
            catch (PowerLostException)
            {
                survived = false;
            }

            flash.RestorePower();
            store = new ImageStore(flash);
            Assert.False(store.AllDamaged);
            if (store.Newest != null)
            {
                Assert.False(survived);
                Assert.Equal(s_new, Blocks.Bytes(store.Load(store.Newest)));
            }

            if (survived)
            {
                break;
            }
        }
    }

    [Fact]
    public void Every_single_byte_changed_in_a_slot_is_noticed_and_the_other_slot_takes_over()
    {
        var flash = new VirtualFlash(Capacity);
        var store = new ImageStore(flash);
        store.Save(s_old, true);
        store.Save(s_new, true);
        var file = flash.Contents(ImageStore.FileB)!;
        for (var k = 0; k < file.Length; k++)
        {
            foreach (var change in new byte[] { 1, 0x80, 0xFF })
            {
                var bad = (byte[])file.Clone();
                bad[k] ^= change;
                flash.Put(ImageStore.FileB, bad);
                store = new ImageStore(flash);
                Assert.Equal(s_old, Blocks.Bytes(store.Load(store.Newest!)));
                Assert.NotEqual(StoreSlot.Valid, store.Other.Condition);
            }
        }
    }

    [Fact]
    public void A_byte_that_changes_after_the_scan_is_noticed_when_it_is_read()
    {
        var flash = new VirtualFlash(Capacity);
        var store = new ImageStore(flash);
        store.Save(s_old, true);
        var file = flash.Contents(ImageStore.FileA)!;
        file[ImageStore.HeaderSize + 5] ^= 4;
        flash.Put(ImageStore.FileA, file);
        Assert.Null(Blocks.Bytes(store.Load(store.Newest!)));
    }

    /// <summary>
    /// What was written is read back, byte by byte: a medium that keeps something else, whatever it is, refuses the image, and the former
    /// one is still there.
    /// </summary>
    [Theory]
    [MemberData(nameof(Faults))]
    public void A_medium_that_keeps_something_else_is_found_out(string fault)
    {
        for (var saved = 1; saved <= 2; saved++)
        {
            var medium = new FaultyMedium(new VirtualFlash(Capacity));
            var store = new ImageStore(medium);
            for (var k = 1; k <= saved; k++)
            {
                Assert.NotNull(store.Save(k == saved ? s_old : Bytes(300, 9), true));
            }

            medium.Fault = fault;
            Assert.Null(store.Save(s_new, false));
            Assert.Equal((saved, saved + 1), (store.Writes, store.Attempts));
            Assert.Equal(s_old, Blocks.Bytes(store.Load(store.Newest!)));
            medium.Fault = FaultyMedium.None;
            var reopened = new ImageStore(medium);
            Assert.Equal(s_old, Blocks.Bytes(reopened.Load(reopened.Newest!)));
            Assert.True(reopened.Newest!.StartAtBoot);
            Assert.Equal((uint)(saved + 1), reopened.Save(s_new, true).Generation);
        }
    }

    public static TheoryData<string> Faults => [.. FaultyMedium.All];

    [Fact]
    public void The_newest_image_is_never_written_to()
    {
        var medium = new FaultyMedium(new VirtualFlash(Capacity));
        var store = new ImageStore(medium);
        for (var k = 0; k < 6; k++)
        {
            var newest = store.Newest?.File;
            medium.Touched.Clear();
            Assert.NotNull(store.Save(Bytes(600, k), true));
            Assert.NotEmpty(medium.Touched);
            Assert.All(medium.Touched, file => Assert.NotEqual(newest, file));
        }
    }

    [Fact]
    public void A_full_medium_refuses_and_keeps_what_it_has()
    {
        var flash = new VirtualFlash(2000);
        var store = new ImageStore(flash);
        Assert.NotNull(store.Save(s_old, true));
        Assert.Null(store.Save(Bytes(1500, 3), true));
        Assert.Equal(s_old, Blocks.Bytes(store.Load(store.Newest!)));
        Assert.Equal([ImageStore.FileA], flash.Files);
        Assert.NotNull(store.Save(s_new, true));
    }

    [Fact]
    public void Two_damaged_slots_are_told_from_an_empty_store()
    {
        var flash = new VirtualFlash(Capacity);
        Assert.False(new ImageStore(flash).AllDamaged);
        flash.Put(ImageStore.FileA, Enumerable.Repeat((byte)0xFF, 100).ToArray());
        Assert.True(new ImageStore(flash).AllDamaged);
        Assert.Null(new ImageStore(flash).Newest);
    }

    private static byte[] Bytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
