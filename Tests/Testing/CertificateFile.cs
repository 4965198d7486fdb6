using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Testing;

/// <summary>A certificate signed by itself, with its key, as PKCS #12 in a file of its own; both are gone at the end.</summary>
public sealed class CertificateFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("certificate-");

    /// <param name="name">Its common name.</param>
    public CertificateFile(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        Path = System.IO.Path.Combine(_folder.FullName, name + ".pfx");
        File.WriteAllBytes(Path, certificate.Export(X509ContentType.Pkcs12, Password));
    }

    public static string Password => "pw";

    public string Path { get; }

    /// <summary>Settings of <c>akka.remote.dot-netty.tcp</c> that put remoting under TLS and ask nobody who else vouches for a peer.</summary>
    public string Tcp => $$"""enable-ssl = on, ssl { suppress-validation = true, certificate { path = "{{Path}}", password = "{{Password}}" } }""";

    public void Dispose() => _folder.Delete(recursive: true);
}
