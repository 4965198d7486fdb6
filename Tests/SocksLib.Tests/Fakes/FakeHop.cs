using Gateway.Protocol;

namespace SocksLib.Tests;

/// <summary>A SOCKS server on a <see cref="VirtualNetwork"/>, which does what a test says.</summary>
internal sealed class FakeHop(HopServer server, LiteralEndpoint address)
{
    private readonly Dictionary<ChainPhase, Fault> _faults = [];
    private readonly Dictionary<ChainPhase, int> _delays = [];

    public string Name => server.Name;

    /// <summary>As a chain knows it.</summary>
    public HopServer Server => server;

    public LiteralEndpoint Address => address;

    /// <summary>What it answers to whom it knows; null when it asks for no login.</summary>
    public PasswordRequest? Knows { get; set; }

    /// <summary>What it answers instead of reaching that address.</summary>
    public Dictionary<LiteralEndpoint, ReplyCode> Unreachable { get; } = [];

    /// <summary>What it answers to a request for the destination.</summary>
    public ReplyCode Verdict { get; set; }

    /// <summary>BND.ADDR and BND.PORT of that answer.</summary>
    public SocksEndpoint Bound { get; set; } = SocksEndpoint.From(new LiteralEndpoint(IpLiteral.Parse("2001:db8::b"), 5000));

    /// <summary>What the destination says at once, in the same segment as the reply.</summary>
    public byte[] Banner { get; set; } = [];

    /// <summary>The method it chooses, whatever it is offered.</summary>
    public byte? Chooses { get; set; }

    public Fault Fault(ChainPhase phase) => _faults.GetValueOrDefault(phase);

    public int Delay(ChainPhase phase) => _delays.GetValueOrDefault(phase);

    public FakeHop Fails(ChainPhase phase, Fault fault)
    {
        _faults[phase] = fault;
        return this;
    }

    public FakeHop Delays(ChainPhase phase, int milliseconds)
    {
        _delays[phase] = milliseconds;
        return this;
    }
}
