package export

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/settings"
	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/gallery"
	"ganvas/engine/gan"
	"ganvas/engine/wholefile"
	"ganvas/widgets"
)

// A galleryDialog asks for the looks of a gallery, shows it, and writes it.
type galleryDialog struct {
	s       *studio.Studio
	host    ui.Host
	prefs   settings.Preferences
	run     *studio.Run
	kind    kindView // of what the generator makes
	side    float32
	dialog  *dialog.CustomDialog
	entries map[string]*ui.DialogEntry
	checks  map[string]func(string) error
	labels  *widgets.Check // hidden where the kind has none
	ema     *widgets.Check
	class   *widgets.Select // not shown where the generator is told no classes
	preview *widgets.ContactSheet
	hint    *ui.Note
	export  *widgets.TippedButton
	cancel  context.CancelFunc // of the preview that is being drawn; never nil
	turn    int
}

// Gallery opens the dialog. What was chosen in it is remembered.
func Gallery(s *studio.Studio, host ui.Host, prefs settings.Preferences) {
	if s.Run == nil {
		s.Warn("There is no generator yet: open a project or train one.")
		return
	}
	g := &galleryDialog{s: s, host: host, prefs: prefs, run: s.Run, entries: make(map[string]*ui.DialogEntry), checks: make(map[string]func(string) error), preview: widgets.NewContactSheet(), cancel: func() {}}
	g.kind = views[s.Run.Kind()]
	g.side = min(420, host.Window().Canvas().Size().Height-260)
	g.preview.Empty = "Drawing …"
	form := g.newForm()
	content := container.New(ui.Columns{220, g.side},
		form, container.NewGridWrap(fyne.NewSquareSize(g.side), g.preview))
	g.export = ui.DialogButton("Export…", theme.DocumentSaveIcon(), g.ask)
	g.export.Importance = widget.HighImportance
	g.dialog = ui.NewDialog("Export a gallery", widgets.WithTips(content), host.Window())
	ui.SetButtons(g.dialog, ui.DialogButton("Cancel", theme.CancelIcon(), g.dialog.Hide), g.export)
	g.dialog.SetOnClosed(func() { g.cancel() })
	host.Present(g.dialog, s.ThisRun())
	host.Window().Canvas().Focus(g.entries[g.kind.numbers[0].name])
	g.draw()
}

// newForm makes the controls.
func (g *galleryDialog) newForm() *fyne.Container {
	form := container.NewVBox()
	for _, n := range g.kind.numbers {
		e := ui.NewEntry(g.host)
		e.SetText(strconv.Itoa(g.prefs.IntWithFallback("gallery."+n.name, n.initial)))
		g.checks[n.name] = func(s string) error {
			v, err := widgets.ParseWhole(s)
			if err != nil || v < n.min || v > n.max {
				return fmt.Errorf("%s must be a whole number from %d to %s", n.title, n.min, words.Thousands(int64(n.max)))
			}
			return nil
		}
		e.OnChanged = func(string) { g.draw() }
		e.OnSubmitted = func(string) { g.ask() }
		g.entries[n.name] = e
		form.Add(widgets.Tip(container.New(ui.Columns{74, 1}, ui.NewLine(n.title), e), n.tip))
	}
	g.labels = widgets.NewCheck("Numbers under the pictures", func(bool) { g.draw() })
	g.labels.Checked = g.prefs.Bool("gallery.labels")
	ui.SetShown(g.labels, g.kind.labels)
	g.ema = widgets.NewCheck("Averaged weights (EMA)", func(bool) { g.draw() })
	g.ema.Checked = true
	if why := g.s.OnlyAverage(); why != "" {
		g.ema.SetTip(why)
		g.ema.Disable()
	}
	g.class = widgets.NewSelect(append([]string{everyClassARow}, g.s.Run.Session.Classes()...), nil)
	g.class.SetSelectedIndex(0)
	g.class.OnChanged = func(string) { g.draw() }
	g.hint = ui.NewNote("")
	class := widgets.Tip(g.class, "The class of the pictures")
	ui.SetShown(class, len(g.class.Options) > 1)
	form.Add(class)
	form.Add(g.labels)
	form.Add(g.ema)
	form.Add(g.hint)
	return form
}

