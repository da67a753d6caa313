package cli

import (
	"github.com/alecthomas/kong"

	"ganvas/engine/recipe"
)

const description = `Generative adversarial networks: design them, train them, explore what they learnt.

Without a command, "ganvas [FILE…]" opens the window; a FILE is a project, a recipe, a picture that Ganvas wrote, or data.

Environment: GANVAS_HOME (folder of settings and drafts), GANVAS_THREADS (processors to use), GANVAS_MEMORY (most memory to use, such as 2GiB: what needs more is refused before it begins), GANVAS_ISA (avx512, avx2, neon or generic: a lower set of instructions than the processor has).`

// grammar is the command line: Kong reads it from the tags.
type grammar struct {
	Demo      demoCmd      `cmd:"" help:"Train the built-in digits for two minutes and leave gallery.png and loss.png."`
	Presets   presetsCmd   `cmd:"" help:"List the built-in recipes."`
	Data      dataCmd      `cmd:"" help:"Say what Ganvas understands of a data source."`
	Train     trainCmd     `cmd:"" help:"Train a new run into a project file."`
	Resume    resumeCmd    `cmd:"" help:"Go on training a run of a project file."`
	Try       tryCmd       `cmd:"" help:"Try values of a recipe's keys: a run each, in turn, and which is best."`
	Find      findCmd      `cmd:"" help:"Find pictures: the nearest that the generator makes, and how near that is."`
	Sample    sampleCmd    `cmd:"" help:"Write what the generator makes: a gallery, single pictures or numbers."`
	Evaluate  evaluateCmd  `cmd:"" help:"Say what the samples are worth, beside what real data score."`
	Runs      runsCmd      `cmd:"" help:"List the runs that a project file keeps, compare them, name or delete one."`
	Inspect   inspectCmd   `cmd:"" help:"Say what is in a project file, or how a picture was made."`
	Export    exportCmd    `cmd:"" help:"Take something out of a project file."`
	Import    importCmd    `cmd:"" help:"Bring weights back, as a new run of a project file."`
	Bench     benchCmd     `cmd:"" help:"Measure the speed of training, sampling and matrix products."`
	Reproduce reproduceCmd `cmd:"" help:"Run published tables again: our number beside theirs."`
	Version   versionCmd   `cmd:"" help:"Print the version."`
}

// flagDefaults are the defaults that the tags name.
var flagDefaults = kong.Vars{
	"demo_preset": recipe.DefaultPreset,
	"demo_time":   "2m",
	"autosave":    "20s",
}
