using Gateway.Node.Status;

namespace Gateway.Node.Tests.Status;

public class EventPlacesTests
{
    [Theory]
    [InlineData(""), InlineData("e1:1764558000123:17"), InlineData("e1:1764558000123:17,r-1.lab_x:1:9223372036854775807")]
    public void Places_are_read_as_they_are_written(string text)
    {
        Assert.True(EventPlaces.TryParse(text, out var places));
        Assert.Equal(text, places.ToString());
    }

    [Theory]
    [InlineData("17"), InlineData("e1:17"), InlineData("e1:1:-1"), InlineData("e1:1:x"), InlineData("e1:1:2:3"), InlineData("e1:1:99999999999999999999")]
    public void Nothing_else_is_a_place(string text) => Assert.False(EventPlaces.TryParse(text, out _));

    [Fact]
    public void Each_gateway_has_a_place_of_its_own()
    {
        var places = EventPlaces.None.With("e1", DateTimeOffset.FromUnixTimeMilliseconds(5), 1).With("x1", DateTimeOffset.FromUnixTimeMilliseconds(6), 2)
            .With("e1", DateTimeOffset.FromUnixTimeMilliseconds(7), 3);
        Assert.Equal((new(7, 3), new(6, 2), null), (places.At("e1"), places.At("x1"), places.At("r1")));
    }
}
