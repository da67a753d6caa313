package export

import (
	"context"
	"image"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ganvas/app/settings"
	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/gallery"
	"ganvas/engine/gan"
	"ganvas/widgets"
)

// A galleryDialog asks for the looks of a gallery, shows it, and writes it.
type galleryDialog struct {
	*preview
	prefs    settings.Preferences
	run      *studio.Run
	kind     kindView // of what the generator makes
	numbers  *fields
	labels   *widgets.Check // hidden where the kind has none
	weights  *widgets.Check
	class    *widgets.Select // not shown where the generator is told no classes
	remember remember
}

// Gallery opens the dialog. What was chosen in it is remembered.
func Gallery(s *studio.Studio, host ui.Host, prefs settings.Preferences) {
	if nothingMade(s) {
		return
	}
	g := &galleryDialog{preview: newPreview(s, host), prefs: prefs, run: s.Run, remember: newRemember(prefs)}
	g.kind = views[s.Run.Kind()]
	form := g.newForm()
	g.show("Export a gallery", "Export…", form, g.numbers.entries[0], g.ask)
	g.redraw()
}

// nothingMade tells whether there is no generator yet, and says so.
func nothingMade(s *studio.Studio) bool {
	if s.Run == nil {
		s.Warn("There is no generator yet: open a project or train one.")
	}
	return s.Run == nil
}

// newForm makes the controls.
func (g *galleryDialog) newForm() *fyne.Container {
	form := container.NewVBox()
	g.numbers = newFields(g.host, g.prefs, "gallery", g.kind.numbers, form, g.redraw, g.ask)
	g.labels = widgets.NewCheck("Numbers under the pictures", func(bool) { g.redraw() })
	g.labels.Checked = g.prefs.Bool("gallery.labels")
	ui.SetShown(g.labels, g.kind.labels)
	g.weights = newWeights(g.s, g.redraw)
	g.class = widgets.NewSelect(append([]string{everyClassARow}, g.s.Run.Session.Classes()...), nil)
	g.class.SetSelectedIndex(0)
	g.class.OnChanged = func(string) { g.redraw() }
	class := widgets.Tip(g.class, "The class of the pictures")
	ui.SetShown(class, len(g.class.Options) > 1)
	form.Add(class)
	form.Add(g.labels)
	form.Add(g.weights)
	form.Add(g.remember.Check)
	return form
}

// newWeights is the choice of the averaged generator.
func newWeights(s *studio.Studio, changed func()) *widgets.Check {
	c := widgets.NewCheck("Averaged weights (EMA)", func(bool) { changed() })
	c.Checked = true
	if why := s.OnlyAverage(); why != "" {
		c.SetTip(why)
		c.Disable()
	}
	return c
}

// everyClassARow is the choice of the classes one after the other.
const everyClassARow = "A row for each class"

// A maker is what was chosen of a generator: averaged or not, and a class, −1 for each in a row of
// its own.
type maker struct {
	averaged bool
	class    int
}

// now returns today's generator of a run, and its step.
func (m maker) now(r *studio.Run) (*gan.Generator, int64) {
	g, step := r.Session.GeneratorNow(m.averaged)
	g.Choose(m.class, -1)
	return g, step
}

// maker is what was chosen in the dialog.
func (g *galleryDialog) maker() maker {
	return maker{g.weights.Checked, g.class.SelectedIndex() - 1}
}

// options reads the form; the error says what is not possible.
func (g *galleryDialog) options() (gallery.Options, error) {
	values, err := g.numbers.values()
	if err != nil {
		return gallery.Options{}, err
	}
	o := g.kind.options(values)
	o.Labels = g.labels.Checked && g.kind.labels
	return o, nil
}

// redraw shows the gallery as it will be.
func (g *galleryDialog) redraw() {
	o, err := g.options()
	if err != nil {
		g.refuse(err)
		return
	}
	m := g.maker()
	g.draw(func(ctx context.Context) (image.Image, string, error) {
		now, _ := m.now(g.run)
		o.Drawn = func(int) error { return ctx.Err() }
		img, err := gallery.Image(now, o)
		if err != nil {
			return nil, "", err
		}
		return img, pixels(img.Rect.Dx(), img.Rect.Dy()), nil
	})
}

func pixels(w, h int) string {
	return words.Thousands(w) + " × " + words.Thousands(h) + " pixels"
}

// ask has the user name a file, and writes it.
func (g *galleryDialog) ask() {
	o, err := g.options()
	if err != nil {
		g.refuse(err)
		return
	}
	about := g.s.ThisRun()
	g.dialog.Hide()
	g.numbers.keep()
	g.prefs.SetBool("gallery.labels", g.labels.Checked)
	m, made := g.maker(), g.remember.take()
	g.host.AskSave(about, "Export the gallery as", "export", studio.GivenName(g.run.Recipe), ".png", func(path string) {
		writeFile(g.s, "Writing the gallery", path, func(ctx context.Context, report func(done, total int), w io.Writer) error {
			return writeGallery(ctx, report, w, g.run, o, m, made)
		})
	})
}

// writeGallery draws a gallery with today's generator and writes it; made says whether it says how.
func writeGallery(ctx context.Context, report func(done, total int), w io.Writer, r *studio.Run, o gallery.Options, m maker, made bool) error {
	g, step := m.now(r)
	if made {
		from, err := r.Provenance(step, m.averaged)
		if err != nil {
			return err
		}
		o.From = &from
	}
	o.Drawn = func(n int) error {
		report(n, o.Rows*o.Columns)
		return ctx.Err()
	}
	return gallery.Write(w, g, o)
}
