package export

import (
	"context"
	"fmt"
	"image"
	"io"
	"time"

	"fyne.io/fyne/v2/container"

	"ganvas/app/settings"
	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/film"
	"ganvas/engine/gallery"
	"ganvas/widgets"
)

// A loopDialog asks how the way through the finds of a project looks as a film, and writes it.
type loopDialog struct {
	*preview
	prefs   settings.Preferences
	run     *studio.Run
	finds   finds
	numbers *fields
	format  *widgets.Select
	look    *widgets.Select
	ease    *widgets.Check
}

// loopNumbers are the numbers of the dialog.
var loopNumbers = []number{
	{"seconds", "Seconds", "How long it takes from one find to the next", 2, 1, 60},
	{"rate", "Per second", "Pictures a second: more are smoother, and make the file larger", 20, 2, 50},
	{"scale", "Scale", "Pixels of the film for each pixel of a picture", 8, 1, 16},
}

// The formats of a loop, in the order of the menu.
var loopFormats = []struct{ title, extension string }{{"GIF (256 colours)", ".gif"}, {"Animated PNG (all colours)", ".apng"}}

// Loop opens the dialog. What was chosen in it is remembered.
func Loop(s *studio.Studio, host ui.Host, prefs settings.Preferences) {
	if nothingMade(s) {
		return
	}
	r := s.Run
	about := s.ThisRun()
	var f finds
	s.Jobs.Start(func(context.Context) error {
		all, err := r.Session.Latents()
		if err == nil {
			f = pictured(all, r.Session.Generator(true))
		}
		return err
	}, func(err error) {
		switch {
		case !about():
		case err != nil:
			r.Fail(err)
		case s.Run.Kind() != datasets.Pictures:
			s.Warn("A loop goes through pictures: of points there are none.")
		case len(f.latents) < 2:
			s.Warn("A loop goes through two or more finds: on the Explore page, Save this one keeps what you found.")
		default:
			openLoop(s, host, prefs, f)
		}
	})
}

func openLoop(s *studio.Studio, host ui.Host, prefs settings.Preferences, f finds) {
	d := &loopDialog{preview: newPreview(s, host), prefs: prefs, run: s.Run, finds: f}
	form := container.NewVBox()
	d.numbers = newFields(host, prefs, "loop", loopNumbers, form, d.redraw, d.ask)
	var titles []string
	for _, x := range loopFormats {
		titles = append(titles, x.title)
	}
	d.format = widgets.NewSelect(titles, nil)
	d.format.SetSelectedIndex(min(max(prefs.IntWithFallback("loop.format", 0), 0), len(titles)-1))
	form.Add(labelled("As", "Everything shows a GIF; an animated PNG is shown by browsers", d.format))
	d.look = widgets.NewSelect([]string{"Squares", "Smooth"}, nil)
	d.look.SetSelectedIndex(min(max(prefs.IntWithFallback("loop.look", 1), 0), 1))
	d.look.OnChanged = func(string) { d.redraw() }
	form.Add(labelled("Looks", "Squares: the pixels as they are. Smooth: what lies between them is filled in", d.look))
	d.ease = widgets.NewCheck("Rest at each find", nil)
	d.ease.Checked = prefs.Bool("loop.ease")
	form.Add(d.ease)
	d.show("Export a loop through the finds", "Export…", form, d.numbers.entries[0], d.ask)
	d.redraw()
}

// loop reads the form; the error says what is not possible.
func (d *loopDialog) loop() (film.Loop, error) {
	v, err := d.numbers.values()
	if err != nil {
		return film.Loop{}, err
	}
	n := len(d.finds.latents)
	l := film.Loop{
		Frames: n * int(v["seconds"]) * int(v["rate"]), Time: time.Duration(n*int(v["seconds"])) * time.Second,
		Scale: int(v["scale"]), Smooth: d.look.SelectedIndex() == 1,
	}
	if d.ease.Checked {
		l.Ease = 1
	}
	for _, find := range d.finds.latents {
		l.Pins = append(l.Pins, pinOf(find))
	}
	f := film.Film{W: d.finds.item[1] * l.Scale, H: d.finds.item[0] * l.Scale, Frames: l.Frames, Time: l.Time}
	return l, f.Check()
}

func pinOf(l ckpt.Latent) film.Pin { return film.Pin{Z: l.Z, Class: l.Class, Part: l.Part} }

// redraw shows some of the pictures that the loop goes through.
func (d *loopDialog) redraw() {
	l, err := d.loop()
	if err != nil {
		d.refuse(err)
		return
	}
	d.draw(func(ctx context.Context) (image.Image, string, error) {
		f := l.Film(d.run.Session.Generator(true))
		const columns = 4
		rows := min(len(l.Pins), columns)
		var pictures []image.Image
		for i := range rows * columns {
			img, err := f.Frame(ctx, i*f.Frames/(rows*columns))
			if err != nil {
				return nil, "", err
			}
			pictures = append(pictures, img)
		}
		img, err := gallery.Images(pictures, d.finds.item, gallery.Options{Rows: rows, Columns: columns, Scale: max(1, 100/d.finds.item[1]), Spacing: 1})
		note := fmt.Sprintf("%s of %s, %s", words.Counted(f.Frames, "picture"), pixels(f.W, f.H), words.Duration(f.Time))
		if d.finds.left > 0 {
			note += fmt.Sprintf(". %s by another generator, or saved without a picture, are left out", words.Counted(d.finds.left, "other"))
		}
		return img, note, err
	})
}

// ask has the user name a file, and writes it.
func (d *loopDialog) ask() {
	l, err := d.loop()
	if err != nil {
		d.refuse(err)
		return
	}
	about := d.s.ThisRun()
	d.dialog.Hide()
	d.numbers.keep()
	format := loopFormats[d.format.SelectedIndex()]
	d.prefs.SetInt("loop.format", d.format.SelectedIndex())
	d.prefs.SetInt("loop.look", d.look.SelectedIndex())
	d.prefs.SetBool("loop.ease", d.ease.Checked)
	d.host.AskSave(about, "Export the loop as", "export", studio.GivenName(d.run.Recipe)+" loop", format.extension, func(path string) {
		writeFile(d.s, "Writing the loop", path, func(ctx context.Context, report func(done, total int), w io.Writer) error {
			f := l.Film(d.run.Session.Generator(true))
			f.Done = report
			if format.extension == ".gif" {
				return f.GIF(ctx, w)
			}
			return f.APNG(ctx, w)
		})
	})
}
