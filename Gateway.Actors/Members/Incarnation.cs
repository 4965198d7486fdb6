namespace Gateway.Actors.Members;

/// <summary>One life of a member: after a restart, or when its actor system was born again, the same address has another.</summary>
/// <param name="Address">Where its remoting listens: <c>akka.tcp://socks64@[2001:db8::1]:4053</c>.</param>
/// <param name="Uid">Differs from life to life.</param>
public readonly record struct Incarnation(string Address, int Uid)
{
    public override string ToString() => $"{Address}#{Uid}";
}
