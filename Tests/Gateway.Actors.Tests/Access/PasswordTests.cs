using System.Text;
using Gateway.Actors.Access;
using Gateway.Actors.Settings;
using Gateway.Protocol;

namespace Gateway.Actors.Tests.Access;

public class PasswordTests
{
    private static byte[] Octets(string text) => Encoding.UTF8.GetBytes(text);

    private static LoginCheck Check(params (string Name, string Password)[] users) =>
        new(users.ToDictionary(user => user.Name, user => new UserSettings(PasswordHash.Create(Octets(user.Password), 1_000))), atOnce: 1);

    [Fact]
    public void A_hash_matches_its_password_alone_also_after_it_was_written_and_read()
    {
        var made = PasswordHash.Create(Octets("s3cret"), 1_000);
        Assert.True(PasswordHash.TryParse(made.Reveal(), out var read));
        Assert.True(read.Matches(Octets("s3cret")));
        Assert.False(read.Matches(Octets("s3cre")));
        Assert.False(read.Matches(Octets("s3crett")));
        Assert.False(read.Matches(Octets("s3cret\0")));
        Assert.False(read.Matches([]));
    }

    /// <summary>Python's <c>hashlib.pbkdf2_hmac("sha256", b"password", b"saltsalt", 4096)</c>.</summary>
    [Fact]
    public void A_hash_made_elsewhere_is_read()
    {
        Assert.True(PasswordHash.TryParse("pbkdf2-sha256$4096$c2FsdHNhbHQ=$ZiMD/VuDIBLM8rT9ZlFkcm8vO44PH2jtvpsH6s4pwvU=", out var hash));
        Assert.True(hash.Matches(Octets("password")));
    }

    [Fact]
    public void Equal_passwords_have_different_hashes() =>
        Assert.NotEqual(PasswordHash.Create(Octets("a"), 1_000).Reveal(), PasswordHash.Create(Octets("a"), 1_000).Reveal());

    [Theory]
    [InlineData("secret")]
    [InlineData("pbkdf2-sha256$999$c2FsdHNhbHQ=$ZiMD/VuDIBLM8rT9ZlFkcm8vO44PH2jtvpsH6s4pwvU=")]
    [InlineData("pbkdf2-sha256$99999999$c2FsdHNhbHQ=$ZiMD/VuDIBLM8rT9ZlFkcm8vO44PH2jtvpsH6s4pwvU=")]
    [InlineData("pbkdf2-sha256$4096$c2E=$ZiMD/VuDIBLM8rT9ZlFkcm8vO44PH2jtvpsH6s4pwvU=")]
    [InlineData("pbkdf2-sha256$4096$c2FsdHNhbHQ=$c2hvcnQ=")]
    [InlineData("pbkdf2-sha256$4096$c2FsdHNhbHQ=$!!!")]
    [InlineData("pbkdf2-sha1$4096$c2FsdHNhbHQ=$ZiMD/VuDIBLM8rT9ZlFkcm8vO44PH2jtvpsH6s4pwvU=")]
    public void What_is_no_hash_is_not_read(string text) => Assert.False(PasswordHash.TryParse(text, out _));

    [Fact]
    public void A_hash_prints_without_salt_and_hash() =>
        Assert.Equal("pbkdf2-sha256$1000$***", PasswordHash.Create(Octets("a"), 1_000).ToString());

    [Fact]
    public async Task The_right_password_gives_the_users_name()
    {
        var check = Check(("alice", "s3cret"), ("bob", "hunter2"));
        Assert.Equal("alice", await check.CheckAsync(Octets("alice"), Octets("s3cret")));
        Assert.Null(await check.CheckAsync(Octets("alice"), Octets("hunter2")));
        Assert.Null(await check.CheckAsync(Octets("Alice"), Octets("s3cret")));
        Assert.Null(await check.CheckAsync(Octets("carol"), Octets("s3cret")));
    }

    [Fact]
    public async Task A_login_that_succeeded_once_is_answered_at_once_and_a_wrong_one_never_is()
    {
        var check = Check(("alice", "s3cret"));
        await check.CheckAsync(Octets("alice"), Octets("s3cret"));
        var again = check.CheckAsync(Octets("alice"), Octets("s3cret"));
        Assert.True(again.IsCompletedSuccessfully);
        Assert.Equal("alice", await again);
        Assert.Null(await check.CheckAsync(Octets("alice"), Octets("wrong")));
        Assert.Null(await check.CheckAsync(Octets("alice"), Octets("wrong")));
        Assert.Null(await check.CheckAsync(Octets("alices"), Octets("3cret")));
    }

    [Fact]
    public async Task The_costly_part_of_a_login_never_runs_on_the_caller()
    {
        var check = new LoginCheck(new Dictionary<string, UserSettings>(), atOnce: 1);
        var pending = check.CheckAsync(Octets("nobody"), Octets("x"));
        Assert.False(pending.IsCompleted);
        Assert.Null(await pending);
    }

    [Fact]
    public async Task Of_many_guesses_at_once_those_beyond_the_limit_are_not_looked_at()
    {
        var check = Check(("alice", "s3cret"));
        var throttle = new GuessThrottle { Free = 3 };
        var client = ClientKey.Of(IpLiteral.Parse("192.0.2.1"));
        var guesser = new Guesser(throttle, client, () => TimeSpan.Zero);

        var wrong = Enumerable.Range(0, 20).Select(i => check.CheckAsync(Octets("alice"), Octets($"wrong{i}"), guesser).AsTask()).ToList();
        Assert.All(await Task.WhenAll(wrong), Assert.Null);

        Assert.Equal(throttle.FirstWait, throttle.WaitOf(client, TimeSpan.Zero));
        Assert.Null(await check.CheckAsync(Octets("alice"), Octets("s3cret"), guesser));
        Assert.Equal("alice", await check.CheckAsync(Octets("alice"), Octets("s3cret")));
    }

    [Fact]
    public async Task A_name_with_octets_that_are_no_text_is_just_unknown() =>
        Assert.Null(await Check(("alice", "s3cret")).CheckAsync([0xFF, 0xFE, 0x00], Octets("s3cret")));

    [Fact]
    public async Task The_longest_name_and_password_are_checked()
    {
        string name = new('n', 255), password = new('p', 255);
        Assert.Equal(name, await Check((name, password)).CheckAsync(Octets(name), Octets(password)));
    }
}
