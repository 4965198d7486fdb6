namespace Gateway.Protocol;

/// <summary>ADR.PREF of a dedicated ADDRESS ASSOCIATE: the lower octet of DST.PORT, in the form of ATYP (<c>B3</c>).</summary>
public enum AddressPreference : byte
{
    None = 0x00,
    Ipv4 = 0x01,
    /// <summary>Reverse resolution: the name of the address.</summary>
    DomainName = 0x03,
    Ipv6 = 0x04,
    AddressId = 0x08,
}

/// <summary>Which values ADR.PREF has.</summary>
public static class AddressPreferences
{
    extension(AddressPreference preference)
    {
        /// <summary>Whether the value has a meaning; a request with another one is owed REP 08 (<c>B3</c>).</summary>
        public bool IsKnown => preference is AddressPreference.None or AddressPreference.Ipv4 or AddressPreference.DomainName
            or AddressPreference.Ipv6 or AddressPreference.AddressId;
    }
}
