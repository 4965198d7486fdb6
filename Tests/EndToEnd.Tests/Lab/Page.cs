using System.Buffers.Binary;

namespace Socks64Actors.EndToEnd.Tests.Lab;

/// <summary>A page that says in its title how many of its images a browser could show.</summary>
public static class Page
{
    public const int ImageCount = 12;

    public static string Html { get; } =
        "<!doctype html><title>loading</title><body>" +
        string.Concat(Enumerable.Range(0, ImageCount).Select(index => $"<img src='image{index}.bmp' width=32 height=32>")) +
        "<p id=result>loading</p><script>onload = () => { const shown = [...document.images].filter(i => i.naturalWidth === 8).length;" +
        "document.getElementById('result').textContent = 'images shown: ' + shown; }</script>";

    public static IEnumerable<(string Name, byte[] Bytes)> Images =>
        Enumerable.Range(0, ImageCount).Select(index => ($"image{index}.bmp", Bitmap((byte)(index * 20))));

    /// <summary>An 8 × 8 picture of one shade of grey: a 54-octet header, then 24 bits a pixel.</summary>
    private static byte[] Bitmap(byte grey)
    {
        const int header = 54, pixels = 8 * 8 * 3;
        var file = new byte[header + pixels];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), header);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), 8);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), 8);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(28), 24);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(34), pixels);
        file.AsSpan(header).Fill(grey);
        return file;
    }
}
