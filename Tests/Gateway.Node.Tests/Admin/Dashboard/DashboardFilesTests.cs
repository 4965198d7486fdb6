using System.Text.RegularExpressions;
using Gateway.Actors.Status;
using Gateway.Node.Status;

namespace Gateway.Node.Tests.Admin.Dashboard;

/// <summary>The dashboard as a browser gets it.</summary>
public partial class DashboardFilesTests
{
    [Fact]
    public async Task The_page_and_all_that_it_asks_for_are_served()
    {
        await using var lab = await AdminLab.StartAsync();
        var files = await FilesAsync(lab);
        Assert.Equal("text/html", files["/"].Type);
        Assert.Equal("text/javascript", files["/dashboard/map/map.js"].Type);
        Assert.Equal("text/css", files["/dashboard/base.css"].Type);
        Assert.Equal("image/svg+xml", files["/dashboard/icon.svg"].Type);
        Assert.Equal(404, (await lab.GetAsync("/dashboard/nothing.js")).Code);
        Assert.Equal(404, (await lab.GetAsync("/dashboard/DashboardRoutes.cs")).Code);
    }

    [Fact]
    public async Task It_comes_without_the_token_and_tells_nothing()
    {
        await using var lab = await AdminLab.StartAsync("admin.token = \"s3cret\"");
        var files = await FilesAsync(lab);
        Assert.All(files.Values, file => Assert.DoesNotContain("s3cret", file.Text));
        Assert.Equal(401, (await lab.GetAsync("/api/cluster")).Code);
        Assert.Equal(401, (await lab.PostAsync("/")).Code);
    }

    [Fact]
    public async Task Nothing_in_it_is_inline_or_from_elsewhere()
    {
        await using var lab = await AdminLab.StartAsync();
        foreach (var (path, (_, text)) in await FilesAsync(lab))
        {
            Assert.All(Address().Matches(text), address => Assert.Equal("http://www.w3.org/2000/svg", address.Value));
            Assert.False(Inline().IsMatch(text), $"{path} holds what the content security policy forbids: {Inline().Match(text).Value}");
        }
    }

    /// <summary>Of a kind that it does not know, the page would hear nothing.</summary>
    [Fact]
    public async Task It_knows_every_kind_of_event()
    {
        await using var lab = await AdminLab.StartAsync();
        var files = await FilesAsync(lab);
        var known = Mark().Matches(files["/dashboard/words.js"].Text).Select(mark => mark.Groups["kind"].Value);
        Assert.Equal(Enum.GetValues<GatewayEventKind>().Select(Names.Of).Order(), known.Order());
        var groups = Group().Matches(files["/dashboard/events.js"].Text).Select(group => new Regex(group.Groups["pattern"].Value)).ToList();
        Assert.NotEmpty(groups);
        Assert.All(Enum.GetValues<GatewayEventKind>(), kind => Assert.Single(groups, group => group.IsMatch(Names.Of(kind))));
    }

    /// <summary>The page, what it names, and what that names in turn.</summary>
    private static async Task<Dictionary<string, (string Type, string Text)>> FilesAsync(AdminLab lab)
    {
        Dictionary<string, (string Type, string Text)> files = [];
        Queue<Uri> wanted = new([lab.Address]);
        while (wanted.TryDequeue(out var next))
        {
            if (files.ContainsKey(next.AbsolutePath))
                continue;
            using var answer = await lab.SendRawAsync(HttpMethod.Get, next.AbsolutePath, null);
            Assert.True(answer.IsSuccessStatusCode, $"{next} is asked for, and the answer is {answer.StatusCode}");
            Assert.StartsWith("default-src 'self'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
            var text = await answer.Content.ReadAsStringAsync();
            files.Add(next.AbsolutePath, (answer.Content.Headers.ContentType!.MediaType!, text));
            foreach (Match reference in Reference().Matches(text))
                wanted.Enqueue(new Uri(next, reference.Groups["path"].Value));
        }
        Assert.True(files.Count > 20);
        return files;
    }

    [GeneratedRegex("""(?:(?:src|href)=|from\s+)"(?<path>(?:dashboard/|\./|\.\./)[^"]+)""")]
    private static partial Regex Reference();

    [GeneratedRegex("""
        "(?<kind>[a-z-]+)":\s\["[^"]+",\s"[a-z]+"\]
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Mark();

    [GeneratedRegex(""": /(?<pattern>\^[^/]+)/""")]
    private static partial Regex Group();

    [GeneratedRegex("""https?://[^\s"'`)<]+""")]
    private static partial Regex Address();

    [GeneratedRegex("""<script(?![^>]*\ssrc=)|<style|\sstyle="|\son[a-z]+="|innerHTML|eval\(|insertAdjacentHTML|javascript:""")]
    private static partial Regex Inline();
}
