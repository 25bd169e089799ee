namespace IptCloud.Portal.Access;

public sealed class SignInLimiterTests
{
    private readonly Clock clock = new();

    [Fact]
    public void Attempts_of_one_account_from_one_address_are_limited_until_the_window_ends()
    {
        var limiter = new SignInLimiter(clock);
        for (var i = 0; i < SignInLimiter.Most; i++) Assert.Null(limiter.Begin("A", "1"));

        Assert.Equal(SignInLimiter.Window, limiter.Begin("A", "1"));
        Assert.Null(limiter.Begin("A", "2"));
        Assert.Null(limiter.Begin("B", "1"));

        clock.Now += SignInLimiter.Window;
        Assert.Null(limiter.Begin("A", "1"));
    }

    [Fact]
    public void A_success_takes_the_count_back()
    {
        var limiter = new SignInLimiter(clock);
        for (var i = 0; i < 3 * SignInLimiter.Most; i++)
        {
            Assert.Null(limiter.Begin("A", "1"));
            limiter.Succeed("A", "1");
        }
    }

    [Fact]
    public void Attempts_at_once_gain_nothing()
    {
        var limiter = new SignInLimiter(clock);
        var allowed = 0;
        Parallel.For(0, 200, _ =>
        {
            if (limiter.Begin("A", "1") is null) Interlocked.Increment(ref allowed);
        });

        Assert.Equal(SignInLimiter.Most, allowed);
    }

    [Fact]
    public void An_address_is_crowded_by_what_goes_wrong_and_not_by_a_clinic_that_signs_in()
    {
        var limiter = new SignInLimiter(clock);
        for (var i = 0; i < 10 * SignInLimiter.MostOfAddress; i++)
        {
            limiter.Begin($"{i}", "clinic");
            limiter.Succeed($"{i}", "clinic");
        }

        Assert.Null(limiter.Crowded("clinic"));
        for (var i = 0; i <= SignInLimiter.MostOfAddress; i++) limiter.Begin($"{i}", "elsewhere");
        Assert.Equal(SignInLimiter.Window, limiter.Crowded("elsewhere"));
        clock.Now += SignInLimiter.Window;
        Assert.Null(limiter.Crowded("elsewhere"));
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
