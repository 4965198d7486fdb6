using Akka.Actor;

namespace Akka.Event;

/// <summary>Logs dead letters and unhandled messages, as many as <c>akka.log-dead-letters</c> says, then rests for a while.</summary>
public class DeadLetterListener : ActorBase
{
    private EventStream _stream = null!;
    private int _most;
    private int _count;
    private TimeSpan _rest;
    private DateTime? _restsUntil;

    protected override void PreStart()
    {
        var settings = Context.System.Settings;
        _stream = Context.System.EventStream;
        _most = settings.LogDeadLetters;
        _rest = settings.LogDeadLettersSuspendDuration;
        _stream.Subscribe(Self, typeof(DeadLetter));
        _stream.Subscribe(Self, typeof(Dropped));
        _stream.Subscribe(Self, typeof(UnhandledMessage));
    }

    protected override void PostRestart(Exception reason)
    {
    }

    protected override void PreRestart(Exception reason, object message)
    {
    }

    protected override void PostStop() => _stream.Unsubscribe(Self);

    protected override bool Receive(object message)
    {
        if (message is not AllDeadLetters letter)
            return false;
        if (_restsUntil is { } end)
        {
            if (DateTime.UtcNow < end)
                return true;
            _restsUntil = null;
            _count = 0;
        }

        _count++;
        Log(letter, Note());
        return true;
    }

    private string Note()
    {
        if (_most == int.MaxValue)
            return "";
        if (_count < _most)
            return "";
        if (_rest > TimeSpan.Zero && _rest != Timeout.InfiniteTimeSpan)
        {
            _restsUntil = DateTime.UtcNow + _rest;
            return $", no more dead letters will be logged in next [{_rest}]";
        }

        Context.Stop(Self);
        return ", no more dead letters will be logged";
    }

    private void Log(AllDeadLetters letter, string note)
    {
        var source = letter.Recipient.Path.ToString();
        var kind = letter switch
        {
            UnhandledMessage => "Unhandled message",
            Dropped dropped => $"Message dropped because {dropped.Reason}:",
            _ => "Message",
        };
        var fate = letter is DeadLetter ? " was not delivered." : ".";
        var from = letter.Sender is null ? "" : $" from {letter.Sender}";
        _stream.Publish(new Info(source, letter.Recipient.GetType(),
            $"{kind} [{letter.Message.GetType().Name}]{from} to {letter.Recipient}{fate} [{_count}] dead letters encountered{note}. "
            + "This logging can be turned off or adjusted with configuration settings 'akka.log-dead-letters' and 'akka.log-dead-letters-during-shutdown'. "
            + $"Message content: {letter.Message}"));
    }
}
