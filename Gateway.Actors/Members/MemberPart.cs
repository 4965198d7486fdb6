using Akka.Actor;

namespace Gateway.Actors.Members;

/// <summary>An actor that every life of the member system has, so that features of other members can speak to it (<see cref="Member.PathOf"/>).</summary>
/// <param name="Name">Below <c>/user</c>.</param>
/// <param name="Props">A new actor for each life.</param>
internal sealed record MemberPart(string Name, Props Props);
