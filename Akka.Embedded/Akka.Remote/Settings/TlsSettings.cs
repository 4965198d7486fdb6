using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Configuration;

namespace Akka.Remote;

/// <summary>
/// The section <c>akka.remote.dot-netty.tcp.ssl</c>. Both sides show a certificate; each accepts the very certificate that it shows
/// itself, or one that the machine trusts and that names the host of its own certificate.
/// </summary>
internal sealed class TlsSettings
{
    private readonly X509Certificate2 _certificate;
    private readonly bool _acceptAny;
    private readonly string _host;

    private TlsSettings(X509Certificate2 certificate, bool acceptAny)
    {
        _certificate = certificate;
        _acceptAny = acceptAny;
        _host = certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false);
    }

    /// <exception cref="ConfigurationException">The certificate cannot be read, or has no private key.</exception>
    public static TlsSettings Read(Config ssl, string section)
    {
        var path = ssl.GetString("certificate.path")!;
        if (path.Length == 0)
            throw new ConfigurationException($"{section}.certificate.path is needed when enable-ssl is on");
        X509Certificate2 certificate;
        try
        {
            certificate = X509CertificateLoader.LoadPkcs12FromFile(path, ssl.GetString("certificate.password"));
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{section}.certificate.path: [{path}] cannot be read: {e.Message}", e);
        }

        if (!certificate.HasPrivateKey)
            throw new ConfigurationException($"{section}.certificate.path: [{path}] has no private key");
        return new TlsSettings(certificate, ssl.GetBoolean("suppress-validation"));
    }

    public Task AcceptAsync(SslStream stream, CancellationToken cancel) => stream.AuthenticateAsServerAsync(
        new SslServerAuthenticationOptions
        {
            ServerCertificate = _certificate,
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = IsTrusted,
        },
        cancel);

    public Task DialAsync(SslStream stream, CancellationToken cancel) => stream.AuthenticateAsClientAsync(
        new SslClientAuthenticationOptions
        {
            TargetHost = _host,
            ClientCertificates = [_certificate],
            RemoteCertificateValidationCallback = IsTrusted,
        },
        cancel);

    private bool IsTrusted(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (shown is null)
            return false;
        if (_acceptAny || (errors == SslPolicyErrors.None && shown is X509Certificate2 named && named.MatchesHostname(_host)))
            return true;
        return CryptographicOperations.FixedTimeEquals(shown.GetRawCertData(), _certificate.GetRawCertData());
    }
}
