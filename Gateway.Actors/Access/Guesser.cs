namespace Gateway.Actors.Access;

/// <summary>
/// One client's guesses, as <see cref="GuessThrottle"/> counts them. Given along with a guess that waits for its turn, so that the turn sees
/// what became of the guesses before it, whether or not their connections are still there. Safe from any thread.
/// </summary>
/// <param name="throttle">Counts.</param>
/// <param name="client">Who guesses.</param>
/// <param name="now">Time since any fixed moment, always the same one.</param>
public sealed class Guesser(GuessThrottle throttle, ClientKey client, Func<TimeSpan> now)
{
    public bool MustWait => throttle.WaitOf(client, now()) > TimeSpan.Zero;

    public void Failed() => throttle.Failed(client, now());

    public void Succeeded() => throttle.Succeeded(client);
}
