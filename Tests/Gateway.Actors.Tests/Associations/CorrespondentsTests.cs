using Gateway.Actors.Associations;
using Gateway.Protocol;

namespace Gateway.Actors.Tests.Associations;

public class CorrespondentsTests
{
    private static readonly AddressId Id = new(0xA1B2C3);
    private static readonly IpLiteral One = IpLiteral.Parse("192.0.2.1"), Two = IpLiteral.Parse("2001:db8::2"), Three = IpLiteral.Parse("192.0.2.3");

    [Fact]
    public void Only_who_was_sent_to_may_answer()
    {
        var correspondents = new Correspondents();
        correspondents.SentTo(One);

        Assert.Equal("192.0.2.1:53", Answer(correspondents, One, 53));
        Assert.Equal("192.0.2.1:2000", Answer(correspondents, One, 2000));
        Assert.Null(Answer(correspondents, Three, 53));
    }

    [Fact]
    public void Host_addressed_by_id_answers_under_the_id()
    {
        var correspondents = new Correspondents();
        correspondents.SentTo(Two, Id);
        Assert.Equal("id A1B2C3:53", Answer(correspondents, Two, 53));
    }

    [Fact]
    public void Last_way_of_addressing_counts()
    {
        var correspondents = new Correspondents();
        correspondents.SentTo(Two, Id);
        correspondents.SentTo(Two);
        Assert.Equal("[2001:db8::2]:53", Answer(correspondents, Two, 53));
        correspondents.SentTo(Two, Id);
        Assert.Equal("id A1B2C3:53", Answer(correspondents, Two, 53));
    }

    [Fact]
    public void Quietest_host_is_forgotten_when_there_is_no_room()
    {
        var correspondents = new Correspondents(capacity: 2);
        Assert.Null(correspondents.SentTo(One));
        Assert.Null(correspondents.SentTo(Two));
        Assert.NotNull(Answer(correspondents, One, 53));

        Assert.Equal(Two, correspondents.SentTo(Three));

        Assert.Equal(2, correspondents.Count);
        Assert.Null(Answer(correspondents, Two, 53));
        Assert.NotNull(Answer(correspondents, One, 53));
        Assert.NotNull(Answer(correspondents, Three, 53));
    }

    [Fact]
    public void Mapped_source_answers_as_the_ipv4_host_it_is()
    {
        var correspondents = new Correspondents();
        correspondents.SentTo(One.Mapped);
        Assert.Equal("192.0.2.1:53", Answer(correspondents, One, 53));
        Assert.Equal("192.0.2.1:53", Answer(correspondents, One.Mapped, 53));
    }

    private static string? Answer(Correspondents correspondents, IpLiteral from, ushort port) =>
        correspondents.TryAnswer(new LiteralEndpoint(from, port), out var shown) ? shown.ToString() : null;
}
