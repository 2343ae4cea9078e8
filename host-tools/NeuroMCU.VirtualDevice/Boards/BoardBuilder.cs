// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Converters;
using NeuroMCU.Hardware.Nodes;
using NeuroMCU.Networks.Boards;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Boards;
using NeuroMCU.VirtualBench.Nodes;
using NeuroMCU.VirtualBench.Peripherals;
using NeuroMCU.VirtualBench.Peripherals.Chips;

namespace NeuroMCU.VirtualDevice.Boards;

/// <summary>Builds the neurons of a board and solders them to a bench.</summary>
public sealed class BoardBuilder
{
    private readonly VirtualBoardOptions _options;
    private readonly BoardSpecimen _specimen;
    private readonly IReadOnlyList<ChannelFault> _faults;
    private readonly IReadOnlyList<NodeFault> _nodeFaults;
    private II2cChip?[]? _wired;

    /// <summary>Initializes a new instance of the <see cref="BoardBuilder" /> class.</summary>
    /// <param name="options">Which board.</param>
    /// <exception cref="DeviceException">There is no such board, its profile has errors, or a fault is none that it can have.</exception>
    public BoardBuilder(VirtualBoardOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Description = Find(options.Board);
        _nodeFaults = [.. options.Faults.Select(text => NodeFaultText.Parse(text, Description)).OfType<NodeFault>()];
        string[] ofChannels = [.. options.Faults.Where(text => !NodeFaultText.IsOne(text))];
        if (ofChannels.Length > 0 && Description.Channels.Count == 0)
        {
            throw new DeviceException(
                DeviceErrorKind.NotSupported,
                $"the board '{Description.Profile.Name}' has no neurons that could have a fault",
                null,
                "use a board with channels, for example --board thyristor-starter");
        }

        _faults = [.. ofChannels.Select(text => ChannelFaultText.Parse(text, Description))];
        BoardPlan plan = BoardPlans.Of(Description);
        _specimen = options.Specimen ?? (options.Seed is long seed ? BoardSpecimen.Draw(plan, seed) : BoardSpecimen.Nominal(plan));
        try
        {
            _ = new VirtualNeuronBoard(_specimen, _faults);
        }
        catch (ArgumentException problem)
        {
            throw new DeviceException(
                DeviceErrorKind.AddressInvalid, "the board cannot have this fault", problem.Message, "choose another --fault", problem);
        }
    }

    /// <summary>Gets the profile.</summary>
    public BoardDescription Description { get; }

    /// <summary>Gets the name of a device on this board: that of the board, with the seed of its parts.</summary>
    public string DeviceName => _options.Seed is long seed
        ? Description.Profile.Name + "-" + seed.ToString(CultureInfo.InvariantCulture)
        : Description.Profile.Name;

    /// <summary>Reads what the firmware knows of the board from the text that a device would have, a new one each time.</summary>
    /// <returns>The profile.</returns>
    public BoardProfile Profile() => BoardText.Parse(BoardDeviceText.Write(Description.Profile));

    /// <summary>Builds the neurons and connects them.</summary>
    /// <param name="bench">A bench at power-on.</param>
    /// <returns>The board; null when it has no neurons.</returns>
    public VirtualNeuronBoard? Solder(Bench bench)
    {
        ArgumentNullException.ThrowIfNull(bench);
        BoardProfile profile = Description.Profile;
        if (profile.Channels.Length == 0)
        {
            return null;
        }

        ISpiChip[] chips = [.. profile.Spi.Select(chip => Chip(bench, chip))];
        var board = new VirtualNeuronBoard(_specimen, _faults);
        var wires = new BoardWires(board, bench);
        for (int i = 0; i < profile.Channels.Length; i++)
        {
            Connect(wires, i, profile.Channels[i], chips);
            if (Description.Channels[i].Neuron.Input is { } input)
            {
                wires.Pulse(i, profile.Outputs.First(o => o.Name == input).Pin);
            }

            foreach (VirtualMcp41010 pot in chips.OfType<VirtualMcp41010>())
            {
                wires.Soma(i, pot);
            }
        }

        return board;
    }

