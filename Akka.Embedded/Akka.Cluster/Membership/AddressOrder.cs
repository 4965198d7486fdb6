using Akka.Actor;

namespace Akka.Cluster;

/// <summary>Orders nodes by host, then port: every node sees the same order, whatever it was told first.</summary>
internal sealed class AddressOrder : IComparer<Address>
{
    public int Compare(Address? x, Address? y)
    {
        if (x is null || y is null)
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        var byHost = string.CompareOrdinal(x.Host, y.Host);
        return byHost != 0 ? byHost : Nullable.Compare(x.Port, y.Port);
    }
}
