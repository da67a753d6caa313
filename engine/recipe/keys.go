package recipe

import (
	"math"
	"slices"
)

// KeyInfo describes one key of a recipe for a screen or a help text.
type KeyInfo struct {
	Name     string   // as in a document, with "g." or "d." before a player's: "g.lr"
	Type     string   // "whole number", "number", "text", "true or false" or "layers"
	Default  string   // as Get gives it
	Unit     string   // of numbers, may be empty
	Tooltip  string   // one sentence
	Choices  []string // all possible values but Other; nil if it is open
	Other    string   // what is possible besides Choices, such as "FILE.csv"; "" if nothing is
	Min, Max float64  // range of numbers, both included
	Live     bool     // may be changed while a run goes on
}

// Keys describes every key, in the order in which Bytes writes them. The caller owns the result.
func Keys() []KeyInfo {
	out := make([]KeyInfo, len(keys))
	for i, k := range keys {
		out[i] = k.KeyInfo
		out[i].Choices = slices.Clone(k.Choices)
	}
	return out
}

// A key is a KeyInfo and the field it belongs to.
type key struct {
	KeyInfo
	field func(*Recipe) any // pointer to the field: *int, *uint64, *float64, *bool, *string or *[]string
}

var keys = makeKeys()

// keyOf returns the key called name, nil if there is none.
func keyOf(name string) *key {
	for i := range keys {
		if keys[i].Name == name {
			return &keys[i]
		}
	}
	return nil
}

func makeKeys() []key {
	ks := append(runKeys(), gameKeys()...)
	ks = append(ks, playerKeys("g", "generator", func(r *Recipe) *Player { return &r.G })...)
	ks = append(ks, playerKeys("d", "discriminator", func(r *Recipe) *Player { return &r.D })...)
	d := Default()
	for i := range ks {
		field := ks[i].field(d)
		ks[i].Default = format(field)
		switch field.(type) {
		case *int, *uint64:
			ks[i].Type = "whole number"
		case *float64:
			ks[i].Type = "number"
		case *bool:
			ks[i].Type = "true or false"
		case *[]string:
			ks[i].Type = "layers"
		default:
			ks[i].Type = "text"
		}
	}
	return ks
}

// maxSeed is below 2⁶³ because TOML's whole numbers are signed; as a float64 it rounds to 2⁶³.
const maxSeed = math.MaxInt64

