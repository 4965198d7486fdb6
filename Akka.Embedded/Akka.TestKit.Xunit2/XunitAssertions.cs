using Xunit;
using Xunit.Sdk;

namespace Akka.TestKit.Xunit2;

/// <summary>Fails a test the way that xunit does.</summary>
public class XunitAssertions : ITestKitAssertions
{
    public void Fail(string format = "", params object?[] args) => Assert.Fail(Filled(format, args));

    public void AssertTrue(bool condition, string format = "", params object?[] args)
    {
        if (!condition)
            Fail(format, args);
    }

    public void AssertFalse(bool condition, string format = "", params object?[] args) => AssertTrue(!condition, format, args);

    public void AssertEqual<T>(T expected, T actual, string format = "", params object?[] args)
    {
        try
        {
            Assert.Equal(expected, actual);
        }
        catch (EqualException differs) when (format.Length > 0)
        {
            Fail("{0}", $"{Filled(format, args)}{Environment.NewLine}{differs.Message}");
        }
    }

    public void AssertEqual<T>(T expected, T actual, Func<T, T, bool> comparer, string format = "", params object?[] args)
    {
        if (!comparer(expected, actual))
            Fail("{0}", $"{Filled(format, args)}{Environment.NewLine}Expected: {expected}{Environment.NewLine}Actual:   {actual}");
    }

    private static string Filled(string format, object?[] args) => args.Length == 0 ? format : string.Format(null, format, args);
}
