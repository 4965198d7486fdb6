using System.Collections;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Net.Sockets;
using Gateway.Actors.Settings;
using Gateway.Actors.Settings.Reading;
using Gateway.Node.Socksifying;

namespace Gateway.Node.Commands;

/// <summary><c>socks64 socksify</c>: runs a program under <c>libsocks64.so</c> (RFC 3089 §2), whose settings are its environment.</summary>
internal static class SocksifyCommand
{
    /// <summary>As <c>env</c> and <c>nohup</c> say it.</summary>
    private const int CannotRun = 126, NotFound = 127;

    private const string GatewayVariable = "SOCKS64_GATEWAY", PasswordVariable = "SOCKS64_PASSWORD";

    private static readonly Argument<string[]> Program = new("command")
    {
        Description = "The program and its arguments, behind --.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Gateway = new("--gateway", "-g")
    {
        Description = $"The SOCKS5 server. Without it: {GatewayVariable}, or socksify.gateway of the settings, or their first listener.",
        HelpName = "HOST:PORT",
    };

    private static readonly Option<string?> User = new("--user", "-u")
    {
        Description = $"Log in with this name; the password comes from {PasswordVariable} or SOCKS64_PASSWORD_FILE, or is asked for.",
        HelpName = "NAME",
    };

    private static readonly Option<string[]> Direct = new("--direct", "-d")
    {
        Description = "Networks that are reached directly, beside loopback, such as 10.0.0.0/8. \"none\" takes loopback out.",
        HelpName = "NETWORK",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<bool> Bind = new("--bind", "-b") { Description = "Listening sockets listen at the gateway (BIND)." };
    private static readonly Option<bool> Flight = new("--flight") { Description = "The gateway is a socks64: greeting and request travel together, and both ends have their true addresses." };
    private static readonly Option<string?> Log = new("--log") { Description = "What the library says, and where to: off, error, info or debug.", HelpName = "LEVEL[:FILE]" };

    public static Command Create()
    {
        Direct.Validators.Add(result =>
        {
            foreach (var network in result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
                Object(result, SocksifySettings.ObjectionToDirect(network));
        });
        Log.Validators.Add(result => Object(result, SocksifySettings.ObjectionToLog(result.Tokens[0].Value)));
        var command = new Command("socksify", "Run a program through a gateway: its connections, listeners, datagrams and name look-ups.")
        {
            Gateway, User, Direct, Bind, Flight, Log, Program,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var library = Path.Combine(AppContext.BaseDirectory, "libsocks64.so");
        if (!OperatingSystem.IsLinux() || !File.Exists(library))
            return Fail(ExitCode.Unavailable, $"{library} is missing; scripts/build-preload.sh makes it, on Linux");
        if (library.AsSpan().ContainsAny(' ', ':'))
            return Fail(ExitCode.Unavailable, $"{library}: the dynamic loader takes no path with a blank or a colon");

        var command = parsed.GetValue(Program)!;
        if (ProgramFile.Find(command[0]) is not { } path)
            return Fail(NotFound, $"{command[0]}: not found");
        if (ProgramFile.Obstacle(path) is { } obstacle)
            return Fail(CannotRun, $"{path} cannot be carried: {obstacle}");

        var environment = Inherited();
        AddOptions(parsed, environment);
        if (AddSettings(parsed, environment) is { } exit)
            return exit;
        AddPassword(environment);
        environment["LD_PRELOAD"] = environment.TryGetValue("LD_PRELOAD", out var others) ? $"{library}:{others}" : library;
        return Fail(CannotRun, $"{path}: {Native.Become(path, command, environment)}");
    }

    private static void Object(OptionResult result, string? objection)
    {
        if (objection is not null)
            result.AddError(objection);
    }

    private static int Fail(int code, string message)
    {
        Console.Error.WriteLine($"socks64: {message}");
        return code;
    }

    private static Dictionary<string, string> Inherited() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(pair => (string)pair.Key, pair => (string)pair.Value!);

    /// <summary>
    /// What the settings say goes behind the command line and the environment, and their login only to their gateway. Null when all is
    /// well, else the exit code.
    /// </summary>
    private static int? AddSettings(ParseResult parsed, Dictionary<string, string> environment)
    {
        var hasFiles = parsed.GetValue(SettingsOption.Files) is { Length: > 0 };
        if (!hasFiles && environment.TryGetValue(GatewayVariable, out var text))
            return AddGateway(text, environment);

        var loaded = SettingsOption.Load(parsed);
        if (!loaded.IsUsable)
            return ExitCode.Settings;
        var socksify = loaded.Settings.Socksify;
        if (socksify.Direct.Count > 0)
            environment.TryAdd("SOCKS64_DIRECT", string.Join(',', socksify.Direct));
        if (socksify.Bind)
            environment.TryAdd("SOCKS64_BIND", "on");
        environment.TryAdd("SOCKS64_ANSWER", socksify.Answer.ToString().ToLowerInvariant());
        environment.TryAdd("SOCKS64_LOG", socksify.Log);
        if (environment.TryGetValue(GatewayVariable, out text))
            return AddGateway(text, environment);
        if (socksify.Gateway is { } gateway)
        {
            AddLogin(gateway, environment);
            return AddGateway(gateway.Address.ToString(), environment);
        }
        environment[GatewayVariable] = OwnAddress(loaded.Settings.Listeners[0].Address.ToString());
        if (hasFiles)
            environment.TryAdd("SOCKS64_FLIGHT", "on");
        return null;
    }

    private static void AddLogin(GatewayServerSettings gateway, Dictionary<string, string> environment)
    {
        if (gateway.OneFlight)
            environment.TryAdd("SOCKS64_FLIGHT", "on");
        if (gateway is { Username: { } user, Password: { } password } && environment.TryAdd("SOCKS64_USER", user))
            environment[PasswordVariable] = password.Reveal();
    }

    /// <summary>The library resolves nothing, so a gateway's name becomes an address here. Null when all is well, else the exit code.</summary>
    private static int? AddGateway(string text, Dictionary<string, string> environment)
    {
        if (!SettingsText.TryServer(text, out var gateway))
            return Fail(ExitCode.Usage, $"\"{text}\" is not HOST:PORT");
        if (!gateway.Address.IsName)
        {
            environment[GatewayVariable] = gateway.ToString();
            return null;
        }
        try
        {
            var address = Dns.GetHostAddresses(gateway.Address.ToString())[0];
            environment[GatewayVariable] = new IPEndPoint(address, gateway.Port).ToString();
            return null;
        }
        catch (SocketException e)
        {
            return Fail(ExitCode.Unavailable, $"{gateway}: {e.Message}");
        }
    }

    /// <summary>A wildcard listener is reached on loopback.</summary>
    private static string OwnAddress(string listener)
    {
        var endpoint = IPEndPoint.Parse(listener);
        if (endpoint.Address.Equals(IPAddress.Any))
            endpoint.Address = IPAddress.Loopback;
        else if (endpoint.Address.Equals(IPAddress.IPv6Any))
            endpoint.Address = IPAddress.IPv6Loopback;
        return endpoint.ToString();
    }

    private static void AddOptions(ParseResult parsed, Dictionary<string, string> environment)
    {
        if (parsed.GetValue(Gateway) is { } gateway)
            environment[GatewayVariable] = gateway;
        if (parsed.GetValue(User) is { } user)
            environment["SOCKS64_USER"] = user;
        if (parsed.GetValue(Direct) is { Length: > 0 } networks)
            environment["SOCKS64_DIRECT"] = string.Join(',', networks);
        if (parsed.GetValue(Bind))
            environment["SOCKS64_BIND"] = "on";
        if (parsed.GetValue(Flight))
            environment["SOCKS64_FLIGHT"] = "on";
        if (parsed.GetValue(Log) is { } level)
            environment["SOCKS64_LOG"] = level;
    }

    /// <summary>
    /// The password leaves the environment, which shows in process lists, for a file without a name. Programs that this
    /// one starts find it there even when they were left no descriptor.
    /// </summary>
    private static void AddPassword(Dictionary<string, string> environment)
    {
        var isKept = environment.ContainsKey("SOCKS64_PASSWORD_FILE") || environment.ContainsKey("SOCKS64_PASSWORD_FD");
        if (!environment.Remove(PasswordVariable, out var password) && (isKept || !environment.ContainsKey("SOCKS64_USER")))
            return;
        password ??= SecretInput.Read("Password: ");
        environment["SOCKS64_PASSWORD_FILE"] = $"/proc/{Environment.ProcessId}/fd/{Native.HiddenFile(password ?? "")}";
    }
}
