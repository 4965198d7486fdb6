using System.Net.Http.Json;

namespace Gateway.Node.Tests.Admin;

/// <summary>Who is let in at the operator's door.</summary>
public class GateTests
{
    private const string Token = "admin.token = \"s3cret\"";

    [Fact]
    public async Task Without_the_token_nothing_is_told_but_health()
    {
        await using var lab = await AdminLab.StartAsync(Token);
        foreach (var path in new[] { "/api/cluster", "/api/sessions", "/metrics", "/api/openapi.json", "/api/events", "/nothing" })
            Assert.Equal(401, (await lab.GetAsync(path)).Code);
        Assert.Equal(401, (await lab.PostAsync("/api/drain")).Code);
        Assert.Equal(200, (await lab.GetAsync("/healthz")).Code);
        Assert.False(lab.Gateway.Doorkeeper.IsDraining);
    }

    [Theory]
    [InlineData("Bearer s3cret", 200)]
    [InlineData("bearer s3cret", 200)]
    [InlineData("Bearer S3cret", 401)]
    [InlineData("Bearer ", 401)]
    [InlineData("Basic czNjcmV0", 401)]
    public async Task The_token_is_taken_as_a_bearers_alone(string authorization, int expected)
    {
        await using var lab = await AdminLab.StartAsync(Token);
        Assert.Equal(expected, (await lab.GetAsync("/api/cluster", ("Authorization", authorization))).Code);
        Assert.Equal(401, (await lab.GetAsync("/api/cluster?token=s3cret")).Code);
    }

    [Fact]
    public async Task A_login_gives_a_cookie_that_is_good_for_a_working_day()
    {
        var time = new HandClock();
        await using var lab = await AdminLab.StartAsync(Token, time);
        using var wrong = await lab.SendRawAsync(HttpMethod.Post, "/login", JsonContent.Create(new { token = "guess" }));
        Assert.Equal(401, (int)wrong.StatusCode);
        using var login = await lab.SendRawAsync(HttpMethod.Post, "/login", JsonContent.Create(new { token = "s3cret" }));
        Assert.Equal(204, (int)login.StatusCode);
        var set = Assert.Single(login.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", set);
        Assert.Contains("samesite=strict", set);
        var cookie = set.Split(';')[0];

        Assert.Equal(200, (await lab.GetAsync("/api/cluster", ("Cookie", cookie))).Code);
        Assert.Equal(401, (await lab.GetAsync("/api/cluster", ("Cookie", cookie + "x"))).Code);
        var expiry = cookie.Split('=')[1].Split('.')[0];
        Assert.Equal(401, (await lab.GetAsync("/api/cluster", ("Cookie", cookie.Replace(expiry, "9999999999")))).Code);
        time.Advance(TimeSpan.FromHours(12));
        Assert.Equal(401, (await lab.GetAsync("/api/cluster", ("Cookie", cookie))).Code);
    }

    [Fact]
    public async Task Guessing_is_slowed_down_and_the_wait_is_over_when_its_time_has_come()
    {
        var time = new HandClock();
        await using var lab = await AdminLab.StartAsync(Token, time);
        for (var i = 0; i < 5; i++)
            Assert.Equal(401, (await lab.GetAsync("/api/cluster", ("Authorization", "Bearer guess"))).Code);
        Assert.Equal(429, (await lab.GetAsync("/api/cluster", ("Authorization", "Bearer s3cret"))).Code);
        Assert.Equal(200, (await lab.GetAsync("/healthz")).Code);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(200, (await lab.GetAsync("/api/cluster", ("Authorization", "Bearer s3cret"))).Code);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "null")]
    public async Task What_a_browser_asks_for_another_site_is_refused(string header, string value)
    {
        await using var lab = await AdminLab.StartAsync();
        Assert.Equal(403, (await lab.PostAsync("/api/drain", (header, value))).Code);
        Assert.Equal(403, (await lab.GetAsync("/api/sessions", (header, value))).Code);
        Assert.False(lab.Gateway.Doorkeeper.IsDraining);
    }

    [Fact]
    public async Task What_a_browser_asks_for_the_gateways_own_pages_is_answered()
    {
        await using var lab = await AdminLab.StartAsync();
        var own = lab.Address.GetLeftPart(UriPartial.Authority);
        Assert.Equal(200, (await lab.PostAsync("/api/undrain", ("Origin", own), ("Sec-Fetch-Site", "same-origin"))).Code);
        Assert.Equal(200, (await lab.GetAsync("/api/sessions", ("Sec-Fetch-Site", "none"))).Code);
    }

    [Theory]
    [InlineData("localhost:8558", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]:8558", 200)]
    [InlineData("evil.example", 421)]
    [InlineData("192.0.2.1:8558", 421)]
    public async Task Without_a_token_no_other_name_leads_here(string host, int expected)
    {
        await using var lab = await AdminLab.StartAsync();
        Assert.Equal(expected, (await lab.GetAsync("/api/cluster", ("Host", host))).Code);
    }

    [Fact]
    public async Task With_a_token_any_name_does()
    {
        await using var lab = await AdminLab.StartAsync(Token);
        Assert.Equal(200, (await lab.GetAsync("/api/cluster", ("Host", "g1.example"), ("Authorization", "Bearer s3cret"))).Code);
    }

    [Fact]
    public async Task Every_answer_forbids_to_keep_or_to_frame_it()
    {
        await using var lab = await AdminLab.StartAsync();
        using var answer = await lab.SendRawAsync(HttpMethod.Get, "/api/cluster", null);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Contains("default-src 'self'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }
}
