using Gateway.Actors.AddressIds;

namespace Gateway.Actors.Status;

/// <summary>An ADDRESS ID that lives at one moment.</summary>
/// <param name="Entry">Whose it is and what it stands for.</param>
/// <param name="Unused">Since its last use.</param>
/// <param name="Holders">Sessions and associations that use it.</param>
public sealed record AddressIdView(AddressIdEntry Entry, TimeSpan Unused, int Holders);
