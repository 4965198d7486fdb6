using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>
/// Describes log events. A <c>message</c> must equal the event's, or it must begin with <c>start</c>, or it must contain
/// <c>contains</c>; the first one given counts, and none means any. <c>source</c> is a log source, or an actor's path with or
/// without its address.
/// </summary>
public class EventFilterFactory
{
    private readonly TestKitBase _testkit;
    private readonly ActorSystem _system;
    private readonly IReadOnlyList<EventFilter> _filters;

    internal EventFilterFactory(TestKitBase testkit, ActorSystem system, IReadOnlyList<EventFilter> filters) =>
        (_testkit, _system, _filters) = (testkit, system, filters);

    /// <summary>Events for which a predicate holds.</summary>
    public IEventFilterApplier Custom(Predicate<LogEvent> predicate) => Where("a predicate", predicate);

    /// <inheritdoc cref="Custom"/>
    public IEventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate)
        where TLogEvent : LogEvent => Where(typeof(TLogEvent).Name, logged => logged is TLogEvent wanted && predicate(wanted));

    public IEventFilterApplier Debug(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.DebugLevel, message, start, contains, source);

    public IEventFilterApplier Debug(Regex pattern, string? source = null) => ForLogLevel(LogLevel.DebugLevel, pattern, source);

    public IEventFilterApplier Info(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.InfoLevel, message, start, contains, source);

    public IEventFilterApplier Info(Regex pattern, string? source = null) => ForLogLevel(LogLevel.InfoLevel, pattern, source);

    public IEventFilterApplier Warning(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.WarningLevel, message, start, contains, source);

    public IEventFilterApplier Warning(Regex pattern, string? source = null) => ForLogLevel(LogLevel.WarningLevel, pattern, source);

    /// <summary>Errors; their own message or that of their cause must match.</summary>
    public IEventFilterApplier Error(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(LogLevel.ErrorLevel, message, start, contains, source);

    /// <inheritdoc cref="Error(string, string, string, string)"/>
    public IEventFilterApplier Error(Regex pattern, string? source = null) => ForLogLevel(LogLevel.ErrorLevel, pattern, source);

    public IEventFilterApplier ForLogLevel(
        LogLevel logLevel, string? message = null, string? start = null, string? contains = null, string? source = null) =>
        Where(logLevel, TextMatch.Of(message, start, contains), source);

    public IEventFilterApplier ForLogLevel(LogLevel logLevel, Regex pattern, string? source = null) =>
        Where(logLevel, TextMatch.Of(pattern), source);

    /// <summary>Errors with a cause of type <typeparamref name="TException"/>; their own message or the cause's must match.</summary>
    public IEventFilterApplier Exception<TException>(
        string? message = null, string? start = null, string? contains = null, string? source = null)
        where TException : Exception => Exception(typeof(TException), message, start, contains, source);

    /// <inheritdoc cref="Exception{TException}(string, string, string, string)"/>
    public IEventFilterApplier Exception<TException>(Regex pattern, string? source = null)
        where TException : Exception => Exception(typeof(TException), pattern, source);

    /// <summary>As the generic one; <paramref name="checkInnerExceptions"/> searches the causes of the cause too.</summary>
    public IEventFilterApplier Exception(
        Type exceptionType, string? message = null, string? start = null, string? contains = null, string? source = null,
        bool checkInnerExceptions = false) =>
        Caused(exceptionType, TextMatch.Of(message, start, contains), source, checkInnerExceptions);

    /// <inheritdoc cref="Exception(Type, string, string, string, string, bool)"/>
    public IEventFilterApplier Exception(
        Type exceptionType, Regex pattern, string? source = null, bool checkInnerExceptions = false) =>
        Caused(exceptionType, TextMatch.Of(pattern), source, checkInnerExceptions);

    /// <summary>Messages that found no recipient. <c>source</c> is the path of the recipient.</summary>
    public IEventFilterApplier DeadLetter() => Dead(_ => true, null);

    /// <inheritdoc cref="DeadLetter()"/>
    public IEventFilterApplier DeadLetter<TMessage>(string? source = null) => Dead(message => message is TMessage, source);

    /// <inheritdoc cref="DeadLetter()"/>
    public IEventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool> isMatch, string? source = null) =>
        Dead(message => message is TMessage wanted && isMatch(wanted), source);

    private IEventFilterApplier Where(LogLevel level, TextMatch text, string? source) =>
        Where($"{level} {text}", logged => logged.LogLevel() == level && SourceMatch.Holds(source, logged.LogSource)
            && (text.Holds(logged.Message) || (logged is Error && logged.Cause is { } cause && text.Holds(cause.Message))));

    private IEventFilterApplier Caused(Type type, TextMatch text, string? source, bool inner) =>
        Where($"{type.Name} {text}", logged => logged is Error && SourceMatch.Holds(source, logged.LogSource)
            && Causes(logged.Cause, inner).Any(cause =>
                type.IsInstanceOfType(cause) && (text.Holds(logged.Message) || text.Holds(cause.Message))));

    private IEventFilterApplier Dead(Predicate<object> isWanted, string? source) =>
        Where("DeadLetter", logged => logged is { Message: DeadLetter letter } and Event.Warning
            && isWanted(letter.Message) && SourceMatch.Holds(source, logged.LogSource));

    private IEventFilterApplier Where(string description, Predicate<LogEvent> predicate) =>
        new EventFilterApplier(_testkit, _system, [.. _filters, new EventFilter(description, predicate)]);

    private static IEnumerable<Exception> Causes(Exception? cause, bool inner)
    {
        for (; cause is not null; cause = inner ? cause.InnerException : null)
            yield return cause;
    }
}
