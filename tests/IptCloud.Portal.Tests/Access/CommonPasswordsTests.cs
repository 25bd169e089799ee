namespace IptCloud.Portal.Access;

public sealed class CommonPasswordsTests
{
    [Theory]
    [InlineData("Password1234", true)]
    [InlineData("p@ssw0rd!!!!!", true)]
    [InlineData("123456789012", true)]
    [InlineData("aaaaaaaaaaaa", true)]
    [InlineData("hellohellohello", true)]
    [InlineData("qwertyuiop12", true)]
    [InlineData("Psychotherapy2026", true)]
    [InlineData("siobhan.archer1", true)]
    [InlineData("a long enough password", false)]
    [InlineData("northmere-demo", false)]
    [InlineData("violet kettle marches north", false)]
    public void What_anybody_would_try_first_is_refused(string password, bool common) => Assert.Equal(common, CommonPasswords.IsCommon(password, "siobhan.archer@clinic.example"));
}
