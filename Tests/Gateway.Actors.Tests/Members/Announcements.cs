using Gateway.Actors.Members;
using Gateway.Protocol;

namespace Gateway.Actors.Tests.Members;

/// <summary>Members for tests of what is decided by them.</summary>
internal static class Announcements
{
    /// <summary>A member whose listener and remoting are on 127.0.0.<paramref name="host"/>.</summary>
    public static MemberAnnouncement Of(string name, int host, params string[] roles) => new()
    {
        Name = name,
        Incarnation = new($"akka.tcp://socks64@127.0.0.{host}:4053", 1),
        Roles = roles,
        Endpoints = [new(IpLiteral.Parse($"127.0.0.{host}"), 1080)],
    };
}
