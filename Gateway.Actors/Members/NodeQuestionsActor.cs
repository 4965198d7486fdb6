using Akka.Actor;

namespace Gateway.Actors.Members;

/// <summary>Where <see cref="NodeQuestions"/> live within one life of the member system.</summary>
internal sealed class NodeQuestionsActor : UntypedActor
{
    public const string Name = "questions";

    private readonly NodeQuestions _questions;
    private readonly ActorSystem _life = Context.System;

    public NodeQuestionsActor(NodeQuestions questions) => _questions = questions;

    protected override void PreStart() => _questions.Live(_life);

    protected override void PostStop() => _questions.Die(_life);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case NodeAsked asked:
                AnswerAsync(asked).PipeTo(Sender, Self, failure: _ => new NodeAnswered([]));
                break;
            case Unreadable:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private async Task<NodeAnswered> AnswerAsync(NodeAsked asked)
    {
        var answer = _questions.Answer is { } respond ? await respond(asked.Question, asked.Terms).ConfigureAwait(false) : null;
        return new(answer is { Length: <= NodeAnswered.MostOctets } ? answer : []);
    }
}
