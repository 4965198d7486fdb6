using Gateway.Actors.Access;
using Gateway.Protocol;

namespace Gateway.Actors.AddressIds;

/// <summary>
/// Whose an ADDRESS ID is, <c>B12</c>: the user's, if the client logged in, or else the client address's. It is good on any connection of
/// the same owner, and means nothing to all others.
/// </summary>
public readonly record struct AddressIdOwner
{
    private AddressIdOwner(string? user, IpLiteral client) => (User, Client) = (user, client);

    /// <summary>Null for a client that did not log in.</summary>
    public string? User { get; }

    /// <summary>Canonical; 0.0.0.0 for a user, who may come from anywhere.</summary>
    public IpLiteral Client { get; }

    public static AddressIdOwner Of(string? user, IpLiteral client) =>
        user is null ? new(null, client.Canonical) : new(user, default);

    public static AddressIdOwner Of(in Identity identity) => Of(identity.User, identity.Client);

    /// <summary>Whom limits count it for: the user, or what counts as one client, which may be more than one owner.</summary>
    internal (string? User, ClientKey Client) CountedAs => (User, ClientKey.Of(Client));

    /// <summary><c>user alice</c> or <c>192.0.2.1</c>.</summary>
    public override string ToString() => User is null ? Client.ToString() : $"user {User}";
}