    /// <summary>Makes the board's node array, with every node at rest.</summary>
    /// <returns>The array; null when the board has none of memory devices.</returns>
    public VirtualNodeArray? Nodes() => Description is { NodePlan: { } plan, Profile.Nodes: not null }
        ? new VirtualNodeArray(plan, _options.Seed, _nodeFaults) : null;

    /// <summary>Builds the front end of a crossbar and solders it to a bench.</summary>
    /// <param name="bench">A bench at power-on.</param>
    /// <param name="array">Its devices.</param>
    /// <returns>The board between the chips and the devices; null when the array is of another kind.</returns>
    public VirtualCrossbarBoard? SolderCrossbar(Bench bench, VirtualNodeArray? array)
    {
        ArgumentNullException.ThrowIfNull(bench);
        BoardProfile profile = Description.Profile;
        if (array is null || profile.Nodes is not { Kind: NodeArrayKind.Crossbar } nodes)
        {
            return null;
        }

        BoardSpi source = profile.Spi.First(c => c.Chip == ChipKind.Ad5328);
        ISpiChip[] chips = [.. profile.Spi.Select(chip => Chip(bench, chip))];
        II2cChip[] wired = [.. profile.I2c.Select(Wired)];
        for (int i = 0; i < wired.Length; i++)
        {
            bench.I2c(profile.I2c[i].Bus).Attach(wired[i], profile.I2c[i].DataPin, profile.I2c[i].ClockPin);
        }

        VirtualAdg715[] picks = [.. wired.OfType<VirtualAdg715>()];
        var board = new VirtualCrossbarBoard(array, source.Reference / 1000.0, nodes.FeedbackOhms, _options.Seed,
            new CrossbarChips(chips.OfType<VirtualAd5328>().First(), picks[0], picks[1], [.. wired.OfType<VirtualAds1115>()]));
        bench.Pins.Listen(nodes.EnablePin, change => board.Enable(change.Value > 0, change.Time));
        bench.Pins.Listen(nodes.WritePin, change => board.Write(change.Value > 0, change.Time));
        return board;
    }

    /// <summary>Builds the potentiometers of a node array and solders them to a bench. The chips keep what they have stored.</summary>
    /// <param name="bench">A bench at power-on.</param>
    /// <param name="lost">Time in µs at which the power went, on the bench before: a word of EEPROM that was being written is torn.</param>
    /// <returns>The board between the chips; null when the array is of another kind.</returns>
    public VirtualPotentiometerBoard? SolderNodes(Bench bench, long lost = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(bench);
        BoardProfile profile = Description.Profile;
        if (profile.Nodes is not { Kind: NodeArrayKind.Potentiometers } nodes)
        {
            return null;
        }

        ISpiChip[] chips = [.. profile.Spi.Select(chip => Chip(bench, chip))];
        if (_wired is null)
        {
            _wired = [.. profile.I2c.Select(chip => chip.Chip == I2cKind.Ssd1306 ? null : Wired(chip))];
            for (int i = 0; i < _wired.Length; i++)
            {
                if (profile.I2c[i].Switch >= 0)
                {
                    ((VirtualTca9548A)_wired[profile.I2c[i].Switch]!).Attach(_wired[i]!, profile.I2c[i].Branch);
                }
            }
        }

        for (int i = 0; i < _wired.Length; i++)
        {
            BoardI2c chip = profile.I2c[i];
            switch (_wired[i])
            {
                case VirtualMcp4461 pot:
                    pot.PowerCycle(lost);
                    break;
                case VirtualTca9548A mux:
                    mux.Reset();
                    break;
                default:
                    break;
            }

            if (chip.Switch < 0 && _wired[i] is { } part)
            {
                bench.I2c(chip.Bus).Attach(part, chip.DataPin, chip.ClockPin);
            }
        }

        var plan = new PotentiometerPlan
        {
            Rows = nodes.LastRowLeaks ? nodes.Rows - 1 : nodes.Rows,
            LastRowLeaks = nodes.LastRowLeaks,
            Columns = nodes.Columns,
            FeedbackOhms = nodes.FeedbackOhms,
            Reference = profile.Spi.First(c => c.Chip == ChipKind.Ad5328).Reference / 1000.0,
        };
        try
        {
            return new VirtualPotentiometerBoard(plan, _options.Seed, _nodeFaults, chips.OfType<VirtualAd5328>().First(),
                chips.OfType<VirtualMcp3208>().First(), [.. _wired.OfType<VirtualMcp4461>()]);
        }
        catch (ArgumentException problem)
        {
            throw new DeviceException(
                DeviceErrorKind.AddressInvalid, "the board cannot have this fault", problem.Message, "choose another --fault", problem);
        }
    }

