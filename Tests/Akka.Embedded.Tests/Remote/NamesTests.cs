using Akka.Remote.Wire;

namespace Akka.Embedded.Tests.Remote;

public class NamesTests
{
    [Fact]
    public void A_name_is_written_once()
    {
        var (writer, outbound, inbound) = (new WireWriter(), new OutboundNames(), new InboundNames());
        var thing = new object();
        outbound.Define(writer, thing, "akka.tcp://lab@host:1/user/a#1");
        Assert.True(outbound.TryFind(thing, out var entry));
        writer.UInt32(OutboundNames.FirstNumber + entry.Number);

        var reader = new WireReader(writer.Written.Span);
        var first = inbound.Read(ref reader)!;
        Assert.Same(first, inbound.Read(ref reader));
        Assert.Equal("akka.tcp://lab@host:1/user/a#1", first.Text);
        Assert.True(reader.IsAtEnd);
    }

    [Fact]
    public void Two_things_with_one_name_share_a_number()
    {
        var (writer, outbound) = (new WireWriter(), new OutboundNames());
        var (one, other) = (new object(), new object());
        outbound.Define(writer, one, "name");
        outbound.Define(writer, other, "name");
        Assert.True(outbound.TryFind(one, out var first));
        Assert.True(outbound.TryFind(other, out var second));
        Assert.Equal(first.Number, second.Number);
    }

    [Fact]
    public void A_number_without_a_meaning_is_refused()
    {
        var octets = Written(writer => writer.UInt32(OutboundNames.FirstNumber));
        Assert.Throws<WireException>(() => Read(new InboundNames(), octets));
    }

    [Fact]
    public void No_peer_can_make_the_table_grow_for_ever()
    {
        var inbound = new InboundNames();
        for (var i = 0; i < OutboundNames.Capacity; i++)
            Read(inbound, Definition(i));
        Assert.Throws<WireException>(() => Read(inbound, Definition(OutboundNames.Capacity)));
        inbound.Clear();
        Assert.Equal("0", Read(inbound, Definition(0)));
    }

    private static byte[] Definition(int name) => Written(writer =>
    {
        writer.UInt32(OutboundNames.Definition);
        writer.Text(name.ToString());
    });

    private static byte[] Written(Action<WireWriter> write)
    {
        var writer = new WireWriter();
        write(writer);
        return writer.ToArray();
    }

    private static string? Read(InboundNames names, byte[] octets)
    {
        var reader = new WireReader(octets);
        return names.Read(ref reader)?.Text;
    }
}
