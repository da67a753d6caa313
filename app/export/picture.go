package export

import (
	"context"
	"fmt"
	"image"
	"io"
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ganvas/app/settings"
	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/gallery"
	"ganvas/engine/provenance"
	"ganvas/widgets"
)

// A pictureDialog asks for the size of the picture that Explore shows, and writes it.
type pictureDialog struct {
	*preview
	prefs    settings.Preferences
	run      *studio.Run
	shown    studio.Shown
	width    *ui.DialogEntry
	unit     *widgets.Select
	look     *widgets.Select
	remember remember
}

// Picture opens the dialog for the picture that is shown; there is none where has is false. What
// was chosen in it is remembered.
func Picture(s *studio.Studio, host ui.Host, prefs settings.Preferences, shown studio.Shown, has bool) {
	if nothingMade(s) {
		return
	}
	if !has {
		s.Warn("There is no picture on the Explore page to save. Of points, File ▸ Export ▸ Gallery writes a plot.")
		return
	}
	d := &pictureDialog{preview: newPreview(s, host), prefs: prefs, run: s.Run, shown: shown, remember: newRemember(prefs)}
	d.show("Save this picture", "Save…", d.newForm(), d.width, d.ask)
	d.redraw()
}

// The units of a width, in the order of the menu.
const (
	inPixels = iota
	inCentimetres
)

// perInch is the resolution of prints.
const perInch = 300

// mostSide is how many pixels a side may have.
const mostSide = 20_000

// newForm makes the controls.
func (d *pictureDialog) newForm() *fyne.Container {
	d.width = ui.NewEntry(d.host)
	d.width.SetText(strconv.FormatFloat(d.prefs.FloatWithFallback("picture.width", 1000), 'f', -1, 64))
	d.width.OnChanged = func(string) { d.redraw() }
	d.width.OnSubmitted = func(string) { d.ask() }
	d.unit = widgets.NewSelect([]string{"pixels", "cm at 300 dpi"}, nil)
	d.unit.SetSelectedIndex(min(max(d.prefs.IntWithFallback("picture.unit", inPixels), inPixels), inCentimetres))
	d.unit.OnChanged = func(string) { d.redraw() }
	d.look = widgets.NewSelect([]string{"Squares", "Smooth"}, nil)
	d.look.SetSelectedIndex(0)
	if d.prefs.Bool("picture.smooth") {
		d.look.SetSelectedIndex(1)
	}
	d.look.OnChanged = func(string) { d.redraw() }
	return container.NewVBox(
		labelled("Width", "Of the picture; its height follows", d.width),
		labelled("In", "For the screen pixels, for a print centimetres", d.unit),
		labelled("Looks", "Squares: the pixels as they are. Smooth: what lies between them is filled in", d.look),
		d.remember.Check)
}

// A pictureSize is how large a picture is to be.
type pictureSize struct {
	w, h   int     // pixels
	wide   float64 // centimetres; 0: it was given in pixels
	smooth bool
}

// size reads the form; the error says what is not possible.
func (d *pictureDialog) size() (p pictureSize, err error) {
	v, err := widgets.ParseNumber(d.width.Text)
	p.smooth = d.look.SelectedIndex() == 1
	b := d.shown.Picture.Bounds()
	most := mostSide / max(1, float64(b.Dy())/float64(b.Dx()))
	least, kind, what := 1.0, "whole number", "pixels"
	width := v
	if d.unit.SelectedIndex() == inCentimetres {
		p.wide, width = v, v/2.54*perInch
		least, most, kind, what = 0.1, most/perInch*2.54, "number", "cm"
	}
	if err != nil || !(v >= least && v <= most) || p.wide == 0 && v != math.Trunc(v) {
		return p, fmt.Errorf("the width must be a %s from %s to %s %s", kind, words.Number(least), words.Number(math.Floor(most)), what)
	}
	p.w = max(1, int(math.Round(width)))
	p.h = max(1, int(math.Round(width*float64(b.Dy())/float64(b.Dx()))))
	return p, nil
}

// text says how large the file's picture is.
func (p pictureSize) text() string {
	if p.wide == 0 {
		return pixels(p.w, p.h)
	}
	return fmt.Sprintf("%s × %s cm: %s", words.Number(p.wide), words.Number(p.wide*float64(p.h)/float64(p.w)), pixels(p.w, p.h))
}

// redraw shows the picture as it will look.
func (d *pictureDialog) redraw() {
	p, err := d.size()
	if err != nil {
		d.refuse(err)
		return
	}
	side := int(d.side * d.host.Window().Canvas().Scale())
	d.draw(func(ctx context.Context) (image.Image, string, error) {
		small := min(1, float64(side)/float64(max(p.w, p.h)))
		img, err := gallery.Enlarged(ctx, d.shown.Picture, max(1, int(small*float64(p.w))), max(1, int(small*float64(p.h))), p.smooth, func(int) {})
		return img, p.text(), err
	})
}

// ask has the user name a file, and writes it.
func (d *pictureDialog) ask() {
	p, err := d.size()
	if err != nil {
		d.refuse(err)
		return
	}
	about := d.s.ThisRun()
	d.dialog.Hide()
	v, _ := widgets.ParseNumber(d.width.Text) // size has read it
	d.prefs.SetFloat("picture.width", v)
	d.prefs.SetInt("picture.unit", d.unit.SelectedIndex())
	d.prefs.SetBool("picture.smooth", p.smooth)
	made := d.remember.take()
	d.host.AskSave(about, "Save the picture as", "export", studio.GivenName(d.run.Recipe), ".png", func(path string) {
		writeFile(d.s, "Writing the picture", path, func(ctx context.Context, report func(done, total int), w io.Writer) error {
			return writePicture(ctx, report, w, d.run, d.shown, p, made)
		})
	})
}

// writePicture draws a picture at its size and writes it; made says whether it says how.
func writePicture(ctx context.Context, report func(done, total int), w io.Writer, r *studio.Run, shown studio.Shown, p pictureSize, made bool) (err error) {
	var record *provenance.Record
	if made {
		if record, err = shown.Record(r); err != nil {
			return err
		}
	}
	img, err := gallery.Enlarged(ctx, shown.Picture, p.w, p.h, p.smooth, func(rows int) { report(rows, p.h) })
	if err != nil {
		return err
	}
	resolution := 0.0
	if p.wide > 0 {
		resolution = perInch
	}
	return provenance.Encode(w, img, record, resolution)
}
