using System.CommandLine;
using Gateway.Actors.Settings;
using Gateway.Node.Commands;
using Gateway.Node.Completion;
using Gateway.Protocol;

namespace Gateway.Node.Operator;

/// <summary>
/// Where the running gateway is that a command is about: <c>--admin</c>, else the settings of <c>-c</c>, else <c>SOCKS64_ADMIN</c>, else
/// 127.0.0.1:8558. Its token comes from <c>--token-file</c>, else from those settings, else from <c>SOCKS64_ADMIN_TOKEN</c>, else from the file that
/// <c>SOCKS64_ADMIN_TOKEN_FILE</c> names; no option takes the token itself, because others can read command lines.
/// </summary>
internal static class AdminOptions
{
    private const string AddressVariable = "SOCKS64_ADMIN", TokenVariable = "SOCKS64_ADMIN_TOKEN", TokenFileVariable = "SOCKS64_ADMIN_TOKEN_FILE";

    public static Option<string?> Admin { get; } = new("--admin")
    {
        Description = $"The gateway's operator's door. Without it: admin.address of -c FILE, or {AddressVariable}, or 127.0.0.1:8558.",
        HelpName = "URL",
    };

    public static Option<FileInfo?> TokenFile { get; } = new("--token-file")
    {
        Description = $"Holds the door's token. Without it: admin.token of -c FILE, or {TokenVariable}, or the file that {TokenFileVariable} names.",
        HelpName = "FILE",
    };

    public static Option<string?> Node { get; } = new("--node")
    {
        Description = "A gateway of the cluster, by name, or * for all; without it the one that is asked.",
        HelpName = "NAME|*",
    };

    /// <summary>The options of every command that asks a running gateway.</summary>
    public static Command WithAdmin(this Command command)
    {
        command.Add(Admin);
        command.Add(TokenFile);
        return command;
    }

    /// <summary>And which gateway of the cluster it is about.</summary>
    public static Command WithNode(this Command command)
    {
        if (Node.CompletionSources.Count == 0)
            Node.CompletionSources.Add(LiveNames.NodesOrAll);
        command.Add(Node);
        return command;
    }

    /// <exception cref="AdminException">What was said is no address, or a file cannot be read.</exception>
    public static AdminTarget Target(ParseResult parsed)
    {
        var settings = parsed.GetValue(SettingsOption.Files) is { Length: > 0 } ? Load(parsed) : null;
        return new(Address(parsed, settings), Token(parsed, settings));
    }

    private static AdminSettings Load(ParseResult parsed)
    {
        var loaded = SettingsOption.Read(parsed);
        return loaded.IsUsable ? loaded.Settings.Admin : throw new AdminException(ExitCode.Settings, string.Join('\n', loaded.Problems));
    }

    private static Uri Address(ParseResult parsed, AdminSettings? settings)
    {
        if (parsed.GetValue(Admin) is { } said)
            return Parsed(said, "--admin");
        if (settings is not null)
            return AddressOf(settings);
        return Environment.GetEnvironmentVariable(AddressVariable) is { Length: > 0 } text ? Parsed(text, AddressVariable) : AdminTarget.DefaultAddress;
    }

    private static Uri Parsed(string text, string origin) => AdminTarget.TryParse(text, out var address)
        ? address
        : throw new AdminException(ExitCode.Usage, $"{origin} is not HOST:PORT or a URL such as http://127.0.0.1:8558");

    /// <summary>A door on all addresses is reached on loopback.</summary>
    private static Uri AddressOf(AdminSettings settings)
    {
        if (settings.Address is not { } address)
            throw new AdminException(ExitCode.Settings, "these settings have no operator's door (admin.address = off)");
        if (address.Port == 0)
            throw new AdminException(ExitCode.Settings, "these settings take any free port for the operator's door; the gateway's log has the true address, for --admin");
        var own = !address.Address.IsUnspecified ? address : address with { Address = IpLiteral.Parse(address.Address.IsIpv6 ? "::1" : "127.0.0.1") };
        return new Uri($"http://{own}/");
    }

    private static Secret? Token(ParseResult parsed, AdminSettings? settings)
    {
        if (parsed.GetValue(TokenFile) is { } file)
            return Read(file.FullName);
        if (settings?.Token is { } token)
            return token;
        if (Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } text)
            return Checked(text, TokenVariable);
        return Environment.GetEnvironmentVariable(TokenFileVariable) is { Length: > 0 } path ? Read(path) : null;
    }

    private static Secret Read(string path)
    {
        try
        {
            return Checked(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AdminException(ExitCode.Settings, $"the token cannot be read: {e.Message}");
        }
    }

    /// <summary>A token travels in a header, which has no room for line ends.</summary>
    private static Secret Checked(string text, string origin) => text.Trim() is { Length: > 0 } token && !token.Any(char.IsControl) && token.All(char.IsAscii)
        ? new Secret(token)
        : throw new AdminException(ExitCode.Settings, $"{origin} holds no token of one line");
}
