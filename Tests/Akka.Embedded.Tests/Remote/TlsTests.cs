using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor;

namespace Akka.Embedded.Tests.Remote;

public sealed class TlsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _directory = Directory.CreateTempSubdirectory("akka-tls-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Systems_that_show_the_same_certificate_talk()
    {
        var settings = Tls(Certificate("one"));
        await using var here = RemoteSystem.Start(remote: settings);
        await using var there = RemoteSystem.Start(remote: settings);
        Assert.Equal("hello", await here.To(there).Ask<string>("hello", Patience));
    }

    [Fact]
    public async Task A_peer_with_another_certificate_is_refused_and_logged()
    {
        await using var here = RemoteSystem.Start(remote: Tls(Certificate("one")));
        await using var there = RemoteSystem.Start(remote: Tls(Certificate("two")));
        here.To(there).Tell("hello", ActorRefs.NoSender);
        await here.Logged("gated");
        await there.Logged("Refused a connection");
    }

    [Fact]
    public async Task A_peer_with_another_certificate_is_taken_when_nothing_is_validated()
    {
        await using var here = RemoteSystem.Start(remote: Tls(Certificate("one"), "suppress-validation = true"));
        await using var there = RemoteSystem.Start(remote: Tls(Certificate("two"), "suppress-validation = true"));
        Assert.Equal("hello", await here.To(there).Ask<string>("hello", Patience));
    }

    [Fact]
    public async Task A_peer_without_tls_is_refused()
    {
        await using var here = RemoteSystem.Start();
        await using var there = RemoteSystem.Start(remote: Tls(Certificate("one")));
        here.To(there).Tell("hello", ActorRefs.NoSender);
        await there.Logged("Refused a connection");
    }

    [Theory]
    [InlineData("", "certificate.path is needed")]
    [InlineData("/no/such/file.pfx", "/no/such/file.pfx")]
    public void A_certificate_that_cannot_be_read_is_named_at_the_start(string path, string expected) =>
        Assert.Contains(expected, Assert.ThrowsAny<Exception>(() => RemoteSystem.Start(remote: Tls(path))).ToString());

    private static string Tls(string path, string more = "") =>
        $$"""dot-netty.tcp { enable-ssl = true, ssl { certificate { path = "{{path}}", password = "pw" }, {{more}} } }""";

    private string Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        var path = Path.Combine(_directory, name + ".pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12, "pw"));
        return path;
    }
}
