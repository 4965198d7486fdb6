namespace Akka.Remote.Wire;

/// <summary>The acceptor's answer to <see cref="Hello"/>. <c>NONCE(32) UID SECRET-WANTED(1)</c></summary>
internal sealed record Challenge(byte[] Nonce, int Uid, bool SecretWanted)
{
    /// <exception cref="WireException">The frame is malformed.</exception>
    public static Challenge Read(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        return new Challenge(reader.Take(Hello.NonceSize).ToArray(), reader.Int32(), reader.Boolean());
    }

    public void Write(WireWriter writer)
    {
        writer.Raw(Nonce);
        writer.Int32(Uid);
        writer.Boolean(SecretWanted);
    }
}
