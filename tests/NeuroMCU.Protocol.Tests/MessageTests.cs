// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections;
using System.Reflection;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Protocol.Tests;

public class MessageTests
{
    public static TheoryData<Type> Messages =>
    [
        typeof(HelloRequest), typeof(HelloAnswer), typeof(Nack), typeof(AuthNonce), typeof(AuthProof), typeof(UploadBegin),
        typeof(UploadReady), typeof(UploadAck), typeof(ImageInfo), typeof(ImageReadRequest), typeof(StartRequest), typeof(StepRequest),
        typeof(RunStarted), typeof(RunTotals), typeof(StateAnswer), typeof(ReadoutEvent), typeof(FaultEvent), typeof(SelfTestAnswer),
        typeof(CounterList), typeof(BoardDrive), typeof(BoardReset), typeof(BoardSense), typeof(SenseAnswer), typeof(MeasureProgress),
        typeof(ChannelEvent), typeof(BoardTally), typeof(OutputRequest),
    ];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_field_comes_back_and_the_longest_message_fits_a_sealed_frame(Type type)
    {
        foreach (var seed in Enumerable.Range(0, 20))
        {
            var message = Activator.CreateInstance(type)!;
            Fill(message, new Random(seed));
            var bytes = Write(message);
            Assert.True(bytes.Length <= WireFormat.MaxSealedBody, $"{type.Name}: {bytes.Length} bytes");

            var copy = Activator.CreateInstance(type)!;
            var reader = new BodyReader(bytes);
            Assert.True((bool)type.GetMethod("Read")!.Invoke(copy, [reader])!);
            Assert.True(reader.Complete);
            Assert.Equal(Values(message), Values(copy));
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_that_is_cut_is_refused(Type type)
    {
        var message = Activator.CreateInstance(type)!;
        Fill(message, new Random(3));
        var bytes = Write(message);
        for (var length = 0; length < bytes.Length; length++)
        {
            var reader = new BodyReader(bytes);
            reader.Reset(0, length);
            Assert.False((bool)type.GetMethod("Read")!.Invoke(Activator.CreateInstance(type), [reader])!, $"{type.Name} cut to {length} bytes");
        }
    }

    [Fact]
    public void Injected_spikes_come_back_and_the_longest_list_fits_a_sealed_frame()
    {
        var list = new InjectList { Base = InjectList.Now, Count = InjectList.MaxSpikes };
        for (var k = 0; k < list.Count; k++)
        {
            list.Neurons[k] = 40000 + k;
            list.Offsets[k] = uint.MaxValue - (uint)k;
        }

        var buffer = new byte[WireFormat.MaxSealedBody];
        var writer = new BodyWriter(buffer);
        list.Write(writer);
        Assert.False(writer.Failed);
        var reader = new BodyReader(buffer);
        reader.Reset(0, writer.Position);
        var copy = new InjectList();
        Assert.True(copy.Read(reader));
        Assert.Equal(list.Base, copy.Base);
        Assert.Equal(list.Count, copy.Count);
        Assert.Equal(list.Neurons, copy.Neurons);
        Assert.Equal(list.Offsets, copy.Offsets);
    }

    [Theory]
    [InlineData(typeof(BoardInfo), BoardInfo.MaxChannels)]
    [InlineData(typeof(BoardMeasure), BoardMeasure.MaxChannels)]
    [InlineData(typeof(MeasureResults), MeasureResults.MaxChannels)]
    [InlineData(typeof(MeasureIntervals), MeasureIntervals.MaxChannels)]
    public void Lists_of_channels_come_back_whole_and_the_longest_fits_a_sealed_frame(Type type, int most)
    {
        foreach (var count in new[] { 0, 1, most })
        {
            var list = Activator.CreateInstance(type)!;
            type.GetField("Count")!.SetValue(list, count);
            foreach (var field in type.GetFields().Where(field => field.FieldType == typeof(int[])))
            {
                var values = (int[])field.GetValue(list)!;
                for (var k = 0; k < count; k++)
                {
                    values[k] = 40 + k + (field.Name.Length * 3);
                }
            }

            var bytes = Write(list);
            Assert.True(bytes.Length <= WireFormat.MaxSealedBody, $"{type.Name}: {bytes.Length} bytes");
            var copy = Activator.CreateInstance(type)!;
            Assert.True((bool)type.GetMethod("Read")!.Invoke(copy, [new BodyReader(bytes)])!);
            Assert.Equal(Values(list), Values(copy));
            for (var length = 0; length < bytes.Length; length++)
            {
                var reader = new BodyReader(bytes);
                reader.Reset(0, length);
                Assert.False((bool)type.GetMethod("Read")!.Invoke(Activator.CreateInstance(type), [reader])!, $"{type.Name} cut to {length} bytes");
            }
        }

        // One more than there is room for.
        var overlong = new byte[WireFormat.MaxBody];
        Array.Fill(overlong, (byte)255);
        Assert.False((bool)type.GetMethod("Read")!.Invoke(Activator.CreateInstance(type), [new BodyReader(overlong)])!);
    }

    [Fact]
    public void A_block_needs_exactly_its_values()
    {
        var buffer = new byte[32];
        var writer = new BodyWriter(buffer);
        new Block { First = 7, Count = 2 }.Write(writer);
        writer.WriteInt32(0);
        var reader = new BodyReader(buffer);
        reader.Reset(0, writer.Position);
        Assert.True(new Block().Read(reader, 2));
        reader.Reset(0, writer.Position - 1);
        Assert.False(new Block().Read(reader, 2));
        reader.Reset(0, writer.Position);
        Assert.False(new Block().Read(reader, 4));
    }

    [Fact]
    public void The_message_table_names_every_message_type_and_its_hash_is_FNV_1a()
    {
        var lines = MessageTable.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var listed = lines.Select(line => Convert.ToInt32(line[..2], 16)).ToList();
        var types = typeof(MessageType).GetFields().Where(field => field.IsLiteral && field.Name != nameof(MessageType.Answer)).Select(field => (int)field.GetRawConstantValue()!).ToList();
        var answers = types.Where(MessageType.IsRequest).Select(type => type | MessageType.Answer);
        Assert.Equal(types.Concat(answers).Order(), listed.Order());

        var hash = MessageTable.Text.Aggregate(2166136261u, (value, letter) => unchecked((value ^ letter) * 16777619u));
        Assert.Equal(hash, MessageTable.Hash);
    }

    [Fact]
    public void Every_counter_has_a_name_of_its_own()
    {
        var names = Enumerable.Range(0, CounterIndex.Count).Select(CounterIndex.Name).ToList();
        Assert.DoesNotContain(string.Empty, names);
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.Equal(string.Empty, CounterIndex.Name(CounterIndex.Count));
    }

    [Fact]
    public void Counters_of_a_newer_device_are_skipped_and_those_of_an_older_one_are_zero()
    {
        var buffer = new byte[64];
        var writer = new BodyWriter(buffer);
        writer.WriteByte(CounterIndex.Count + 2);
        for (var k = 0; k < CounterIndex.Count + 2; k++)
        {
            writer.WriteVarint(k);
        }

        var reader = new BodyReader(buffer);
        reader.Reset(0, writer.Position);
        var list = new CounterList();
        Assert.True(list.Read(reader));
        Assert.Equal(27, list.Values[27]);

        Assert.True(list.Read(new BodyReader([1, 5])));
        Assert.Equal(5, list.Values[0]);
        Assert.All(list.Values[1..], value => Assert.Equal(0, value));
    }

    private static byte[] Write(object message)
    {
        var buffer = new byte[WireFormat.MaxBody];
        var writer = new BodyWriter(buffer);
        message.GetType().GetMethod("Write")!.Invoke(message, [writer]);
        Assert.False(writer.Failed);
        return buffer[..writer.Position];
    }

    // Fields are filled with what their place on the wire can hold; 8- and 16-bit fields are those whose names say so below.
    private static void Fill(object message, Random random)
    {
        string[] bytes = ["Major", "Minor", "Request", "Target", "Window", "UploadWindow", "ResetReason", "Image", "State", "Mode", "Run", "Reason", "Index", "Channel", "Number", "Condition", "Action", "Output", "Answer"];
        string[] words = ["MaxFrame", "Fault", "Code", "ChunkSize", "LinkTimeout", "Confidence", "Milliseconds", "Samples", "Lowest", "Highest"];
        foreach (var field in message.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            var value = field.GetValue(message);
            switch (value)
            {
                case null when field.FieldType == typeof(byte[]):
                    var block = new byte[field.Name == nameof(HelloAnswer.DeviceId) ? 16 : 32];
                    random.NextBytes(block);
                    field.SetValue(message, block);
                    break;
                case byte[] fixedBlock:
                    random.NextBytes(fixedBlock);
                    break;
                case long[] list:
                    for (var k = 0; k < list.Length; k++)
                    {
                        list[k] = random.NextInt64(CounterList.Most(k) + 1);
                    }

                    break;
                case bool:
                    field.SetValue(message, random.Next(2) == 1);
                    break;
                case int:
                    var most = bytes.Contains(field.Name) ? 256 : words.Contains(field.Name) ? 65536 : int.MaxValue;
                    field.SetValue(message, random.Next(most));
                    break;
                case uint:
                    field.SetValue(message, (uint)random.NextInt64(1L << 32));
                    break;
                case long:
                    field.SetValue(message, random.NextInt64());
                    break;
                default:
                    Fill(value!, random);
                    break;
            }
        }
    }

    private static List<object> Values(object message) =>
        message.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance).SelectMany(field => field.GetValue(message) switch
        {
            RunTotals totals => Values(totals),
            ReadoutEvent readout => Values(readout),
            IEnumerable list => list.Cast<object>(),
            var value => [value!],
        }).ToList();
}
