using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Embedded.Tests.Remote;

public class SharedSecretTests
{
    private const string Secret = "correct horse battery staple";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Systems_with_the_same_secret_talk()
    {
        await using var here = RemoteSystem.Start(remote: $"embedded.secret = \"{Secret}\"");
        await using var there = RemoteSystem.Start(remote: $"embedded.secret = \"{Secret}\"");
        Assert.Equal("hello", await here.To(there).Ask<string>("hello", Patience));
    }

    [Fact]
    public async Task A_peer_with_another_secret_is_refused_and_logged()
    {
        await using var here = RemoteSystem.Start(remote: "embedded.secret = wrong");
        await using var there = RemoteSystem.Start(remote: $"embedded.secret = \"{Secret}\"");
        here.To(there).Tell("hello", ActorRefs.NoSender);
        await there.Logged("does not know the secret");
        await here.Logged("the secrets differ");
    }

    [Fact]
    public async Task A_peer_without_a_secret_says_what_is_missing()
    {
        await using var here = RemoteSystem.Start();
        await using var there = RemoteSystem.Start(remote: $"embedded.secret = \"{Secret}\"");
        here.To(there).Tell("hello", ActorRefs.NoSender);
        await here.Logged("akka.remote.embedded.secret");
    }

    [Fact]
    public async Task A_peer_that_skips_the_proof_is_refused()
    {
        await using var there = RemoteSystem.Start(remote: $"embedded.secret = \"{Secret}\"");
        using var peer = await RawPeer.Connect(there.Address);
        await peer.SendFrame(FrameKind.Hello, new Hello(new Address("akka.tcp", "lab", "127.0.0.1", 9), 1, there.Address, new byte[32]).Write);
        await peer.SendFrame(FrameKind.Proof, _ => { });
        await peer.Closed();
        await there.Logged("does not know the secret");
    }

    [Fact]
    public async Task A_listener_without_the_secret_is_not_trusted()
    {
        await using var here = RemoteSystem.Start(remote: $"embedded.secret = \"{Secret}\"");
        await using var there = RemoteSystem.Start();
        here.To(there).Tell("hello", ActorRefs.NoSender);
        await here.Logged("the peer has no secret");
    }

    [Fact]
    public void A_proof_is_good_for_its_role_and_its_handshake_only()
    {
        var secret = new SharedSecret(Secret);
        var proof = secret.DialerProof("hello"u8, "challenge"u8);
        Assert.True(SharedSecret.Matches(new SharedSecret(Secret).DialerProof("hello"u8, "challenge"u8), proof));
        Assert.False(SharedSecret.Matches(secret.AcceptorProof("hello"u8, "challenge"u8), proof));
        Assert.False(SharedSecret.Matches(secret.DialerProof("hello"u8, "another"u8), proof));
        Assert.False(SharedSecret.Matches(secret.DialerProof("helloc"u8, "hallenge"u8), proof));
        Assert.False(SharedSecret.Matches(new SharedSecret("x").DialerProof("hello"u8, "challenge"u8), proof));
        Assert.False(SharedSecret.Matches(proof, []));
    }

    [Fact]
    public async Task The_secret_is_in_no_log()
    {
        await using var here = RemoteSystem.Start(remote: $"embedded.secret = \"{Secret}\"");
        await using var there = RemoteSystem.Start(remote: "embedded.secret = wrong");
        here.To(there).Tell("hello", ActorRefs.NoSender);
        await here.Logged("gated");
        Assert.DoesNotContain(here.Log.Concat(there.Log), line => line.Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, new SharedSecret(Secret).ToString());
    }
}