    /// <summary>Solders the display to a bench.</summary>
    /// <param name="bench">A bench at power-on.</param>
    /// <returns>The display, dark; null when the board has none.</returns>
    public VirtualSsd1306? SolderDisplay(Bench bench)
    {
        ArgumentNullException.ThrowIfNull(bench);
        if (Description.Profile.I2c.FirstOrDefault(c => c.Chip == I2cKind.Ssd1306) is not { } chip)
        {
            return null;
        }

        var display = new VirtualSsd1306(chip.Address);
        bench.I2c(chip.Bus).Attach(display, chip.DataPin, chip.ClockPin);
        return display;
    }

    /// <summary>Finds the board that a user names.</summary>
    /// <param name="board">A name or the path of a profile.</param>
    /// <returns>The board.</returns>
    /// <exception cref="DeviceException">There is no such board, or its profile has errors.</exception>
    public static BoardDescription Find(string board)
    {
        try
        {
            return BoardCatalog.Find(board);
        }
        catch (BoardFileException problem)
        {
            throw new DeviceException(
                DeviceErrorKind.AddressInvalid,
                $"the board '{board}' cannot be used",
                problem.Message,
                $"boards: {string.Join(", ", BoardCatalog.Names)}, or the path of a .yaml file",
                problem);
        }
    }

    private static ISpiChip Chip(Bench bench, BoardSpi spi)
    {
        double reference = spi.Reference / 1000.0;
        ISpiChip chip = spi.Chip switch
        {
            ChipKind.Ad5328 => new VirtualAd5328(reference),
            ChipKind.Mcp3208 => new VirtualMcp3208(reference),
            _ => new VirtualMcp41010(),
        };
        bench.Spi(spi.Bus).Attach(chip, spi.ClockPin, spi.MosiPin, spi.MisoPin, spi.SelectPin);
        return chip;
    }

    private static II2cChip Wired(BoardI2c chip) => chip.Chip switch
    {
        I2cKind.Mcp4461 => new VirtualMcp4461(chip.Address),
        I2cKind.Tca9548A => new VirtualTca9548A(chip.Address),
        I2cKind.Ads1115 => new VirtualAds1115(chip.Address),
        _ => new VirtualAdg715(chip.Address),
    };

    private static void Connect(BoardWires wires, int number, BoardChannel channel, ISpiChip[] chips)
    {
        switch (channel.DriveKind)
        {
            case ConverterKind.Internal:
                wires.DriveByDac(number, channel.DriveInput);
                break;
            case ConverterKind.Pwm:
                wires.DriveByPulses(number, channel.DriveInput, channel.DriveFrequency);
                break;
            case ConverterKind.Spi:
                wires.DriveByChip(number, (VirtualAd5328)chips[channel.DriveDevice], channel.DriveInput);
                break;
            default:
                break;
        }

        if (channel.SpikePin >= 0)
        {
            if (channel.SpikeKind == Hardware.Spikes.SpikeInputKind.Stream)
            {
                wires.SenseByPin(number, channel.SpikePin);
            }
            else
            {
                wires.Detect(number, channel.SpikePin);
            }
        }

        if (channel.SenseKind == ConverterKind.Internal)
        {
            wires.SenseByPin(number, channel.SenseInput);
        }
        else if (channel.SenseKind == ConverterKind.Spi)
        {
            wires.SenseByChip(number, (VirtualMcp3208)chips[channel.SenseDevice], channel.SenseInput);
        }

        if (channel.ResetPin >= 0)
        {
            wires.Reset(number, channel.ResetPin);
        }
    }
}
