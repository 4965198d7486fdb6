namespace Gateway.Actors.Settings;

/// <summary>What keeps strangers out of what members say to each other.</summary>
public enum ClusterProtection
{
    /// <summary>Nothing, which is enough on one machine alone.</summary>
    None,

    /// <summary>Both sides prove that they know <c>cluster.secret</c>; nothing is encrypted. The embedded engine has it.</summary>
    SharedSecret,

    /// <summary>Certificates and encryption (<c>akka.remote.dot-netty.tcp.enable-ssl</c>).</summary>
    Tls,
}
