using System.Text;
using IptCloud.Data.Access;

namespace IptCloud.Portal.Access;

public sealed class TotpTests
{
    private static readonly byte[] key = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory] // RFC 6238, appendix B, the last six digits
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) => Assert.Equal(code, Totp.Code(key, Totp.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_clock_may_differ_by_one_step(int away, bool fits)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1234567890);
        Assert.Equal(fits, Totp.Match(key, Totp.Code(key, Totp.StepOf(now) + away), now) is not null);
    }

    [Theory] // RFC 4648, section 10
    [InlineData("f", "MY")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Keys_are_written_in_base_32(string text, string base32) => Assert.Equal(base32, Totp.ToBase32(Encoding.ASCII.GetBytes(text)));
}
