namespace Akka.TestKit;

/// <summary>How the kit says that a test has failed: the bridge to the test framework.</summary>
public interface ITestKitAssertions
{
    /// <summary>Fails the test. <paramref name="args"/> fill the placeholders of <paramref name="format"/>.</summary>
    void Fail(string format = "", params object?[] args);

    void AssertTrue(bool condition, string format = "", params object?[] args);

    void AssertFalse(bool condition, string format = "", params object?[] args);

    /// <summary>Fails unless both are equal by value; sequences are compared element by element.</summary>
    void AssertEqual<T>(T expected, T actual, string format = "", params object?[] args);

    void AssertEqual<T>(T expected, T actual, Func<T, T, bool> comparer, string format = "", params object?[] args);
}
