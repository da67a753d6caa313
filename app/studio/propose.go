package studio

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// A Proposal is a way to learn from somebody's data, in plain words.
type Proposal struct {
	Title  string
	Reason string // one or two sentences
	Recipe *recipe.Recipe
}

// large is the size of pictures that are to be seen well, and mostTime how long learning them may
// take to be proposed first.
const (
	large    = 64
	mostTime = 40 * time.Minute
)

// Propose returns three ways to learn from the data of a plan, the best for most people first; none
// for a table, which cannot be learnt from. about says how long a recipe takes.
func Propose(f DataFacts, plan *recipe.Recipe, about func(*recipe.Recipe) time.Duration) []Proposal {
	switch f.Kind {
	case datasets.Points:
		return proposePoints(f, plan)
	case datasets.Pictures:
		return proposePictures(f, plan, about)
	}
	return nil
}

// proposePoints returns ways to learn from points.
func proposePoints(f DataFacts, plan *recipe.Recipe) []Proposal {
	of := func(preset, title, reason string) Proposal {
		return Proposal{title, reason, KeepData(mustPreset(preset), plan)}
	}
	return []Proposal{
		of("grid", "Careful", fmt.Sprintf("For %s: networks that are wide enough to find many separate groups.", words.Counted(f.Count, "point"))),
		of("ring", "Quick", "Smaller networks. They are done sooner, and do well where there are few groups."),
		of("ring-wgan-gp", "Steady", "The judge learns three times for each turn of the forger, so that no group is left out. It takes longer."),
	}
}

// A pictureWay is one way to learn from pictures.
type pictureWay struct {
	side    int  // pixels
	changed bool // at random, as they are few
	named   bool // by class
	steps   int  // times as many, in quarters; 0: four
}

// proposePictures returns ways to learn from pictures.
func proposePictures(f DataFacts, plan *recipe.Recipe, about func(*recipe.Recipe) time.Duration) []Proposal {
	small := pictureWay{side: f.Shape[0], changed: f.few(), named: f.named()}
	if f.Side != f.Shape[0] { // not as they are: arrays are made for their size
		small.side = min(small.side, FirstSide)
	}
	big := small
	big.side = large
	canBig := f.Side >= large && small.side < large
	best := small
	if canBig && about(big.recipe(plan)) <= mostTime {
		best = big
	}
	out := []Proposal{{best.title(), best.reason(f), best.recipe(plan)}}
	add := func(title, reason string, w pictureWay) {
		if len(out) < 3 {
			out = append(out, Proposal{title, reason, w.recipe(plan)})
		}
	}
	switch other := best; {
	case best.side == large && canBig:
		other.side = small.side
		add("Smaller and sooner", fmt.Sprintf("%s instead of %d: four times fewer to learn.", words.Counted(other.side, "pixel"), large), other)
	case canBig:
		other.side = large
		add("Sharper", fmt.Sprintf("%d pixels a side, as your pictures are large enough. It takes its time.", large), other)
	}
	switch other := best; {
	case best.named:
		other.named = false
		add("All in one", "The groups are not told apart. The rest is the same.", other)
	case len(f.Names) > 1 && len(f.Names) <= mostClasses && f.Unnamed == 0:
		other.named = true
		add("By group", fmt.Sprintf("You can ask for one of the %d groups. The smallest has only %s.", len(f.Names), words.Counted(f.Least, "picture")), other)
	}
	short, long := best, best
	short.steps, long.steps = 1, 8
	add("A first look", "A quarter of the time: enough to see whether it works.", short)
	add("With patience", "Twice the time: the last details come slowly.", long)
	return out
}

// recipe returns the way as a recipe for the data of a plan.
func (w pictureWay) recipe(plan *recipe.Recipe) *recipe.Recipe {
	data := plan.Clone()
	data.ImageSize = w.side
	base := "emoji32"
	switch {
	case w.side == 28 && data.Channels == 1:
		base = "digits"
	case w.side > 48:
		base = "emoji64"
	case w.changed:
		base = "few-pictures"
	}
	if data.Labels = "none"; w.named {
		data.Labels = "folder"
	}
	r := KeepData(mustPreset(base), data)
	if w.changed {
		r.Augment = "color,translation,cutout"
		// Without batch normalisation, which with such changes leaves a hatching in the surfaces.
		r.D.Layers = slices.DeleteFunc(slices.Clone(r.D.Layers), func(l string) bool { return l == "bn" })
		if r.Channels == 1 {
			r.Augment = "translation,cutout"
		}
	}
	if w.named {
		r.Conditional = "projection"
	}
	if w.steps > 0 {
		r.Steps = r.Steps * w.steps / 4
	}
	fitted, _ := Adapted(r, nn.Shape{r.ImageSize, r.ImageSize, r.Channels})
	return fitted
}

func (w pictureWay) title() string {
	title := "Small pictures"
	if w.side >= large {
		title = "Sharp pictures"
	}
	if w.named {
		title += ", by group"
	}
	return title
}

// reason says why the way is what it is.
func (w pictureWay) reason(f DataFacts) string {
	var said []string
	switch {
	case w.side >= large:
		said = append(said, fmt.Sprintf("%d pixels a side, as your pictures are large enough.", w.side))
	case f.Side > w.side:
		said = append(said, fmt.Sprintf("%d pixels a side are soon learnt.", w.side))
	default:
		said = append(said, fmt.Sprintf("%d pixels a side, as yours are no larger.", w.side))
	}
	if w.changed {
		said = append(said, fmt.Sprintf("%s are few: each is changed a little whenever it is looked at, so that none is learnt by heart.", words.Counted(f.Count, "picture")))
	}
	if w.named {
		said = append(said, fmt.Sprintf("You can ask for any of the %d groups.", len(f.Names)))
	}
	return strings.Join(said, " ")
}

// mustPreset returns a preset's recipe, which a test holds to exist.
func mustPreset(name string) *recipe.Recipe {
	r, err := recipe.Named(name)
	if err != nil {
		panic("studio: " + err.Error())
	}
	return r
}
