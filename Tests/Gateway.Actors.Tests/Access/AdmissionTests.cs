using Gateway.Actors.Access;
using Gateway.Actors.Settings;
using Gateway.Protocol;

namespace Gateway.Actors.Tests.Access;

public class AdmissionTests
{
    private static readonly IpLiteral Client = IpLiteral.Parse("192.0.2.1");
    private static readonly IpLiteral Other = IpLiteral.Parse("192.0.2.2");

    [Fact]
    public void A_client_over_its_limit_is_turned_away_and_others_are_not()
    {
        var admission = new Admission(new LimitSettings { SessionsPerClient = 1 });
        Assert.Equal(AdmissionResult.Admitted, admission.TryEnter(Client));
        Assert.Equal(AdmissionResult.TooManyOfThisClient, admission.TryEnter(Client));
        Assert.Equal(AdmissionResult.Admitted, admission.TryEnter(Other));
    }

    [Fact]
    public void The_whole_node_has_a_limit()
    {
        var admission = new Admission(new LimitSettings { Sessions = 1 });
        admission.TryEnter(Client);
        Assert.Equal(AdmissionResult.TooManySessions, admission.TryEnter(Other));
    }

    [Fact]
    public void A_request_makes_room_for_the_next_handshake()
    {
        var admission = new Admission(new LimitSettings { Handshakes = 1 });
        admission.TryEnter(Client);
        Assert.Equal(AdmissionResult.TooManyHandshakes, admission.TryEnter(Other));
        admission.EndHandshake(Client);
        Assert.Equal(AdmissionResult.Admitted, admission.TryEnter(Other));
    }

    [Fact]
    public void One_client_leaves_half_of_the_handshakes_to_others()
    {
        var admission = new Admission(new LimitSettings { Handshakes = 4 });
        AdmissionResult[] results = [admission.TryEnter(Client), admission.TryEnter(Client), admission.TryEnter(Client), admission.TryEnter(Other)];
        Assert.Equal([AdmissionResult.Admitted, AdmissionResult.Admitted, AdmissionResult.TooManyOfThisClient, AdmissionResult.Admitted], results);
        admission.EndHandshake(Client);
        Assert.Equal(AdmissionResult.Admitted, admission.TryEnter(Client));
        admission.Change(new LimitSettings { Handshakes = 2 });
        admission.EndHandshake(Client);
        Assert.Equal(AdmissionResult.TooManyHandshakes, admission.TryEnter(Other));
    }

    [Fact]
    public void Who_leaves_and_who_is_turned_away_leaves_nothing_behind()
    {
        var admission = new Admission(new LimitSettings { SessionsPerClient = 1, Sessions = 2, Handshakes = 3 });
        for (var round = 0; round < 10; round++)
        {
            Assert.Equal(AdmissionResult.Admitted, admission.TryEnter(Client));
            Assert.Equal(AdmissionResult.TooManyOfThisClient, admission.TryEnter(Client));
            admission.EndHandshake(Client);
            admission.Leave(Client);
        }
        Assert.Equal((0, 0), (admission.Sessions, admission.Handshakes));
    }

    [Fact]
    public void Session_that_turns_out_to_be_anothers_counts_as_the_others()
    {
        var admission = new Admission(new LimitSettings { SessionsPerClient = 1 });
        admission.TryEnter(Client);
        Assert.True(admission.TryPass(Client, Client));
        Assert.True(admission.TryPass(Client, Other));
        Assert.Equal(AdmissionResult.TooManyOfThisClient, admission.TryEnter(Other));
        Assert.Equal(AdmissionResult.Admitted, admission.TryEnter(Client));
        Assert.False(admission.TryPass(Client, Other));
        admission.Leave(Client);
        admission.Leave(Other);
        Assert.Equal((0, AdmissionResult.Admitted, AdmissionResult.Admitted), (admission.Sessions, admission.TryEnter(Client), admission.TryEnter(Other)));
    }

    [Fact]
    public void Counts_hold_when_all_threads_take_and_release()
    {
        var counter = new KeyedCounter<ClientKey>(8);
        var key = ClientKey.Of(Client);
        var mostSeen = 0;
        Parallel.For(0, 20_000, _ =>
        {
            if (!counter.TryTake(key))
                return;
            mostSeen = Math.Max(mostSeen, counter.CountOf(key));
            counter.Release(key);
        });
        Assert.Equal(0, counter.CountOf(key));
        Assert.InRange(mostSeen, 1, 8);
    }

    [Fact]
    public void Releasing_what_was_never_taken_is_an_error() =>
        Assert.Throws<InvalidOperationException>(() => new KeyedCounter<ClientKey>(1).Release(ClientKey.Of(Client)));
}