// everyClassARow is the choice of the classes one after the other.
const everyClassARow = "A row for each class"

// maker returns the generator of a run that makes the gallery: of a class, −1 for each in a row of
// its own.
func maker(r *studio.Run, ema bool, class int) *gan.Generator {
	g := r.Session.Generator(ema)
	g.Choose(class, -1)
	return g
}

// options reads the form; the error says what is not possible.
func (g *galleryDialog) options() (gallery.Options, error) {
	values := make(map[string]uint64)
	for _, n := range g.kind.numbers {
		e := g.entries[n.name]
		if err := g.checks[n.name](e.Text); err != nil {
			return gallery.Options{}, err
		}
		values[n.name], _ = widgets.ParseWhole(e.Text)
	}
	o := g.kind.options(values)
	o.Labels = g.labels.Checked && g.kind.labels
	return o, nil
}

// draw shows the gallery as it will be, in the background; a newer wish cancels an older one.
func (g *galleryDialog) draw() {
	g.cancel()
	g.turn++
	turn, ema, class := g.turn, g.ema.Checked, g.class.SelectedIndex()-1
	o, err := g.options()
	if err != nil {
		g.refuse(err)
		return
	}
	side := int(g.side * g.host.Window().Canvas().Scale())
	var img *image.RGBA
	var shown image.Image
	g.cancel = g.s.Jobs.Start(func(ctx context.Context) (err error) {
		m := maker(g.run, ema, class)
		o.Drawn = func(int) error { return ctx.Err() }
		if img, err = gallery.Image(m, o); err == nil {
			shown = ui.Shrunken(img, side)
		}
		return err
	}, func(err error) {
		switch {
		case turn != g.turn:
			return
		case err != nil:
			g.refuse(err)
			return
		}
		g.export.Enable()
		g.hint.Set(fmt.Sprintf("%d × %d pixels", img.Rect.Dx(), img.Rect.Dy()))
		g.preview.Set(shown.(*image.RGBA), 1, 1)
	})
}

func (g *galleryDialog) refuse(err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	g.export.Disable()
	g.hint.Set(words.Sentence(err.Error()))
}

// ask has the user name a file, and writes it.
func (g *galleryDialog) ask() {
	o, err := g.options()
	if err != nil {
		g.refuse(err)
		return
	}
	ema, class := g.ema.Checked, g.class.SelectedIndex()-1
	about := g.s.ThisRun()
	g.dialog.Hide()
	for _, n := range g.kind.numbers {
		if v, err := widgets.ParseWhole(g.entries[n.name].Text); err == nil {
			g.prefs.SetInt("gallery."+n.name, int(v))
		}
	}
	g.prefs.SetBool("gallery.labels", g.labels.Checked)
	g.host.AskSave(about, "Export the gallery as", "export", studio.GivenName(g.run.Recipe), ".png", func(path string) {
		writeGallery(g.s, g.run, o, ema, class, path)
	})
}

// writeGallery draws a gallery with today's generator, of a class as of maker, and writes it.
func writeGallery(s *studio.Studio, r *studio.Run, o gallery.Options, ema bool, class int, path string) {
	if s.Work.After(func() { writeGallery(s, r, o, ema, class, path) }) {
		return
	}
	s.Work.RunWriting("Writing the gallery", func(ctx context.Context, report func(done, total int)) error {
		o.Drawn = func(n int) error {
			report(n, o.Rows*o.Columns)
			return ctx.Err()
		}
		return wholefile.Write(path, wholefile.Replace, func(w io.Writer) error {
			return gallery.Write(w, maker(r, ema, class), o)
		})
	}, func(err error) {
		if err != nil {
			s.FailUnlessCancelled(err)
			return
		}
		(&Window{S: s}).saved(path, -1, nil)
	})
}
