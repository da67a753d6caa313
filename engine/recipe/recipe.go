// Package recipe reads, checks and writes recipes: the flat, versioned TOML documents that say
// everything about a run. It knows every key, its range and its default, and the built-in presets.
// It does not run anything, and it does not look at data: the caller checks a recipe against the
// shape of its data.
package recipe

import (
	"bytes"
	"image/color"
	"slices"
	"strconv"
	"strings"

	"ganvas/engine/nn"
)

// Version is the version of the format that this package writes, and the only one that it reads.
const Version = 1

// A Recipe says everything about a run. Default gives every field a value that works; the zero
// value does not. Keys describes the range and the meaning of every field. A copy shares the
// layers; Clone does not.
type Recipe struct {
	Version int    `toml:"version" json:"version"`
	Name    string `toml:"name" json:"name"`
	Seed    uint64 `toml:"seed" json:"seed"` // of all random streams; below 2⁶³

	Data      string `toml:"data" json:"data"`             // built-in name or a path
	ImageSize int    `toml:"image_size" json:"image_size"` // pixels a side; pictures only
	Channels  int    `toml:"channels" json:"channels"`     // 1 grey, 3 colour, 4 with alpha; pictures only
	Fit       string `toml:"fit" json:"fit"`               // crop, pad or stretch
	Mirror    bool   `toml:"mirror" json:"mirror"`         // left-right flips as extra data

	FocusX     float64 `toml:"focus_x" json:"focus_x"`       // what a crop is centred on, from the left, in widths
	FocusY     float64 `toml:"focus_y" json:"focus_y"`       // from the top, in heights
	Background string  `toml:"background" json:"background"` // behind transparency and around padded pictures: #rrggbb
	LeaveOut   string  `toml:"leave_out" json:"leave_out"`   // items, as datasets.LeaveOutText writes them
	Drawn      string  `toml:"drawn" json:"drawn"`           // the points of the data "drawn", as datasets.DrawnText writes them
	HeldOut    float64 `toml:"held_out" json:"held_out"`     // share of the items that training never sees
	Stride     int     `toml:"stride" json:"stride"`         // of videos and animated pictures, each how manieth frame is an item
	Cell       int     `toml:"cell" json:"cell"`             // pixels a side of the cells into which pictures are cut; 0: as they are

	Labels    string `toml:"labels" json:"labels"`       // none, folder or a table's file
	Attribute string `toml:"attribute" json:"attribute"` // column of the table of labels; empty: the one that looks most like labels
	Labelled  int    `toml:"labelled" json:"labelled"`   // semi-supervised: known labels, 0 for all

	Batch      int    `toml:"batch" json:"batch"`             // items an update
	Steps      int    `toml:"steps" json:"steps"`             // updates of D-then-G in all; 0: until stopped
	Latent     int    `toml:"latent" json:"latent"`           // numbers that enter the generator
	LatentKind string `toml:"latent_kind" json:"latent_kind"` // gaussian or uniform

	Objective       string  `toml:"objective" json:"objective"`               // minimax, nonsaturating, leastsquares, hinge, wasserstein or relativistic
	Conditional     string  `toml:"conditional" json:"conditional"`           // none, concat, projection or classifier
	SemiSupervised  bool    `toml:"semi_supervised" json:"semi_supervised"`   // D also classifies; G matches features
	Pack            int     `toml:"pack" json:"pack"`                         // items that D judges together
	Generators      int     `toml:"generators" json:"generators"`             // that share the batch
	Discriminators  int     `toml:"discriminators" json:"discriminators"`     // that each judge all
	GMAN            string  `toml:"gman" json:"gman"`                         // mean or softmax: what G faces of several D
	From            string  `toml:"from" json:"from"`                         // project whose weights the run starts with; empty: none
	FreezeD         int     `toml:"freeze_d" json:"freeze_d"`                 // first layers of D that stay as they start
	DSteps          int     `toml:"d_steps" json:"d_steps"`                   // D updates for one G update
	Balance         float64 `toml:"balance" json:"balance"`                   // the winner gets fewer updates, for an accuracy of D of 0.5 + this; 0: off
	Unroll          int     `toml:"unroll" json:"unroll"`                     // updates of D that G looks ahead through; 0: none
	TopK            float64 `toml:"topk" json:"topk"`                         // share of generated items from which G learns in the end
	FeatureMatching float64 `toml:"feature_matching" json:"feature_matching"` // share of G's loss that matches D's features
	R1              float64 `toml:"r1" json:"r1"`                             // gamma: loss += r1/2 · E‖∇D(real)‖²; 0: off
	R2              float64 `toml:"r2" json:"r2"`                             // gamma: loss += r2/2 · E‖∇D(fake)‖²; 0: off
	GP              float64 `toml:"gp" json:"gp"`                             // lambda: loss += gp · E(‖∇D(mixed)‖ − 1)²; 0: off
	DRAGAN          float64 `toml:"dragan" json:"dragan"`                     // lambda: loss += dragan · E(‖∇D(near real)‖ − 1)²; 0: off
	Consistency     float64 `toml:"consistency" json:"consistency"`           // lambda: loss += consistency · E(D(real) − D(real, seen anew))²; 0: off
	Clip            float64 `toml:"clip" json:"clip"`                         // D's weights stay within ±clip; 0: off
	PenaltyEvery    int     `toml:"penalty_every" json:"penalty_every"`       // steps from one penalty to the next
	LabelSmoothing  float64 `toml:"label_smoothing" json:"label_smoothing"`   // by which the target of real items is lowered; 0: off
	InstanceNoise   float64 `toml:"instance_noise" json:"instance_noise"`     // standard deviation at step 0 on what D sees; 0 at the last step
	Augment         string  `toml:"augment" json:"augment"`                   // none; color,translation,cutout or some of them; adaptive
	EMA             float64 `toml:"ema" json:"ema"`                           // decay of the averaged generator a step; 0: off
	EMAWarmup       float64 `toml:"ema_warmup" json:"ema_warmup"`             // half-life of the average at most, in the steps so far; 0: not limited

	G Player `toml:"g" json:"g"` // the generator
	D Player `toml:"d" json:"d"` // the discriminator, or critic
}

