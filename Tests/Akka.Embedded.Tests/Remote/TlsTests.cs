using Akka.Actor;

namespace Akka.Embedded.Tests.Remote;

public sealed class TlsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CertificateFile _one = new("one"), _two = new("two");

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
    }

    [Fact]
    public async Task Systems_that_show_the_same_certificate_talk()
    {
        var settings = Tls(_one.Path);
        await using var here = RemoteSystem.Start(remote: settings);
        await using var there = RemoteSystem.Start(remote: settings);
        Assert.Equal("hello", await here.To(there).Ask<string>("hello", Patience));
    }

    [Fact]
    public async Task A_peer_with_another_certificate_is_refused_and_logged()
    {
        await using var here = RemoteSystem.Start(remote: Tls(_one.Path));
        await using var there = RemoteSystem.Start(remote: Tls(_two.Path));
        here.To(there).Tell("hello", ActorRefs.NoSender);
        await here.Logged("gated");
        await there.Logged("Refused a connection");
    }

    [Fact]
    public async Task A_peer_with_another_certificate_is_taken_when_nothing_is_validated()
    {
        await using var here = RemoteSystem.Start(remote: Tls(_one.Path, "suppress-validation = true"));
        await using var there = RemoteSystem.Start(remote: Tls(_two.Path, "suppress-validation = true"));
        Assert.Equal("hello", await here.To(there).Ask<string>("hello", Patience));
    }

    [Fact]
    public async Task A_peer_without_tls_is_refused()
    {
        await using var here = RemoteSystem.Start();
        await using var there = RemoteSystem.Start(remote: Tls(_one.Path));
        here.To(there).Tell("hello", ActorRefs.NoSender);
        await there.Logged("Refused a connection");
    }

    [Theory]
    [InlineData("", "certificate.path is needed")]
    [InlineData("/no/such/file.pfx", "/no/such/file.pfx")]
    public void A_certificate_that_cannot_be_read_is_named_at_the_start(string path, string expected) =>
        Assert.Contains(expected, Assert.ThrowsAny<Exception>(() => RemoteSystem.Start(remote: Tls(path))).ToString());

    private static string Tls(string path, string more = "") =>
        $$"""dot-netty.tcp { enable-ssl = true, ssl { certificate { path = "{{path}}", password = "{{CertificateFile.Password}}" }, {{more}} } }""";
}
