// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Platform;
using NeuroMCU.Firmware.Log;
using NeuroMCU.Firmware.Nodes;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.VirtualBench.Storage;

namespace NeuroMCU.Nodes.Tests;

/// <summary>A checkpoint of a lesson is the old one or the new one, wherever the power goes and whatever byte changes.</summary>
public class CheckpointTests
{
    private const uint Board = 77;
    private const int Capacity = 64 * 1024;

    [Theory]
    [InlineData(TornWrite.Prefix)]
    [InlineData(TornWrite.PrefixThenErased)]
    [InlineData(TornWrite.Nothing)]
    public void Power_cut_at_every_byte_of_a_checkpoint_leaves_the_old_lesson_or_the_new_one(TornWrite torn)
    {
        int points = 0;
        for (long cut = 0; ; cut++)
        {
            (Pupil pupil, VirtualFlash flash) = Taught(3);
            int[] old = pupil.Known();
            pupil.Teach(4);
            flash.CutPowerAfter(cut, torn);
            bool survived = true;
            try
            {
                Assert.True(pupil.Store.Save());
            }
            catch (PowerLostException)
            {
                survived = false;
            }

            int[] now = pupil.Known();
            Assert.NotEqual(old, now);
            flash.RestorePower();
            int[] found = Restored(flash);
            Assert.True(found.SequenceEqual(now) || (!survived && found.SequenceEqual(old)), $"cut after {cut} steps: a mixed lesson");
            if (survived)
            {
                break;
            }

            points++;
        }

        Assert.True(points > 960, $"{points} cuts");
    }

    [Fact]
    public void A_changed_byte_of_a_checkpoint_is_found_and_the_one_before_it_counts()
    {
        (Pupil pupil, VirtualFlash flash) = Taught(3);
        int[] old = pupil.Known();
        pupil.Teach(4);
        Assert.True(pupil.Store.Save());
        byte[] newest = flash.Contents(NodeStore.FileB)!;
        for (int at = 0; at < newest.Length; at++)
        {
            byte[] damaged = [.. newest];
            damaged[at] ^= 0x10;
            flash.Put(NodeStore.FileB, damaged);
            Assert.Equal(old, Restored(flash));
        }
    }

    [Fact]
    public void A_lesson_goes_on_after_a_restart_as_if_there_had_been_none()
    {
        (Pupil pupil, VirtualFlash flash) = Taught(5);
        Pupil again = new(flash);
        Assert.True(again.Store.Load(new DeviceLog(new Silence())));
        again.Array.CopyFrom(pupil.Array);
        pupil.Teach(6);
        again.Teach(6);
        Assert.Equal(pupil.Learner.Trainer.Counters, again.Learner.Trainer.Counters);
        Assert.Equal(pupil.Array.Given, again.Array.Given);
        Assert.Equal(11, again.Learner.Lesson().Presentations);
    }

    [Fact]
    public void Nodes_become_permanent_at_checkpoints_only()
    {
        (Pupil pupil, _) = Taught(3);
        Assert.Equal(1, pupil.Array.Kept);
        pupil.Teach(8);
        Assert.Equal(1, pupil.Array.Kept);
        Assert.True(pupil.Store.Save());
        Assert.Equal(2, pupil.Array.Kept);
    }

    private static (Pupil Pupil, VirtualFlash Flash) Taught(int presentations)
    {
        var flash = new VirtualFlash(Capacity);
        Pupil pupil = new(flash);
        pupil.Begin();
        pupil.Teach(presentations);
        Assert.True(pupil.Store.Save());
        return (pupil, flash);
    }

    private static int[] Restored(VirtualFlash flash)
    {
        Pupil pupil = new(flash);
        pupil.Store.Load(new DeviceLog(new Silence()));
        return pupil.Known();
    }

    private sealed class Pupil
    {
        public Pupil(VirtualFlash flash)
        {
            Bank = new NodeBank(new Clock(), Array, QuietArray.Limits());
            Learner = new NodePupil(Bank);
            Store = new NodeStore(Bank, Learner, flash, Board);
        }

        public QuietArray Array { get; } = new();

        public NodeBank Bank { get; }

        public NodePupil Learner { get; }

        public NodeStore Store { get; }

        public void Begin()
        {
            foreach (KnownNode node in Bank.Nodes)
            {
                node.Mode = NodeMode.Keeping;
            }

            var lesson = new NodeLesson { Inputs = 3, Answers = 4, Sharpness = 4, Microseconds = 60, Half = 7 };
            new byte[] { 4, 0, 2 }.CopyTo(lesson.Rows, 0);
            new byte[] { 1, 5, 0, 3 }.CopyTo(lesson.Columns, 0);
            Assert.Equal(ErrorCode.None, Learner.Refusal(lesson, out _));
            Learner.Begin(lesson);
        }

        public void Teach(int presentations)
        {
            for (int k = 0; k < presentations; k++)
            {
                int n = Learner.Trainer.Presentations;
                var show = new NodeShow { Count = 3, Right = n % 4 };
                for (int i = 0; i < 3; i++)
                {
                    show.Inputs[i] = 1000 + ((n + i) * 9973 % 60000);
                }

                Assert.True(Learner.Show(show, new NodeShown()));
            }
        }

        // All that a checkpoint keeps.
        public int[] Known()
        {
            NodeLesson lesson = Learner.Lesson();
            return [lesson.Inputs, lesson.Answers, lesson.Sharpness, lesson.Microseconds, lesson.Half, lesson.Presentations, lesson.Raised,
                lesson.Lowered, .. lesson.Rows, .. lesson.Columns, .. Learner.Trainer?.Counters ?? [],
                .. Bank.Nodes.SelectMany(n => (int[])[n.Mode, n.Target, n.Low, n.High, n.GainUp, n.GainDown])];
        }
    }

    private sealed class Clock : IClock
    {
        public long Now => 0;

        public void Idle(long until)
        {
            // Nothing takes time here.
        }
    }

    private sealed class Silence : IConsole
    {
        public void WriteLine(string text)
        {
            // Nobody listens.
        }
    }
}
