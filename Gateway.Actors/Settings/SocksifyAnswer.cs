namespace Gateway.Actors.Settings;

/// <summary>The fake addresses that a program gets which takes any family.</summary>
public enum SocksifyAnswer
{
    Ipv4,
    Ipv6,
    Both,
}
