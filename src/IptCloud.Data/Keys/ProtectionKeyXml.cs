using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Data.Keys;

/// <summary>The portal's own protection keys (cookies, antiforgery) at rest: an element that holds their XML wrapped by the master key.</summary>
internal static class ProtectionKeyXml
{
    public const string Element = "wrappedByMasterKey";
    private static readonly KeyUse Use = new("data-protection");

    public static XElement Wrap(IMasterKeys master, XElement plain)
    {
        var wrapped = master.Wrap(System.Text.Encoding.UTF8.GetBytes(plain.ToString(SaveOptions.DisableFormatting)), Use);
        return new(Element, new XAttribute("masterKey", wrapped.MasterKey), Convert.ToBase64String(wrapped.Bytes));
    }

    public static XElement Unwrap(IMasterKeys master, XElement wrapped) =>
        XElement.Parse(System.Text.Encoding.UTF8.GetString(master.Unwrap(new(MasterKeyOf(wrapped), Convert.FromBase64String(wrapped.Value)), Use)));

    public static string MasterKeyOf(XElement wrapped) => (string?)wrapped.Attribute("masterKey") ?? "";
}

/// <summary>Wraps the portal's own protection keys when they are stored.</summary>
public sealed class ProtectionKeyEncryptor(IMasterKeys master) : IXmlEncryptor
{
    /// <inheritdoc />
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(ProtectionKeyXml.Wrap(master, plaintextElement), typeof(ProtectionKeyDecryptor));
}

/// <summary>Opens them. Its name lies in the database beside each key: never rename it.</summary>
public sealed class ProtectionKeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    /// <inheritdoc />
    public XElement Decrypt(XElement encryptedElement) => ProtectionKeyXml.Unwrap(services.GetRequiredService<IMasterKeys>(), encryptedElement);
}
