namespace Gateway.Actors.Settings;

/// <summary>The fake addresses that a program gets which takes any family.</summary>
public enum SocksifyAnswer
{
    Ipv4,
    Ipv6,
    Both,

    /// <summary>Both, and a connect to a name whose far end has the other family fails, so that the program takes the other address.</summary>
    Match,
}