func runKeys() []key {
	return []key{
		{KeyInfo{Name: "version", Min: Version, Max: Version, Tooltip: "Version of the recipe's format."}, func(r *Recipe) any { return &r.Version }},
		{KeyInfo{Name: "name", Tooltip: "What the run is called."}, func(r *Recipe) any { return &r.Name }},
		{KeyInfo{Name: "seed", Max: maxSeed, Tooltip: "Start of all random numbers: the same seed gives the same run, bit for bit."}, func(r *Recipe) any { return &r.Seed }},

		{KeyInfo{Name: "data", Tooltip: "Name of a built-in set, or a path to a folder, zip, CSV or IDX file."}, func(r *Recipe) any { return &r.Data }},
		{KeyInfo{Name: "image_size", Unit: "pixels", Min: 4, Max: 1024, Tooltip: "Height and width to which pictures are brought; points ignore it."}, func(r *Recipe) any { return &r.ImageSize }},
		{KeyInfo{Name: "channels", Choices: []string{"1", "3", "4"}, Min: 1, Max: 4, Tooltip: "1 for grey, 3 for colour, 4 for colour with transparency; points ignore it."}, func(r *Recipe) any { return &r.Channels }},
		{KeyInfo{Name: "fit", Choices: []string{"crop", "pad", "stretch"}, Tooltip: "How a picture that is not square becomes square: cut off the sides, add a border, or distort."}, func(r *Recipe) any { return &r.Fit }},
		{KeyInfo{Name: "mirror", Tooltip: "Shows each picture also flipped left to right: doubles the data, wrong for writing."}, func(r *Recipe) any { return &r.Mirror }},
		{KeyInfo{Name: "focus_x", Unit: "widths", Max: 1, Tooltip: "What a crop is centred on, from left (0) to right (1), as far as the edges allow."}, func(r *Recipe) any { return &r.FocusX }},
		{KeyInfo{Name: "focus_y", Unit: "heights", Max: 1, Tooltip: "What a crop is centred on, from top (0) to bottom (1), as far as the edges allow."}, func(r *Recipe) any { return &r.FocusY }},
		{KeyInfo{Name: "background", Tooltip: "Colour behind transparency and around padded pictures, such as #ffffff for white."}, func(r *Recipe) any { return &r.Background }},
		{KeyInfo{Name: "leave_out", Tooltip: "Items of the data to leave out: the data's mark and the items' numbers, as the Data page writes them."}, func(r *Recipe) any { return &r.LeaveOut }},
		{KeyInfo{Name: "drawn", Tooltip: "The points of the data \"drawn\", as the Data page writes them."}, func(r *Recipe) any { return &r.Drawn }},
		{KeyInfo{Name: "held_out", Unit: "share", Max: 0.5, Tooltip: "Items that training never sees, so that judging is fair: copies stay together. 0 trains on all."}, func(r *Recipe) any { return &r.HeldOut }},
		{KeyInfo{Name: "stride", Unit: "frames", Min: 1, Max: 1e6, Tooltip: "Of videos and animated pictures one frame in so many is an item: neighbours show nearly the same."}, func(r *Recipe) any { return &r.Stride }},
		{KeyInfo{Name: "cell", Unit: "pixels", Max: 4096, Tooltip: "Cuts pictures into square cells of this side, as sheets of sprites ask for; 0 takes them as they are, or as a sheet's name tells."}, func(r *Recipe) any { return &r.Cell }},
		{KeyInfo{Name: "labels", Choices: []string{"none", "folder"}, Other: "FILE.csv", Tooltip: "Which labels of the data to use: none, those that come with it, such as sub-folders, or those of a table of files and labels (CSV, JSON or Parquet)."}, func(r *Recipe) any { return &r.Labels }},
		{KeyInfo{Name: "attribute", Tooltip: "Which column of a table of labels, such as CelebA's list, to use; empty takes the one that looks most like labels."}, func(r *Recipe) any { return &r.Attribute }},
		{KeyInfo{Name: "labelled", Unit: "labels", Max: 1e9, Tooltip: "Semi-supervised: how many items the discriminator is told the class of, as many of each class; 0 is all."}, func(r *Recipe) any { return &r.Labelled }},

		{KeyInfo{Name: "batch", Unit: "items", Min: 1, Max: 65536, Tooltip: "Items that each update looks at; larger is steadier and slower."}, func(r *Recipe) any { return &r.Batch }},
		{KeyInfo{Name: "steps", Live: true, Unit: "steps", Max: 1e9, Tooltip: "Updates of both players in all; 0 trains until it is stopped."}, func(r *Recipe) any { return &r.Steps }},
		{KeyInfo{Name: "latent", Unit: "numbers", Min: 1, Max: 4096, Tooltip: "Random numbers from which the generator makes one item."}, func(r *Recipe) any { return &r.Latent }},
		{KeyInfo{Name: "latent_kind", Choices: []string{"gaussian", "uniform"}, Tooltip: "Distribution of the random numbers: bell curve, or even between −1 and 1."}, func(r *Recipe) any { return &r.LatentKind }},
	}
}

var objectives = []string{"minimax", "nonsaturating", "leastsquares", "hinge", "wasserstein", "relativistic"}

// augmentations are the kinds of changes in the order in which they happen, and their combinations.
var augmentations = []string{
	"none", "color", "translation", "cutout", "color,translation", "color,cutout", "translation,cutout", "color,translation,cutout",
	"geometry", "color,geometry", "geometry,translation", "geometry,cutout", "color,geometry,translation", "color,geometry,cutout",
	"geometry,translation,cutout", "color,geometry,translation,cutout", "adaptive",
}

