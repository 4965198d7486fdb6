using Gateway.Actors.Members;
using Gateway.Actors.Settings;
using Testing;

namespace Gateway.Actors.Tests.Members;

/// <summary>What the members of one test share.</summary>
/// <param name="Seeds">Hosts of the seed nodes.</param>
internal sealed record TestMemberTerms(params string[] Seeds)
{
    public MemberTiming Timing { get; init; } = TestMember.Fast;

    public Secret? Secret { get; init; }

    /// <summary>Other settings of <c>akka.remote.dot-netty.tcp</c> than the host and the usual port.</summary>
    public string? Tcp { get; init; }

    /// <summary>Members talk under TLS, all with this certificate; null: without.</summary>
    public CertificateFile? Certificate { get; init; }

    /// <summary>Settings that take precedence over the impatient ones.</summary>
    public string Akka { get; init; } = "";
}
