namespace Akka.Actor;

internal interface IHasArguments
{
    object[] Arguments { get; }
}