func gameKeys() []key {
	return []key{
		{KeyInfo{Name: "objective", Live: true, Choices: objectives, Tooltip: "What the two players play for; relativistic with R1 and R2 is the steadiest."}, func(r *Recipe) any { return &r.Objective }},
		{KeyInfo{Name: "conditional", Choices: []string{"none", "concat", "projection", "classifier"}, Tooltip: "The generator makes items of the class that is asked for, and the discriminator gets the class with its input, multiplies it with its features, or must name it."}, func(r *Recipe) any { return &r.Conditional }},
		{KeyInfo{Name: "semi_supervised", Tooltip: "The discriminator learns to classify from a few labels and all items; the generator matches the means of its features."}, func(r *Recipe) any { return &r.SemiSupervised }},
		{KeyInfo{Name: "pack", Unit: "items", Min: 1, Max: 16, Tooltip: "Items that the discriminator judges together, all real or all generated: that some are alike then gives the generator away (PacGAN); 1 is one by one."}, func(r *Recipe) any { return &r.Pack }},
		{KeyInfo{Name: "generators", Min: 1, Max: 64, Tooltip: "Generators that share every batch; with more than one, the discriminator also says which of them made an item, which drives them apart."}, func(r *Recipe) any { return &r.Generators }},
		{KeyInfo{Name: "discriminators", Min: 1, Max: 64, Tooltip: "Discriminators that each judge every item, from starts of their own."}, func(r *Recipe) any { return &r.Discriminators }},
		{KeyInfo{Name: "gman", Choices: []string{"mean", "softmax"}, Tooltip: "What the generator faces of several discriminators: the mean of them, or more of the harsher ones."}, func(r *Recipe) any { return &r.GMAN }},
		{KeyInfo{Name: "from", Tooltip: "Project whose newest weights the run starts with, layer by layer where names and shapes are the same; empty starts anew."}, func(r *Recipe) any { return &r.From }},
		{KeyInfo{Name: "freeze_d", Unit: "layers", Max: 1000, Tooltip: "First layers of the discriminator that stay as they start: with weights from another project and few pictures, what they see is worth keeping."}, func(r *Recipe) any { return &r.FreezeD }},
		{KeyInfo{Name: "d_steps", Live: true, Unit: "updates", Min: 1, Max: 1000, Tooltip: "Updates of the discriminator for each of the generator; Wasserstein needs about 5."}, func(r *Recipe) any { return &r.DSteps }},
		{KeyInfo{Name: "balance", Live: true, Max: 0.5, Tooltip: "The winning player gets fewer updates, so that the discriminator stays right in half of the cases and this share more; 0 is off."}, func(r *Recipe) any { return &r.Balance }},
		{KeyInfo{Name: "unroll", Live: true, Unit: "updates", Max: 25, Tooltip: "Updates of the discriminator that the generator foresees when it learns: it then does not run after a discriminator that soon answers; 5 is usual, each costs time, 0 is off."}, func(r *Recipe) any { return &r.Unroll }},
		{KeyInfo{Name: "topk", Live: true, Min: 0.05, Max: 1, Tooltip: "Share of the generated items, those that look most real, from which the generator learns from half of the run on; until then it falls from all. 1 is off."}, func(r *Recipe) any { return &r.TopK }},
		{KeyInfo{Name: "feature_matching", Live: true, Max: 1, Tooltip: "Share of the generator's goal that is to match what the discriminator's last layer gets on average for real items; 1 is nothing else, 0 is off."}, func(r *Recipe) any { return &r.FeatureMatching }},
		{KeyInfo{Name: "r1", Live: true, Max: 1e6, Tooltip: "Weight of the penalty on the discriminator's slope at real items: steadies training; 0 is off."}, func(r *Recipe) any { return &r.R1 }},
		{KeyInfo{Name: "r2", Live: true, Max: 1e6, Tooltip: "Weight of the penalty on the discriminator's slope at generated items; 0 is off."}, func(r *Recipe) any { return &r.R2 }},
		{KeyInfo{Name: "gp", Live: true, Max: 1e6, Tooltip: "Weight of WGAN-GP's penalty, which keeps the critic's slope near 1; 10 is usual with Wasserstein, 0 is off."}, func(r *Recipe) any { return &r.GP }},
		{KeyInfo{Name: "dragan", Live: true, Max: 1e6, Tooltip: "Weight of DRAGAN's penalty, which keeps the discriminator's slope near 1 around real items; 10 is usual, 0 is off."}, func(r *Recipe) any { return &r.DRAGAN }},
		{KeyInfo{Name: "consistency", Live: true, Max: 1e6, Tooltip: "Weight of the penalty on what changes in the discriminator's answer when noise, dropout and augmentation of a real item are drawn anew; 0 is off."}, func(r *Recipe) any { return &r.Consistency }},
		{KeyInfo{Name: "clip", Live: true, Max: 1e6, Tooltip: "Largest magnitude of the critic's weights in the original WGAN, 0.01 there; 0 is off."}, func(r *Recipe) any { return &r.Clip }},
		{KeyInfo{Name: "penalty_every", Live: true, Unit: "steps", Min: 1, Max: 1000, Tooltip: "Steps from one penalty to the next; more than 1 is faster and less exact."}, func(r *Recipe) any { return &r.PenaltyEvery }},
		{KeyInfo{Name: "label_smoothing", Live: true, Max: 0.5, Tooltip: "How far the target of real items is lowered below 1, so that the discriminator is never quite sure; 0.1 is usual, 0 is off."}, func(r *Recipe) any { return &r.LabelSmoothing }},
		{KeyInfo{Name: "instance_noise", Live: true, Max: 10, Tooltip: "Standard deviation of noise on all that the discriminator sees: it starts with this and falls to 0 over the run."}, func(r *Recipe) any { return &r.InstanceNoise }},
		{KeyInfo{Name: "augment", Live: true, Choices: augmentations, Tooltip: "Random changes of all pictures that the discriminator sees, so that it cannot learn a few by heart; geometry turns, stretches and slants a little, adaptive changes as many as it takes."}, func(r *Recipe) any { return &r.Augment }},
		{KeyInfo{Name: "ema", Live: true, Max: 0.999999, Tooltip: "Share of the averaged generator that each step keeps: nearer to 1 is smoother and later; 0 is off."}, func(r *Recipe) any { return &r.EMA }},
		{KeyInfo{Name: "ema_warmup", Live: true, Max: 1, Tooltip: "While a run is young, the average's half-life is at most this share of the steps so far, so that the first generators are soon forgotten; 0.05 is usual, 0 is off."}, func(r *Recipe) any { return &r.EMAWarmup }},
	}
}

