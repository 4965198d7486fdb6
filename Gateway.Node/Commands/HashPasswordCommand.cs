using System.CommandLine;
using System.Text;
using Gateway.Actors.Access;

namespace Gateway.Node.Commands;

/// <summary><c>socks64 hash-password</c>: makes what stands in <c>users</c>.</summary>
internal static class HashPasswordCommand
{
    private static readonly Option<int> Iterations = new("--iterations")
    {
        Description = "How costly each guess shall be.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => PasswordHash.DefaultIterations,
    };

    public static Command Create()
    {
        Iterations.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < PasswordHash.LeastIterations or > PasswordHash.MostIterations)
                result.AddError($"--iterations must be from {PasswordHash.LeastIterations} to {PasswordHash.MostIterations}");
        });
        var command = new Command("hash-password", "Read a password from standard input or the terminal, and print its hash for the settings.") { Iterations };
        command.SetAction(Hash);
        return command;
    }

    private static int Hash(ParseResult parsed)
    {
        var password = Encoding.UTF8.GetBytes(SecretInput.Read("Password: ") ?? "");
        if (password.Length is 0 or > 255 || password is [.., 0])
        {
            Console.Error.WriteLine("socks64: a password has 1 to 255 octets (RFC 1929), and the last is not zero");
            return ExitCode.Usage;
        }
        if (!Console.IsInputRedirected && SecretInput.Read("Again: ") is var again && !password.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(again ?? "")))
        {
            Console.Error.WriteLine("socks64: the two are not the same");
            return ExitCode.Usage;
        }
        Console.Out.WriteLine(PasswordHash.Create(password, parsed.GetValue(Iterations)).Reveal());
        return ExitCode.Success;
    }
}
