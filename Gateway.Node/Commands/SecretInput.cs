using System.Text;

namespace Gateway.Node.Commands;

/// <summary>Reads a secret: a line of standard input, or keys of the terminal without showing them.</summary>
internal static class SecretInput
{
    /// <summary>Null at the end of the input.</summary>
    public static string? Read(string prompt)
    {
        if (Console.IsInputRedirected)
            return Console.In.ReadLine();
        Console.Error.Write(prompt);
        var text = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
            {
                Console.Error.WriteLine();
                return text.ToString();
            }
            if (key.Key == ConsoleKey.Backspace)
                text.Length = Math.Max(0, text.Length - 1);
            else if (key.KeyChar >= ' ')
                text.Append(key.KeyChar);
        }
    }
}
