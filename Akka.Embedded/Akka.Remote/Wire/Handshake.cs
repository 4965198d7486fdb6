using System.Security.Cryptography;
using Akka.Actor;

namespace Akka.Remote.Wire;

/// <summary>
/// How two systems come to trust a connection. Nothing is read for longer than the handshake timeout, and no frame of more than
/// <see cref="MaximumFrame"/> octets.
/// <code>
/// dialer                       acceptor
///   Hello      ─────────────▶     system and address right? not quarantined? otherwise Refuse
///              ◀─────────────  Challenge
///   Proof      ─────────────▶     secret right? otherwise Refuse
///              ◀─────────────  Accept (its own proof)
///   messages   ─────────────▶
/// </code>
/// </summary>
internal static class Handshake
{
    public const int MaximumFrame = 1024;

    /// <summary>The dialer's side. Returns the uid of the peer.</summary>
    /// <exception cref="HandshakeException">The peer refused us, or we refuse the peer.</exception>
    /// <exception cref="WireException">The peer speaks something else.</exception>
    public static async Task<int> DialAsync(
        Connection connection, Address self, int uid, Address peer, SharedSecret? secret, Func<int, bool> isQuarantined, CancellationToken cancel)
    {
        var hello = Frame(FrameKind.Hello, new Hello(self, uid, peer, RandomNumberGenerator.GetBytes(Hello.NonceSize)).Write);
        await connection.SendAsync(hello.Written, cancel).ConfigureAwait(false);
        var challengeBody = await ExpectAsync(connection, FrameKind.Challenge, cancel).ConfigureAwait(false);
        var challenge = Challenge.Read(challengeBody);
        if (isQuarantined(challenge.Uid))
            throw new HandshakeException("this incarnation of the peer has been quarantined");
        if (challenge.SecretWanted != secret is not null)
        {
            throw new HandshakeException(
                secret is null ? $"the peer wants a secret ({RemotingSettings.SecretKey})" : "the peer has no secret, but here one is configured");
        }

        var helloBody = Body(hello);
        var proof = secret?.DialerProof(helloBody.Span, challengeBody) ?? [];
        await connection.SendAsync(Frame(FrameKind.Proof, writer => writer.Raw(proof)).Written, cancel).ConfigureAwait(false);
        var accepted = await ExpectAsync(connection, FrameKind.Accept, cancel).ConfigureAwait(false);
        if (secret is not null && !SharedSecret.Matches(secret.AcceptorProof(helloBody.Span, challengeBody), accepted))
            throw new HandshakeException("the peer does not know the secret");
        return challenge.Uid;
    }

    /// <summary>The acceptor's side. Returns who the peer is.</summary>
    /// <param name="connection">Just accepted.</param>
    /// <param name="self">The address that peers know us by.</param>
    /// <param name="uid">Of this incarnation.</param>
    /// <param name="secret">Null: none is asked for.</param>
    /// <param name="judge">What speaks against this peer.</param>
    /// <param name="cancel">The handshake timeout.</param>
    /// <exception cref="HandshakeException">We refused the peer.</exception>
    /// <exception cref="WireException">The peer speaks something else.</exception>
    public static async Task<Hello> AcceptAsync(
        Connection connection, Address self, int uid, SharedSecret? secret, Func<Hello, RefusalReason?> judge, CancellationToken cancel)
    {
        var helloBody = await ExpectAsync(connection, FrameKind.Hello, cancel).ConfigureAwait(false);
        var hello = Hello.Read(helloBody, self.Protocol);
        if (!hello.To.Equals(self))
            throw await RefuseAsync(connection, RefusalReason.WrongAddress, $"{hello.From} looks for {hello.To}, and this is {self}", cancel).ConfigureAwait(false);

        var challenge = Frame(FrameKind.Challenge, new Challenge(RandomNumberGenerator.GetBytes(Hello.NonceSize), uid, secret is not null).Write);
        await connection.SendAsync(challenge.Written, cancel).ConfigureAwait(false);
        var proof = await ExpectAsync(connection, FrameKind.Proof, cancel).ConfigureAwait(false);
        var challengeBody = Body(challenge);
        if (secret is not null && !SharedSecret.Matches(secret.DialerProof(helloBody, challengeBody.Span), proof))
            throw await RefuseAsync(connection, RefusalReason.WrongSecret, $"{hello.From} does not know the secret", cancel).ConfigureAwait(false);
        if (judge(hello) is { } reason)
            throw await RefuseAsync(connection, reason, $"{hello.From}, uid {hello.Uid}: {Explain(reason)}", cancel).ConfigureAwait(false);

        var answer = secret?.AcceptorProof(helloBody, challengeBody.Span) ?? [];
        await connection.SendAsync(Frame(FrameKind.Accept, writer => writer.Raw(answer)).Written, cancel).ConfigureAwait(false);
        return hello;
    }

    private static async Task<HandshakeException> RefuseAsync(Connection connection, RefusalReason reason, string why, CancellationToken cancel)
    {
        await connection.SendAsync(Frame(FrameKind.Refuse, writer => writer.Byte((byte)reason)).Written, cancel).ConfigureAwait(false);
        return new HandshakeException(why);
    }

    private static async Task<byte[]> ExpectAsync(Connection connection, FrameKind expected, CancellationToken cancel)
    {
        while (true)
        {
            if (connection.Frames.TryTake(out var kind, out var body))
            {
                if (kind == FrameKind.Refuse && body.Length == 1)
                    throw new HandshakeException($"the peer refuses: {Explain((RefusalReason)body[0])}", (RefusalReason)body[0]);
                return kind == expected ? body.ToArray() : throw new WireException($"frame {kind}, where {expected} was expected");
            }

            if (!await connection.FillAsync(cancel).ConfigureAwait(false))
                throw new WireException($"the connection ended where {expected} was expected");
        }
    }

    private static WireWriter Frame(FrameKind kind, Action<WireWriter> write)
    {
        var writer = new WireWriter();
        var start = writer.BeginFrame(kind);
        write(writer);
        writer.EndFrame(start);
        return writer;
    }

    private static ReadOnlyMemory<byte> Body(WireWriter frame) => frame.Written[5..];

    private static string Explain(RefusalReason reason) => reason switch
    {
        RefusalReason.WrongAddress => "it is not the system of that name and address",
        RefusalReason.WrongSecret => "the secrets differ",
        RefusalReason.Quarantined => "this incarnation has been quarantined; the actor system must be restarted",
        RefusalReason.Full => "too many associations",
        _ => $"reason {(byte)reason}",
    };
}
