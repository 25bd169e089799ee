namespace IptCloud.Host.Demo.Play;

/// <summary>
/// The script of a course: everything that therapist, supervisor and client would do next, as a pure function of how the
/// course stands. It remembers nothing, so it can go on after a crash, and with whatever real people did in between.
/// </summary>
internal static class Script
{
    /// <summary>The next acts, the earliest first. Acts of staff are left out unless they are played.</summary>
    public static List<Act> Next(Scene scene, bool playsStaff)
    {
        var acts = Answering.Of(scene);
        if (playsStaff)
            acts = acts.Concat(Planning.Of(scene)).Concat(Attending.Of(scene)).Concat(Phasing.Of(scene)).Concat(Paperwork.Of(scene)).Concat(Safeguarding.Of(scene)).Concat(Closing.Of(scene));
        return [.. acts.Where(a => a.Steps.Length > 0 && !a.Steps.Any(s => scene.Tried.Contains(s.Key))).OrderBy(a => a.At).ThenBy(a => a.Steps[0].Key, StringComparer.Ordinal)];
    }
}
