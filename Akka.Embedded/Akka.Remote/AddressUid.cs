using Akka.Actor;

namespace Akka.Remote;

/// <summary>The number that tells this incarnation of the system from an earlier one on the same address.</summary>
public class AddressUid : IExtension
{
    public readonly int Uid = Random.Shared.Next(1, int.MaxValue);
}
