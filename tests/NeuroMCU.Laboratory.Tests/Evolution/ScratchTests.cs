using NeuroMCU.Laboratory.Evolution;
namespace NeuroMCU.Laboratory.Tests.Evolution;
public sealed class ScratchTests
{
    [Fact]
    public void Scan()
    {
        System.Text.StringBuilder t = new();
        var all = DirectionPresentations.Shipped();
        foreach (string[] test in new[] { new[] { "crow", "snap", "speech_it" }, new[] { "click", "noise_pink", "tabla" } })
        {
            DirectionTask task = new(all, test);
            t.AppendLine($"placed {task.Placed():0.000} ridge {task.Ridge():0.000} taught {task.Taught.Count} sounds {task.Taught.Select(x => x.Sound).Distinct().Count()} tested {task.Tested.Count}");
            foreach (int sharp in new[] { 2, 4, 8, 16 })
            foreach (int half in new[] { 0, 100 })
            foreach (int n in new[] { 100, 200 })
                t.AppendLine($"n {n} sharp {sharp} half {half}: {task.Validate(new(n, sharp, half), [101, 102]):0.0000}");
        }
        File.WriteAllText("/tmp/n13scan.txt", t.ToString());
        foreach (int n in new[] { 200, 300, 450, 900 })
        foreach (int sharp in new[] { 4, 8, 16, 32, 64 })
        foreach (int half in new[] { 0, 25, 50, 100, 200 })
            t.AppendLine($"order n {n} sharp {sharp} half {half}: {OrderTask.Validate(new(n, sharp, half), [101, 102, 103, 104]):0.0000}");
        File.WriteAllText("/tmp/n13scan.txt", t.ToString());
    }
}
