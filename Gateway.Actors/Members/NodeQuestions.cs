using Akka.Actor;

namespace Gateway.Actors.Members;

/// <summary>
/// Lets one gateway ask another what an operator wants to know or have done. Questions have names, terms and answers are JSON: members of
/// different versions understand of each other what both know. Safe from any thread.
/// </summary>
public sealed class NodeQuestions
{
    /// <summary>Of an answer; a longer one does not travel.</summary>
    public const int MostOctets = NodeAnswered.MostOctets;

    private volatile IActorRefFactory? _life;

    /// <summary>Answers what others ask this gateway; null for a question that it does not know. Set once, before anybody asks.</summary>
    public Func<string, ReadOnlyMemory<byte>, Task<byte[]?>>? Answer { get; set; }

    /// <summary>The answer of a member; null when it does not know the question, or its answer is too long to travel.</summary>
    /// <exception cref="AskTimeoutException">It does not answer in time, or cannot be reached.</exception>
    public async Task<byte[]?> AskAsync(Member member, string question, byte[] terms, TimeSpan patience)
    {
        if (_life is not { } life)
            throw new AskTimeoutException("this gateway is in no cluster at present");
        var answer = await life.ActorSelection(member.PathOf(NodeQuestionsActor.Name)).Ask(new NodeAsked(question, terms), patience).ConfigureAwait(false);
        return answer is NodeAnswered { Answer.Length: > 0 } answered ? answered.Answer : null;
    }

    internal void Live(IActorRefFactory life) => _life = life;

    internal void Die(IActorRefFactory life)
    {
        if (_life == life)
            _life = null;
    }
}
