using Gateway.Actors.Sessions;

namespace Gateway.Actors.AddressIds;

/// <summary>The wait for the copies of an ID is over.</summary>
/// <param name="Entry">Which.</param>
/// <param name="IsRefused">A member knows its REALID for something else, and it is withdrawn: another one is needed.</param>
internal sealed record AddressIdShared(AddressIdEntry Entry, bool IsRefused) : ISessionNews;
