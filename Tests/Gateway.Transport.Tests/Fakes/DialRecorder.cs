namespace Gateway.Transport.Tests;

/// <summary>Tells the results of dials: a (connection, attempts) pair, or the failure.</summary>
internal sealed class DialRecorder : Mailbox<object>, IDialHandler
{
    public void OnConnected(Dial dial, Connection connection, int attempts) => Put((connection, attempts));

    public void OnDialFailed(Dial dial, in DialFailure failure) => Put(failure);
}
