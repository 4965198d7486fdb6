using Gateway.Actors.Settings;

namespace Gateway.Actors.Tests.Settings;

/// <summary><c>socks64.telemetry</c>.</summary>
public class TelemetryTests
{
    [Fact]
    public void Nothing_is_sent_unless_an_endpoint_is_named()
    {
        Assert.Null(Files.Read("").Telemetry.Endpoint);
        Assert.Null(Files.Read("socks64.telemetry.sampling = 0.5").Telemetry.Endpoint);
    }

    [Fact]
    public void Headers_and_resource_are_written_as_in_the_variables_of_OpenTelemetry()
    {
        var telemetry = Files.Read("""
            socks64.telemetry { endpoint = "https://otel.example", protocol = http, headers = "authorization=Bearer%20k3y=, x-scope=lab", resource = "a.b=c d,e=%2C" }
            """).Telemetry;
        Assert.Equal([("authorization", "Bearer k3y="), ("x-scope", "lab")], telemetry.Headers.Select(header => (header.Name, header.Value.Reveal())));
        Assert.Equal([("a.b", "c d"), ("e", ",")], telemetry.Resource);
        Assert.Equal(TelemetryProtocol.Http, telemetry.Protocol);
    }

    [Theory]
    [InlineData("endpoint = \"127.0.0.1:4317\"", "endpoint: not an address such as \"http://127.0.0.1:4317\", without a login and a query")]
    [InlineData("endpoint = \"http://me:secret@127.0.0.1\"", "endpoint: not an address such as \"http://127.0.0.1:4317\", without a login and a query")]
    [InlineData("headers = \"secret\"", "headers: not names and values such as \"authorization=Bearer%20KEY,x-scope=lab\"")]
    [InlineData("headers = \"a=%0asecret\"", "headers: not names and values such as \"authorization=Bearer%20KEY,x-scope=lab\"")]
    [InlineData("resource = lab", "resource: \"lab\" is not names and values such as \"deployment.environment.name=lab,service.namespace=edge\"")]
    [InlineData("sampling = 1.5", "sampling: \"1.5\" is not a number from 0 to 1")]
    [InlineData("sampling = -1", "sampling: \"-1\" is not a number from 0 to 1")]
    [InlineData("protocol = tcp", "protocol: \"tcp\" is not one of grpc, http")]
    [InlineData("samplng = 1", "samplng: unknown key; did you mean \"sampling\"?")]
    public void What_is_wrong_is_said_with_its_place_and_without_secrets(string setting, string problem)
    {
        var found = Assert.Single(Files.Problems($"socks64.telemetry {{\n{setting}\n}}"));
        Assert.EndsWith($":2: socks64.telemetry.{problem}", found);
        Assert.DoesNotContain("secret", found);
    }
}
