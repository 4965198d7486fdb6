using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Wire;

namespace Akka.Remote.Associations;

/// <summary>
/// The system messages that cross the wire. <c>TYPE(1)</c>, then for Watch and Unwatch <c>WATCHEE WATCHER</c>, for
/// DeathWatchNotification <c>ACTOR EXISTED(1) ADDRESS-TERMINATED(1)</c>.
/// </summary>
internal static class SystemMessageCodec
{
    private const byte WatchType = 1;
    private const byte UnwatchType = 2;
    private const byte DeathType = 3;
    private const byte TerminateType = 4;

    public static bool CanWrite(ISystemMessage message) => message is Watch or Unwatch or DeathWatchNotification or Terminate;

    public static void Write(WireWriter writer, ISystemMessage message, Func<IActorRef, string> pathOf)
    {
        switch (message)
        {
            case Watch watch:
                writer.Byte(WatchType);
                writer.Text(pathOf(watch.Watchee));
                writer.Text(pathOf(watch.Watcher));
                break;
            case Unwatch unwatch:
                writer.Byte(UnwatchType);
                writer.Text(pathOf(unwatch.Watchee));
                writer.Text(pathOf(unwatch.Watcher));
                break;
            case DeathWatchNotification death:
                writer.Byte(DeathType);
                writer.Text(pathOf(death.Actor));
                writer.Boolean(death.ExistenceConfirmed);
                writer.Boolean(death.AddressTerminated);
                break;
            default:
                writer.Byte(TerminateType);
                break;
        }
    }

    public static ISystemMessage Read(ref WireReader reader, Func<string, IInternalActorRef> resolve) => reader.Byte() switch
    {
        WatchType => new Watch(resolve(reader.Text()), resolve(reader.Text())),
        UnwatchType => new Unwatch(resolve(reader.Text()), resolve(reader.Text())),
        DeathType => new DeathWatchNotification(resolve(reader.Text()), reader.Boolean(), reader.Boolean()),
        TerminateType => new Terminate(),
        var type => throw new WireException($"system message of type {type}"),
    };
}
