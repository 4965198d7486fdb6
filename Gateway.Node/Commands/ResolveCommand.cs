using System.CommandLine;
using System.CommandLine.Parsing;
using Gateway.Actors.Settings;
using Gateway.Actors.Settings.Reading;
using Gateway.Protocol;
using SocksLib;

namespace Gateway.Node.Commands;

/// <summary><c>socks64 resolve</c>: ADDRESS ASSOCIATE (draft-kitamura-socks-ipv6-01 Extension 1) as a tool.</summary>
internal static class ResolveCommand
{
    private const string PasswordVariable = "SOCKS64_PASSWORD";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly Argument<string> Target = new("name") { Description = "A name, or an address whose name is wanted." };

    private static readonly Option<SocksEndpoint> Gateway = new("--gateway", "-g")
    {
        Description = "The gateway to ask.",
        HelpName = "HOST:PORT",
        DefaultValueFactory = _ => SocksEndpoint.From(ListenerSettings.Default[0].Address),
        CustomParser = ParseGateway,
    };

    private static readonly Option<string?> User = new("--user", "-u")
    {
        Description = $"Log in with this name; the password comes from {PasswordVariable} or is asked for.",
        HelpName = "NAME",
    };

    private static readonly Option<bool> Ipv4 = new("--ipv4", "-4") { Description = "Its IPv4 address." };
    private static readonly Option<bool> Ipv6 = new("--ipv6", "-6") { Description = "Its IPv6 address." };
    private static readonly Option<bool> Reverse = new("--reverse", "-r") { Description = "The name of an address (the default for addresses)." };
    private static readonly Option<bool> Id = new("--id") { Description = "An ADDRESS ID that stands for it in later requests." };

    public static Command Create()
    {
        var command = new Command("resolve", "Ask a gateway for the address of a name, or the name of an address. Without an option: the address the gateway itself would connect to.")
        {
            Target, Gateway, User, Ipv4, Ipv6, Reverse, Id,
        };
        command.Validators.Add(result =>
        {
            if (new[] { Ipv4, Ipv6, Reverse, Id }.Count(result.GetValue) > 1)
                result.AddError("only one of --ipv4, --ipv6, --reverse and --id can be asked for");
        });
        command.SetAction(ResolveAsync);
        return command;
    }

    private static async Task<int> ResolveAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var user = parsed.GetValue(User);
        var password = user is null ? null : Environment.GetEnvironmentVariable(PasswordVariable) ?? SecretInput.Read("Password: ");
        try
        {
            var address = SocksAddress.FromName(parsed.GetValue(Target)!).LiteralIfNamed;
            var answer = await Client(parsed.GetValue(Gateway), user, password).AskAsync(Question(parsed, address), cancellation);
            Console.Out.WriteLine(answer);
            return ExitCode.Success;
        }
        catch (SocksException e) when (e.Failure is { IsVerdict: true } refusal)
        {
            Console.Error.WriteLine($"socks64: {parsed.GetValue(Target)}: {refusal.Cause} (REP {(byte)e.Code:X2})");
            return ExitCode.Failure;
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine($"socks64: {e.Message}");
            return ExitCode.Usage;
        }
        catch (SocksException e)
        {
            Console.Error.WriteLine($"socks64: {e.Message}");
            return ExitCode.Unavailable;
        }
        catch (OperationCanceledException e)
        {
            Console.Error.WriteLine($"socks64: {parsed.GetValue(Gateway)}: {e.Message}");
            return ExitCode.Unavailable;
        }
    }

    private static SocksClient Client(SocksEndpoint gateway, string? user, string? password)
    {
        var server = new HopServer
        {
            Name = "gateway",
            Address = gateway,
            Login = user is null ? HopLogin.None : HopLogin.PasswordOnly(user, password ?? ""),
            AddressAssociate = true,
        };
        return new SocksClient(SocksClientOptions.Through(server) with { Name = "resolve", SetupTimeout = Patience });
    }

    /// <summary>FLAG 10 asks for the family that the gateway would use, and beats the preference beside it (reading B4).</summary>
    private static SocksRequest Question(ParseResult parsed, SocksAddress address)
    {
        var preference =
            parsed.GetValue(Id) ? AddressPreference.None
            : parsed.GetValue(Reverse) ? AddressPreference.DomainName
            : parsed.GetValue(Ipv6) ? AddressPreference.Ipv6
            : parsed.GetValue(Ipv4) || address.IsName ? AddressPreference.Ipv4
            : AddressPreference.DomainName;
        var isOpen = address.IsName && !new[] { Ipv4, Ipv6, Reverse, Id }.Any(parsed.GetValue);
        return new(SocksCommand.AddressAssociate, isOpen ? RequestFlags.DestinationFamily : RequestFlags.None, new(address, (ushort)preference));
    }

    private static SocksEndpoint ParseGateway(ArgumentResult result)
    {
        if (SettingsText.TryServer(result.Tokens[0].Value, out var endpoint))
            return endpoint;
        result.AddError($"\"{result.Tokens[0].Value}\" is not HOST:PORT");
        return default;
    }
}
