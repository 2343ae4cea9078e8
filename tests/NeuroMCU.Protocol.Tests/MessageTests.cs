// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Security;
using NeuroMCU.Protocol.Streams;
using NeuroMCU.Protocol.Tests.Layout;

namespace NeuroMCU.Protocol.Tests;

public class MessageTests
{
    private static readonly Layout.Protocol s_protocol = DeclarationReader.Read();

    public static TheoryData<string> Bodies
        => [.. s_protocol.Bodies.Where(body => TypeOf(body.Name)?.GetMethod("Write", [typeof(BodyWriter)]) != null)
            .Select(body => body.Name)];

    public static TheoryData<string> Checked => [.. s_protocol.Bodies.Where(body => body.Checked).Select(body => body.Name)];

    [Theory]
    [MemberData(nameof(Bodies))]
    public void What_a_class_writes_and_reads_is_what_is_declared(string name)
    {
        for (var variant = 0; variant < 6; variant++)
        {
            // Without items where those follow the class instead of being its members.
            var message = BodyGoldenTests.Filled(TypeOf(name)!, Follows(name) ? 0 : variant);
            var bytes = Write(message);
            Assert.True(bytes.Length <= WireFormat.MaxSealedBody, $"{bytes.Length} bytes");
            var copy = Activator.CreateInstance(TypeOf(name)!)!;
            Assert.True(Read(copy, new BodyReader(bytes)));
            foreach (var item in LayoutDecoder.Decode(s_protocol, s_protocol.Body(name), bytes).Where(item => item.Field.Member != null))
            {
                var what = $"{item.Body}.{item.Field.Member}[{item.Index}]";
                var mask = item.Field.Type switch { "u8" => 0xFF, "u16" or "i16" => 0xFFFF, "u32" or "i32" => 0xFFFFFFFF, _ => -1L };
                var sent = Member(message, item) is var value && item.Field.Kind == "bool" ? value : value & mask;
                sent = name == nameof(CounterList) ? Math.Clamp(sent, 0, CounterIndex.Most(item.Index)) : sent;
                Assert.True(sent == (item.Value & mask), $"{what} was {sent}, on the wire it is {item.Value}");

                // 32 bits without sign may be kept in an int: no such value comes near 2^31.
                var read = item.Field.Type == "u32" && item.Field.Kind == null ? (int)item.Value : item.Value;
                Assert.True(Member(copy, item) == read, $"{what} was {item.Value} on the wire and is read as {Member(copy, item)}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_body_that_is_cut_is_refused_and_a_longer_one_unless_it_may_grow(string name)
    {
        var body = s_protocol.Body(name);
        var follows = Follows(name);
        for (var variant = 0; variant < 6; variant++)
        {
            var bytes = Write(BodyGoldenTests.Filled(TypeOf(name)!, follows ? 0 : variant));
            var reader = new BodyReader([.. bytes, 0, 0, 0]);
            for (var length = 0; length <= bytes.Length + 3; length++)
            {
                reader.Reset(0, length);
                var good = length == bytes.Length || (length > bytes.Length && (body.Open || follows));
                Assert.True(Read(Activator.CreateInstance(TypeOf(name)!)!, reader) == good, $"{length} of {bytes.Length} bytes");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_list_that_announces_more_than_a_message_holds_is_refused(string name)
    {
        var body = s_protocol.Body(name);
        if (body.Repeat is { Always: false })
        {
            var bytes = Enumerable.Repeat((byte)255, WireFormat.MaxBody).ToArray();
            bytes[body.Head.Sum(field => field.Size) - 1] = (byte)(body.Most(WireFormat.MaxSealedBody) + 1);
            Assert.False(Read(Activator.CreateInstance(TypeOf(name)!)!, new BodyReader(bytes)));
        }
    }

    [Theory]
    [MemberData(nameof(Checked))]
    public void A_value_beyond_its_declared_range_is_found_and_named(string name)
    {
        var fields = s_protocol.Body(name).Head.Where(field => field.Kind != "bool" && (field.Low ?? field.High) != null).ToList();
        Assert.NotEmpty(fields);
        foreach (var field in fields)
        {
            // Nothing below 0 or above 65535 comes from 8 or 16 bits, and no list is longer than its reader lets it be.
            var narrow = field.Type is "u8" or "u16";
            var high = field.High ?? (narrow ? 65535 : long.MaxValue);
            var above = high >= 65535 && narrow || high == long.MaxValue || field.Name == "count" ? high : high + 1;
            foreach (var value in new[] { field.Low!.Value, narrow && field.Low == 0 ? 0 : field.Low.Value - 1, high, above })
            {
                var body = Activator.CreateInstance(TypeOf(name)!)!;
                fields.ForEach(other => Set(other, other.Low!.Value));
                Set(field, value);
                object?[] bad = [0];
                var good = value >= field.Low && value <= high;
                Assert.Equal(good, TypeOf(name)!.GetMethod("InRange")!.Invoke(body, bad));
                Assert.Equal(good ? 0 : (int)value, bad[0]);

                void Set(Field one, long number)
                {
                    var place = body.GetType().GetField(one.Member!)!;
                    place.SetValue(body, place.FieldType == typeof(long) ? number : (object)(int)number);
                }
            }
        }
    }

    [Fact]
    public void Streams_are_what_is_declared()
    {
        var buffer = new byte[WireFormat.MaxSealedBody];
        var writer = new BodyWriter(buffer);
        var spikes = new SpikeBatchWriter();
        spikes.Begin(writer, 7, 1000, 3, 5_000_000);
        Assert.True(spikes.Add(300, 5_000_000) && spikes.Add(2, 5_020_000));
        Assert.Equal([7, 1000, 3, 5_000_000, 2, 0, 300, 20_000, 2], Values("SpikeBatch"));

        writer.Reset(0, buffer.Length);
        var samples = new TraceBatchWriter();
        samples.Begin(writer, 7, 1000, 3, 5_000_000);
        Assert.True(samples.Add(4, 5_000_000, -70) && samples.Add(5, 5_000_100, int.MaxValue));
        Assert.Equal([7, 1000, 3, 5_000_000, 2, 0, 4, -70, 100, 5, int.MaxValue + 70L], Values("TraceBatch"));
        Assert.Equal((SpikeBatchWriter.MaxSpikes, TraceBatchWriter.MaxSamples),
            (s_protocol.Body("SpikeBatch").Repeat!.Count, s_protocol.Body("TraceBatch").Repeat!.Count));

        IEnumerable<long> Values(string name) => LayoutDecoder.Decode(s_protocol, s_protocol.Body(name), buffer[..writer.Position])
            .Select(item => item.Value);
    }

    [Fact]
    public void A_nonce_and_a_proof_have_the_lengths_of_the_key_exchange()
    {
        Assert.Equal(KeyExchange.NonceSize, new AuthNonce().Nonce.Length);
        Assert.Equal(KeyExchange.ProofSize, new AuthProof().Proof.Length);
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
        message.GetType().GetMethod("Write", [typeof(BodyWriter)])!.Invoke(message, [writer]);
        Assert.False(writer.Failed);
        return buffer[..writer.Position];
    }

    private static bool Read(object message, BodyReader reader)
    {
        var method = message.GetType().GetMethod("Read")!;
        return (bool)method.Invoke(message, method.GetParameters().Length == 1 ? [reader] : [reader, 0])!;
    }

    private static bool Follows(string name) => s_protocol.Body(name).Items.Any(field => field.Member == null);

    private static Type? TypeOf(string name) => typeof(Nack).Assembly.GetType($"NeuroMCU.Protocol.Messages.{name}");

    // The value of a member, of a body within it where the field belongs to one.
    private static long Member(object message, LayoutDecoder.Item item)
    {
        var owner = item.Body == message.GetType().Name ? message : message.GetType().GetFields()
            .Single(field => field.FieldType.Name == item.Body).GetValue(message)!;
        return owner.GetType().GetField(item.Field.Member!)!.GetValue(owner) switch
        {
            Array list => Convert.ToInt64(list.GetValue(item.Index), System.Globalization.CultureInfo.InvariantCulture),
            var value => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}
