using System.Runtime.Versioning;
using Gateway.Node.Socksifying;

namespace Gateway.Node.Tests.Socksifying;

[SupportedOSPlatform("linux")]
public sealed class ProgramFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_dynamic_program_of_this_machine_can_be_carried() =>
        Assert.Null(Obstacle(ElfImage.Create(ElfFile.OwnMachine)));

    [Fact]
    public void A_static_program_cannot() =>
        Assert.Contains("statically linked", Obstacle(ElfImage.Create(ElfFile.OwnMachine, interpreter: null)));

    [Theory]
    [InlineData(null)]
    [InlineData("/lib64/ld-linux-x86-64.so.2")]
    public void A_Go_program_cannot_linked_either_way(string? interpreter) =>
        Assert.Contains("Go program", Obstacle(ElfImage.Create(ElfFile.OwnMachine, interpreter, "Go\0\0")));

    [Fact]
    public void Other_notes_mean_nothing() =>
        Assert.Null(Obstacle(ElfImage.Create(ElfFile.OwnMachine, noteName: "abc\0")));

    [Fact]
    public void A_program_for_another_processor_cannot() =>
        Assert.Contains("another processor", Obstacle(ElfImage.Create(machine: 8)));

    [Fact]
    public void A_32_bit_program_cannot() =>
        Assert.Contains("32-bit", Obstacle(ElfImage.Create(machine: 3, interpreter: "/lib/ld-linux.so.2", wide: false)));

    [Fact]
    public void A_program_with_another_C_library_cannot() =>
        Assert.Contains("musl", Obstacle(ElfImage.Create(ElfFile.OwnMachine, "/lib/ld-musl-x86_64.so.1")));

    [Fact]
    public void A_file_that_is_no_program_cannot() =>
        Assert.Contains("neither an ELF executable nor a script", Obstacle("just text"u8.ToArray()));

    [Fact]
    public void A_file_without_the_permission_cannot()
    {
        var path = Path.Combine(_folder, "data");
        File.WriteAllBytes(path, ElfImage.Create(ElfFile.OwnMachine));
        Assert.Contains("may not be executed", ProgramFile.Obstacle(path));
    }

    [Fact]
    public void A_script_is_as_good_as_its_interpreter()
    {
        var interpreter = Write("interpreter", ElfImage.Create(ElfFile.OwnMachine, interpreter: null));
        Assert.Contains("statically linked", Obstacle([.. "#! "u8, .. System.Text.Encoding.UTF8.GetBytes(interpreter), .. " -x\nmore"u8]));
        Assert.Contains("/no/such/interpreter was not found", Obstacle("#!/no/such/interpreter\n"u8.ToArray()));
        Assert.Null(Obstacle("#!/bin/sh\ntrue\n"u8.ToArray()));
    }

    [Fact]
    public void Every_cut_of_a_program_is_answered()
    {
        var image = ElfImage.Create(ElfFile.OwnMachine, noteName: "Go\0\0");
        for (var length = 0; length < image.Length; length++)
            ElfFile.Read(new MemoryStream(image, 0, length));
    }

    [Fact]
    public void Programs_are_found_as_a_shell_finds_them()
    {
        Assert.NotNull(ProgramFile.Find("sh"));
        Assert.Null(ProgramFile.Find("no-such-program"));
        Assert.Equal(Write("here", []), ProgramFile.Find(Path.Combine(_folder, "here")));
    }

    private string? Obstacle(byte[] content) => ProgramFile.Obstacle(Write("program", content));

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