// A Player is one network and how it is trained.
type Player struct {
	Layers    []string `toml:"layers" json:"layers"`       // as nn.ParseLayer reads them, in canonical text
	Init      string   `toml:"init" json:"init"`           // dcgan, kaiming, xavier, orthogonal or zero-last
	Optimizer string   `toml:"optimizer" json:"optimizer"` // sgd, rmsprop or adam
	LR        float64  `toml:"lr" json:"lr"`               // learning rate
	Beta1     float64  `toml:"beta1" json:"beta1"`         // Adam's
	Beta2     float64  `toml:"beta2" json:"beta2"`         // Adam's, and RMSProp's smoothing
	Momentum  float64  `toml:"momentum" json:"momentum"`   // SGD's
	LRDecay   string   `toml:"lr_decay" json:"lr_decay"`   // none, linear, cosine or exponential
	LRFinal   float64  `toml:"lr_final" json:"lr_final"`   // share of LR that is left at the last step
}

// Default returns the recipe that an empty document stands for.
func Default() *Recipe {
	player := Player{Init: "dcgan", Optimizer: "adam", LR: 2e-4, Beta2: 0.99, LRDecay: "none"}
	r := &Recipe{
		Version: Version, Name: "digits", Seed: 1,
		Data: "digits", ImageSize: 28, Channels: 1, Fit: "crop", FocusX: 0.5, FocusY: 0.5, Background: "#ffffff", Stride: 1, Labels: "none",
		Batch: 64, Steps: 20000, Latent: 64, LatentKind: "gaussian",
		Objective: "relativistic", Conditional: "none", Pack: 1, Generators: 1, Discriminators: 1, GMAN: "mean",
		DSteps: 1, TopK: 1, R1: 0.1, R2: 0.1, PenaltyEvery: 1, Augment: "none", EMA: 0.999,
		G: player, D: player,
	}
	r.G.Layers = []string{"linear 6272", "unflatten 7 7 128", "relu", "convt 64 4 2 1", "relu", "convt 1 4 2 1", "tanh"}
	r.D.Layers = []string{"conv 64 4 2 1", "lrelu 0.2", "conv 128 4 2 1", "lrelu 0.2", "flatten", "linear 1"}
	return r
}

// Clone returns a recipe that shares no memory with r.
func (r *Recipe) Clone() *Recipe {
	c := *r
	c.G.Layers = slices.Clone(r.G.Layers)
	c.D.Layers = slices.Clone(r.D.Layers)
	return &c
}

// Equal tells whether both recipes describe the same run: whether their Bytes are the same.
func (r *Recipe) Equal(s *Recipe) bool { return bytes.Equal(r.Bytes(), s.Bytes()) }

// A Change is one key that two recipes differ in, with both values as Get gives them.
type Change struct{ Key, From, To string }

// Diff lists what has changed from a to b, in the order of Keys.
func Diff(a, b *Recipe) []Change {
	var out []Change
	for _, k := range keys {
		if from, to := format(k.field(a)), format(k.field(b)); from != to {
			out = append(out, Change{k.Name, from, to})
		}
	}
	return out
}

// BackgroundColour returns what lies behind transparency; white where Background is no colour.
func (r *Recipe) BackgroundColour() color.NRGBA {
	c := color.NRGBA{R: 255, G: 255, B: 255, A: 255}
	if rgb, err := strconv.ParseUint(strings.TrimPrefix(r.Background, "#"), 16, 24); err == nil {
		c.R, c.G, c.B = uint8(rgb>>16), uint8(rgb>>8), uint8(rgb)
	}
	return c
}

// DataShape returns the shape of one data item as far as the recipe says: {2} for built-in points
// and CSV files, {image_size, image_size, channels} for built-in pictures. For other paths ok is
// false.
func (r *Recipe) DataShape() (shape nn.Shape, ok bool) {
	switch r.Data {
	case "digits", "emoji", "shapes":
		return nn.Shape{r.ImageSize, r.ImageSize, r.Channels}, true
	case "two-gaussians", "ring", "grid", "moons", "circles", "spiral", "swissroll", "checkerboard", "line", "drawn":
		return nn.Shape{2}, true
	}
	if isCSV(r.Data) {
		return nn.Shape{2}, true
	}
	return nil, false
}

// Seen returns the shape of what the discriminator judges at once: an item, or a pack of items with
// their channels side by side.
func (r *Recipe) Seen(item nn.Shape) nn.Shape {
	seen := slices.Clone(item)
	seen[len(seen)-1] *= max(1, r.Pack)
	return seen
}
