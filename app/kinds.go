package app

import (
	"fmt"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
	"github.com/dustin/go-humanize"

	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// makeCheck makes the control of a key that is true or false.
func (f *field) makeCheck(changed func(key, value string)) {
	quiet := false
	c := widget.NewCheck("", func(on bool) {
		if !quiet {
			changed(f.key.Name, strconv.FormatBool(on))
		}
	})
	f.control = c
	f.show = func(value string) {
		quiet = true
		c.SetChecked(value == "true")
		quiet = false
	}
}

// kindKeys says which keys of classes and of several players do something with r's other settings.
func kindKeys(r *recipe.Recipe) map[string]bool {
	return map[string]bool{"labelled": r.SemiSupervised || r.Labelled > 0, "gman": r.Discriminators > 1}
}

// follow changes what else must be so that a key that was just set to something makes sense: a game
// with classes needs the labels of the data, and a semi-supervised one probabilities.
func follow(r *recipe.Recipe, key string) {
	switch key {
	case "conditional", "semi_supervised":
	default:
		return
	}
	if r.Classes() && r.Labels == "none" {
		r.Labels = "folder"
	}
	if key == "semi_supervised" && r.SemiSupervised {
		r.Conditional = "none"
		if r.Objective != "minimax" {
			r.Objective = "nonsaturating"
		}
	}
	if key == "conditional" && r.Conditional != "none" {
		r.SemiSupervised, r.Labelled = false, 0
	}
	if !r.SemiSupervised {
		r.Labelled = 0
	}
}

// classes returns how many classes the plan's data have, as far as they are known.
func (a *App) classes() int {
	if set := a.source.set; set != nil {
		return len(set.Info().Labels)
	}
	return 0
}

// itemsWord is what the run learns from, as a speed names it.
func (a *App) itemsWord() string {
	if a.run == nil || a.run.data == nil {
		return "items"
	}
	switch a.run.data.Info().Kind {
	case datasets.Pictures:
		return "img"
	case datasets.Points:
		return "points"
	}
	return "items"
}

// playerTitle is what a stack of layers is called: "Generator", or "3 generators", which each have
// all of the layers.
func playerTitle(one, several string, n int) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf("%d %s", n, several)
}

// latentText says what enters a generator.
func latentText(r *recipe.Recipe) string {
	text := "noise: " + words.Counted(r.Latent, "number")
	if g, _ := r.Inputs(nil); g.Size() > r.Latent {
		text += fmt.Sprintf(", class: %d more", g.Size()-r.Latent)
	}
	return text
}

// seenText says what enters a discriminator.
func seenText(r *recipe.Recipe, item nn.Shape) string {
	text := "real or generated: " + item.String()
	if r.Pack > 1 {
		text = fmt.Sprintf("%d real or %d generated: %v", r.Pack, r.Pack, r.Seen(item))
	}
	if _, d := r.Inputs(item); !d.Equal(r.Seen(item)) {
		text += fmt.Sprintf(", class: %d more channels", d.Channels()-item.Channels())
	}
	return text
}

// saidText says what leaves a discriminator, given what its last layer is about.
func saidText(r *recipe.Recipe, score string) string {
	switch {
	case r.SemiSupervised:
		return "a number for each class; together: is it real?"
	case r.Conditional == "classifier" && r.Generators > 1:
		return words.Sentence(score) + " Which class? Which generator?"
	case r.Conditional == "classifier":
		return words.Sentence(score) + " Which class?"
	case r.Generators > 1:
		return words.Sentence(score) + " Which generator?"
	case r.Conditional == "projection":
		score += " Judged by class"
	}
	return "one number: " + score
}

// A choicePicker lets Explore choose the class that a generator makes, and which of several
// generators makes it.
type choicePicker struct {
	class, maker *widget.Select
	parts        [2]fyne.CanvasObject // of box: class and maker with their tips and titles
	box          *fyne.Container
	changed      func(class, part int)
	quiet        bool
}

func newChoicePicker(changed func(class, part int)) *choicePicker {
	p := &choicePicker{changed: changed}
	told := func(string) {
		if !p.quiet {
			changed(p.chosen())
		}
	}
	p.class, p.maker = widget.NewSelect(nil, told), widget.NewSelect(nil, told)
	titled := func(title string, s *widget.Select, tip string) fyne.CanvasObject {
		return container.NewHBox(widgets.Tip(widget.NewLabel(title), tip), s)
	}
	p.parts[0] = titled("Class", p.class, "The class that the generator is asked for")
	p.parts[1] = titled("Generator", p.maker, "Which of the generators makes the picture")
	p.box = container.NewHBox(p.parts[0], p.parts[1])
	return p
}

// chosen returns the class and the generator, −1 where there is none to choose.
func (p *choicePicker) chosen() (class, part int) {
	return p.class.SelectedIndex(), p.maker.SelectedIndex()
}

// set shows what there is to choose from, and chooses the first where that has changed.
func (p *choicePicker) set(classes []string, makers int) {
	p.quiet = true
	defer func() { p.quiet = false }()
	var names []string
	if makers > 1 {
		for i := range makers {
			names = append(names, fmt.Sprint(i+1))
		}
	}
	setShown(p.box, len(classes) > 0 || len(names) > 0)
	for k, s := range []*widget.Select{p.class, p.maker} {
		options := [][]string{classes, names}[k]
		setShown(p.parts[k], len(options) > 0)
		if slices.Equal(s.Options, options) {
			continue
		}
		s.SetOptions(options)
		s.ClearSelected()
		if len(options) > 0 {
			s.SetSelectedIndex(0)
		}
	}
	relayout(p.box)
}

// choose chooses, where there is something to choose from, without calling back.
func (p *choicePicker) choose(class, part int) {
	p.quiet = true
	if class >= 0 && class < len(p.class.Options) {
		p.class.SetSelectedIndex(class)
	}
	if part >= 0 && part < len(p.maker.Options) {
		p.maker.SetSelectedIndex(part)
	}
	p.quiet = false
}

// sheetText says what a contact sheet shows.
func sheetText(s *session.Sheet, classes []string) string {
	step := "Step " + humanize.Comma(s.Step)
	switch {
	case s.ByClass && s.Rows < len(classes):
		return fmt.Sprintf("%s: a row for each of the first %d of %d classes. Press one to explore it.", step, s.Rows, len(classes))
	case s.ByClass:
		return fmt.Sprintf("%s: a row for each class, %s. Press one to explore it.", step, span(classes))
	case s.ByGenerator:
		return fmt.Sprintf("%s: a row for each of %d generators, of the same %d latents. Press one to explore it.", step, s.Rows, s.Columns)
	}
	return fmt.Sprintf("%s, always the same %d latents. Press one to explore it.", step, s.Columns*s.Rows)
}

// span is "circle to star".
func span(names []string) string {
	if len(names) == 0 {
		return "in their order"
	}
	return names[0] + " to " + names[len(names)-1]
}

// placeOf returns which latent of the sheet a cell shows, with its class and generator, −1 where
// the sheet tells none apart.
func placeOf(s *session.Sheet, cell, makers int) (latent, class, part int) {
	row, column := cell/max(1, s.Columns), cell%max(1, s.Columns)
	switch {
	case s.ByClass && makers > 1:
		return column, row, column % makers
	case s.ByClass:
		return column, row, -1
	case s.ByGenerator:
		return column, -1, row
	}
	return cell, -1, -1
}