func playerKeys(table, who string, player func(*Recipe) *Player) []key {
	field := func(f func(*Player) any) func(*Recipe) any {
		return func(r *Recipe) any { return f(player(r)) }
	}
	return []key{
		{KeyInfo{Name: table + ".layers", Tooltip: "The layers of the " + who + ", from its input to its output."}, field(func(p *Player) any { return &p.Layers })},
		{KeyInfo{Name: table + ".init", Choices: []string{"dcgan", "kaiming", "xavier", "orthogonal", "zero-last"}, Tooltip: "How the weights of the " + who + " start; dcgan is normal with standard deviation 0.02."}, field(func(p *Player) any { return &p.Init })},
		{KeyInfo{Name: table + ".optimizer", Choices: []string{"sgd", "rmsprop", "adam"}, Tooltip: "How gradients become steps of the " + who + "; adam suits nearly everything."}, field(func(p *Player) any { return &p.Optimizer })},
		{KeyInfo{Name: table + ".lr", Live: true, Max: 10, Tooltip: "Learning rate of the " + who + ": larger learns faster until it breaks; 0 freezes it."}, field(func(p *Player) any { return &p.LR })},
		{KeyInfo{Name: table + ".beta1", Max: 0.999999, Tooltip: "Adam's memory of gradients; 0 or 0.5 for GANs."}, field(func(p *Player) any { return &p.Beta1 })},
		{KeyInfo{Name: table + ".beta2", Max: 0.999999, Tooltip: "Adam's and RMSProp's memory of squared gradients."}, field(func(p *Player) any { return &p.Beta2 })},
		{KeyInfo{Name: table + ".momentum", Max: 0.999999, Tooltip: "Share of the last step that sgd repeats."}, field(func(p *Player) any { return &p.Momentum })},
		{KeyInfo{Name: table + ".lr_decay", Choices: []string{"none", "linear", "cosine", "exponential"}, Tooltip: "How the learning rate of the " + who + " falls over the run."}, field(func(p *Player) any { return &p.LRDecay })},
		{KeyInfo{Name: table + ".lr_final", Max: 1, Tooltip: "Share of the learning rate that is left at the last step."}, field(func(p *Player) any { return &p.LRFinal })},
	}
}
